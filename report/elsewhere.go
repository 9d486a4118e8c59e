package report

import "slices"

// rowTablesOfAll are the tables with a line for each subscription that is moved,
// which the workbooks of the parts have too. Credits is none of them: who asks
// Microsoft for credits asks for all owners.
var rowTablesOfAll = []string{"Plan", "Risks", "Licences"}

// RowsInParts tells whether the workbook of all leaves the subscriptions to the
// workbooks of the parts: nobody can open a sheet of a million rows, and each row
// stands in a workbook that its owner can work in.
func (rep *Report) RowsInParts() bool {
	return rep.SplitBy() != SplitNone && len(rep.Plan.Rows) > rep.opt.OverallRows
}

// leaveRows empties the tables of single subscriptions and puts the list of the
// workbooks that hold them before all others.
func (rep *Report) leaveRows(customers []customerLine) {
	books := rep.shareLines()
	workbooks := rep.workbooksTable(books)
	rep.Elsewhere = rep.Text.Label(rep.elsewhereLabel(), "n", rep.Text.Count(int64(len(rep.Plan.Rows))),
		"books", rep.Text.Count(int64(len(books))), "sheet", workbooks.Sheet)
	rep.allRows = rep.Table("Plan")
	for i, t := range rep.Tables {
		if slices.Contains(rowTablesOfAll, t.ID) {
			rep.Tables[i] = rep.withoutRows(t)
		}
	}
	rep.Table("Customers").PlanRow = nil
	rep.linkToCustomers(customers)
	rep.Tables = slices.Insert(rep.Tables, 0, workbooks)
}

func (rep *Report) elsewhereLabel() string {
	if rep.SplitBy() == SplitCustomer {
		return "elsewhere.customer"
	}
	return "elsewhere.owner"
}

// withoutRows is a table without the subscriptions of the plan. On Licences what
// is in CSP without any of them stays: it stands at the end.
func (rep *Report) withoutRows(t *Table) *Table {
	left := *t
	left.Len, left.Empty = 0, rep.Elsewhere
	if t.ID == "Licences" {
		left.Len = len(rep.Plan.Extra)
		first := t.Len - left.Len
		left.Row = func(i int, dst []Value) []Value { return t.Row(first+i, dst) }
		left.Note = rep.Elsewhere
	}
	return &left
}

// linkToCustomers lets the customers to call first lead to their lines on
// Customers.
func (rep *Report) linkToCustomers(customers []customerLine) {
	for i := range rep.DoFirst.Lines {
		l := &rep.DoFirst.Lines[i]
		l.Table = "Customers"
		l.Row = slices.IndexFunc(customers, func(c customerLine) bool { return c.customer == rep.Plan.Rows[l.PlanRow].Customer })
	}
}

// More says how many rows a list on paper leaves out, and where they stand; sheet
// is the label of their sheet.
func (rep *Report) More(n int, sheet string) string {
	key := "pdf.more"
	if rep.RowsInParts() && (sheet == "sheet.plan" || sheet == "sheet.risks") {
		key = "pdf.more_parts"
	}
	return rep.Text.Label(key, "n", rep.Text.Count(int64(n)), "sheet", rep.Text.Label(sheet))
}

// NoteTables are the tables of the workbooks of a run on which people write: of
// Plan all rows, wherever they stand.
func (rep *Report) NoteTables() []*Table {
	if rep.allRows == nil {
		return rep.Tables
	}
	tables := slices.Clone(rep.Tables)
	for i, t := range tables {
		if t.ID == rep.allRows.ID {
			tables[i] = rep.allRows
		}
	}
	return tables
}
