package report

import (
	"slices"
	"strings"
	"testing"

	"cspplan/reconcile"
)

func TestHeadline(t *testing.T) {
	ready := subscription{customer: "A", offer: "O", licences: 1, status: reconcile.Ready, currency: "EUR", cost: 100}
	at := func(days int, change func(*subscription)) subscription {
		s := ready
		s.days = days
		if change != nil {
			change(&s)
		}
		return s
	}
	tests := []struct {
		name  string
		subs  []subscription
		want  string
		alarm bool
	}{
		{"nothing", nil, "No subscription in the input.", false},
		{"soon", []subscription{at(30, nil), at(0, func(s *subscription) { s.status = reconcile.Blocked }), at(12, func(s *subscription) { s.status = reconcile.Decide })},
			"Expire in the next 30 days: 3; of these cannot move: 1, to decide: 1.", true},
		{"expired only", []subscription{at(-1, nil)}, "Expire in the next 30 days: 0; of these cannot move: 0, to decide: 0. Already expired: 1.", true},
		{"calm", []subscription{at(31, nil)}, "Nothing expires in the next 30 days. Next expiry: 24 Dec 2026.", false},
		{"monthly terms never burn", []subscription{at(5, func(s *subscription) { s.findings = []string{"monthly-renewal"} })}, "Nothing expires in the next 30 days.", false},
		{"done never burns", []subscription{at(5, func(s *subscription) { s.status = reconcile.Done })}, "Nothing expires in the next 30 days.", false},
		{"undated never burns", []subscription{at(0, func(s *subscription) { s.undated = true })}, "Nothing expires in the next 30 days.", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rep := compute(t, "en", tt.subs...)
			if rep.Headline != tt.want || rep.Alarm != tt.alarm {
				t.Errorf("got %q (alarm %v), want %q (alarm %v)", rep.Headline, rep.Alarm, tt.want, tt.alarm)
			}
		})
	}
}

func TestWindows(t *testing.T) {
	rep := compute(t, "en", mixed()...)
	w := rep.Windows
	if got, want := w.All, (WindowRow{Subs: [4]int{1, 3, 1, 2}, Lics: [4]int64{1, 108, 2, 20}, Total: 8, Licences: 141}); got != want {
		t.Errorf("all: got %+v, want %+v", got, want)
	}
	if w.Done != 1 || w.DoneLicences != 7 || w.NoDate != 1 || w.NoDateLicences != 10 || w.Monthly != 1 {
		t.Errorf("done %d with %d, undated %d with %d, monthly %d; want 1 with 7, 1 with 10, 1", w.Done, w.DoneLicences, w.NoDate, w.NoDateLicences, w.Monthly)
	}
	want := []string{"Done: 1 (not in the table).", "No date: 1 (in the total only).", "Monthly terms that renew: 1 (in the table, not in the sentence above)."}
	if got := rep.WindowNotes(); !slices.Equal(got, want) {
		t.Errorf("notes: got %q, want %q", got, want)
	}
	if got := compute(t, "en").WindowNotes(); len(got) != 0 {
		t.Errorf("notes on nothing: %q", got)
	}
	if got := w.Rows[reconcile.DataLoss].Subs; got != [4]int{1, 0, 0, 0} {
		t.Errorf("data loss: got %v", got)
	}
}

