package reconcile

import (
	"cmp"
	"slices"
	"strings"
)

// agrees tells whether the name says "and" where the title does: Project Online
// and Pro is not Project Online Pro.
func (n *offerName) agrees(t offerTitle) bool { return n.title.joins || !t.joins }

// fits are the SKUs that answer to a title, each once, by GUID.
type fits struct {
	names []offerName // one for each GUID, the best one
	exact bool        // spelled like the name, not only meaning the same
}

// lookup finds what a title means on a day: SKUs and legacy products first,
// then NCE products whose SKU is not public. More than one name means that the
// title fits several equally.
func (x *nameIndex) lookup(t offerTitle, seg Segment, at Date) fits {
	spelled := x.bySpelling[t.squeezed]
	meant := x.only(x.byMeaning[t.key], func(n *offerName) bool { return n.agrees(t) })
	for _, try := range []struct {
		at    []int
		exact bool
	}{
		{x.only(spelled, func(n *offerName) bool { return isIdentified(n) && n.kind != namePart }), true},
		{x.only(meant, isIdentified), false},
	} {
		got := x.choose(x.inSegment(try.at, seg, t.trial), at, try.exact)
		if len(got) > 0 && !try.exact {
			got = x.besidePart(got, t, seg)
		}
		if len(got) > 0 {
			return fits{got, try.exact}
		}
	}
	if len(x.byMeaning[t.key]) == 0 {
		if got := x.distinct(x.spelledParts(t, seg)); len(got) > 0 {
			return fits{got, true}
		}
	}
	if got := x.paidOfTrial(t, seg, at); len(got) > 0 {
		return fits{got, false}
	}
	if got := x.soldByUser(t, seg, at); len(got) > 0 {
		return fits{got, false}
	}
	if got := x.distinct(x.inSegment(x.only(spelled, isUnidentified), seg, t.trial)); len(got) > 0 {
		return fits{got, true}
	}
	return fits{x.distinct(x.inSegment(x.only(meant, isUnidentified), seg, t.trial)), false}
}

// shortMost is how many SKUs a title may be short for; one that begins the names
// of more is that of a family, such as Dynamics 365, and means none of them.
const shortMost = 5

// shortFor are the SKUs whose names say for whom or for what, where the title
// leaves just that out: Exchange Online Archiving is for Exchange Online or for
// Exchange Server, Office 365 A3 for faculty or for students. It takes several,
// or the title would be guessed at; and beside an id it says nothing against it.
func (x *nameIndex) shortFor(t offerTitle, seg Segment) []offerName {
	if len(t.words) == 0 {
		return nil
	}
	begin := t.plain + " for "
	begun := x.only(x.words().at(t.words[0]), func(n *offerName) bool {
		return n.kind == nameCurrent && isIdentified(n) && strings.HasPrefix(n.title.plain, begin)
	})
	if got := x.distinct(x.inSegment(begun, seg, t.trial)); len(got) > 1 && len(got) <= shortMost {
		return got
	}
	return nil
}

func isIdentified(n *offerName) bool   { return n.guid != "" }
func isUnidentified(n *offerName) bool { return n.guid == "" }

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
	if !t.trial {
		return nil
	}
	paid := x.only(x.byMeaning[t.keyWithout("trial")], isIdentified)
	got := x.choose(x.inSegment(paid, seg, false), at, false)
	return slices.DeleteFunc(got, func(n offerName) bool { return !x.trialOK[n.guid] })
}

// besidePart adds the SKU whose part number is the very title to one that only
// means the same: Microsoft Copilot for Sales may be what is called Microsoft
// Sales Copilot, or what has the part number Microsoft_Copilot_for_Sales.
func (x *nameIndex) besidePart(got []offerName, t offerTitle, seg Segment) []offerName {
	part := x.only(x.bySpelling[t.squeezed], func(n *offerName) bool { return n.kind == namePart && n.title.plain == t.plain })
	for _, n := range x.distinct(x.inSegment(part, seg, t.trial)) {
		// Where the SKU carries the name too, on other days, the day has decided.
		if !hasGUID(got, n.guid) && !x.isNameOf(n.guid, t) && !isAbbreviation(strings.Fields(t.plain)) {
			got = append(got, n)
		}
	}
	return got
}

