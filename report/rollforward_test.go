package report

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cspplan/reconcile"
)

// past is an exception of the run before, as its record has it.
func past(t *testing.T, key, code string, days int, isAccepted bool) PastException {
	t.Helper()
	rule, keeps := ExceptionRule(code)
	if !keeps && rule != RuleUnknown {
		t.Fatalf("%s keeps nothing from Ready", code)
	}
	return PastException{Key: KeyHash(key), Since: asOf - reconcile.Date(days), Rule: rule, Accepted: isAccepted}
}

func inOrder(list ...PastException) []PastException {
	slices.SortFunc(list, func(a, b PastException) int { return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Rule, b.Rule)) })
	return list
}

func sampleKey(i int) string { return fmt.Sprintf("%016x", i) }

// rolledPlan is a plan of which each row, in the order of its days to expiry,
// shows one way in which an exception can go.
func rolledPlan(t *testing.T) (*reconcile.Plan, Options) {
	t.Helper()
	p, opt := samplePlan(
		subscription{customer: "Opened", offer: "O", days: 60, licences: 1, status: reconcile.Decide, findings: []string{"trial"}, currency: "EUR", cost: 100},
		subscription{customer: "Rolled", offer: "O", days: 61, licences: 2, status: reconcile.DataLoss, findings: []string{"no-equivalent", "trial", "no-price"}, currency: "EUR", cost: 1000},
		subscription{customer: "Accepted", offer: "O", days: 62, licences: 4, status: reconcile.Decide, findings: []string{"seat-cap"}, currency: "EUR", cost: 10000},
		subscription{customer: "Still accepted", offer: "O", days: 63, licences: 8, status: reconcile.Decide, findings: []string{"seat-cap"}, currency: "JPY", cost: 7},
		subscription{customer: "Accepted no more", offer: "O", days: 64, licences: 16, status: reconcile.Decide, findings: []string{"seat-cap"}, currency: "JPY", cost: 70},
		subscription{customer: "Done", offer: "O", days: 65, licences: 32, status: reconcile.Done, findings: []string{"trial"}},
		subscription{customer: "Decided", offer: "O", days: 66, licences: 64, status: reconcile.Ready},
		subscription{customer: "Cleared", offer: "O", days: 67, licences: 128, status: reconcile.Ready},
		subscription{customer: "In CSP", offer: "O", days: 68, licences: 256, status: reconcile.Ready},
		subscription{customer: "Answered for", offer: "O", days: 69, licences: 512, status: reconcile.Ready, findings: []string{"seat-cap"}},
	)
	for _, i := range []int{2, 3, 9} {
		p.Rows[i].Told = &reconcile.Told{Accepted: reconcile.Acceptance{Until: asOf + 10, InForce: true}}
	}
	p.Rows[6].Decision = reconcile.ChoiceMove
	p.Rows[8].Progress = reconcile.ProgressProvisioned
	opt.Text, opt.PreviousDate, opt.PreviousRun = texts(t, "en"), asOf-1, "2026-11-22-0a1b2c3d"
	for i := range p.Rows {
		r := &p.Rows[i]
		was := reconcile.PreviousRow{Key: r.Key, Customer: r.Sub.Customer.Name, Offer: "O", Licences: r.Sub.Licences, Written: r.Written()}
		if i == 6 {
			was.Written = (&reconcile.Row{}).Written()
		}
		if i > 0 {
			opt.Previous = append(opt.Previous, was)
		}
	}
	gone := reconcile.PreviousRow{Key: sampleKey(77), Customer: "Gone", Offer: "O", Expires: asOf + 5}
	p.Vanished = []reconcile.PreviousRow{gone}
	spoilt := reconcile.PreviousRow{Key: reconcile.SubscriptionKey("s-1"), Customer: "Spoilt", Offer: "O"}
	opt.Previous = append(opt.Previous, gone, spoilt)
	opt.Ledger = append(opt.Ledger, reconcile.LedgerLine{At: reconcile.Spot{Row: 99},
		Record: &reconcile.Record{Sub: &reconcile.Subscription{SubscriptionID: "S-1"}}})
	p.Fates = append(p.Fates, reconcile.Fate{Outcome: reconcile.Rejected, Row: -1, Why: reconcile.CauseNotUnderstood})
	opt.Read[0].Rows++
	opt.Outstanding = inOrder(
		past(t, sampleKey(2), "no-equivalent", 91, false),
		past(t, sampleKey(2), "trial", 31, false),
		past(t, sampleKey(3), "seat-cap", 45, false),
		past(t, sampleKey(4), "seat-cap", 50, true),
		past(t, sampleKey(5), "seat-cap", 61, true),
		past(t, sampleKey(6), "trial", 10, false),
		past(t, sampleKey(7), "equivalent-unconfirmed", 10, false),
		past(t, sampleKey(8), "licences-differ", 10, false),
		past(t, sampleKey(8), "a-rule-of-another-version", 10, false),
		past(t, sampleKey(9), "relationship-late", 10, false),
		past(t, sampleKey(10), "seat-cap", 10, false),
		past(t, sampleKey(77), "trial", 7, false),
		past(t, spoilt.Key, "trial", 7, false),
	)
	return p, opt
}

