package report

import (
	"strings"
	"testing"

	"cspplan/reconcile"
)

// Two columns with one heading make a workbook that Excel offers to repair,
// and edits that cannot be read back.
func TestTablesInEveryLanguage(t *testing.T) {
	for _, lang := range Languages {
		p, opt := samplePlan(mixed()...)
		opt.Text, opt.PreviousDate = texts(t, lang), asOf-3
		opt.KeptNotes = []KeptNote{{When: asOf, Who: "anna", Field: "note", Text: "call", Why: "gone"}}
		rep := Compute(p, opt)
		sheets := map[string]bool{}
		for _, table := range rep.Tables {
			if sheets[table.Sheet] || table.Sheet == "" {
				t.Errorf("%s: sheet %q is not unique", lang, table.Sheet)
			}
			sheets[table.Sheet] = true
			checkTable(t, lang, table)
		}
		if got := len(rep.Sheets); got != 14 {
			t.Errorf("%s: %d sheets on Start, want 14", lang, got)
		}
	}
}

func checkTable(t *testing.T, lang string, table *Table) {
	t.Helper()
	headings := map[string]bool{}
	codes := map[string]bool{}
	for _, c := range table.Columns {
		folded := strings.ToLower(c.Heading)
		if headings[folded] || codes[c.Code] || folded == "" || c.Width == 0 {
			t.Errorf("%s, %s: column %s %q is not unique, or has no width", lang, table.ID, c.Code, c.Heading)
		}
		headings[folded], codes[c.Code] = true, true
	}
	checkIndents(t, lang+", "+table.ID, table.Columns)
	for i := range table.Len {
		row := table.Row(i, nil)
		if len(row) != len(table.Columns) {
			t.Fatalf("%s, %s: row %d has %d cells, %d columns", lang, table.ID, i, len(row), len(table.Columns))
		}
		for n, v := range row {
			if k := table.Columns[n].Kind; v.Kind != Empty && v.Kind != k && table.ID != "ControlTotals" && !(k == Date && v.Kind == Text) {
				t.Errorf("%s, %s: row %d, column %s: cell of kind %d in a column of kind %d", lang, table.ID, i, table.Columns[n].Code, v.Kind, k)
			}
			if placeholder.MatchString(v.Text) {
				t.Errorf("%s, %s: placeholder left in %q", lang, table.ID, v.Text)
			}
		}
	}
	for _, lead := range table.Lead {
		checkIndents(t, lang+", "+table.ID+", "+lead.Title, lead.Columns)
		for _, row := range lead.Rows {
			if len(row) != len(lead.Columns) {
				t.Errorf("%s, %s, %s: %d cells, %d columns", lang, table.ID, lead.Title, len(row), len(lead.Columns))
			}
		}
	}
}

// checkIndents: a text straight after a right-aligned figure would touch it.
func checkIndents(t *testing.T, table string, columns []Column) {
	t.Helper()
	for i := 1; i < len(columns); i++ {
		if columns[i-1].Kind != Text && columns[i].Kind == Text && !columns[i].Indent {
			t.Errorf("%s: column %q follows the figures of %q without an indent", table, columns[i].Heading, columns[i-1].Heading)
		}
	}
}

func TestPlanSheetColumns(t *testing.T) {
	rep := compute(t, "en", mixed()...)
	var got []string
	for _, c := range rep.Table("Plan").Columns {
		got = append(got, c.Heading)
	}
	want := "Status|Expires|Days left|Customer|Current offer|Licences|Do next|Decision|Owner|Planned date|Note|Other CSP offer|Other number of licences|Accepted until|CSP offer|Match|Licences to provision|" +
		"CSP term|CSP billing|CSP start|Reassign licences|Users to reassign|Tenant region|Country/region|Reseller relationship|Delegated admin|Bought from|" +
		"Programme|Route|Transfer request|Progress|Batch migration|Act by|Credit: who asks|Auto-renew|End of term|Stop renewal by|Access lost on|Data deleted on|Currency|Cost now / year|CSP currency|" +
		"CSP cost / year|Difference / year|Overlap if moved today|Overlap at planned date|Prepaid lost if ended early|Locked in if missed|" +
		"Credit to ask for, at most|Tenant|Customer ID|Subscription ID|Source row|Key"
	if joined := strings.Join(got, "|"); joined != want {
		t.Errorf("got  %s\nwant %s", joined, want)
	}
}

