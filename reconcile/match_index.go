package reconcile

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/adrg/strutil/metrics"
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
	title   offerTitle
	text    string // as the table writes it
	kind    nameKind
	guid    string // SKU GUID, or the product GUID of a legacy offer; empty for nameListed
	listed  bool   // a CSP price list gives this name to this SKU
	charity bool
	trial   bool // a trial of the SKU
	until   Date // the name went to another SKU on that day; zero: never
	product int  // index into Catalogue.Products for NCE titles, else -1
	weight  float64
}

// nameIndex finds names by their spelling and by their meaning.
type nameIndex struct {
	names      []offerName
	bySpelling map[string][]int // squeezed
	byMeaning  map[string][]int // key
	byWord     map[string][]int // for proposals; ascending
	weight     map[string]float64
	rarest     float64 // weight of a word that no name has
	letters    *metrics.JaroWinkler
	charityOK  map[string]bool // SKU GUIDs that the price list sold to charities
	charityFor map[string]bool // … and to nobody else
	trialOK    map[string]bool // SKU GUIDs that the price list gave as a trial
	byGUID     map[string][]int
}

func newNameIndex(c *Catalogue) *nameIndex {
	x := &nameIndex{
		bySpelling: map[string][]int{}, byMeaning: map[string][]int{}, byWord: map[string][]int{}, byGUID: map[string][]int{},
		charityOK: map[string]bool{}, charityFor: map[string]bool{}, trialOK: map[string]bool{}, weight: map[string]float64{}, letters: metrics.NewJaroWinkler(),
	}
	x.addSKUs(c)
	x.addRenames(c)
	x.addOffers(c)
	x.addPriorNames(c)
	x.addProducts(c)
	x.dropLooseParts()
	x.weigh()
	return x
}

func (x *nameIndex) add(n offerName) {
	if n.text == "" {
		return
	}
	n.title = parseTitle(n.text)
	n.charity = n.charity || n.title.segment == Charity
	i := len(x.names)
	x.names = append(x.names, n)
	x.bySpelling[n.title.squeezed] = append(x.bySpelling[n.title.squeezed], i)
	if n.kind == namePart && !strings.Contains(n.title.plain, " ") {
		return // a part number of one word is found by its spelling only
	}
	x.byMeaning[n.title.key] = append(x.byMeaning[n.title.key], i)
	if n.guid == "" {
		return
	}
	x.byGUID[n.guid] = append(x.byGUID[n.guid], i)
	for _, w := range n.title.bag() {
		x.byWord[w] = append(x.byWord[w], i)
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
	}
}

// dropLooseParts takes part numbers from the meanings if a part that makes
// another offer (a tier, an add-on) stands in them and in no name of their SKU,
// or the other way round: M365_F1_GOV is Microsoft 365 F3 GCC.
func (x *nameIndex) dropLooseParts() {
	for key, at := range x.byMeaning {
		x.byMeaning[key] = slices.DeleteFunc(at, func(i int) bool {
			part := &x.names[i]
			return part.kind == namePart && !slices.ContainsFunc(x.byGUID[part.guid], func(j int) bool {
				name := &x.names[j]
				return name.kind > namePart && vetoes(part.title.words, name.title.words) == 0
			})
		})
	}
}

// addDerived adds the name without a mark that tells it from no other SKU
// (preview, USGOV before a cloud's name), and with the word trial where only
// the part number says it. Any better name goes first.
func (x *nameIndex) addDerived(s *SKU) {
	t := parseTitle(s.Name)
	part := strings.ToLower(s.PartNumber)
	if !t.trial && (strings.Contains(part, "trial") || strings.Contains(part, "viral")) {
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
				x.add(offerName{text: name, kind: nameFormer, guid: foldID(s.OldGUID), product: -1, charity: false})
			}
		}
	}
}

