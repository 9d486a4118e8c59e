package report

import (
	"encoding/csv"
	"strings"
	"testing"

	"cspplan/reconcile"
)

// The line for the list of aliases reads back as the fields it stands for,
// whatever the title holds.
func TestAliasLine(t *testing.T) {
	unknown, known := &reconcile.OfferMatch{}, &reconcile.OfferMatch{Identified: &reconcile.Identity{SKUGUID: "old"}}
	tests := []struct {
		name, title string
		p           *proposal
		want        []string // title, sku_guid, product_id, sku_id; nil: no line
	}{
		{"what it is", "Contoso Bundle", &proposal{unknown, &reconcile.Candidate{SKUGUID: "g1"}}, []string{"Contoso Bundle", "g1", "", ""}},
		{"commas, quotes and lines", "E3, \"new\"\r\nterm", &proposal{unknown, &reconcile.Candidate{SKUGUID: "g1"}}, []string{"E3, \"new\"\nterm", "g1", "", ""}},
		{"what to buy", "Office 365 E4", &proposal{known, &reconcile.Candidate{SKUGUID: "g1", OrderID: "CFQ7TTC0LF8R/0001"}}, []string{"Office 365 E4", "", "CFQ7TTC0LF8R", "0001"}},
		{"two parts to buy", "Office 365 E4", &proposal{known, &reconcile.Candidate{SKUGUID: "g1", AddOns: []string{"g2"}, OrderID: "CFQ7TTC0LF8R/0001"}}, nil},
		{"nothing to order by", "Office 365 E4", &proposal{known, &reconcile.Candidate{SKUGUID: "g1"}}, nil},
		{"no candidate", "Contoso Bundle", nil, []string{"Contoso Bundle", "", "", ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			line := aliasLine(&openOffer{title: tt.title}, tt.p)
			if tt.want == nil {
				if line != "" {
					t.Errorf("got %q, want none", line)
				}
				return
			}
			fields, err := csv.NewReader(strings.NewReader(line)).Read()
			if err != nil || len(fields) != 6 {
				t.Fatalf("got %q: %v", line, err)
			}
			for i, at := range []int{0, 2, 3, 4} {
				if fields[at] != tt.want[i] {
					t.Errorf("field %d: got %q, want %q", at, fields[at], tt.want[i])
				}
			}
		})
	}
}

// Money of a gap stands by currency and is never added; customers count once.
func TestGap(t *testing.T) {
	p, opt := samplePlan(subscription{customer: "A", offer: "X", days: 60, licences: 1, noOffer: true}, subscription{customer: "A", offer: "X", days: 20, licences: 2, noOffer: true},
		subscription{customer: "B", offer: "X", days: 90, licences: 4, noOffer: true})
	opt.Text = texts(t, "en")
	for i, currency := range []string{"USD", "EUR", "USD"} {
		p.Rows[i].Sub.Currency, p.Rows[i].Money.CostNow = currency, reconcile.MinorUnits(int64(100*(i+1)))
	}
	rep := Compute(p, opt)
	open := rep.openOffers()
	if len(open) != 1 {
		t.Fatalf("got %d gaps, want one", len(open))
	}
	g := open[0].gap
	if g.subs != 3 || g.licences != 7 || len(g.customers) != 2 || g.first != p.AsOf+20 {
		t.Errorf("got %+v", g)
	}
	want := map[string]int64{}
	for i := range p.Rows {
		want[p.Rows[i].Sub.Currency] += p.Rows[i].Money.CostNow.Minor()
	}
	if g.cost["USD"] != want["USD"] || g.cost["EUR"] != want["EUR"] || !strings.HasPrefix(g.money(rep.Text), "EUR") || strings.Count(g.money(rep.Text), ";") != 1 {
		t.Errorf("got %v, %q; want %v, EUR first", g.cost, g.money(rep.Text), want)
	}
}

// Rows that had nothing to buy and now have it by a person's word.
func TestSolved(t *testing.T) {
	p, opt := samplePlan(subscription{customer: "A", offer: "X", days: 60, licences: 1}, subscription{customer: "B", offer: "x", days: 61, licences: 1},
		subscription{customer: "C", offer: "Y", days: 62, licences: 1}, subscription{customer: "D", offer: "Z", days: 63, licences: 1})
	opt.Text = texts(t, "en")
	for i, basis := range []string{"alias", "alias", "decision", "title"} {
		p.Rows[i].Match = &reconcile.OfferMatch{Class: reconcile.MatchEquivalent, Basis: basis}
		opt.Previous = append(opt.Previous, reconcile.PreviousRow{Key: p.Rows[i].Key})
	}
	opt.Previous[2].CSPOffer = "Y" // settled before already
	rep := Compute(p, opt)
	if len(rep.Solved) != 1 || rep.Solved[0] != (Solved{Offer: "X", Basis: "alias", Rows: 2}) {
		t.Errorf("got %+v, want X twice by alias", rep.Solved)
	}
	if note := rep.Table("Unmatched").Note; !strings.HasPrefix(note, "Solved since the last run: X × 2 (your alias).") {
		t.Errorf("got note %q", note)
	}
}