func TestRows(t *testing.T) {
	rep := compute(t, "en", mixed()...)
	tests := []struct {
		table string
		row   int
		want  string
	}{
		{"Customers", 0, "▲ Data-loss risk|19 Nov 2026|-4|Bäckerei Grünwald GmbH|1|0|1|0|0|1|Not known|Not known|Not applicable|||IT|Europe|c0.onmicrosoft.com|00000000000003e8"},
		{"Customers", 2, "◆ Decide|26 Nov 2026|3|Officine Meccaniche Brambilla S.r.l.|2|0|0|1|1|27|Not known|Not known|Not applicable|||IT|Europe|c2.onmicrosoft.com|00000000000003ea"},
		{"Risks", 0, "▲ Data-loss risk|now|19 Nov 2026|Bäckerei Grünwald GmbH|Office 365 E4|1|The subscription has expired or is not active any more. Expires: 19 Nov 2026.|Account manager: provision the CSP offer at once, then check access and data.|not known||120.00|EUR|0000000000000001"},
		{"Regions", 1, "Japan|IT|Europe|■ No|1|1|78|24 Nov 2026"},
		{"Licences", 0, "Officine Meccaniche Brambilla S.r.l.|Office 365 E3||25||0|25|0|0|0|1|Not known|19 Nov 2026|26 Nov 2026|0000000000000003"},
		{"Unmatched", 0, "Office 365 E4|1|1|1|19 Nov 2026|EUR 120.00|1|Candidate One|63|63|Agrees in office 365|not known||c1|Office 365 E4,,c1,,,"},
		{"Changes", 0, ""},
	}
	for _, tt := range tests {
		if tt.want == "" {
			if n := rep.Table(tt.table).Len; n != 0 {
				t.Errorf("%s: got %d rows, want none", tt.table, n)
			}
			continue
		}
		if got := joined(rep, tt.table, tt.row); got != tt.want {
			t.Errorf("%s %d:\n got %s\nwant %s", tt.table, tt.row, got, tt.want)
		}
	}
	if n := rep.Table("Risks").Len; n != 2 {
		t.Errorf("risks: got %d rows, want 2", n)
	}
}