func (x *nameIndex) addPriorNames(c *Catalogue) {
	for _, n := range namesOfOld {
		for _, s := range c.SKUsByPart(n.part) {
			x.add(offerName{text: n.name, kind: nameFormer, guid: s.GUID, until: n.until, product: -1})
			x.endName(parseTitle(n.name).key, s.GUID, n.until)
		}
	}
}

// endName dates every name of a SKU that means the same: offers of the former
// price list keep names that went to another SKU later.
func (x *nameIndex) endName(key, guid string, until Date) {
	for _, i := range x.byMeaning[key] {
		if n := &x.names[i]; n.guid == guid {
			n.until = until
		}
	}
}

// addOffers takes the offers of the former CSP price list and what they show:
// which SKUs were sold to charities, which were given as trials.
func (x *nameIndex) addOffers(c *Catalogue) {
	others := map[string]bool{}
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
		x.add(offerName{text: o.Name, kind: nameFormer, guid: guid, listed: true, charity: o.Segment == Charity, trial: o.Trial, product: -1})
	}
	for guid := range x.charityOK {
		x.charityFor[guid] = !others[guid]
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
		p := &c.Products[i]
		if p.EST {
			continue
		}
		kind := nameListed
		if p.SKUGUID != "" {
			kind = nameCurrent
		}
		x.add(offerName{text: p.SKUTitle, kind: kind, guid: foldID(p.SKUGUID), listed: p.SKUGUID != "" && named[strings.ToLower(p.SKUTitle)] != 1,
			charity: p.Segment == Charity, trial: p.Trial, product: i})
	}
}

// weigh gives rare words more weight than common ones when proposals are
// ranked.
func (x *nameIndex) weigh() {
	x.rarest = 1 + math.Log(float64(len(x.names)))
	for w, at := range x.byWord {
		x.weight[w] = x.rarest - math.Log(float64(len(at)))
	}
	for i := range x.names {
		x.names[i].weight = x.weightOf(x.names[i].title.bag())
	}
}

// fits are the SKUs that answer to a title, each once, by GUID.
type fits struct {
	names []offerName // one for each GUID, the best one
	exact bool        // spelled like the name, not only meaning the same
}

// lookup finds what a title means on a day: SKUs and legacy products first,
// then NCE products whose SKU is not public. More than one name means that the
// title fits several equally.
func (x *nameIndex) lookup(t offerTitle, seg Segment, at Date) fits {
	bare := func(plain string) string { return strings.TrimPrefix(plain, "microsoft ") }
	parts := slices.Concat(x.bySpelling[t.squeezed], x.bySpelling["microsoft"+t.squeezed], x.bySpelling[strings.TrimPrefix(t.squeezed, "microsoft")])
	spelled, meant := x.bySpelling[t.squeezed], x.byMeaning[t.key]
	for _, try := range []struct {
		at    []int
		exact bool
	}{
		{x.only(spelled, isIdentified), true},
		{x.only(parts, func(n *offerName) bool { return n.kind == namePart && bare(n.title.plain) == bare(t.plain) }), true},
		{x.only(meant, isIdentified), false},
	} {
		if got := x.choose(x.inSegment(try.at, seg, t.trial), t, at, try.exact); len(got) > 0 {
			return fits{got, try.exact}
		}
	}
	if t.trial {
		if got := x.paidOfTrial(t, seg, at); len(got) > 0 {
			return fits{got, false}
		}
	}
	if got := x.distinct(x.inSegment(spelled, seg, t.trial)); len(got) > 0 {
		return fits{got, true}
	}
	return fits{x.distinct(x.inSegment(meant, seg, t.trial)), false}
}

func isIdentified(n *offerName) bool { return n.guid != "" }

func (x *nameIndex) only(at []int, keep func(*offerName) bool) []int {
	var out []int
	for _, i := range at {
		if keep(&x.names[i]) {
			out = append(out, i)
		}
	}
	return out
}

