package reconcile

// The kinds of successors. Only two of them say what to buy instead without
// leaving a choice; see EquivalentKind.
const (
	KindRename      = "rename"                    // same SKU GUID, newer name
	KindReplacement = "replacement"               // named as the one that takes its place
	KindNetNew      = "end-of-sale-new-customers" // what new customers buy instead
)

// EquivalentKind tells whether a successor of this kind may match by itself.
// A rename is the same SKU and matches as such; replacement-option and
// alternative leave a choice; upgrade-path and trial-conversion are what a
// customer may do, not what takes a place; end-of-sale, retired,
// service-retirement, replacement-outside, optional-transition,
// manual-migration and no-auto-renewal name no SKU that does the same.
// Two successors of an accepted kind for one SKU are a choice again.
func EquivalentKind(kind string) bool {
	return kind == KindReplacement || kind == KindNetNew
}

// SuccessorsOf lists what a table names for a SKU on a day, of every kind and
// in table order; rows that start later are left out, rows without a day apply
// always. Country limits stand in Countries; AppliesIn asks them.
func (c *Catalogue) SuccessorsOf(guid string, at Date) []Successor {
	var out []Successor
	for _, i := range c.successors[foldID(guid)] {
		if s := c.Successors[i]; !s.From.Known() || s.From <= at {
			out = append(out, s)
		}
	}
	return out
}

// AppliesIn tells whether the successor counts for a customer in the country.
// A limited one does not count where the country is not known.
func (s Successor) AppliesIn(country string) bool {
	country = CountryCode(country)
	return len(s.Countries) == 0 || country != "" && appliesIn(s.Countries, country)
}
