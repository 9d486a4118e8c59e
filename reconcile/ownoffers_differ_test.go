package reconcile

import (
	"maps"
	"slices"
	"testing"
)

// The user's matrix goes before the embedded table where it says something, and
// the plan tells where the two differ.
func TestOwnProductOverAKnownOne(t *testing.T) {
	const other = skuBP
	sold := []TermBilling{{P1M, Monthly}}
	tests := []struct {
		name     string
		embedded string // SKU that the table names for the product
		own      Product
		sku      string
		differs  bool
	}{
		{"another SKU", skuE3, Product{SKUGUID: other}, other, true},
		{"the same in capitals", skuE3, Product{SKUGUID: "6FD2C87F-B296-42F0-B197-1E91E994B900"}, "6FD2C87F-B296-42F0-B197-1E91E994B900", false},
		{"no SKU", skuE3, Product{}, skuE3, false},
		{"a SKU where the table has none", "", Product{SKUGUID: other}, other, false},
		{"terms and bases", skuE3, Product{Terms: sold, Requires: []string{"CFQ7TTC0LCHC/0002"}}, skuE3, false},
	}
	for _, tt := range tests {
		c := world()
		c.Product("CFQ7TTC0LF8R", "0001").SKUGUID = tt.embedded
		was := *c.Product("CFQ7TTC0LF8R", "0001")
		tt.own.ProductID, tt.own.SKUID = "CFQ7TTC0LF8R", "1"
		differ := c.AddOwn(OwnOffers{Name: "matrix.xlsx", Products: []Product{tt.own}})
		var want []Disagreement
		if tt.differs {
			want = []Disagreement{{"matrix.xlsx", "CFQ7TTC0LF8R/1", tt.own.SKUGUID, tt.embedded}}
		}
		p := c.Product("CFQ7TTC0LF8R", "0001")
		if p.SKUGUID != tt.sku || p.Own != "matrix.xlsx" || (p.Differs != "") != tt.differs || !slices.Equal(differ, want) {
			t.Errorf("%s: got %s, differs %q, %v; want %s, %v", tt.name, p.SKUGUID, p.Differs, differ, tt.sku, want)
		}
		wantTerms := was.Terms
		if tt.own.Terms != nil {
			wantTerms = tt.own.Terms
		}
		if !slices.Equal(p.Terms, wantTerms) || !slices.Equal(p.Requires, tt.own.Requires) {
			t.Errorf("%s: got terms %v, bases %v; want %v, %v", tt.name, p.Terms, p.Requires, wantTerms, tt.own.Requires)
		}
		if slices.Equal(was.Requires, tt.own.Requires) {
			continue
		}
		c.AddOwn(OwnOffers{Name: "prices.csv", Products: []Product{{ProductID: "CFQ7TTC0LF8R", SKUID: "1"}}})
		if !slices.Equal(p.Requires, tt.own.Requires) {
			t.Errorf("%s: a file without bases leaves %v, want %v", tt.name, p.Requires, tt.own.Requires)
		}
	}
}

// A legacy offer of the user's goes before the embedded one of its id. Whether
// Microsoft's table has its SKU is looked up, not believed.
func TestOwnLegacyOffer(t *testing.T) {
	const known, unknown = "61795cab-2abd-43f6-88e9-c9adae5746e0", "22222222-0000-4000-8000-000000000001"
	tests := []struct {
		name, id, sku string
		inTable       bool
		differ        int
	}{
		{"an offer that nobody knows", unknown, skuE3, true, 0},
		{"of a SKU that nobody knows", unknown, tenantA, false, 0},
		{"the same as embedded", known, skuBP, true, 0},
		{"another SKU than embedded", known, skuE3, true, 1},
		{"another SKU, which nobody knows", known, tenantA, false, 1},
	}
	for _, tt := range tests {
		c := world()
		differ := c.AddOwn(OwnOffers{Name: "matrix.xlsx", Offers: []LegacyOffer{{ID: tt.id, Name: "Ours", ProductGUID: tt.sku, InTable: !tt.inTable}}})
		o := c.Offer(tt.id)
		if o == nil || o.ProductGUID != tt.sku || o.InTable != tt.inTable || len(differ) != tt.differ {
			t.Errorf("%s: got %+v, %v; want %s, in the table %v, %d differences", tt.name, o, differ, tt.sku, tt.inTable, tt.differ)
		}
	}
}

// The segment of a line of the price list goes before what its title lets one
// think; a title that names none is commercial.
func TestSegmentOfAPriceList(t *testing.T) {
	for _, tt := range []struct {
		title   string
		segment Segment
		want    Segment
	}{
		{"Office 365 E3", SegmentUnknown, Commercial},
		{"Office 365 E3 (Non-Profit Pricing)", SegmentUnknown, Charity},
		{"Office 365 E3 (Non-Profit Pricing)", Commercial, Commercial},
		{"Office 365 E3", Education, Education},
	} {
		lines := []PriceLine{{ProductID: "CFQ7TTC0LF8R", SKUID: "0001", Title: tt.title, Segment: tt.segment, Term: P1Y, Billing: Annual}}
		if got := Offered("list.csv", lines, today).Products[0].Segment; got != tt.want {
			t.Errorf("%q of %v: got %v, want %v", tt.title, tt.segment, got, tt.want)
		}
	}
}

// The bases of an add-on are those that its own row of the matrix requires, and
// what new customers buy instead of them.
func TestBasesByTheMatrix(t *testing.T) {
	c := world()
	c.Product("CFQ7TTC0LHSL", "0001").Requires = []string{"CFQ7TTC0LF8R/1", "CFQ7TTC0ZZZZ/0001"}
	c.Product("CFQ7TTC0LF8R", "0001").Requires = []string{"CFQ7TTC0LCHC/0002"} // of another offer
	c.Products = append(c.Products, Product{ProductID: "CFQ7TTC0AAAA", SKUID: "0001", Requires: []string{"CFQ7TTC0LCHC/0002"}})
	c.Successors = append(c.Successors,
		Successor{OldGUID: skuE3, NewGUIDs: []string{skuNoTeams}, Kind: KindNetNew},
		Successor{OldGUID: skuE3, NewName: "an offer that no table names", Kind: KindNetNew})
	c.Index()
	if got, want := slices.Sorted(maps.Keys(c.BasesOf(skuAudio, today))), []string{skuNoTeams, skuE3}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := c.BasesOf(tenantA, today); len(got) != 0 {
		t.Errorf("an add-on that no table knows: got %v, want none", got)
	}
}
