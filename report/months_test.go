package report

import (
	"fmt"
	"strings"
	"testing"

	"cspplan/reconcile"
)

// manyRows is n subscriptions of 20 customers over two years, one in ten at risk.
func manyRows(n int) []subscription {
	subs := make([]subscription, n)
	for i := range subs {
		subs[i] = subscription{
			customer: fmt.Sprintf("Customer %02d", i%20), offer: "Office 365 E3", days: i * 730 / n, licences: i%7 + 1,
			status: reconcile.Ready, currency: []string{"EUR", "CHF"}[i%2], cost: int64(i + 1),
		}
		switch i % 10 {
		case 3:
			subs[i].status, subs[i].noOffer = reconcile.DataLoss, true
		case 7:
			subs[i].undated = true
		case 9:
			subs[i].status = reconcile.Done
		}
	}
	return subs
}

// Whatever is folded, every row is in exactly one line, with its licences, its
// money and its key.
func TestMonthsHoldEveryRowOnce(t *testing.T) {
	for _, tt := range []struct {
		name    string
		rows    int
		limit   int
		full    bool
		folded  bool
		maxLine int
	}{
		{"as many as the limit", 400, 0, false, false, 400},
		{"one more", 401, 0, false, true, 400},
		{"one more, but full", 401, 0, true, false, 401},
		{"a limit of its own", 50, 20, false, true, 49},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, opt := samplePlan(manyRows(tt.rows)...)
			opt.Text, opt.PDFRows, opt.PDFFull = texts(t, "en"), tt.limit, tt.full
			rep := Compute(p, opt)
			lines := checkMonths(t, rep)
			if (rep.Folded != "") != tt.folded || lines > tt.maxLine {
				t.Errorf("%d lines, folded: %q", lines, rep.Folded)
			}
			if !rep.Agree {
				t.Errorf("checks differ: %+v", rep.Checks)
			}
		})
	}
}

func checkMonths(t *testing.T, rep *Report) (lines int) {
	t.Helper()
	rows, keys, wantKeys := 0, uint64(0), uint64(0)
	var lics int64
	for i := range rep.Plan.Rows {
		wantKeys += KeyHash(rep.Plan.Rows[i].Key)
	}
	for i, g := range rep.Months {
		if g.Month.Known() && i > 0 && g.Month <= rep.Months[i-1].Month {
			t.Errorf("%s stands after %s", g.Title, rep.Months[i-1].Title)
		}
		if !g.Month.Known() && i != len(rep.Months)-1 {
			t.Errorf("%s is not the last group", g.Title)
		}
		var totals []Total
		inGroup := 0
		for _, l := range g.Lines {
			inGroup += l.Rows
			keys += l.Keys
			lics += l.Licences
			for _, c := range l.Costs {
				totals = addTotal(totals, c.Currency, c.Minor)
			}
			if l.Row >= 0 && l.Rows != 1 {
				t.Errorf("%s: a single line stands for %d rows", g.Title, l.Rows)
			}
			if l.Row < 0 && l.Status.Part() == reconcile.CannotMove && len(rep.Plan.Rows) <= maxUrgent {
				t.Errorf("%s: a row that cannot move is folded", g.Title)
			}
		}
		sortTotals(totals)
		if fmt.Sprint(totals) != fmt.Sprint(g.Totals) || inGroup != g.Subs {
			t.Errorf("%s: lines %v of %d rows, group %v of %d", g.Title, totals, inGroup, g.Totals, g.Subs)
		}
		rows += inGroup
		lines += len(g.Lines)
	}
	if rows != len(rep.Plan.Rows) || keys != wantKeys || lics != rep.Licences {
		t.Errorf("%d rows, %d licences, keys %x; want %d, %d, %x", rows, lics, keys, len(rep.Plan.Rows), rep.Licences, wantKeys)
	}
	return lines
}

// Done rows are listed, and said to be in no total; a price that is not known
// is told from one that a done row does not show.
func TestMonthWithDoneRows(t *testing.T) {
	g := compute(t, "en",
		subscription{customer: "A", offer: "O", days: 3, licences: 4, status: reconcile.Ready},
		subscription{customer: "B", offer: "O", days: 4, licences: 6, status: reconcile.Done, currency: "EUR", cost: 100},
		subscription{customer: "C", offer: "O", days: 5, licences: 2, status: reconcile.Ready, currency: "EUR", cost: 300},
	).Months[0]
	if g.Subs != 3 || g.Licences != 12 || g.Done != 1 || g.DoneLicences != 6 {
		t.Errorf("got %d subscriptions with %d licences, of which done %d with %d; want 3 with 12, 1 with 6", g.Subs, g.Licences, g.Done, g.DoneLicences)
	}
	for i, want := range []bool{true, false, false} {
		if g.Lines[i].NoPrice != want {
			t.Errorf("line %d: no price is %v, want %v", i, g.Lines[i].NoPrice, want)
		}
	}
	if len(g.Totals) != 1 || g.Totals[0].Minor != 300 {
		t.Errorf("totals: got %v, want EUR 300 alone", g.Totals)
	}
}

