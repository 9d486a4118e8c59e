package excel

import (
	"fmt"
	"strings"
	"testing"

	"cspplan/report"
)

func TestStartCells(t *testing.T) {
	f := opened(t, sample(t, 87), Options{})
	for _, c := range []struct{ cell, want string }{
		{"A1", "Moving customers to CSP: start here"},
		{"A3", "Expire in the next 30 days: 18. Cannot move: 5. To decide: 3. Already expired: 1."},
		{"A5", "Status"}, {"B5", "Expired"}, {"G5", "Licences"},
		{"A6", "■ Blocked"}, {"B6", "2"}, {"F6", "21"}, {"A9", "● Ready"}, {"A10", "All subscriptions"}, {"F10", "87"}, {"G10", "3,828"},
		{"A11", "Done: 2 (not in the table).  No date: 1 (in the total only)."},
		{"A12", "Do first"}, {"A14", "■ Blocked"}, {"B14", "19 Nov 2026"}, {"C14", "-4"}, {"D14", "Bäckerei Grünwald GmbH"}, {"D19", "=cmd|'/c calc'!A1"},
		{"A24", "10 of 13 customers with an expiry in the next 45 days; status and numbers are of what expires by then."},
		{"A26", "Sheets"}, {"A27", "Plan"}, {"B27", "87"}, {"A33", "Money"}, {"B33", "4"}, {"A36", "Rejected rows"}, {"A40", "About"},
	} {
		if got := cell(t, f, "Start", c.cell); got != c.want {
			t.Errorf("Start!%s is %q, want %q", c.cell, got, c.want)
		}
	}
	if got := cell(t, f, "Start", "A2"); !strings.HasSuffix(got, "●  control totals agree") && !strings.HasSuffix(got, "● control totals agree") {
		t.Errorf("Start!A2 is %q, want it to end with the control totals", got)
	}
}

func TestStartLinks(t *testing.T) {
	f := opened(t, sample(t, 30), Options{SheetRows: 8})
	for _, c := range []struct{ cell, want string }{
		{"D14", "'Plan'!A3"}, {"D21", "'Plan'!A10"}, {"D22", "'Plan 2'!A3"}, {"A27", "'Plan'!A1"}, {"A28", "'Plan 2'!A1"},
	} {
		if ok, target, err := f.GetCellHyperLink("Start", c.cell); err != nil || !ok || target != c.want {
			t.Errorf("Start!%s leads to %q, error %v; want %q", c.cell, target, err, c.want)
		}
	}
}

func TestChartsHaveAlternativeText(t *testing.T) {
	b, _ := workbook(t, sample(t, 30), Options{})
	all := parts(t, b)
	for i, want := range []struct{ sheet, text string }{
		{"xl/worksheets/sheet1.xml", "Licences by month of expiry and status"}, {"xl/worksheets/sheet8.xml", "Share of today’s cost that can move"},
	} {
		if drawing := all[fmt.Sprintf("xl/drawings/drawing%d.xml", i+1)]; !strings.Contains(string(drawing), `descr="`+want.text) {
			t.Errorf("no chart has the alternative text %q", want.text)
		}
		if !strings.Contains(string(all[want.sheet]), "<drawing ") {
			t.Errorf("%s has no chart", want.sheet)
		}
	}
}

func TestNoChartWithoutRows(t *testing.T) {
	r := sample(t, 0)
	r.Chart = []report.MonthBar{{Short: "Nov"}, {Short: "Dec"}}
	b, _ := workbook(t, r, Options{})
	for name := range parts(t, b) {
		if strings.HasPrefix(name, "xl/charts/") {
			t.Errorf("a workbook without rows has %s", name)
		}
	}
}

func TestTotalsThatDifferBurn(t *testing.T) {
	r := sample(t, 5)
	r.Agree, r.Headline = false, r.Text.Label("headline.totals_differ")
	f := opened(t, r, Options{})
	runs, err := f.GetCellRichText("Start", "A2")
	if err != nil || len(runs) != 2 {
		t.Fatalf("Start!A2 has %d runs, error %v; want 2", len(runs), err)
	}
	if last := runs[1]; !strings.HasPrefix(last.Text, "▲ ") || last.Font.Color != alarmColour || !last.Font.Bold {
		t.Errorf("Start!A2 ends with %+v, want the alarm", last)
	}
}

func TestMoneyCells(t *testing.T) {
	f := opened(t, sample(t, 30), Options{})
	for _, c := range []struct{ cell, want string }{
		{"A2", "Currency"}, {"D2", "Cost now / year"}, {"J2", "Difference, what can move"}, {"O2", "Credit to ask for, at most"},
		{"A3", "EUR"}, {"D3", "458,223.60"}, {"E3", "106,482.00"}, {"F3", "51,741.60"}, {"G3", "300,000.00"}, {"I3", "-3,817.80"}, {"J3", ""}, {"O3", "57,969.50"},
		{"A5", "JPY"}, {"D5", "45,822,360"}, {"H5", ""}, {"I5", ""}, {"D6", "45,822.360"},
		{"A9", "Cost now, by month of expiry"}, {"A10", "Currency"}, {"B11", "458,223.60"},
	} {
		if got := cell(t, f, "Money", c.cell); got != c.want {
			t.Errorf("Money!%s is %q, want %q", c.cell, got, c.want)
		}
	}
}

func TestLongTextIsCutWithANotice(t *testing.T) {
	r := sample(t, 3)
	r.Tables[0].Row = func(i int, dst []report.Value) []report.Value {
		dst = samplePlanRow(i, dst)
		dst[10] = sampleText(strings.Repeat("é", 40000))
		return dst
	}
	got := cell(t, opened(t, r, Options{}), "Plan", "K3")
	if units(got) != maxCellUnits || !strings.HasSuffix(got, r.Text.Label("doc.cut")) {
		t.Errorf("the note has %d characters and ends with %q", units(got), got[len(got)-60:])
	}
}
