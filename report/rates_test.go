package report

import (
	"strings"
	"testing"

	"github.com/govalues/decimal"

	"cspplan/reconcile"
)

// Each currency's total is converted and rounded half up; the line ties like
// any other, and no other figure changes.
func TestConvertedLine(t *testing.T) {
	sub := func(currency string, cost int64, status reconcile.Status) subscription {
		return subscription{customer: "A", offer: "O", days: 60, licences: 1, status: status, currency: currency, cost: cost}
	}
	p, opt := samplePlan(sub("EUR", 10000, reconcile.Ready), sub("JPY", 1001, reconcile.Ready), sub("JPY", 1000, reconcile.Decide),
		sub("KWD", 10005, reconcile.Ready), sub("CHF", 777, reconcile.Ready))
	opt.Text = texts(t, "en")
	plain := Compute(p, opt)
	opt.Rates = &Rates{To: "EUR", Date: reconcile.NewDate(2026, 11, 20), Source: "ECB",
		Rate: map[string]decimal.Decimal{"JPY": decimal.MustParse("0.005"), "KWD": decimal.MustParse("3")}}
	rep := Compute(p, opt)
	if plain.Converted != nil || rep.Converted == nil {
		t.Fatalf("got %v without rates, %v with", plain.Converted, rep.Converted)
	}
	// 1001 × 0.005 = 5.005 → 5.01; 1000 × 0.005 = 5.00; 10.005 × 3 = 30.015 → 30.02
	l := rep.Converted.Line
	if l.CanMove != 10000+501+3002 || l.ToDecide != 500 || l.Cannot != 0 || l.CostNow != l.CanMove+l.ToDecide+l.Cannot || l.Subscriptions != 4 {
		t.Errorf("got %+v", l)
	}
	if want := "All with a rate, in EUR at rates of 20 Nov 2026"; rep.Converted.Label != want {
		t.Errorf("got %q, want %q", rep.Converted.Label, want)
	}
	if note := rep.Converted.Note; !strings.Contains(note, "JPY\u00a00.005") || !strings.Contains(note, "ECB") || !strings.Contains(note, "not in that line: CHF") {
		t.Errorf("got note %q", note)
	}
	if len(rep.Money.Lines) != len(plain.Money.Lines) {
		t.Fatalf("got %d currencies, want %d", len(rep.Money.Lines), len(plain.Money.Lines))
	}
	for i := range plain.Money.Lines {
		if rep.Money.Lines[i] != plain.Money.Lines[i] {
			t.Errorf("rates changed %+v to %+v", plain.Money.Lines[i], rep.Money.Lines[i])
		}
	}
	opt.Rates.Rate = map[string]decimal.Decimal{"SEK": decimal.MustParse("0.09")}
	if c := Compute(p, opt).Converted; c != nil {
		t.Errorf("no currency has a rate: got %+v", c)
	}
}