func TestFoldedLines(t *testing.T) {
	p, opt := samplePlan(manyRows(401)...)
	opt.Text = texts(t, "en")
	rep := Compute(p, opt)
	for _, g := range rep.Months {
		for _, l := range g.Lines {
			near := g.Month.Known() && l.Row < 0 && l.Expires <= asOf+90
			if near {
				t.Errorf("%s: a line of the next 90 days is folded: %+v", g.Title, l)
			}
			if l.Row < 0 && !strings.HasPrefix(l.Offer, "Subscriptions: ") {
				t.Errorf("folded line says %q", l.Offer)
			}
		}
	}
	if want := "Rows folded after 21 Feb 2027: "; !strings.HasPrefix(rep.Folded, want) {
		t.Errorf("got %q, want %q…", rep.Folded, want)
	}
}

// Above 4,000 lines a month is one line, but what cannot move stays.
func TestMonthsFoldedToOneLine(t *testing.T) {
	var subs []subscription
	for i := range 4200 {
		s := subscription{customer: fmt.Sprintf("Customer %04d", i), offer: "O", days: 200, licences: 2, status: reconcile.Ready}
		if i < 5 {
			s.status = reconcile.Blocked
		}
		subs = append(subs, s)
	}
	rep := compute(t, "en", subs...)
	if lines := checkMonths(t, rep); lines != 6 {
		t.Fatalf("got %d lines, want 5 blocked ones and one for the month", lines)
	}
	last := rep.Months[0].Lines[5]
	if last.Customer != "Customers: 4,195" || last.Offer != "Subscriptions: 4,195" || last.Rows != 4195 {
		t.Errorf("got %+v", last)
	}
}

func TestArrows(t *testing.T) {
	tests := []struct {
		name string
		row  func(*reconcile.Row)
		want string
		bad  bool
	}{
		{"same", func(*reconcile.Row) {}, "→ same offer", false},
		{"renamed", func(r *reconcile.Row) { r.Match.Class = reconcile.MatchRenamed }, "→ O", false},
		{"with an add-on", func(r *reconcile.Row) {
			r.Match.Class = reconcile.MatchEquivalent
			r.Target.AddOns = []reconcile.Target{{Name: "P"}}
		}, "→ O + P", false},
		{"nothing chosen", func(r *reconcile.Row) { r.Target = nil }, "→ no offer chosen", true},
		{"blocked", func(r *reconcile.Row) { r.Status = reconcile.Blocked }, "→ blocked: tenant region Europe", true},
		{"in another cloud", func(r *reconcile.Row) {
			r.Status, r.Found = reconcile.Blocked, &[]reconcile.Finding{{Code: "other-cloud"}}
		}, "→ The tenant is in another Microsoft cloud than ours", true},
		{"leaves", func(r *reconcile.Row) { r.Route, r.Target = reconcile.RouteLetExpire, nil }, "→ Let it expire", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, opt := samplePlan(subscription{customer: "A", offer: "O", days: 3, licences: 1, status: reconcile.Ready})
			opt.Text = texts(t, "en")
			tt.row(&p.Rows[0])
			l := Compute(p, opt).Months[0].Lines[0]
			if l.Arrow != tt.want || l.ArrowBad != tt.bad {
				t.Errorf("got %q (%v), want %q (%v)", l.Arrow, l.ArrowBad, tt.want, tt.bad)
			}
		})
	}
}

func TestNamesInUnshapedScriptsCarryTheirDomain(t *testing.T) {
	for name, want := range map[string]string{"شركة النور": "c0.onmicrosoft.com", "บริษัท ไทย": "c0.onmicrosoft.com", "株式会社みらい": "", "Παπαδόπουλος": ""} {
		rep := compute(t, "en", subscription{customer: name, offer: "O", days: 3, licences: 1, status: reconcile.Ready})
		if got := rep.Months[0].Lines[0].Domain; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// Above 20,000 rows that cannot wait, paper tells each month by status, and the
// lists of exceptions say how much more there is.
func TestPlanTooLargeForPaper(t *testing.T) {
	var subs []subscription
	for i := range maxUrgent + 1 {
		s := subscription{customer: fmt.Sprintf("Customer %05d", i/2), offer: "O", days: 1 + i%400, licences: 2, status: reconcile.Blocked, currency: "EUR", cost: int64(i)}
		if i%2 == 1 {
			s.status = reconcile.DataLoss
		}
		subs = append(subs, s)
	}
	for _, tt := range []struct {
		name   string
		rows   int
		full   bool
		lines  int // at most
		listed int // rows at risk
	}{
		{"as many as paper takes", maxUrgent, false, maxUrgent, maxUrgent / 2},
		{"one more", maxUrgent + 1, false, 2 * 15, urgentListed},
		{"one more, but full", maxUrgent + 1, true, maxUrgent + 1, maxUrgent / 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, opt := samplePlan(subs[:tt.rows]...)
			opt.Text, opt.PDFFull = texts(t, "en"), tt.full
			rep := Compute(p, opt)
			e := &rep.Exceptions
			if lines := checkMonths(t, rep); lines > tt.lines || !rep.Agree {
				t.Errorf("%d lines, want at most %d; checks agree: %v", lines, tt.lines, rep.Agree)
			}
			if len(e.DataLoss) != tt.listed || len(e.DataLoss)+e.MoreLoss != tt.rows/2 {
				t.Errorf("%d rows at risk listed and %d more, want %d of %d", len(e.DataLoss), e.MoreLoss, tt.listed, tt.rows/2)
			}
			if folded := strings.Contains(rep.Folded, "one line a status"); folded != (tt.listed == urgentListed) {
				t.Errorf("the sentence says %q", rep.Folded)
			}
		})
	}
}