func TestTimelineHoldsEveryLicenceOnce(t *testing.T) {
	rep := compute(t, "en", mixed()...)
	for _, bars := range [][]MonthBar{rep.Timeline, rep.Chart} {
		var total int64
		for _, b := range bars {
			total += b.Total
			if b.Total != b.Licences[0]+b.Licences[1]+b.Licences[2]+b.Licences[3] {
				t.Errorf("%s: total %d of %v", b.Label, b.Total, b.Licences)
			}
		}
		if total != rep.Windows.All.Licences {
			t.Errorf("got %d licences in %d columns, want %d", total, len(bars), rep.Windows.All.Licences)
		}
	}
	if got, want := barLabels(rep.Timeline), "expired Nov2026 Dec Jan2027 Feb Mar Apr May Jun Jul Aug Sep Oct Nov later no date"; got != want {
		t.Errorf("timeline: got %s, want %s", got, want)
	}
	if got, want := barLabels(rep.Chart), "expired Nov2026 Dec Jan2027 Feb Mar Apr May Jun Jul Aug Sep Oct later no date"; got != want {
		t.Errorf("chart: got %s, want %s", got, want)
	}
	near := compute(t, "en", subscription{customer: "A", offer: "O", days: 2, licences: 1, status: reconcile.Ready})
	if got := len(near.Timeline); got != 13 {
		t.Errorf("one month only: got %d columns, want 13 months and nothing else", got)
	}
}

func barLabels(bars []MonthBar) string {
	var labels []string
	for _, b := range bars {
		labels = append(labels, b.Label+b.Year)
	}
	return strings.Join(labels, " ")
}

func TestDoFirstIsOneLineACustomer(t *testing.T) {
	rep := compute(t, "en", mixed()...)
	var got []string
	for _, l := range rep.DoFirst.Lines {
		got = append(got, Mark(l.Status)+" "+l.Customer)
	}
	want := []string{"▲ Bäckerei Grünwald GmbH", "■ 有限会社さくら印刷", "◆ Officine Meccaniche Brambilla S.r.l."}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	last := rep.DoFirst.Lines[2]
	if last.Subscriptions != 2 || last.Licences != 27 || last.DaysLeft != 3 || last.Next != "On 19 Nov 2026 provision 25 × Office 365 E3." {
		t.Errorf("got %+v", last)
	}
	if got, want := rep.DoFirst.Note, "3 of 3 customers with an expiry in the next 45 days; status and numbers are of what expires by then."; got != want {
		t.Errorf("note: got %q, want %q", got, want)
	}
}

func TestDoFirstStopsAtTen(t *testing.T) {
	var subs []subscription
	for i := range 14 {
		subs = append(subs, subscription{customer: string(rune('A' + i)), offer: "O", days: i, licences: 1, status: reconcile.Ready})
	}
	rep := compute(t, "en", subs...)
	if len(rep.DoFirst.Lines) != 10 || !strings.HasPrefix(rep.DoFirst.Note, "10 of 14 ") {
		t.Errorf("got %d lines, note %q", len(rep.DoFirst.Lines), rep.DoFirst.Note)
	}
}

func TestMoneyTies(t *testing.T) {
	rep := compute(t, "en", mixed()...)
	if got, want := rep.Money.Main, "EUR"; got != want {
		t.Errorf("main currency: got %s, want %s", got, want)
	}
	eur := rep.Money.in("EUR")
	want := CurrencyLine{Currency: "EUR", Subscriptions: 5, Licences: 45, CostNow: 848401, Cannot: 12000, ToDecide: 30000, CanMove: 806401,
		CanMoveNow: 806401, CanMoveCSP: 785401, CostCSP: 1167001, CSPRows: 5, Difference: -15000, BothPrices: 4,
		OverlapToday: 212100, OverlapPlanned: 16968, OverlapReady: 13800}
	if eur != want {
		t.Errorf("got  %+v\nwant %+v", eur, want)
	}
	// The Swiss row has its CSP price in euros: a cost on each side, no difference.
	chf := CurrencyLine{Currency: "CHF", Subscriptions: 1, Licences: 8, CostNow: 345600, CanMove: 345600, OverlapToday: 86400, OverlapPlanned: 6912}
	if got := rep.Money.in("CHF"); got != chf {
		t.Errorf("got  %+v\nwant %+v", got, chf)
	}
	if want := "Subscriptions: 9; licences: 148; customers: 7"; rep.Counts() != want {
		t.Errorf("got %q, want %q", rep.Counts(), want)
	}
	priced := 0
	for i, l := range rep.Money.Lines {
		priced += l.Subscriptions
		if l.CostNow != l.Cannot+l.ToDecide+l.CanMove {
			t.Errorf("%s: %d is not the sum of its parts", l.Currency, l.CostNow)
		}
		var months int64
		for _, n := range rep.Money.ByMonth[i].Cost {
			months += n
		}
		if months != l.CostNow {
			t.Errorf("%s: months %d, cost now %d", l.Currency, months, l.CostNow)
		}
	}
	if priced+rep.Money.NoPrice != rep.Windows.All.Total {
		t.Errorf("%d with a price and %d without are not %d", priced, rep.Money.NoPrice, rep.Windows.All.Total)
	}
	if got, want := rep.Money.Months[0], "expired"; got != want {
		t.Errorf("first month: got %q, want %q", got, want)
	}
	if got := rep.Money.Months[len(rep.Money.Months)-1]; got != "later" {
		t.Errorf("last month: got %q, want later: no undated row has a price", got)
	}
}

