package report

import (
	"cmp"
	"slices"
	"strings"

	"cspplan/reconcile"
)

// A shareLine adds up the rows of one owner or customer, as a line of the list of
// workbooks. Done rows count as subscriptions and licences, since they stand in
// the workbook, and in no cost.
type shareLine struct {
	name, file    string
	customers     int
	subs          int
	byStatus      [reconcile.Done + 1]int
	expired, soon int // of those that are not done
	licences      int64
	first         reconcile.Date
	daysLeft      int32
	costs         []Total
}

// shareLines is one line a workbook, in the order of its first expiry, as
// everywhere in the plan.
func (rep *Report) shareLines() []shareLine {
	shares := rep.shares()
	lines := make([]shareLine, len(shares))
	lastIn := make([]int32, len(rep.Plan.Customers)) // which share counted the customer last, from 1
	for n, s := range shares {
		l := &lines[n]
		l.name = s.name
		if rep.opt.PartFile != nil {
			l.file = rep.opt.PartFile(s.name, s.key)
		}
		for _, i := range s.rows {
			r := &rep.Plan.Rows[i]
			if lastIn[r.Customer] != int32(n+1) {
				lastIn[r.Customer] = int32(n + 1)
				l.customers++
			}
			l.add(r)
		}
	}
	slices.SortStableFunc(lines, func(a, b shareLine) int {
		return cmp.Or(compareDates(a.first, b.first), strings.Compare(a.name, b.name))
	})
	return lines
}

// add counts a row; rows come in the order of the plan.
func (l *shareLine) add(r *reconcile.Row) {
	l.subs++
	l.licences += licences(r)
	l.byStatus[r.Status]++
	if !active(r) {
		return
	}
	if r.Money.CostNow.Known() {
		l.costs = addTotal(l.costs, r.Sub.Currency, r.Money.CostNow.Minor())
	}
	if !r.Sub.Expires.Known() {
		return
	}
	if !l.first.Known() {
		l.first, l.daysLeft = r.Sub.Expires, r.DaysLeft
	}
	switch window(r.DaysLeft) {
	case 0:
		l.expired++
	case 1:
		l.soon++
	}
}

// CostCodePrefix begins the codes of the columns of costs in the list of
// workbooks; the currency ends them.
const CostCodePrefix = "cost_now_year_"

// printedCosts is how many currencies are printed: more would make the rest too
// small to read.
const printedCosts = 2

// workbooksTable lists the workbooks that hold the subscriptions: whose they are,
// what burns there, and sums that tie to the plan.
func (rep *Report) workbooksTable(lines []shareLine) *Table {
	byOwner, currencies := rep.SplitBy() == SplitOwner, rep.costCurrencies(lines)
	t := rep.newTable("Workbooks", "workbooks", rep.workbookColumns(lines, byOwner, currencies))
	t.Note = rep.Counts()
	t.FreezeColumns = 3
	t.PrintColumns = len(t.Columns) - max(0, len(currencies)-printedCosts)
	t.Len = len(lines)
	t.Row = func(i int, dst []Value) []Value { return lines[i].cells(byOwner, currencies, dst) }
	return t
}

func (rep *Report) workbookColumns(lines []shareLine, byOwner bool, currencies []string) []Column {
	name := rep.col("customer", "col.customer", Text, 42)
	if byOwner {
		name = rep.col("owner", "col.owner", Text, 42)
	}
	files := make([]string, len(lines))
	for i := range lines {
		files[i] = lines[i].file
	}
	columns := []Column{
		rep.col("expires", "col.first_expiry", Date, 12.5),
		name.indented(),
		rep.col("file", "col.workbook", Text, min(70, widthOf(36, files...))),
	}
	if byOwner {
		columns = append(columns, rep.col("customers", "col.customers", Count, 11))
	}
	columns = append(columns, rep.col("subscriptions", "col.subscriptions", Count, 13))
	for s := reconcile.Blocked; s <= reconcile.Done; s++ {
		columns = append(columns, rep.col(s.String(), "status."+s.String(), Count, 9))
	}
	columns = append(columns,
		rep.col("expired", "window.expired", Count, 9),
		rep.col("soon", "window.30", Count, 9),
		rep.col("licences", "col.licences", Count, 11),
	)
	for _, cur := range currencies {
		heading := rep.Text.Named(rep.Text.Label("col.cost_now"), cur)
		columns = append(columns, rep.fitted(Column{Code: CostCodePrefix + cur, Heading: heading, Kind: Amount, Width: 17}))
	}
	return columns
}

// costCurrencies are the currencies in which anything is paid now, in the order
// of Money.
func (rep *Report) costCurrencies(lines []shareLine) []string {
	paid := make(map[string]bool)
	for i := range lines {
		for _, c := range lines[i].costs {
			paid[c.Currency] = true
		}
	}
	var all []string
	for _, l := range rep.Money.Lines {
		if paid[l.Currency] {
			all = append(all, l.Currency)
		}
	}
	return all
}

func (l *shareLine) cells(byOwner bool, currencies []string, dst []Value) []Value {
	burns := l.first.Known() && l.daysLeft <= urgentDays
	dst = append(dst, dateCell(l.first).when(burns, Alarm), textCell(l.name), textCell(l.file))
	if byOwner {
		dst = append(dst, numberCell(int64(l.customers)))
	}
	dst = append(dst, numberCell(int64(l.subs)))
	for _, n := range l.byStatus {
		dst = append(dst, numberCell(int64(n)))
	}
	dst = append(dst, numberCell(int64(l.expired)).when(l.expired > 0, Alarm), numberCell(int64(l.soon)), numberCell(l.licences))
	for _, cur := range currencies {
		cost := Value{}
		for _, c := range l.costs {
			if c.Currency == cur {
				cost = amountCell(reconcile.MinorUnits(c.Minor), cur)
			}
		}
		dst = append(dst, cost)
	}
	return dst
}
