package reconcile

import (
	"fmt"
	"slices"
	"testing"
)

// The SKUs of a small catalogue in which only their names can decide.
const (
	skuDesk = "11111111-0000-4000-a000-000000000001"
	skuBox  = "11111111-0000-4000-a000-000000000002"
)

func falcons() *Catalogue {
	return &Catalogue{
		SKUs: []SKU{
			{GUID: skuDesk, PartNumber: "FALCON_DESK", Name: "Falcon Desk", Current: true},
			{GUID: skuBox, PartNumber: "FALCON_BOX", Name: "Falcon Box", Current: true},
		},
	}
}

// meant asks the matcher for a title; nothing is certain where it is empty.
func meant(c *Catalogue, q OfferQuery) string {
	c.Index()
	if id := NewMatcher(c, nil, nil, today).Match(q).Identified; id != nil {
		return id.SKUGUID
	}
	return ""
}

// A rename makes the old title known, if it kept the SKU. What replaces an offer
// by another SKU says nothing of what the title means.
func TestRenamesNameTheSKU(t *testing.T) {
	const gone = "11111111-0000-4000-a000-000000000009"
	for _, tt := range []struct {
		name string
		s    Successor
		want string
	}{
		{"renamed", Successor{OldGUID: skuDesk, NewGUIDs: []string{skuDesk}, Kind: KindRename}, skuDesk},
		{"replaced by itself", Successor{OldGUID: skuDesk, NewGUIDs: []string{skuDesk}, Kind: KindReplacement}, ""},
		{"renamed to another SKU", Successor{OldGUID: skuDesk, NewGUIDs: []string{skuBox}, Kind: KindRename}, ""},
		{"renamed to two", Successor{OldGUID: skuDesk, NewGUIDs: []string{skuDesk, skuBox}, Kind: KindRename}, ""},
		{"a SKU that no table knows", Successor{OldGUID: gone, NewGUIDs: []string{gone}, Kind: KindRename}, ""},
		{"for a time", Successor{OldGUID: skuDesk, NewGUIDs: []string{skuDesk}, Kind: KindRename, OldName: "Falcon Board (until 2019)"}, ""},
	} {
		c := falcons()
		if tt.s.OldName == "" {
			tt.s.OldName = "Falcon Board"
		}
		c.Successors = []Successor{tt.s}
		if got := meant(c, OfferQuery{Title: "Falcon Board"}); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// Two SKUs whose names mean the same are told apart by what Microsoft or the
// user says of a product, not by a product whose SKU was itself concluded from
// its name.
func TestProductsThatDecideATitle(t *testing.T) {
	const twin = "11111111-0000-4000-a000-000000000003"
	product := func(title, guid string) Product {
		return Product{ProductID: "CFQ7TTC0AAAA", SKUID: "0001", Title: title, SKUTitle: title, SKUGUID: guid, Segment: Commercial}
	}
	for _, tt := range []struct {
		name    string
		product Product
		title   string
		want    string
	}{
		{"nothing", Product{}, "Box Desk Falcon", ""},
		{"concluded from the name of one", product("Falcon Desk Box", skuDesk), "Box Desk Falcon", ""},
		{"a name of its own", product("Box Falcon Desk", skuDesk), "Box Desk Falcon", skuDesk},
		{"spelled like one of them", Product{}, "falcon desk box", skuDesk},
		{"spelled like the other", Product{}, "FALCON BOX DESK", twin},
	} {
		c := falcons()
		c.SKUs[0].Name = "Falcon Desk Box"
		c.SKUs = append(c.SKUs, SKU{GUID: twin, PartNumber: "TWIN", Name: "Falcon Box Desk", Current: true})
		if tt.product.ProductID != "" {
			c.Products = []Product{tt.product}
		}
		if got := meant(c, OfferQuery{Title: tt.title}); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// The title under which a product is sold for a SKU goes before a name that
// another SKU had once.
func TestPresentTitleBeforeFormerName(t *testing.T) {
	c := falcons()
	c.SKUs[1].Former = []string{"Falcon Pad"}
	if got := meant(c, OfferQuery{Title: "Falcon Pad"}); got != skuBox {
		t.Errorf("a former name alone: got %q, want %q", got, skuBox)
	}
	c.Products = []Product{{ProductID: "CFQ7TTC0AAAA", SKUID: "0001", Title: "Falcon Pad", SKUTitle: "Falcon Pad", SKUGUID: skuDesk, Segment: Commercial}}
	if got := meant(c, OfferQuery{Title: "Falcon Pad"}); got != skuDesk {
		t.Errorf("sold under that title: got %q, want %q", got, skuDesk)
	}
}

// A row on a product whose SKU is not public agrees with its title where either
// of the product's titles says the same, or where the title names a SKU that is
// sold as this product.
func TestProductAndTitleAgree(t *testing.T) {
	hidden := Product{ProductID: "CFQ7TTC0HHHH", SKUID: "0001", Title: "Falcon Wing", SKUTitle: "Falcon Wing Large", Segment: Commercial}
	other := Product{ProductID: "CFQ7TTC0OOOO", SKUID: "0001", Title: "Falcon Tail", SKUTitle: "Falcon Tail Large", Segment: Commercial}
	for title, disagree := range map[string]bool{"Falcon Wing": false, "Falcon Wing Large": false, "FalconWing Large": false, "Falcon Tail Large": true, "Falcon Desk": true, "Something": false} {
		c := falcons()
		c.Products = []Product{hidden, other}
		c.Index()
		r := NewMatcher(c, nil, nil, today).Match(OfferQuery{ProductID: "CFQ7TTC0HHHH", ProductSKU: "1", Title: title})
		if r.Flags.TitleIDDisagree != disagree || (r.Target == nil) != disagree {
			t.Errorf("%q: disagree %v, target %+v, want %v", title, r.Flags.TitleIDDisagree, r.Target, disagree)
		}
	}
}

// Which NCE product is ordered for a SKU: the only one of the customer's
// segment that is neither a trial nor an extended term; of several, the user's
// own, else the one that is sold under the SKU's name. Where that leaves none or
// several, the id stays open.
func TestProductToOrder(t *testing.T) {
	product := func(id, title string, edit func(*Product)) Product {
		p := Product{ProductID: id, SKUID: "0001", Title: title, SKUTitle: title, SKUGUID: skuDesk, Segment: Commercial}
		edit(&p)
		return p
	}
	plain := func(*Product) {}
	own := func(p *Product) { p.Own = "matrix.xlsx" }
	unnamed := func(p *Product) { p.SKUGUID = "" }
	others := func(p *Product) { p.SKUGUID = skuBox }
	for _, tt := range []struct {
		name     string
		products []Product
		want     string
	}{
		{"none", nil, ""},
		{"one", []Product{product("A", "Falcon Desk for all", plain)}, "A"},
		{"a trial", []Product{product("A", "Falcon Desk", func(p *Product) { p.Trial = true })}, ""},
		{"an extended term", []Product{product("A", "Falcon Desk", func(p *Product) { p.EST = true })}, ""},
		{"for charities", []Product{product("A", "Falcon Desk", func(p *Product) { p.Segment = Charity })}, ""},
		{"two, of which one has the SKU's name", []Product{product("A", "Falcon Desk Device", plain), product("B", "Falcon Desk", plain)}, "B"},
		{"two, of which none has the SKU's name", []Product{product("A", "Falcon Desk Device", plain), product("B", "Falcon Desk Large", plain)}, ""},
		{"two of the SKU's name", []Product{product("A", "Falcon Desk", plain), product("B", "Falcon Desk", plain)}, ""},
		{"two, of which one is the user's", []Product{product("A", "Falcon Desk", plain), product("B", "Falcon Desk Large", own)}, "B"},
		{"by its name alone", []Product{product("A", "Falcon Desk", unnamed)}, "A"},
		{"two by their names alone", []Product{product("A", "Falcon Desk", unnamed), product("B", "Falcon Desk", unnamed)}, ""},
		{"that of another SKU, under this name", []Product{product("A", "Falcon Desk", others)}, ""},
		{"one by its name alone, for charities", []Product{product("A", "Falcon Desk", func(p *Product) { p.SKUGUID, p.Segment = "", Charity })}, ""},
		{"one by its name alone, a trial", []Product{product("A", "Falcon Desk", func(p *Product) { p.SKUGUID, p.Trial = "", true })}, ""},
	} {
		c := falcons()
		c.Products = slices.Clone(tt.products)
		c.Index()
		r := NewMatcher(c, nil, nil, today).Match(OfferQuery{SKUGUID: skuDesk})
		if r.Target == nil || r.Target.SKUGUID != skuDesk || r.Target.ProductID != tt.want || r.Flags.NoOrderID != (tt.want == "") {
			t.Errorf("%s: got %+v, no order id %v; want %q", tt.name, r.Target, r.Flags.NoOrderID, tt.want)
		}
	}
}

// Of two SKUs of one name each is ordered by the product of that name, unless
// the product is known to provision the other.
func TestProductOfASharedName(t *testing.T) {
	for _, tt := range []struct{ name, provisions, want string }{
		{"nobody knows what it provisions", "", "A"},
		{"the row's SKU", skuDesk, "A"},
		{"the other", skuBox, ""},
	} {
		c := falcons()
		c.SKUs[1].Name = "Falcon Desk"
		c.Products = []Product{{ProductID: "A", SKUID: "0001", Title: "Falcon Desk", SKUTitle: "Falcon Desk", SKUGUID: tt.provisions, Segment: Commercial}}
		c.Index()
		r := NewMatcher(c, nil, nil, today).Match(OfferQuery{SKUGUID: skuDesk})
		if r.Target == nil || r.Target.SKUGUID != skuDesk || r.Target.ProductID != tt.want {
			t.Errorf("%s: got %+v, want order id %q", tt.name, r.Target, tt.want)
		}
	}
}

// Titles that no name has: a part number spelled in words, "per user" of what is
// sold by the user anyway, the trial of a paid offer. Each holds only where
// nothing else can be meant.
func TestTitlesInOtherWords(t *testing.T) {
	third := func(name string) func(*Catalogue) {
		return func(c *Catalogue) {
			c.SKUs = append(c.SKUs, SKU{GUID: "11111111-0000-4000-a000-000000000004", PartNumber: "THIRD", Name: name, Current: true})
		}
	}
	part := func(number string) func(*Catalogue) {
		return func(c *Catalogue) { c.SKUs[0].PartNumber = number }
	}
	trial := func(guid string) func(*Catalogue) {
		return func(c *Catalogue) {
			c.Offers = []LegacyOffer{{ID: "11111111-0000-4000-b000-000000000001", Name: "Falcon tryout", ProductGUID: guid, ProductName: "Falcon", InTable: true, Trial: true}}
		}
	}
	both := func(edits ...func(*Catalogue)) func(*Catalogue) {
		return func(c *Catalogue) {
			for _, edit := range edits {
				edit(c)
			}
		}
	}
	for _, tt := range []struct {
		name, title string
		edit        func(*Catalogue)
		want        string
	}{
		{"a part number in words", "Falcon Table", part("FALCON_TABLE"), skuDesk},
		{"and Microsoft before it", "Microsoft Falcon Table", part("FALCON_TABLE"), skuDesk},
		{"Microsoft in the part number", "Falcon Table", part("MICROSOFT_FALCON_TABLE"), skuDesk},
		{"other words than the part number", "Falcon Tables Large", part("FALCON_TABLE"), ""},
		{"a name of another holds them all", "Falcon Table", both(part("FALCON_TABLE"), third("Falcon Table Large")), ""},
		{"its trial holds them all", "Falcon Table", both(part("FALCON_TABLE"), third("Falcon Table Trial")), skuDesk},
		{"it is the name of another", "Falcon Table", both(part("FALCON_TABLE"), third("Falcon Table")), "11111111-0000-4000-a000-000000000004"},
		{"the name of another in other words", "Falcon Table", both(part("FALCON_TABLE"), third("Table Falcon")), ""},
		{"per user", "Falcon Desk per user", part("FALCON_DESK"), skuDesk},
		{"per user, which another is called", "Falcon Desk per user", third("Falcon Desk per user"), "11111111-0000-4000-a000-000000000004"},
		{"per user, where users have one of their own", "Falcon Desk per user", third("Falcon Desk User"), ""},
		{"per user, for which another is short", "Falcon Desk per user", third("Falcon Desk Large per user"), ""},
		{"the trial of a paid offer", "Falcon Desk Trial", trial(skuDesk), skuDesk},
		{"the trial of another offer", "Falcon Desk Trial", trial(skuBox), ""},
		{"a trial that nobody gave", "Falcon Desk Trial", func(*Catalogue) {}, ""},
		{"more words", "Falcon Desk and more", func(*Catalogue) {}, ""},
		{"the words in another order", "Desk Falcon", func(*Catalogue) {}, skuDesk},
		{"two offers in one title", "Falcon and Desk", func(*Catalogue) {}, ""},
	} {
		c := falcons()
		tt.edit(c)
		if got := meant(c, OfferQuery{Title: tt.title}); got != tt.want {
			t.Errorf("%s: %q is %q, want %q", tt.name, tt.title, got, tt.want)
		}
	}
}

// Charities have SKUs and prices of their own: a title means what was sold to
// the customer's kind under it.
func TestNamesByKindOfCustomer(t *testing.T) {
	offer := func(n, guid string, segment Segment) LegacyOffer {
		return LegacyOffer{ID: "11111111-0000-4000-b000-00000000000" + n, Name: "Falcon Desk", ProductGUID: guid, ProductName: "Falcon Desk", InTable: true, Segment: segment}
	}
	for _, tt := range []struct {
		name                string
		offers              []LegacyOffer
		commercial, charity string
	}{
		{"sold to nobody in particular", nil, skuDesk, ""},
		{"sold to both", []LegacyOffer{offer("1", skuDesk, Commercial), offer("2", skuDesk, Charity)}, skuDesk, skuDesk},
		{"another for charities", []LegacyOffer{offer("1", skuDesk, Commercial), offer("2", skuBox, Charity)}, skuDesk, skuBox},
	} {
		for segment, want := range map[Segment]string{Commercial: tt.commercial, SegmentUnknown: tt.commercial, Charity: tt.charity} {
			c := falcons()
			c.Offers = tt.offers
			if got := meant(c, OfferQuery{Title: "Falcon Desk", Segment: segment}); got != want {
				t.Errorf("%s: to a customer of kind %q it is %q, want %q", tt.name, segment, got, want)
			}
		}
	}
}

// A title may be that of a product whose SKU is not public: it is bought as
// that product, if it is the only one of that title for the customer's kind.
func TestTitleOfAProductAlone(t *testing.T) {
	wing := func(id string, edit func(*Product)) Product {
		p := Product{ProductID: id, SKUID: "0001", Title: "Falcon Wing", SKUTitle: "Falcon Wing Large", Segment: Commercial}
		edit(&p)
		return p
	}
	plain := func(*Product) {}
	charity := func(p *Product) { p.Segment = Charity }
	trial := func(p *Product) { p.Trial = true }
	for _, tt := range []struct {
		name, title string
		products    []Product
		want        string // product id; empty: nothing chosen
		score       int
	}{
		{"its title", "FALCON WING LARGE", []Product{wing("A", plain)}, "A", 98},
		{"its words", "Large Falcon Wing", []Product{wing("A", plain)}, "A", 98},
		{"a word more", "Falcon Wing Large Blue", []Product{wing("A", plain)}, "", 0},
		{"a word less", "Falcon Large", []Product{wing("A", plain)}, "", 0},
		{"two of one title", "Falcon Wing Large", []Product{wing("A", plain), wing("B", plain)}, "", 0},
		{"one of two is for charities", "Falcon Wing Large", []Product{wing("A", plain), wing("B", charity)}, "A", 98},
		{"only for charities", "Falcon Wing Large", []Product{wing("A", charity)}, "", 0},
		{"a trial", "Falcon Wing Large", []Product{wing("A", trial)}, "", 0},
		{"one of two is a trial", "Falcon Wing Large", []Product{wing("A", trial), wing("B", plain)}, "B", 98},
	} {
		c := falcons()
		c.Products = tt.products
		c.Index()
		r := NewMatcher(c, nil, nil, today).Match(OfferQuery{Title: tt.title})
		got := ""
		if r.Target != nil {
			got = r.Target.ProductID
		}
		if got != tt.want || r.Score != tt.score {
			t.Errorf("%s: %q buys %q with %d, want %q with %d", tt.name, tt.title, got, r.Score, tt.want, tt.score)
		}
	}
}

// A title is short for up to five offers; what begins more names is a family.
func TestTitleShortForMany(t *testing.T) {
	for count, want := range map[int]MatchClass{1: MatchDifferent, 2: MatchAmbiguous, 5: MatchAmbiguous, 6: MatchDifferent} {
		c := falcons()
		for i := range count {
			c.SKUs = append(c.SKUs, SKU{GUID: fmt.Sprintf("11111111-0000-4000-a000-00000000010%d", i), PartNumber: fmt.Sprint("ROOF", i), Name: fmt.Sprint("Falcon Roof for House ", i), Current: true})
		}
		c.Index()
		if got := NewMatcher(c, nil, nil, today).Match(OfferQuery{Title: "Falcon Roof"}); got.Class != want {
			t.Errorf("short for %d: got %v, want %v", count, got.Class, want)
		}
	}
}
