package reconcile

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// nameKind says where a name of an offer comes from; a higher kind is better
// evidence when two SKUs answer to a title.
type nameKind uint8

const (
	nameListed  nameKind = iota // an NCE title whose directory SKU is not public
	nameDerived                 // a name with a mark that the part number shows
	namePart                    // the part number spelled as words
	nameFormer                  // former name, offer of the former price list, prior name
	nameCurrent                 // name in the newest table, NCE title with its SKU
)

// An offerName is one name under which a SKU, a legacy product or an NCE
// product is known.
type offerName struct {
	title   *offerTitle
	text    string // as the table writes it
	kind    nameKind
	guid    string // SKU GUID, or the product GUID of a legacy offer; empty for nameListed
	listed  bool   // a CSP price list gives this name to this SKU
	charity bool
	trial   bool // a trial offer or product
	until   Date // the name went to another SKU on that day; zero: never
	product int  // index into Catalogue.Products for NCE titles, else -1
}

// nameIndex finds names by their spelling and by their meaning.
type nameIndex struct {
	titles     *readTitles // every name is read once, here and in the matcher
	names      []offerName
	proposed   int              // so many of the names are ranked for proposals: the others, a third, have no GUID
	bySpelling map[string][]int // squeezed
	byMeaning  map[string][]int // key
	byWord     wordIndex        // call words
	scratch    sync.Pool        // of *ranking
	charityOK  map[string]bool  // SKU GUIDs that the price list sold to charities
	charityFor map[string]bool  // … and to nobody else
	trialOK    map[string]bool  // SKU GUIDs that the price list gave as a trial
	addOnOnly  map[string]bool  // SKU GUIDs that the price list sold as an add-on only
	byGUID     map[string][]int
}

func newNameIndex(c *Catalogue, titles *readTitles) *nameIndex {
	names := tableNames(c)
	x := &nameIndex{
		titles: titles, names: make([]offerName, 0, len(names)+len(names)/8),
		byGUID:    make(map[string][]int, len(c.SKUs)),
		charityOK: map[string]bool{}, charityFor: map[string]bool{}, trialOK: map[string]bool{}, addOnOnly: map[string]bool{},
	}
	titles.know(c.Titles, names)
	x.addSKUs(c)
	x.addRenames(c)
	x.addOffers(c)
	x.addPriorNames(c)
	x.addProducts(c)
	Together(x.indexSpelling, x.indexMeaning)
	x.scratch.New = func() any { return &ranking{shared: make([]float64, x.proposed)} }
	return x
}

// tableNames are most of the names that the index holds.
func tableNames(c *Catalogue) []string {
	var out []string
	for i := range c.SKUs {
		out = append(append(out, c.SKUs[i].Name, c.SKUs[i].PartNumber), c.SKUs[i].Former...)
	}
	for i := range c.Offers {
		out = append(out, c.Offers[i].Name)
	}
	for i := range c.Products {
		out = append(out, c.Products[i].SKUTitle)
	}
	return out
}

func (x *nameIndex) add(n offerName) {
	if n.text == "" {
		return
	}
	n.title = &x.titles.title(n.text).offerTitle
	n.charity = n.charity || n.title.segment == Charity
	if n.guid != "" {
		x.byGUID[n.guid] = append(x.byGUID[n.guid], len(x.names))
	}
	x.names = append(x.names, n)
}

func (x *nameIndex) indexSpelling() {
	x.bySpelling = make(map[string][]int, len(x.names))
	for i := range x.names {
		key := x.names[i].title.squeezed
		x.bySpelling[key] = append(x.bySpelling[key], i)
	}
}

func (x *nameIndex) indexMeaning() {
	x.byMeaning = make(map[string][]int, len(x.names))
	for i := range x.names {
		if n := &x.names[i]; n.kind != namePart { // M365_F1_GOV is Microsoft 365 F3 GCC: a part number means nothing, it is spelled
			x.byMeaning[n.title.key] = append(x.byMeaning[n.title.key], i)
		}
	}
}

// addSKUs takes the names of Microsoft's licensing table. A SKU that left the
// table is known by former names only.
func (x *nameIndex) addSKUs(c *Catalogue) {
	for i := range c.SKUs {
		s := &c.SKUs[i]
		kind := nameCurrent
		if !s.Current {
			kind = nameFormer
		}
		x.add(offerName{text: s.Name, kind: kind, guid: s.GUID, product: -1})
		for _, former := range s.Former {
			x.add(offerName{text: former, kind: nameFormer, guid: s.GUID, product: -1})
		}
		for _, part := range append([]string{s.PartNumber}, s.OtherParts...) {
			x.add(offerName{text: part, kind: namePart, guid: s.GUID, product: -1})
		}
		x.addDerived(s)
		if strings.Contains(strings.ToLower(s.PartNumber), "non_profit") {
			x.charityOK[s.GUID] = true
		}
	}
}