// paidOfTrial finds the paid SKU whose trial a title names, if the price list
// shows that the trial has the SKU of the paid offer.
func (x *nameIndex) paidOfTrial(t offerTitle, seg Segment, at Date) []offerName {
	words := slices.DeleteFunc(slices.Clone(t.words), func(w string) bool { return w == "trial" })
	t.key = strings.Join(words, " ")
	got := x.choose(x.inSegment(x.only(x.byMeaning[t.key], isIdentified), seg, false), t, at, false)
	return slices.DeleteFunc(got, func(n offerName) bool { return !x.trialOK[n.guid] })
}

// inSegment leaves the names that a customer of the segment may mean. A
// charity title means a SKU that was sold to charities under that name; a
// title without segment means one that is not only for them. The other
// segments are words of the title and need no filter.
func (x *nameIndex) inSegment(at []int, seg Segment, trial bool) []int {
	var own, shared, foreign []int
	for _, i := range at {
		n := &x.names[i]
		switch {
		case n.trial && !trial && n.product >= 0:
		case seg == Charity && n.charity:
			own = append(own, i)
		case seg == Charity && x.charityOK[n.guid]:
			shared = append(shared, i)
		case seg != Charity && !n.charity && !x.charityFor[n.guid]:
			own = append(own, i)
		case seg != Charity && !n.charity:
			foreign = append(foreign, i)
		}
	}
	for _, found := range [][]int{own, shared, foreign} {
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// choose weighs names that all agree with the title. The best kind counts;
// names of the CSP price lists decide between SKUs that share a name if they
// are spelled exactly like the title, and make the title ambiguous if they
// name another SKU altogether.
func (x *nameIndex) choose(at []int, t offerTitle, day Date, exact bool) []offerName {
	if former := x.stillFormer(at, day); len(former) > 0 {
		return x.distinct(former)
	}
	best := nameDerived
	for _, i := range at {
		if n := &x.names[i]; !n.lapsed(day) {
			best = max(best, n.kind)
		}
	}
	var top, listed []int
	for _, i := range at {
		n := &x.names[i]
		if n.lapsed(day) {
			continue
		}
		if n.kind == best {
			top = append(top, i)
		}
		if n.listed && n.guid != "" && exact == (n.title.plain == t.plain) {
			listed = append(listed, i)
		}
	}
	tops, lists := x.distinct(top), x.distinct(listed)
	if len(lists) == 0 {
		return tops
	}
	switch {
	case slices.ContainsFunc(lists, func(n offerName) bool { return !hasGUID(tops, n.guid) }):
		return x.distinct(append(top, listed...))
	case exact:
		return slices.DeleteFunc(tops, func(n offerName) bool { return !hasGUID(lists, n.guid) })
	}
	return tops
}

// lapsed tells whether the name belonged to another SKU on that day.
func (n *offerName) lapsed(day Date) bool { return n.until.Known() && day >= n.until }

// stillFormer are the names that meant another SKU on that day.
func (x *nameIndex) stillFormer(at []int, day Date) []int {
	var out []int
	for _, i := range at {
		if n := &x.names[i]; n.until.Known() && day.Known() && day < n.until {
			out = append(out, i)
		}
	}
	return out
}

// distinct keeps the best name for each SKU, and for each NCE product without
// one; ordered by GUID, then product.
func (x *nameIndex) distinct(at []int) []offerName {
	var out []offerName
	for _, i := range at {
		n := x.names[i]
		same := func(o offerName) bool { return o.guid == n.guid && (n.guid != "" || o.product == n.product) }
		if j := slices.IndexFunc(out, same); j < 0 {
			out = append(out, n)
		} else if n.kind > out[j].kind {
			out[j] = n
		}
	}
	slices.SortStableFunc(out, func(a, b offerName) int {
		return cmp.Or(strings.Compare(a.guid, b.guid), cmp.Compare(a.product, b.product))
	})
	return out
}

func hasGUID(names []offerName, guid string) bool {
	return slices.ContainsFunc(names, func(n offerName) bool { return n.guid == guid })
}