func TestRollForward(t *testing.T) {
	p, opt := rolledPlan(t)
	rep := Compute(p, opt)
	if !rep.Agree {
		t.Errorf("the control totals differ: %v", rep.Checks)
	}
	rf := &rep.RollForward
	if got, want := rep.RollForwardTie(), "Open before 11 + opened 2 − closed 9 = open now 4; rolled forward 2."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	var got []string
	table := rep.Table("Changes")
	for i := len(rep.Changes); i < table.Len; i++ {
		c := cells(rep, "Changes", i)
		got = append(got, strings.Join([]string{c[0], c[2], c[4], c[5], c[6], c[8], c[9]}, "|"))
	}
	want := []string{
		"▲ Opened|Opened|This is a trial subscription||Open|23 Nov 2026|0",
		"▲ Opened|Accepted no more|The tenant would exceed the seat limit of a Business SKU||Open|23 Sep 2026|61",
		"● Closed|Accepted|The tenant would exceed the seat limit of a Business SKU|Open|Accepted until 3 Dec 2026|9 Oct 2026|45",
		"● Closed|Done|This is a trial subscription|Open|Done|13 Nov 2026|10",
		"● Closed|Decided|An equivalent with another SKU awaits confirmation|Open|A person decided: Move|13 Nov 2026|10",
		"● Closed|Cleared|Found by another version of cspplan|Open|It is no longer true|13 Nov 2026|10",
		"● Closed|Cleared|The numbers of licences differ|Open|It is no longer true|13 Nov 2026|10",
		"● Closed|In CSP|Relationship not accepted and the date has passed|Open|It is in CSP|13 Nov 2026|10",
		"● Closed|Answered for|The tenant would exceed the seat limit of a Business SKU|Open|Accepted until 3 Dec 2026|13 Nov 2026|10",
		"● Closed|Gone|This is a trial subscription|Open|In no export any more|16 Nov 2026|7",
		"● Closed|Spoilt|This is a trial subscription|Open|No longer planned: Rejected|16 Nov 2026|7",
		"→ Rolled forward|Rolled|No equivalent CSP offer is known|Open|Open|24 Aug 2026|91",
		"→ Rolled forward|Rolled|This is a trial subscription|Open|Open|23 Oct 2026|31",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if by := rf.ClosedBy(); !maps.Equal(by, map[string]int{"accepted": 2, "done": 1, "person": 1, "cleared": 2, "csp": 1, "gone": 1, "unplanned": 1}) {
		t.Errorf("closed by: got %v", by)
	}
	if rf.Total.Accepted != 2 || rf.Total.Oldest != 91 {
		t.Errorf("got %d accepted, the oldest of %d days, want 2 and 91", rf.Total.Accepted, rf.Total.Oldest)
	}
}

// A subscription stands at the age of its oldest exception: its licences and its
// money count once, and those of what somebody has accepted stand apart.
func TestAges(t *testing.T) {
	p, opt := rolledPlan(t)
	a := Compute(p, opt).RollForward.Ages
	want := Ages{
		Exceptions: [4]int{1, 1, 1, 1}, Subscriptions: [4]int{1, 0, 1, 1}, Licences: [4]int64{1, 0, 16, 2},
		AcceptedExceptions: 2, AcceptedSubscriptions: 2, AcceptedLicences: 12,
		Money: []CurrencyAges{{Currency: "EUR", Bands: [4]int64{100, 0, 0, 1000}, Accepted: 10000}, {Currency: "JPY", Bands: [4]int64{0, 0, 70, 0}, Accepted: 7}},
	}
	money := a.Money
	a.Money, want.Money = nil, slices.Clone(want.Money)
	if fmt.Sprint(a) != fmt.Sprint(Ages{Exceptions: want.Exceptions, Subscriptions: want.Subscriptions, Licences: want.Licences,
		AcceptedExceptions: 2, AcceptedSubscriptions: 2, AcceptedLicences: 12}) {
		t.Errorf("got %+v, want %+v", a, want)
	}
	if !slices.Equal(money, want.Money) {
		t.Errorf("money: got %+v, want %+v", money, want.Money)
	}
	for days, want := range map[int]int{0: 0, 30: 0, 31: 1, 60: 1, 61: 2, 90: 2, 91: 3, 4000: 3} {
		if got := ageBand(days); got != want {
			t.Errorf("%d days: band %d, want %d", days, got, want)
		}
	}
	if got, want := texts(t, "en").AgeBandNames(), [4]string{"0–30 days", "31–60 days", "61–90 days", "Over 90 days"}; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

// The record holds what the next run compares with: also what somebody has
// accepted, which goes on ageing.
func TestEachException(t *testing.T) {
	p, opt := rolledPlan(t)
	var got []string
	Compute(p, opt).EachException(func(key, code string, since reconcile.Date, isAccepted bool) bool {
		got = append(got, fmt.Sprint(key[14:], " ", code, " ", int(asOf-since), " ", isAccepted))
		return true
	})
	want := []string{"01 trial 0 false", "05 seat-cap 61 false", "02 no-equivalent 91 false", "02 trial 31 false", "03 seat-cap 45 true", "04 seat-cap 50 true"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFirstRunHasNoMovement(t *testing.T) {
	p, opt := rolledPlan(t)
	opt.PreviousDate, opt.Previous, opt.Outstanding = 0, nil, nil
	rep := Compute(p, opt)
	if got, want := rep.RollForwardTie(), "First run: nothing to compare with. Exceptions open now: 4, of 3 subscriptions; their age counts from today."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if table := rep.Table("Changes"); table.Len != 0 || rep.RollForwardBase() != "" {
		t.Errorf("a first run lists %d changes and is compared with %q", table.Len, rep.RollForwardBase())
	}
	if !rep.Agree {
		t.Errorf("the control totals differ: %v", rep.Checks)
	}
}

// What was open is taken from the plan of a version that recorded no ages: the
// report says from when they count.
func TestAgesUnknown(t *testing.T) {
	p, opt := rolledPlan(t)
	opt.AgesUnknown = true
	if got, want := Compute(p, opt).RollForwardBase(), "Compared with run 2026-11-22-0a1b2c3d as at 22 Nov 2026. That run recorded no ages: those of its exceptions count from 22 Nov 2026."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	opt.Outstanding = nil
	if got, want := Compute(p, opt).RollForwardBase(), "Compared with run 2026-11-22-0a1b2c3d as at 22 Nov 2026."; got != want {
		t.Errorf("nothing was open: got %q, want %q", got, want)
	}
}

// The workbook of a part shows the movement of its own rows, and it ties.
func TestRollForwardOfParts(t *testing.T) {
	p, opt := rolledPlan(t)
	opt.SplitBy = SplitCustomer
	before, now := 0, 0
	for part := range Compute(p, opt).Parts() {
		rf := &part.Report.RollForward
		before += rf.Total.Before
		now += rf.Total.Open
		if !part.Report.Agree {
			t.Errorf("%s: the control totals differ: %v", part.Name, part.Report.Checks)
		}
		for i := range rf.Closed() {
			if l := part.Report.ClosedLine(i); l.Customer != part.Name {
				t.Errorf("the workbook of %s names %s", part.Name, l.Customer)
			}
		}
	}
	if before != 9 || now != 4 { // the rows of the two others are in no part
		t.Errorf("the parts had %d open before and have %d now, want 9 and 4", before, now)
	}
}

// Whatever was before, it ties, and each exception is in one state.
func TestRollForwardTies(t *testing.T) {
	codes := []string{"region-mismatch", "no-equivalent", "trial", "seat-cap", "expiry-missing"}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 21))
		var subs []subscription
		for i := range r.IntN(40) {
			s := subscription{customer: fmt.Sprint("C", i%5), offer: "O", days: r.IntN(200) - 20, licences: r.IntN(9), currency: []string{"EUR", "JPY", ""}[i%3], status: reconcile.Status(r.IntN(5))}
			if s.currency != "" {
				s.cost = int64(r.IntN(1000))
			}
			for _, code := range codes {
				if r.IntN(3) == 0 {
					s.findings = append(s.findings, code)
				}
			}
			subs = append(subs, s)
		}
		p, opt := samplePlan(subs...)
		for i := range p.Rows {
			p.Rows[i].Told = &reconcile.Told{Accepted: reconcile.Acceptance{InForce: r.IntN(5) == 0 && p.Rows[i].Status != reconcile.Done}}
		}
		opt.Text, opt.PreviousDate = texts(t, "en"), asOf-1
		for range r.IntN(60) {
			opt.Outstanding = append(opt.Outstanding, past(t, sampleKey(1+r.IntN(50)), codes[r.IntN(len(codes))], 1+r.IntN(120), r.IntN(4) == 0))
		}
		opt.Outstanding = slices.CompactFunc(inOrder(opt.Outstanding...), func(a, b PastException) bool { return a.Key == b.Key && a.Rule == b.Rule })
		rep := Compute(p, opt)
		rf := &rep.RollForward
		if !rep.Agree || rf.Total.Before-rf.Total.Closed != rf.Total.Rolled || rf.Total.Opened+rf.Total.Rolled != rf.Total.Open {
			t.Fatalf("seed %d: %+v does not tie: %v", seed, rf.Total, rep.Checks)
		}
		if n := rf.Opened() + rf.Rolled() + rf.Total.Accepted; n != len(rf.exceptions) || rf.Closed() != rf.Total.Closed {
			t.Fatalf("seed %d: %d of %d exceptions have a state, %d of %d closed", seed, n, len(rf.exceptions), rf.Closed(), rf.Total.Closed)
		}
	}
}