// addDerived adds the name without a mark that tells it from no other SKU
// (preview, USGOV before a cloud's name), and with the word trial where only
// the part number says it. Any better name goes first.
func (x *nameIndex) addDerived(s *SKU) {
	t := &x.titles.title(s.Name).offerTitle
	if !t.trial && isTrialPart(s.PartNumber) {
		x.add(offerName{text: s.Name + " Trial", kind: nameDerived, guid: s.GUID, product: -1})
	}
	for _, mark := range []string{"(Preview)", "USGOV_"} {
		if strings.Contains(s.Name, mark) {
			x.add(offerName{text: strings.ReplaceAll(s.Name, mark, " "), kind: nameDerived, guid: s.GUID, product: -1})
		}
	}
}

// addRenames takes both names of renames that kept the SKU.
func (x *nameIndex) addRenames(c *Catalogue) {
	for _, s := range c.Successors {
		if s.Kind != KindRename || len(s.NewGUIDs) != 1 || !strings.EqualFold(s.OldGUID, s.NewGUIDs[0]) || c.SKU(s.OldGUID) == nil {
			continue
		}
		for _, name := range []string{s.OldName, s.NewName} {
			if !strings.Contains(name, "(until ") && !strings.Contains(name, "(later ") {
				x.add(offerName{text: name, kind: nameFormer, guid: foldID(s.OldGUID), product: -1})
			}
		}
	}
}

func (x *nameIndex) addPriorNames(c *Catalogue) {
	for _, n := range namesOfOld {
		for _, s := range c.SKUsByPart(n.part) {
			x.add(offerName{text: n.name, kind: nameFormer, guid: s.GUID, until: n.until, product: -1})
			x.endName(x.titles.title(n.name).key, s.GUID, n.until)
		}
	}
}

// endName dates every name of a SKU that means the same: offers of the former
// price list keep names that went to another SKU later.
func (x *nameIndex) endName(key, guid string, until Date) {
	for _, i := range x.byGUID[guid] {
		if n := &x.names[i]; n.kind != namePart && n.title.key == key {
			n.until = until
		}
	}
}

// addOffers takes the offers of the former CSP price list and what they show:
// which SKUs were sold to charities, which were given as trials, which were
// add-ons whatever the offer's name says.
func (x *nameIndex) addOffers(c *Catalogue) {
	others, bases := map[string]bool{}, map[string]bool{}
	for i := range c.Offers {
		o := &c.Offers[i]
		guid := foldID(o.ProductGUID)
		if o.Segment == Charity {
			x.charityOK[guid] = true
		} else {
			others[guid] = true
		}
		if o.Trial {
			x.trialOK[guid] = true
		}
		bases[guid] = bases[guid] || !o.AddOn
		x.add(offerName{text: o.Name, kind: nameFormer, guid: guid, listed: true, charity: o.Segment == Charity, trial: o.Trial, product: -1})
	}
	for guid := range x.charityOK {
		x.charityFor[guid] = !others[guid]
	}
	for guid, base := range bases {
		x.addOnOnly[guid] = !base
	}
}

// addProducts takes the titles of NCE products that are not Extended Service
// Terms. Where exactly one SKU has the product's name, the table of products
// has concluded the SKU from the name, which is no evidence of its own; in any
// other case Microsoft or the user said which SKU it is.
func (x *nameIndex) addProducts(c *Catalogue) {
	named := map[string]int{}
	for i := range c.SKUs {
		named[strings.ToLower(c.SKUs[i].Name)]++
	}
	for i := range c.Products {
		if p := &c.Products[i]; !p.EST && p.SKUGUID != "" {
			x.add(offerName{text: p.SKUTitle, kind: nameCurrent, guid: foldID(p.SKUGUID), listed: named[strings.ToLower(p.SKUTitle)] != 1,
				charity: p.Segment == Charity, trial: p.Trial, product: i})
		}
	}
	x.proposed = len(x.names)
	for i := range c.Products {
		if p := &c.Products[i]; !p.EST && p.SKUGUID == "" {
			x.add(offerName{text: p.SKUTitle, kind: nameListed, charity: p.Segment == Charity, trial: p.Trial, product: i})
		}
	}
}

// soldFirst orders SKUs that CSP price lists name before others.
func (x *nameIndex) soldFirst(a, b string) int {
	sold := func(guid string) int {
		if slices.ContainsFunc(x.byGUID[guid], func(i int) bool { return x.names[i].listed }) {
			return 0
		}
		return 1
	}
	return cmp.Compare(sold(a), sold(b))
}
