package reconcile

import (
	"reflect"
	"slices"
	"testing"
)

const (
	skuGoneFalcon = "11111111-0000-4000-a000-000000000007" // of the former price list, in no table of SKUs
	offerDesk     = "11111111-0000-4000-b000-000000000001"
	offerGone     = "11111111-0000-4000-b000-000000000002"
)

// soldFalcons are the falcons with what is sold of them: D is the desk, B the
// box, C the desk for charities, E its extended term, T its trial.
func soldFalcons() *Catalogue {
	c := falcons()
	product := func(id, title, sku string, segment Segment) Product {
		return Product{ProductID: id, SKUID: "0001", Title: title, SKUTitle: title, SKUGUID: sku, Segment: segment}
	}
	c.Products = []Product{product("D", "Falcon Desk", skuDesk, Commercial), product("B", "Falcon Box", skuBox, Commercial),
		product("C", "Falcon Desk (Non-Profit Pricing)", skuDesk, Charity), product("E", "Falcon Desk - Extended Service Term", skuDesk, Commercial),
		product("T", "Falcon Desk Trial", skuDesk, Commercial)}
	c.Products[3].EST, c.Products[4].Trial = true, true
	c.Offers = []LegacyOffer{
		{ID: offerDesk, Name: "Falcon Desk", ProductGUID: skuDesk, ProductName: "Falcon Desk", InTable: true, Segment: Commercial},
		{ID: offerGone, Name: "Falcon Roof", ProductGUID: skuGoneFalcon, ProductName: "Falcon Roof", Segment: Commercial},
	}
	return c
}

// What is bought for a row, by each thing that may say so. An extended term, a
// trial and what is sold to another kind of customer are never bought.
func TestWhatIsBoughtFor(t *testing.T) {
	mapped := func(offer, product string) func(*Catalogue) {
		return func(c *Catalogue) {
			c.AddOwn(OwnOffers{Name: "matrix.xlsx", Pairs: []OfferPair{{OfferID: offer, ProductID: product, SKUID: "1"}}})
		}
	}
	derived := func(product string) func(*Catalogue) {
		return func(c *Catalogue) {
			c.Pairs = []OfferPair{{OfferID: offerGone, ProductID: product, SKUID: "0001", Kind: "official"}}
		}
	}
	titled := func(products ...Product) func(*Catalogue) {
		return func(c *Catalogue) { c.Products = slices.Concat(products, c.Products) }
	}
	roof := Product{ProductID: "R", SKUID: "0001", Title: "Falcon Roof", SKUTitle: "Falcon Roof", Segment: Commercial}
	charityRoof := roof
	charityRoof.Segment = Charity
	desk := OfferQuery{Title: "Falcon Desk"}
	with := func(q OfferQuery, edit func(*OfferQuery)) OfferQuery { edit(&q); return q }
	psa := func(id string) OfferQuery { return with(desk, func(q *OfferQuery) { q.NcePsa = id }) }
	on := func(product, sku string) OfferQuery {
		return with(desk, func(q *OfferQuery) { q.ProductID, q.ProductSKU = product, sku })
	}
	none := func(*Catalogue) {}
	for _, tt := range []struct {
		name  string
		q     OfferQuery
		edit  func(*Catalogue)
		want  string // product/sku; empty: nothing chosen
		class MatchClass
		basis string
	}{
		{"the title", desk, none, "D/0001", MatchSame, "title"},
		{"a charity", with(desk, func(q *OfferQuery) { q.Segment = Charity }), none, "C/0001", MatchSame, "title"},
		{"the batch tool's product", psa("D:0001"), none, "D/0001", MatchSame, "nce-psa"},
		{"with its availability", psa("D:0001:X"), none, "D/0001", MatchSame, "nce-psa"},
		{"one that no price list holds", psa("Z:0009"), none, "Z/0009", MatchSame, "nce-psa"},
		{"an extended term", psa("E:0001"), none, "D/0001", MatchSame, "title"},
		{"a trial", psa("T:0001"), none, "D/0001", MatchSame, "title"},
		{"no product", psa(":0001"), none, "D/0001", MatchSame, "title"},
		{"no SKU of a product", psa("D"), none, "D/0001", MatchSame, "title"},
		{"its own product", on("D", "1"), none, "D/0001", MatchSame, "product-id"},
		{"its own product, an extended term", on("E", "1"), none, "D/0001", MatchSame, "product-id"},
		{"its own product, which no price list holds", on("Z", "9"), none, "Z/0009", MatchSame, "title"},
		{"a product without its SKU", on("Z", ""), none, "D/0001", MatchSame, "title"},
		{"the user's mapping to another SKU", OfferQuery{OfferID: offerDesk}, mapped(offerDesk, "B"), "B/0001", MatchEquivalent, "offer-matrix"},
		{"the user's mapping to a trial leaves the id open", OfferQuery{OfferID: offerDesk}, mapped(offerDesk, "T"), "/", MatchSame, "offer-id"},
		{"the user's mapping to what charities buy, too", OfferQuery{OfferID: offerDesk}, mapped(offerDesk, "C"), "/", MatchSame, "offer-id"},
		{"the mapping of another offer", OfferQuery{OfferID: offerDesk}, mapped(offerGone, "B"), "D/0001", MatchSame, "offer-id"},
		{"no successor of a retired product", OfferQuery{OfferID: offerGone}, none, "", MatchDifferent, "offer-id"},
		{"the pair of a retired product", OfferQuery{OfferID: offerGone}, derived("B"), "B/0001", MatchEquivalent, "offer-id"},
		{"a pair with an extended term", OfferQuery{OfferID: offerGone}, derived("E"), "", MatchDifferent, "offer-id"},
		{"a pair with what charities buy", OfferQuery{OfferID: offerGone}, derived("C"), "", MatchDifferent, "offer-id"},
		{"a product of the retired one's name", OfferQuery{OfferID: offerGone}, titled(roof), "R/0001", MatchSame, "offer-id"},
		{"two products of its name", OfferQuery{OfferID: offerGone}, titled(roof, roof), "", MatchDifferent, "offer-id"},
		{"one that charities buy", OfferQuery{OfferID: offerGone}, titled(charityRoof), "", MatchDifferent, "offer-id"},
	} {
		c := soldFalcons()
		tt.edit(c)
		c.Index()
		r := NewMatcher(c, nil, nil, today).Match(tt.q)
		got := ""
		if r.Target != nil {
			got = r.Target.ProductID + "/" + r.Target.SKUID
		}
		if got != tt.want || r.Class != tt.class || r.Basis != tt.basis {
			t.Errorf("%s: got %q, %v by %q; want %q, %v by %q", tt.name, got, r.Class, r.Basis, tt.want, tt.class, tt.basis)
		}
	}
}