func TestKeyFiguresAndFinance(t *testing.T) {
	rep := compute(t, "en", mixed()...)
	var got []string
	for _, k := range rep.KeyFigures {
		got = append(got, strings.ReplaceAll(k.Number, "\u00a0", " ")+" "+k.What)
	}
	want := []string{"1 decisions due by 30 Nov 2026", "EUR 8,064 a year can move", "EUR 210 less a year after the move", "EUR 1,951 saved by waiting"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	finance := strings.ReplaceAll(strings.Join(rep.AskFinance, "\n"), "\u00a0", " ")
	for _, part := range []string{"Subscriptions: 1; overlap: EUR 138.00.", "Subscriptions: 2; stays outside CSP: EUR 120.00 · JPY 1,152,000 a year (page {page}).", "Still to decide. Subscriptions: 2; cost: EUR 300.00 a year."} {
		if !strings.Contains(finance, part) {
			t.Errorf("got %q, want it to say %q", finance, part)
		}
	}
}

// Finance approves moves that are ready and accepted, and nothing else: not what
// runs out because the customer leaves.
func TestFinanceApprovesOnlyWhatIsReadyAndAccepted(t *testing.T) {
	row := subscription{customer: "A", offer: "O", days: 60, licences: 1, currency: "EUR", cost: 5000, status: reconcile.Ready}
	accepted, open := row, row
	accepted.accepted = true
	open.status, open.accepted = reconcile.Decide, true
	leaves := accepted
	leaves.leaves = true
	rep := compute(t, "en", row, accepted, open, leaves)
	if got := rep.Money.in("EUR").OverlapReady; got != 100 {
		t.Errorf("overlap to approve: got %d, want 100", got)
	}
	if got, want := strings.ReplaceAll(rep.AskFinance[0], "\u00a0", " "), "Approve the moves that are ready, relationship accepted. Subscriptions: 1; overlap: EUR 1.00."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDataLossIsInOrderOfTheDayToDecide(t *testing.T) {
	late := subscription{customer: "A", offer: "O", days: 40, licences: 1, status: reconcile.DataLoss}
	soon := late
	soon.customer, soon.days = "B", 50
	p, opt := samplePlan(late, soon)
	opt.Text = texts(t, "en")
	p.Rows[1].DecideBy = asOf - 1
	lines := Compute(p, opt).Exceptions.DataLoss
	if len(lines) != 2 || lines[0].Customer != "B" || !lines[0].Now || lines[1].Now {
		t.Errorf("got %+v", lines)
	}
}

// The PDF names the first rows of a list; the workbook has them all.
func TestOtherExceptionsAreShort(t *testing.T) {
	var subs []subscription
	for i := range maxOtherLines + 4 {
		subs = append(subs, subscription{customer: "A", offer: "O", days: i + 1, licences: 1, status: reconcile.Ready, findings: []string{"auto-renew-on"}})
	}
	for _, tt := range []struct{ rows, lines, more int }{{maxOtherLines, maxOtherLines, 0}, {maxOtherLines + 4, maxOtherLines, 4}} {
		others := compute(t, "en", subs[:tt.rows]...).Exceptions.Others
		if len(others) != 1 || len(others[0].Lines) != tt.lines || others[0].More != tt.more {
			t.Errorf("%d rows: got %+v, want %d lines and %d more", tt.rows, others, tt.lines, tt.more)
		}
	}
}

// Only a region makes a customer one of another region; what else blocks a row
// is listed beside it, and nothing twice.
func TestBlockedRowsByTheirBarrier(t *testing.T) {
	blocked := func(customer string, codes ...string) subscription {
		return subscription{customer: customer, offer: "O", days: 3, licences: 1, status: reconcile.Blocked, findings: codes}
	}
	e := compute(t, "en", blocked("Abroad", "region-mismatch"), blocked("Both", "region-mismatch", "other-cloud"),
		blocked("Cloud", "other-cloud"), blocked("Provider", "provider-region")).Exceptions
	var regions []string
	for _, l := range e.Regions {
		regions = append(regions, l.Customer)
	}
	if want := []string{"Abroad", "Both"}; !slices.Equal(regions, want) {
		t.Errorf("got %v under regions, want %v", regions, want)
	}
	if len(e.Others) != 1 || len(e.Others[0].Lines) != 2 || e.Others[0].Lines[0][0] != "Cloud" || e.Others[0].Lines[1][2] != "Our indirect provider is in another CSP region" {
		t.Errorf("got %+v, want the cloud's and the provider's row", e.Others)
	}
}

func TestNoPriceAnywhere(t *testing.T) {
	rep := compute(t, "en", subscription{customer: "A", offer: "O", days: 3, licences: 4, status: reconcile.Ready})
	if rep.Money.Main != "" || len(rep.Money.Lines) != 0 || rep.Money.NoPrice != 1 || rep.Money.NoPriceL != 4 {
		t.Errorf("got %+v", rep.Money)
	}
	if got := rep.KeyFigures[1].Number; got != "–" {
		t.Errorf("got %q, want a dash: nothing has a price", got)
	}
	if !rep.Agree {
		t.Errorf("control totals differ: %+v", rep.Checks)
	}
}

func TestNothingAtAll(t *testing.T) {
	rep := compute(t, "en")
	if got, want := rep.DoFirst.Note, "No customer has an expiry in the next 45 days."; got != want {
		t.Errorf("do first: got %q, want %q", got, want)
	}
	for _, table := range rep.Tables {
		if table.ID != "About" && table.ID != "ControlTotals" && table.Len != 0 {
			t.Errorf("%s has %d rows", table.ID, table.Len)
		}
		if table.Empty == "" || table.Title == "" {
			t.Errorf("%s has no sentence for an empty sheet, or no title", table.ID)
		}
	}
	if got, want := rep.AskFinance, []string{"Nothing to approve or to note."}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(rep.Months) != 0 || !rep.Agree {
		t.Errorf("months %v, agree %v", rep.Months, rep.Agree)
	}
}

func TestChecksSeeWhatIsWrong(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(*reconcile.Plan, *Options)
		code  string
	}{
		{"a row without an outcome", func(p *reconcile.Plan, _ *Options) { p.Fates[0].Outcome = reconcile.OutcomeMissing }, "rows"},
		{"a record that was never made", func(_ *reconcile.Plan, o *Options) { o.Read[0].Rows++ }, "rows"},
		{"licences that vanished while reading", func(_ *reconcile.Plan, o *Options) { o.Read[0].Licences += 5 }, "licences"},
		{"a row lost from the plan", func(p *reconcile.Plan, _ *Options) { p.Rows = p.Rows[:len(p.Rows)-1]; p.Fates[len(p.Fates)-1].Row = -1 }, "planned"},
		{"licences changed on the way", func(p *reconcile.Plan, _ *Options) { p.Rows[1].Sub.Licences = reconcile.Whole(1) }, "planned-licences"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, opt := samplePlan(mixed()...)
			opt.Text = texts(t, "en")
			tt.spoil(p, &opt)
			rep := Compute(p, opt)
			if rep.Agree || !rep.Alarm || !strings.HasPrefix(rep.Headline, "Control totals differ.") {
				t.Errorf("agree %v, headline %q", rep.Agree, rep.Headline)
			}
			for _, c := range rep.Checks {
				if c.Code == tt.code && c.Agrees() {
					t.Errorf("check %s agrees: %d = %d", c.Code, c.In, c.Out)
				}
			}
		})
	}
}