// spelledParts are the part numbers that a title spells in words, with or
// without Microsoft before them. They count only for titles that no name has:
// M365 F1 is a name of two SKUs before it is the part number of one. Business
// Voice spells a part number too, but is short for the names of four SKUs.
func (x *nameIndex) spelledParts(t offerTitle, seg Segment) []int {
	if isAbbreviation(strings.Fields(t.plain)) || strings.HasPrefix(t.plain, "365 ") { // 365 E3 may be Office or Microsoft
		return nil
	}
	bare := func(plain string) string { return strings.TrimPrefix(plain, "microsoft ") }
	at := slices.Concat(x.bySpelling[t.squeezed], x.bySpelling["microsoft"+t.squeezed], x.bySpelling[strings.TrimPrefix(t.squeezed, "microsoft")])
	at = x.only(at, func(n *offerName) bool {
		return n.kind == namePart && bare(n.title.plain) == bare(t.plain) && !x.saidByOthers(t, n.guid)
	})
	return x.inSegment(at, seg, t.trial)
}

// saidByOthers tells whether the name of another SKU holds every word of a
// title, for which the title may then be short.
func (x *nameIndex) saidByOthers(t offerTitle, guid string) bool {
	if len(t.words) == 0 {
		return false
	}
	return slices.ContainsFunc(x.words().at(t.words[0]), func(i int) bool {
		n := &x.names[i]
		if n.guid == guid || n.kind == namePart || n.title.trial && !t.trial {
			return false
		}
		return !slices.ContainsFunc(t.words, func(w string) bool { return !slices.Contains(n.title.words, w) })
	})
}

// soldByUser finds the SKU of a title that says "per user" of what is sold by
// the user anyway: Power BI Pro per user. Where users have a SKU of their own
// (Copilot Studio User License), the words make a difference.
func (x *nameIndex) soldByUser(t offerTitle, seg Segment, at Date) []offerName {
	rest := t.keyWithout("user", "per_user")
	if rest == t.key || rest == "" || slices.Contains(t.words, "power_apps") || slices.Contains(t.words, "power_automate") {
		return nil // Power Apps per user is a plan of its own, beside per app
	}
	for _, word := range []string{"user", "per_user", "users"} {
		words := append(strings.Fields(rest), word)
		slices.Sort(words)
		if len(x.byMeaning[strings.Join(words, " ")]) > 0 {
			return nil
		}
	}
	if x.saidByOthers(t, "") {
		return nil // Power BI per user may be short for Power BI Premium Per User
	}
	return x.choose(x.inSegment(x.only(x.byMeaning[rest], isIdentified), seg, t.trial), at, false)
}

// keyWithout is the key of the title without these words.
func (t offerTitle) keyWithout(drop ...string) string {
	words := slices.DeleteFunc(slices.Clone(t.words), func(w string) bool { return slices.Contains(drop, w) })
	return strings.Join(words, " ")
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
// are spelled like the title (exact), and make the title ambiguous if they name
// another SKU altogether.
func (x *nameIndex) choose(at []int, day Date, exact bool) []offerName {
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
		if n.listed {
			listed = append(listed, i)
		}
	}
	tops, lists := x.distinct(top), x.distinct(listed)
	if sold := x.distinct(x.only(at, func(n *offerName) bool { return n.listed && n.product >= 0 })); len(sold) == 1 && hasGUID(tops, sold[0].guid) {
		return sold // Microsoft or the user says which SKU the product of this name provisions
	}
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

// distinct keeps the first name for each SKU, and for each NCE product without
// one; ordered by GUID, then product. Of a better and a worse kind the better
// one stands first.
func (x *nameIndex) distinct(at []int) []offerName {
	var out []offerName
	for _, i := range at {
		n := x.names[i]
		if !slices.ContainsFunc(out, func(o offerName) bool { return o.guid == n.guid && (n.guid != "" || o.product == n.product) }) {
			out = append(out, n)
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