// A retired SKU is replaced by itself only where one successor of an accepted
// kind holds for the customer, every part of it is known, and nobody ruled it
// out.
func TestOnlySuccessor(t *testing.T) {
	const unknown = "11111111-0000-4000-a000-000000000099"
	to := func(kind string, guids ...string) Successor {
		return Successor{OldGUID: skuDesk, NewName: "Falcon Box", NewGUIDs: guids, Kind: kind}
	}
	only := func(s Successor, countries ...string) Successor { s.Countries = countries; return s }
	never := []Decision{{Scope: "offer", Key: "Falcon Desk", Field: "choice", Value: "never:" + skuBox}}
	for _, tt := range []struct {
		name       string
		successors []Successor
		decisions  []Decision
		country    string
		want       string
	}{
		{"none", nil, nil, "IT", ""},
		{"one", []Successor{to(KindReplacement, skuBox)}, nil, "IT", skuBox},
		{"of a kind that is a choice", []Successor{to("upgrade", skuBox)}, nil, "IT", ""},
		{"two", []Successor{to(KindReplacement, skuBox), to(KindReplacement, skuBP)}, nil, "IT", ""},
		{"here", []Successor{only(to(KindReplacement, skuBox), "IT")}, nil, "IT", skuBox},
		{"elsewhere", []Successor{only(to(KindReplacement, skuBox), "US")}, nil, "IT", ""},
		{"one here, one elsewhere", []Successor{only(to(KindReplacement, skuBP), "US"), to(KindReplacement, skuBox)}, nil, "IT", skuBox},
		{"of which a part is not known", []Successor{to(KindReplacement, skuBox, unknown)}, nil, "IT", ""},
		{"without a SKU", []Successor{to(KindReplacement)}, nil, "IT", ""},
		{"ruled out", []Successor{to(KindReplacement, skuBox)}, never, "IT", ""},
	} {
		c := soldFalcons()
		c.SKUs[0].Current = false
		c.SKUs = append(c.SKUs, SKU{GUID: skuBP, PartNumber: "SPB", Name: "Falcon Pad", Current: true})
		c.Successors = tt.successors
		c.Index()
		r := NewMatcher(c, nil, tt.decisions, today).Match(OfferQuery{Title: "Falcon Desk", SKUGUID: skuDesk, Country: tt.country})
		got := ""
		if r.Target != nil {
			got = r.Target.SKUGUID
		}
		if got != tt.want || (r.Class == MatchEquivalent) != (tt.want != "") || !r.Flags.Discontinued {
			t.Errorf("%s: got %q, %v, want %q", tt.name, got, r.Class, tt.want)
		}
		if proposed := slices.ContainsFunc(r.Candidates, func(c Candidate) bool { return c.ID() == skuBox }); tt.decisions != nil && proposed {
			t.Errorf("%s: %+v is proposed all the same", tt.name, r.Candidates)
		}
	}
}

