package pdf

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cspplan/reconcile"
	"cspplan/report"
)

// rolledSample is a report of n subscriptions a month after a run that had some
// of their exceptions, and some of others.
func rolledSample(t testing.TB, lang string, n int) *report.Report {
	t.Helper()
	r := sampleWith(t, lang, spread(n), func(p *reconcile.Plan, opt *report.Options) {
		opt.PreviousDate, opt.PreviousRun = asOf-31, "2026-10-23-0a1b2c3d"
		for i := range p.Rows {
			r := &p.Rows[i]
			opt.Previous = append(opt.Previous, reconcile.PreviousRow{Key: r.Key, Status: r.Status, Written: r.Written()})
			if i%4 == 3 {
				continue
			}
			code := "licences-differ"
			if len(r.Findings()) > 0 {
				code = r.Findings()[0].Code
			}
			rule, _ := report.ExceptionRule(code)
			opt.Outstanding = append(opt.Outstanding, report.PastException{Key: report.KeyHash(r.Key), Rule: rule, Since: asOf - reconcile.Date(31+i%100)})
		}
		slices.SortFunc(opt.Outstanding, func(a, b report.PastException) int {
			if a.Key < b.Key {
				return -1
			}
			return 1
		})
	})
	if !r.Agree {
		t.Fatalf("the control totals of the sample differ: %v", r.Checks)
	}
	return r
}

// The roll-forward ties on paper, its lists are cut with the rest counted, and
// no heading of a figure is broken, in every language.
func TestRollForward(t *testing.T) {
	for _, lang := range report.Languages {
		for _, n := range []int{1, 40, 300} {
			r := rolledSample(t, lang, n)
			document, _ := draw(t, r, Options{NoSystemFonts: true})
			text := packed(tool(t, document, "pdftotext", "-layout", "FILE", "-"))
			rf := &r.RollForward
			want := []string{r.RollForwardTie(), r.RollForwardBase(), r.Movement()}
			for _, m := range []int{rf.Rolled(), rf.Opened(), rf.Closed()} {
				if m > movedListed {
					want = append(want, r.Text.Label("pdf.more", "n", r.Text.Count(int64(m-movedListed)), "sheet", r.Text.Label("sheet.changes")))
				}
			}
			for _, key := range []string{"rf.rolled", "rf.closed", "rf.opened"} {
				want = append(want, slices.MaxFunc(strings.Fields(r.Text.Label(key)), func(a, b string) int { return len(a) - len(b) }))
			}
			for _, s := range want {
				if !strings.Contains(text, packed(s)) {
					t.Errorf("%s, %d subscriptions: the text lacks %q", lang, n, s)
				}
			}
		}
	}
}

// The lists name subscriptions with what is asked of them.
func TestListsOfExceptions(t *testing.T) {
	r := rolledSample(t, "en", 40)
	document, _ := draw(t, r, Options{NoSystemFonts: true})
	text := packed(tool(t, document, "pdftotext", "-layout", "FILE", "-"))
	rolled, closed := r.RolledLine(0), r.ClosedLine(0)
	for _, want := range []string{
		"Open since: " + r.Text.Day(rolled.Since), fmt.Sprint(rolled.Days), rolled.What,
		closed.How, "Open since: " + r.Text.Day(closed.Since), r.Text.Money(rolled.Cost.Minor(), rolled.Currency),
	} {
		if !strings.Contains(text, packed(want)) {
			t.Errorf("the text lacks %q", want)
		}
	}
}

func rolledAwkward(t testing.TB, lang string) *report.Report {
	subs := awkward()
	for i := range subs {
		subs[i].status = reconcile.Decide
	}
	return sampleWith(t, lang, subs, func(_ *reconcile.Plan, opt *report.Options) { opt.PreviousDate = asOf - 1 })
}

// The largest amounts there can be, in sixty currencies, with the longest names:
// every figure is whole.
func TestHugeAmountsByAge(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		r := rolledAwkward(t, lang)
		document, _ := draw(t, r, Options{NoSystemFonts: true})
		text := packed(tool(t, document, "pdftotext", "-layout", "FILE", "-"))
		_, text, _ = strings.Cut(text, packed(r.Text.Label("rf.ages_note")))
		want := packed(r.Text.Amount(90_000_000_000_000_000, "EUR"))
		if n := strings.Count(text, want); n < 2*len(r.Money.Lines) {
			t.Errorf("%s: the amount stands %d times behind the ages, want twice a currency: %d", lang, n, 2*len(r.Money.Lines))
		}
	}
}

// A first run says why there is nothing to show yet, without a page of its own
// where the one before has room.
func TestRollForwardOfFirstRun(t *testing.T) {
	r := sample(t, "en", 4)
	document, _ := draw(t, r, Options{NoSystemFonts: true})
	if page := pageWith(t, document, "Movement since the last run"); !strings.Contains(packed(page), packed(r.RollForwardTie())) || !strings.Contains(page, "Exceptions") {
		t.Errorf("the page does not say %q behind the exceptions:\n%s", r.RollForwardTie(), page)
	}
}

// What has all closed is told, though nothing is open any more.
func TestEverythingClosed(t *testing.T) {
	rule, _ := report.ExceptionRule("trial")
	r := sampleWith(t, "en", nil, func(p *reconcile.Plan, opt *report.Options) {
		p.Vanished = []reconcile.PreviousRow{{Key: "00000000000000ff", Customer: "Gone Ltd", Offer: "Office 365 E1"}}
		opt.PreviousDate, opt.Previous = asOf-1, p.Vanished
		opt.Outstanding = []report.PastException{{Key: 255, Rule: rule, Since: asOf - 40}}
	})
	document, _ := draw(t, r, Options{NoSystemFonts: true})
	page := packed(pageWith(t, document, "Movement since the last run"))
	for _, want := range []string{"Gone Ltd", "In no export any more", "Open before 1 + opened 0 − closed 1 = open now 0; rolled forward 0."} {
		if !strings.Contains(page, packed(want)) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
}