func TestAddCheckTurnsTheHeadline(t *testing.T) {
	rep := compute(t, "en", mixed()...)
	if !rep.Agree {
		t.Fatalf("checks of the sample differ: %+v", rep.Checks)
	}
	before := rep.Headline
	rows := rep.Table("ControlTotals").Len
	rep.AddCheck(Check{Code: "workbook-rows", What: "read back", In: 9, Out: 9})
	if !rep.Agree || rep.Headline != before || rep.Table("ControlTotals").Len != rows+1 {
		t.Errorf("after a check that agrees: %v, %q, %d rows", rep.Agree, rep.Headline, rep.Table("ControlTotals").Len)
	}
	rep.AddCheck(Check{Code: "workbook-rows", What: "read back", In: 9, Out: 8})
	if rep.Agree || rep.Headline == before {
		t.Errorf("after a check that differs: %v, %q", rep.Agree, rep.Headline)
	}
	if n := rep.Table("ControlTotals").Len; n != rows+1 {
		t.Errorf("a check of the same code stands twice: %d rows, want %d", n, rows+1)
	}
	if got := cells(rep, "ControlTotals", rows); got[3] != "−1" || got[4] != "▲ Differs" {
		t.Errorf("got %q", got)
	}
}

// A writer's check of money shows its cents like ours.
func TestChecksShowTheirDigits(t *testing.T) {
	rep := compute(t, "en")
	rep.AddCheck(Check{Code: "file-money:EUR", What: "read back", In: 690000, Out: 690001, Digits: 2})
	got := cells(rep, "ControlTotals", rep.Table("ControlTotals").Len-1)
	if got[1] != "6,900.00" || got[3] != "0.01" {
		t.Errorf("got %q", got)
	}
}

