package report

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"cspplan/reconcile"
)

// splitReport is the report of all of a plan whose rows have three owners, where
// the workbook of all lists at most so many.
func splitReport(t *testing.T, lang, by string, overall int) *Report {
	t.Helper()
	p, opt := samplePlan(mixed()...)
	for i := range p.Rows {
		p.Rows[i].Owner = []string{"Zoe", "", "Anna"}[i%3]
	}
	opt.Text, opt.SplitBy, opt.OverallRows = texts(t, lang), by, overall
	opt.PartFile = func(name, key string) string { return "csp-plan-" + name + "-" + key + ".xlsx" }
	return Compute(p, opt)
}

// Up to the bound, and where the plan is not split, the workbook of all lists
// everything; above it, nothing that a part lists, and it says where that is.
func TestRowsInParts(t *testing.T) {
	n := len(mixed())
	for _, c := range []struct {
		by      string
		overall int
		want    bool
	}{
		{SplitNone, 0, false}, {"", 0, false}, {SplitOwner, n, false}, {SplitOwner, n - 1, true}, {SplitOwner, 0, true},
		{SplitCustomer, n + 1, false}, {SplitCustomer, 1, true},
	} {
		rep := splitReport(t, "en", c.by, c.overall)
		if got := rep.RowsInParts(); got != c.want || (rep.Elsewhere != "") != c.want || (rep.Table("Workbooks") != nil) != c.want {
			t.Errorf("split by %q, bound %d: rows in parts %v, want %v; says %q", c.by, c.overall, got, c.want, rep.Elsewhere)
		}
		rows := map[bool]int{true: 0, false: n}[c.want]
		if got := rep.Table("Plan").Len; got != rows {
			t.Errorf("split by %q, bound %d: Plan lists %d rows, want %d", c.by, c.overall, got, rows)
		}
		for _, table := range rep.NoteTables() {
			if table.ID == "Plan" && table.Len != n {
				t.Errorf("split by %q, bound %d: the rows that people write on are %d, want %d", c.by, c.overall, table.Len, n)
			}
		}
	}
}

// The list of workbooks has a line for each part, in the order of first expiry,
// and its sums are those of the plan.
func TestWorkbooksTieToThePlan(t *testing.T) {
	for _, by := range []string{SplitOwner, SplitCustomer} {
		rep := splitReport(t, "en", by, 0)
		list := rep.Table("Workbooks")
		parts := map[string]*Report{}
		for part := range rep.Parts() {
			parts["csp-plan-"+part.Name+"-"+part.Key+".xlsx"] = part.Report
		}
		sums := map[string]int64{}
		before := reconcile.Date(0)
		for i := range list.Len {
			line := map[string]Value{}
			for k, v := range list.Row(i, nil) {
				line[list.Columns[k].Code] = v
				sums[list.Columns[k].Code] += v.N
			}
			first := reconcile.Date(line["expires"].N)
			if first.Known() && first < before || !first.Known() && i < list.Len-1 && list.Row(i+1, nil)[0].Kind != Empty {
				t.Errorf("by %s: line %d with first expiry %s stands behind %s", by, i, first, before)
			}
			before = first
			part := parts[line["file"].Text]
			if part == nil || line["subscriptions"].N != int64(len(part.Plan.Rows)) || line["licences"].N != part.Licences || line["done"].N != int64(part.Windows.Done) {
				t.Errorf("by %s: line %v is not that of its workbook", by, line)
				continue
			}
			for s, code := range []string{"blocked", "data-loss", "decide", "ready"} {
				if got, want := line[code].N, int64(part.Windows.Rows[s].Total); got != want {
					t.Errorf("by %s, %s: %d %s, want %d", by, line["file"].Text, got, code, want)
				}
			}
			if got, want := line["expired"].N, int64(part.Windows.All.Subs[0]); got != want {
				t.Errorf("by %s, %s: %d expired, want %d", by, line["file"].Text, got, want)
			}
			if got, want := line["soon"].N, int64(part.Windows.All.Subs[1]); got != want {
				t.Errorf("by %s, %s: %d expire soon, want %d", by, line["file"].Text, got, want)
			}
		}
		if list.Len != len(parts) {
			t.Errorf("by %s: %d lines for %d workbooks", by, list.Len, len(parts))
		}
		if sums["subscriptions"] != int64(len(rep.Plan.Rows)) || sums["licences"] != rep.Licences {
			t.Errorf("by %s: the lines add up to %d subscriptions and %d licences, want %d and %d", by, sums["subscriptions"], sums["licences"], len(rep.Plan.Rows), rep.Licences)
		}
		for _, l := range rep.Money.Lines {
			if got := sums[CostCodePrefix+l.Currency]; got != l.CostNow {
				t.Errorf("by %s: the lines add up to %d %s, want %d", by, got, l.Currency, l.CostNow)
			}
		}
	}
}

// Where the rows stand elsewhere, every empty sheet and Start say where, in every
// language, and the customers to call lead to their lines on Customers.
func TestElsewhereIsSaid(t *testing.T) {
	for _, lang := range Languages {
		for _, by := range []string{SplitOwner, SplitCustomer} {
			rep := splitReport(t, lang, by, 0)
			n, books := strconv.Itoa(len(rep.Plan.Rows)), strconv.Itoa(rep.Table("Workbooks").Len)
			if s := rep.Elsewhere; !strings.Contains(s, n) || !strings.Contains(s, books) || !strings.Contains(s, rep.Table("Workbooks").Sheet) {
				t.Errorf("%s, by %s: %q lacks the numbers %s and %s or the sheet", lang, by, s, n, books)
			}
			for _, table := range rep.Tables {
				checkTable(t, lang, table)
				if left := slices.Contains(rowTablesOfAll, table.ID); left != (table.Empty == rep.Elsewhere) || left && table.Len != len(rep.Plan.Extra) && table.ID == "Licences" {
					t.Errorf("%s, %s: %d rows, empty it reads %q", lang, table.ID, table.Len, table.Empty)
				}
			}
			for _, line := range rep.Sheets {
				if slices.Contains(rowTablesOfAll, line.ID) != (line.What == rep.Elsewhere) {
					t.Errorf("%s: Start says of %s %q", lang, line.ID, line.What)
				}
			}
			customers := rep.Table("Customers")
			for _, line := range rep.DoFirst.Lines {
				if line.Table != "Customers" || line.Row < 0 || customers.Row(line.Row, nil)[3].Text != line.Customer {
					t.Errorf("%s: %s leads to row %d of %s", lang, line.Customer, line.Row, line.Table)
				}
			}
			if len(rep.DoFirst.Lines) == 0 || customers.PlanRow != nil {
				t.Errorf("%s: %d customers to call; Customers leads to Plan: %v", lang, len(rep.DoFirst.Lines), customers.PlanRow != nil)
			}
		}
	}
}