func TestOrdersAddUpByOffer(t *testing.T) {
	two := subscription{customer: "A", offer: "O", days: 60, licences: 5, status: reconcile.Ready}
	three := two
	three.days, three.licences = 20, 7
	p, opt := samplePlan(two, three, subscription{customer: "B", offer: "O", days: 5, licences: 1, status: reconcile.Blocked})
	opt.Text = texts(t, "en")
	p.Rows[1].Provision = reconcile.Whole(9)
	p.Rows[1].Reassign, p.Rows[2].Reassign = reconcile.Yes, reconcile.No
	rep := Compute(p, opt)
	if n := rep.Table("Licences").Len; n != 2 {
		t.Fatalf("got %d lines, want an order for A and what stays with B", n)
	}
	for i, want := range []string{"A|O||12||0|14|0|2|0|2|Yes|6 Dec 2026|13 Dec 2026|0000000000000002", "B|O||1||0|0|1|0|0|1|||28 Nov 2026|0000000000000003"} {
		if got := joined(rep, "Licences", i); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	for _, c := range rep.Checks {
		if c.Code == "licences-out" && (c.In != 13 || c.Out != 15) || c.Code == "licence-lines" && (c.In != 2 || c.Out != 1) {
			t.Errorf("an order of two licences too many: got %+v", c)
		}
	}
}

// An order names the day on which Do next asks for it, not the last safe one:
// somebody may have planned it, or nothing may be provisioned at all.
func TestOrdersNameTheDayOfTheMove(t *testing.T) {
	row := subscription{customer: "A", offer: "O", days: 60, licences: 5, status: reconcile.Ready}
	for day, want := range map[reconcile.Date]string{asOf: "23 Nov 2026", 0: ""} {
		p, opt := samplePlan(row)
		opt.Text = texts(t, "en")
		p.Rows[0].MoveOn = day
		if got, want := joined(Compute(p, opt), "Licences", 0), "A|O||5||0|5|0|0|0|1|Not known|"+want+"|22 Jan 2027|0000000000000001"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestChanges(t *testing.T) {
	p, opt := samplePlan(
		subscription{customer: "A", offer: "O", days: 60, licences: 5, status: reconcile.Decide},
		subscription{customer: "B", offer: "O", days: 61, licences: 5, status: reconcile.Ready},
		subscription{customer: "C", offer: "O", days: 62, licences: 5, status: reconcile.Ready},
		subscription{customer: "D", offer: "O", days: 63, licences: 5, status: reconcile.Ready},
	)
	opt.Text, opt.PreviousDate = texts(t, "en"), asOf-3
	for i, status := range []reconcile.Status{reconcile.Ready, reconcile.Blocked, reconcile.Ready} {
		r := &p.Rows[i]
		opt.Previous = append(opt.Previous, reconcile.PreviousRow{Key: r.Key, Status: status, Expires: r.Sub.Expires, Offer: "O", CSPOffer: "O", Licences: r.Sub.Licences})
	}
	opt.Previous[2].Licences = reconcile.Whole(4)
	p.Vanished = []reconcile.PreviousRow{{Key: "x", Customer: "Gone Ltd", Offer: "P", Status: reconcile.Ready}}
	opt.PutBack = []PutBack{{Key: p.Rows[3].Key, Field: "Licences", From: "5", To: "25"}}
	rep := Compute(p, opt)
	want := []string{
		"▲ Worse|22 Jan 2027|A|O|Status|Ready|Decide|exports/a.csv:2||||||",
		"◆ Changed|24 Jan 2027|C|O|Licences|4|5|exports/a.csv:4||||||",
		"◆ Changed|25 Jan 2027|D|O|You changed Licences from 5 to 25; put back from the input. Change it at the source.|25|5|exports/a.csv:5||||||",
		"● Better|23 Jan 2027|B|O|Status|Blocked|Ready|exports/a.csv:3||||||",
		"+ New|25 Jan 2027|D|O|First seen in this run||Ready|exports/a.csv:5||||||",
		"− Gone||Gone Ltd|P|In no export any more|Ready||||||||",
		"▲ Opened|22 Jan 2027|A|O|The region of the tenant is not known||Open|exports/a.csv:2|23 Nov 2026|0|23 Dec 2026|5||",
	}
	if rep.Table("Changes").Len != len(want) {
		t.Fatalf("got %d changes, want %d: %+v", rep.Table("Changes").Len, len(want), rep.Changes)
	}
	for i := range want {
		if got := joined(rep, "Changes", i); got != want[i] {
			t.Errorf("%d: got %s, want %s", i, got, want[i])
		}
	}
	if got := rep.ChangeCounts(); got != [5]int{1, 2, 1, 1, 1} {
		t.Errorf("counts: got %v", got)
	}
}

func TestRejectedRows(t *testing.T) {
	p, opt := samplePlan(subscription{customer: "A", offer: "O", days: 60, licences: 5, status: reconcile.Ready})
	opt.Text = texts(t, "en")
	opt.Ledger = append(opt.Ledger,
		rejectedLine(p, reconcile.Source{File: "b.xlsx", Sheet: "S", Row: 9}, &reconcile.Problem{Code: "bad-date", Column: "Scadenza", Value: "31/02/2027", Expected: "a date", Cells: []string{"A", "31/02/2027", ""}}),
		reconcile.LedgerLine{At: spotAt(p, reconcile.Source{File: "b.xlsx", Sheet: "S", Row: 10}), Licences: reconcile.Whole(5)},
		rejectedLine(p, reconcile.Source{File: "b.xlsx", Sheet: "S", Row: 11}, nil),
	)
	p.Fates = append(p.Fates,
		reconcile.Fate{Outcome: reconcile.Rejected, Row: -1},
		reconcile.Fate{Outcome: reconcile.Duplicate, Row: -1, Other: 0},
		reconcile.Fate{Outcome: reconcile.Rejected, Row: -1, Why: reconcile.CauseNotUnderstood})
	opt.Read = append(opt.Read, FileTotals{File: "b.xlsx", Rows: 3, Licences: 5})
	rep := Compute(p, opt)
	if !rep.Agree {
		t.Errorf("checks differ: %+v", rep.Checks)
	}
	if got, want := joined(rep, "RejectedRows", 0), "b.xlsx!S|9|Scadenza|31/02/2027|Not a date|a date||A | 31/02/2027"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := rep.Exceptions.Rejected[0], (RejectedLine{"b.xlsx!S:9", "Scadenza: Not a date (“31/02/2027”)"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got, want := rep.Exceptions.Rejected[1], (RejectedLine{"b.xlsx!S:11", "The row was not understood"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestCreditsShowWhatPeopleWrote(t *testing.T) {
	p, opt := samplePlan(subscription{customer: "A", offer: "O", days: 60, licences: 5, status: reconcile.Ready, currency: "EUR", cost: 100})
	opt.Text = texts(t, "en")
	key := p.Rows[0].Key
	opt.Decisions = []reconcile.Decision{
		{Scope: "credit", Key: key, Field: "asked_on", Value: "2026-11-20"},
		{Scope: "credit", Key: key, Field: "case_number", Value: "12345"},
		{Scope: "credit", Key: key, Field: "credit_granted", Value: "10.50"},
		{Scope: "credit", Key: key, Field: "case_number", Value: "old", State: "kept"},
	}
	got := joined(Compute(p, opt), "Credits", 0)
	if want := "20 Nov 2026|12345|10.50|" + key; !strings.HasSuffix(got, want) {
		t.Errorf("got %s, want it to end with %s", got, want)
	}
}

// What is for filters and for machines stays off paper, where it would make
// the rest too small to read.
func TestPrintedColumns(t *testing.T) {
	rep := compute(t, "en", mixed()...)
	for id, want := range map[string]string{
		"Plan": "note", "Customers": "note", "Risks": "data_at_risk", "Licences": "expires", "Unmatched": "choice",
		"Credits": "credit_granted", "RejectedRows": "customer", "OfferCatalogue": "data", "ControlTotals": "refused",
	} {
		table := rep.Table(id)
		columns := table.Columns
		for _, lead := range table.Lead {
			if len(lead.Columns) > len(columns) {
				columns = lead.Columns
			}
		}
		if got := columns[table.PrintColumns-1].Code; got != want {
			t.Errorf("%s: the last column on paper is %s, want %s", id, got, want)
		}
	}
}