func TestMergedRowsCountOnce(t *testing.T) {
	p, opt := samplePlan(subscription{customer: "A", offer: "O", days: 3, licences: 20, status: reconcile.Ready})
	opt.Text = texts(t, "en")
	opt.Ledger = append(opt.Ledger, reconcile.LedgerLine{At: spotAt(p, reconcile.Source{File: "exports/b.csv", Row: 2}), Licences: reconcile.Whole(25)})
	p.Fates = append(p.Fates, reconcile.Fate{Outcome: reconcile.Merged, Row: 0, Other: 0})
	opt.Read = []FileTotals{{File: "exports/a.csv", Rows: 1, Licences: 20}, {File: "exports/b.csv", Rows: 1, Licences: 25}}
	rep := Compute(p, opt)
	if !rep.Agree || rep.Licences != 20 {
		t.Errorf("%d licences, checks %+v", rep.Licences, rep.Checks)
	}
	if got := rep.Outcomes[reconcile.Merged]; got != (OutcomeTotal{Rows: 1, Licences: 25}) {
		t.Errorf("merged: got %+v", got)
	}
}

// Sums of today's cost say how much of them we pay and not the customer.
func TestMoneyNotesNameOurOwnCost(t *testing.T) {
	p, opt := samplePlan(mixed()...)
	opt.Text = texts(t, "en")
	want := opt.Text.Label("money.partner_cost", "n", "1")
	if notes := Compute(p, opt).MoneyNotes; slices.Contains(notes, want) {
		t.Errorf("no price is ours: got %q", notes)
	}
	p.Rows[2].Sub.Price.Partner = true
	p.Rows[8].Sub.Price.Partner = true // done: in no sum
	if notes := Compute(p, opt).MoneyNotes; !slices.Contains(notes, want) {
		t.Errorf("got %q, want %q among them", notes, want)
	}
}
