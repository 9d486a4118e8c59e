package reconcile_test

import (
	"strings"
	"testing"

	"cspplan/reconcile"
)

// TestOnlyWhatIsSoldIsBought asks for everything that the tables name, for each
// kind of customer: no target is withdrawn, a trial or an Extended Service
// Term, none is sold to another kind of customer than the answer says, and
// what the tables call an equivalent loses nothing.
func TestOnlyWhatIsSoldIsBought(t *testing.T) {
	m, c := newMatcher(t, nil, nil)
	for _, segment := range []reconcile.Segment{reconcile.SegmentUnknown, reconcile.Commercial, reconcile.Education, reconcile.Charity, reconcile.Government} {
		for _, q := range everyQuestion(c) {
			q.Segment = segment
			r := m.Match(q)
			if r.Target == nil {
				continue
			}
			if r.Class == reconcile.MatchEquivalent && len(r.PlansLost) > 0 {
				t.Errorf("%+v: an equivalent that loses %v", q, r.PlansLost)
			}
			for _, part := range append([]reconcile.Target{*r.Target}, r.Target.AddOns...) {
				if s := c.SKU(part.SKUGUID); s != nil && (!s.Current || c.Sale(s.GUID, q.Country, matchAsOf) == reconcile.SaleWithdrawn) {
					t.Errorf("%+v: buys %s, which is sold no more", q, s.Name)
				}
				p := c.Product(part.ProductID, part.SKUID)
				if p == nil {
					continue
				}
				if p.EST || p.Trial {
					t.Errorf("%+v: buys %s/%s, a trial or an extended term", q, p.ProductID, p.SKUID)
				}
				if ownWord := q.ProductID != "" || q.NcePsa != ""; !ownWord && segment != reconcile.SegmentUnknown && r.Flags.Segment != p.Segment && p.Segment != segment {
					t.Errorf("%+v: buys %s for %v", q, p.SKUTitle, p.Segment)
				}
			}
		}
	}
}

func everyQuestion(c *reconcile.Catalogue) []reconcile.OfferQuery {
	var out []reconcile.OfferQuery
	for _, s := range c.SKUs {
		out = append(out, reconcile.OfferQuery{SKUGUID: s.GUID, Country: "IT"}, reconcile.OfferQuery{Title: s.Name, Country: "US"})
		for _, former := range s.Former {
			out = append(out, reconcile.OfferQuery{Title: former})
		}
	}
	for _, o := range c.Offers {
		out = append(out, reconcile.OfferQuery{OfferID: o.ID}, reconcile.OfferQuery{Title: o.Name})
	}
	for _, p := range c.Products {
		out = append(out, reconcile.OfferQuery{ProductID: p.ProductID, ProductSKU: p.SKUID}, reconcile.OfferQuery{Title: p.SKUTitle},
			reconcile.OfferQuery{NcePsa: p.ProductID + ":" + p.SKUID})
	}
	return out
}

// TestTitleOfTwoAliases: lines for two offers of one title that mean different
// things say nothing of the title alone.
func TestTitleOfTwoAliases(t *testing.T) {
	m, _ := newMatcher(t, []reconcile.Alias{
		{Title: "Our bundle", OfferID: "O-1", SKUGUID: office365E3},
		{Title: "Our bundle", OfferID: "O-2", SKUGUID: office365E1},
	}, nil)
	for offer, want := range map[string]string{"O-1": office365E3, "O-2": office365E1, "": ""} {
		got := ""
		if id := m.Match(reconcile.OfferQuery{Title: "Our bundle", OfferID: offer}).Identified; id != nil {
			got = id.SKUGUID
		}
		if got != want {
			t.Errorf("offer %q: got %q, want %q", offer, got, want)
		}
	}
}

// Lines of one title that say the same in other words are no contradiction;
// lines that differ in any part of what they mean are one.
func TestAliasesThatSayTheSame(t *testing.T) {
	line := reconcile.Alias{Title: "Our bundle", SKUGUID: office365E3, ProductID: "CFQ7TTC0LF8R", SKUID: "0001"}
	for name, test := range map[string]struct {
		edit   func(*reconcile.Alias)
		stands bool
	}{
		"the same": {func(*reconcile.Alias) {}, true},
		"capitals, zeros lost": {func(a *reconcile.Alias) {
			a.SKUGUID, a.ProductID, a.SKUID = strings.ToUpper(a.SKUGUID), "cfq7ttc0lf8r", "1"
		}, true},
		"another SKU":                {func(a *reconcile.Alias) { a.SKUGUID = office365E1 }, false},
		"another product to buy":     {func(a *reconcile.Alias) { a.ProductID = "CFQ7TTC0LGZT" }, false},
		"another SKU of the product": {func(a *reconcile.Alias) { a.SKUID = "0002" }, false},
		"the same with a note":       {func(a *reconcile.Alias) { a.Note = "checked" }, true},
	} {
		second := line
		test.edit(&second)
		m, _ := newMatcher(t, []reconcile.Alias{line, second, line}, nil)
		if got := m.Match(reconcile.OfferQuery{Title: "Our bundle"}).Identified != nil; got != test.stands {
			t.Errorf("%s: the title is known: %v, want %v", name, got, test.stands)
		}
	}
}