// A successor of which only one part has a SKU is neither bought nor named as a
// successor: the part alone is something else. One product has a plus in its name.
func TestSuccessorOfWhichAPartHasNoSKU(t *testing.T) {
	for name, whole := range map[string]bool{"Falcon Box": true, "Falcon Box + Falcon Lid": false, "Falcon Mobility + Security": true, "Falcon Mobility + Security + Falcon Lid": false} {
		for _, kind := range []string{KindReplacement, "replacement-option"} {
			c := soldFalcons()
			c.SKUs[0].Current = false
			c.Successors = []Successor{{OldGUID: skuDesk, NewName: name, NewGUIDs: []string{skuBox}, Kind: kind}}
			c.Index()
			r := NewMatcher(c, nil, nil, today).Match(OfferQuery{SKUGUID: skuDesk})
			if got, want := r.Target != nil, whole && kind == KindReplacement; got != want {
				t.Errorf("%s, %s: bought %v, want %v", name, kind, got, want)
			}
			named := slices.ContainsFunc(r.Candidates, func(c Candidate) bool { return c.Why[0].Code == whySuccessor })
			if want := whole && kind != KindReplacement; named != want {
				t.Errorf("%s, %s: named as a successor %v, want %v", name, kind, named, want)
			}
		}
	}
}

// Of several pairs for one legacy offer the user's counts, then Microsoft's,
// then the derived one, in whatever order they stand; of two of one kind the
// first.
func TestBestPairOfAnOffer(t *testing.T) {
	pair := func(kind, product string) OfferPair {
		return OfferPair{OfferID: offerGone, ProductID: product, SKUID: "0001", Kind: kind}
	}
	derived, official, user := pair("derived", "X"), pair("official", "Y"), pair("user", "Z")
	for _, tt := range []struct {
		pairs []OfferPair
		want  string
	}{
		{[]OfferPair{derived}, "X"}, {[]OfferPair{derived, official}, "Y"}, {[]OfferPair{official, derived}, "Y"},
		{[]OfferPair{user, official, derived}, "Z"}, {[]OfferPair{derived, official, user}, "Z"}, {[]OfferPair{official, user}, "Z"},
		{[]OfferPair{official, pair("official", "X")}, "Y"},
	} {
		c := soldFalcons()
		c.Pairs = tt.pairs
		c.Index()
		r := NewMatcher(c, nil, nil, today).Match(OfferQuery{OfferID: offerGone})
		if r.Target == nil || r.Target.ProductID != tt.want {
			t.Errorf("%v: got %+v, want product %s", tt.pairs, r.Target, tt.want)
		}
	}
}

// The pair of the row's own offer says by which product its SKU is ordered, if
// it may be bought for that: a pair for another SKU, and a product of another
// SKU, of a trial, of an extended term or for another kind of customer, say
// nothing.
func TestPairOfTheRowsOffer(t *testing.T) {
	pair := func(product, sku string) OfferPair {
		return OfferPair{OfferID: offerDesk, ProductID: product, SKUID: "0001", SKUGUID: sku, Kind: "official", Source: "published"}
	}
	for _, tt := range []struct {
		name  string
		pairs []OfferPair
		own   []OfferPair
		want  Target
	}{
		{"none", nil, nil, Target{ProductID: "D"}},
		{"of the offer", []OfferPair{pair("F", "")}, nil, Target{ProductID: "F"}},
		{"that names the SKU", []OfferPair{pair("F", skuDesk)}, nil, Target{ProductID: "F"}},
		{"that names another SKU", []OfferPair{pair("F", skuBox)}, nil, Target{ProductID: "D"}},
		{"with the product of another SKU", []OfferPair{pair("B", "")}, nil, Target{ProductID: "D"}},
		{"with a trial", []OfferPair{pair("T", "")}, nil, Target{ProductID: "D"}},
		{"with an extended term", []OfferPair{pair("E", "")}, nil, Target{ProductID: "D"}},
		{"with what charities buy", []OfferPair{pair("C", "")}, nil, Target{ProductID: "D"}},
		{"with a product that nobody knows", []OfferPair{pair("Z", "")}, nil, Target{ProductID: "D"}},
		{"the user's", nil, []OfferPair{pair("F", "")}, Target{ProductID: "F"}},
		{"the user's, which differs", []OfferPair{pair("D", "")}, []OfferPair{pair("F", "")},
			Target{ProductID: "F", Own: "matrix.xlsx", Differs: "the embedded table says D/0001"}},
	} {
		c := soldFalcons()
		c.Products = append(c.Products, Product{ProductID: "F", SKUID: "0001", Title: "Falcon Desk Flex", SKUTitle: "Falcon Desk Flex", SKUGUID: skuDesk, Segment: Commercial})
		c.Pairs = tt.pairs
		c.AddOwn(OwnOffers{Name: "matrix.xlsx", Pairs: tt.own})
		r := NewMatcher(c, nil, nil, today).Match(OfferQuery{OfferID: offerDesk})
		if r.Target == nil {
			t.Fatalf("%s: nothing is bought", tt.name)
		}
		if got := (Target{ProductID: r.Target.ProductID, Own: r.Target.Own, Differs: r.Target.Differs}); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: got %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

// The user's mapping of an offer holds for rows that have its SKU alone: for
// the same kind of customer, not a trial's, and only if all of them agree.
func TestMappingsOfASKU(t *testing.T) {
	const charityOffer, trialOffer, secondOffer, unknownOffer = "11111111-0000-4000-b000-000000000003", "11111111-0000-4000-b000-000000000004",
		"11111111-0000-4000-b000-000000000005", "11111111-0000-4000-b000-000000000006"
	pair := func(offer, product, sku string) OfferPair {
		return OfferPair{OfferID: offer, ProductID: product, SKUID: "7", SKUGUID: sku}
	}
	for _, tt := range []struct {
		name    string
		pairs   []OfferPair
		segment Segment
		want    string // product/SKU
	}{
		{"none", nil, Commercial, "D/0001"},
		{"of its offer", []OfferPair{pair(offerDesk, "P", "")}, Commercial, "P/0007"},
		{"that names the SKU", []OfferPair{pair(unknownOffer, "P", skuDesk)}, Commercial, "P/0007"},
		{"of an offer that nobody knows", []OfferPair{pair(unknownOffer, "P", "")}, Commercial, "D/0001"},
		{"that names another SKU", []OfferPair{pair(offerDesk, "P", skuBox)}, Commercial, "D/0001"},
		{"for charities", []OfferPair{pair(charityOffer, "P", "")}, Commercial, "D/0001"},
		{"for charities, to one", []OfferPair{pair(charityOffer, "P", "")}, Charity, "P/0007"},
		{"one for each kind", []OfferPair{pair(offerDesk, "P", ""), pair(charityOffer, "Q", "")}, Commercial, "P/0007"},
		{"of a trial", []OfferPair{pair(trialOffer, "P", "")}, Commercial, "D/0001"},
		{"two that agree", []OfferPair{pair(offerDesk, "P", ""), pair(secondOffer, "P", "")}, Commercial, "P/0007"},
		{"two that differ", []OfferPair{pair(offerDesk, "P", ""), pair(secondOffer, "Q", "")}, Commercial, "D/0001"},
	} {
		c := soldFalcons()
		offer := c.Offers[0]
		forCharities, trial, second := offer, offer, offer
		forCharities.ID, forCharities.Segment = charityOffer, Charity
		trial.ID, trial.Trial = trialOffer, true
		second.ID = secondOffer
		c.Offers = append(c.Offers, forCharities, trial, second)
		c.AddOwn(OwnOffers{Name: "matrix.xlsx", Pairs: tt.pairs})
		r := NewMatcher(c, nil, nil, today).Match(OfferQuery{SKUGUID: skuDesk, Segment: tt.segment})
		got := ""
		if r.Target != nil {
			got = r.Target.ProductID + "/" + r.Target.SKUID
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}
