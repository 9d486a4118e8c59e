package pdf

import (
	"strings"

	"cspplan/report"
)

// movedListed is how many exceptions each list of the roll-forward shows: the
// workbook has all of them.
const movedListed = 10

// rollForward ties the exceptions of the run before to those of this one: how
// many of each kind, how old they are, and the first of those that stayed,
// opened and closed.
func (d *document) rollForward() {
	rf := &d.r.RollForward
	if rf.First {
		d.paragraph(d.left, d.right-d.left, d.clean(d.r.RollForwardTie()), bodyStyle)
		return
	}
	d.kinds(rf)
	d.ages(rf)
	date := d.r.Text.Day(d.r.PreviousDate())
	d.moved("rf.oldest_first", "", rf.Rolled(), movedList{columns: d.openColumns(true), line: d.r.RolledLine, row: d.rolledRow})
	d.moved("rf.opened_since", date, rf.Opened(), movedList{columns: d.openColumns(false), line: d.r.OpenedLine, row: d.openedRow})
	d.moved("rf.closed_since", date, rf.Closed(), movedList{columns: d.closedColumns(), line: d.r.ClosedLine, row: d.closedRow})
}

// kinds is a line for each kind of exception: open before, opened, closed,
// rolled forward, open now.
func (d *document) kinds(rf *report.RollForward) {
	t := &table{left: d.left, step: 5.8, columns: []column{{"", d.mm(5), false}, {d.label("col.what"), 0, false}}}
	for _, key := range []string{"rf.before", "rf.opened", "rf.closed", "rf.rolled", "rf.open", "rf.oldest"} {
		title := d.label(key)
		t.columns = append(t.columns, column{title, d.figureWidth(title), true})
	}
	t.columns[1].width = d.right - d.left - t.width()
	for i := range rf.Kinds {
		k := &rf.Kinds[i]
		r := d.kindRow(k, cellStyle)
		r.cells[0].mark = d.marker(k.Status)
		t.rows = append(t.rows, r)
	}
	total := d.kindRow(&rf.Total, cellStyle.in(bold))
	total.strong = true
	t.rows = append(t.rows, total)
	d.part(d.label("rf.title"), nil, t, d.r.Text.Label("rf.what"))
	d.y++
	d.paragraph(d.left, d.right-d.left, d.clean(d.r.RollForwardTie()), bodyStyle)
}

// figureWidth is the room that a count below a heading takes, whose words stay
// whole.
func (d *document) figureWidth(heading printable) float64 {
	w := d.mm(14)
	for word := range strings.FieldsSeq(string(heading)) {
		w = max(w, d.width(printable(word), headStyle)+cellGap)
	}
	return w
}

func (d *document) kindRow(k *report.KindOfException, st style) row {
	r := row{cells: []cell{{}, {text: d.clean(k.What), st: st}}}
	for _, n := range []int{k.Before, k.Opened, k.Closed, k.Rolled, k.Open} {
		r.cells = append(r.cells, d.countCell(int64(n), st))
	}
	oldest := cell{text: "–", st: st.with(faint)}
	if k.Oldest >= 0 {
		oldest = cell{text: d.clean(d.count(k.Oldest)), st: st}
	}
	return row{cells: append(r.cells, oldest)}
}

// countCell is a number; nought is a dash.
func (d *document) countCell(n int64, st style) cell {
	if n == 0 {
		return cell{text: "–", st: st.with(faint)}
	}
	return cell{text: d.clean(d.r.Text.Count(n)), st: st}
}

// ages is how long the exceptions have been open: how many, of how many
// subscriptions and licences, and what these cost now, a line a currency.
func (d *document) ages(rf *report.RollForward) {
	a := &rf.Ages
	if rf.Total.Open+rf.Total.Accepted == 0 {
		return
	}
	figures := report.AgeBands + 1
	if rf.Total.Accepted > 0 {
		figures++
	}
	figure := d.mm(22)
	t := &table{left: d.left, step: 5.8, columns: []column{{"", d.right - d.left - float64(figures)*figure, false}}}
	for _, name := range d.r.Text.AgeBandNames() {
		t.columns = append(t.columns, column{d.clean(name), figure, true})
	}
	t.columns = append(t.columns, column{d.label("rf.open"), figure, true})
	if rf.Total.Accepted > 0 {
		t.columns = append(t.columns, column{d.label("rf.accepted"), figure, true})
	}
	var exceptions, subscriptions [report.AgeBands]int64
	for i := range a.Exceptions {
		exceptions[i], subscriptions[i] = int64(a.Exceptions[i]), int64(a.Subscriptions[i])
	}
	count := func(n int64) cell { return d.countCell(n, cellStyle) }
	add := func(name printable, bands [report.AgeBands]int64, accepted int64, show func(int64) cell) {
		t.rows = append(t.rows, ageRow(name, bands, accepted, show, len(t.columns)))
	}
	add(d.label("pdf.exceptions"), exceptions, int64(a.AcceptedExceptions), count)
	add(d.label("col.subscriptions"), subscriptions, int64(a.AcceptedSubscriptions), count)
	add(d.label("col.licences"), a.Licences, a.AcceptedLicences, count)
	for i := range a.Money {
		if m := &a.Money[i]; m.Any() {
			add(d.clean(d.r.Text.Named(d.r.Text.Label("col.cost_now"), m.Currency)), m.Bands, m.Accepted, func(minor int64) cell { return d.amountCell(minor, m.Currency) })
		}
	}
	note := d.r.Text.Label("rf.ages_note")
	d.needWhole(t, note)
	d.part(d.label("rf.ages"), nil, t, note)
}

// needWhole begins a new page where a part does not fit this one and fits that.
func (d *document) needWhole(t *table, about string) {
	h := partGap + 8 + float64(len(d.wrap(d.clean(about), d.right-d.left, captionStyle)))*lead + d.headHeight(t.columns)
	for i := range t.rows {
		h += d.rowHeight(t, &t.rows[i])
	}
	if h < d.bottom-textTop {
		d.need(h)
	}
}

// ageRow is a line of the ages: each band, their sum and, if the table has the
// column, what somebody accepted until a day.
func ageRow(name printable, bands [report.AgeBands]int64, accepted int64, show func(int64) cell, columns int) row {
	r := row{cells: []cell{{text: name, st: cellStyle}}}
	var open int64
	for _, n := range bands {
		r.cells = append(r.cells, show(n))
		open += n
	}
	sum := show(open)
	sum.st = sum.st.in(bold)
	r.cells = append(r.cells, sum, show(accepted))
	return row{cells: r.cells[:columns]}
}

// A movedList shows exceptions: line gives the i-th, row how it is printed.
type movedList struct {
	columns []column
	line    func(int) report.ExceptionLine
	row     func(*report.ExceptionLine) row
}

// moved lists the first of n exceptions, and says where the others are.
func (d *document) moved(key, date string, n int, list movedList) {
	if n == 0 {
		return
	}
	listed := min(n, movedListed)
	t := &table{left: d.left, noteAt: d.mm(5), columns: list.columns}
	for i := range listed {
		l := list.line(i)
		t.rows = append(t.rows, list.row(&l))
	}
	if n > listed {
		t.after = moreRoom
	}
	d.part(d.label(key, "date", date), nil, t)
	d.more(n-listed, "sheet.changes")
}

// openColumns are those of exceptions that are open, with their age in days.
func (d *document) openColumns(aged bool) []column {
	columns := []column{{"", d.mm(5), false}, {d.label("col.customer"), d.mm(50), false}}
	rest := d.right - d.left - d.mm(124)
	if aged {
		rest -= d.mm(14)
	}
	columns = append(columns, column{d.label("col.current_offer"), rest, false})
	if aged {
		columns = append(columns, column{d.label("col.days_open"), d.mm(14), true})
	}
	return append(columns,
		column{d.label("col.licences_short"), d.mm(14), true},
		column{d.label("col.cost_now"), d.mm(29), true},
		column{"", d.mm(2), false},
		column{d.label("col.decide_by"), d.mm(24), false})
}

// movedCells are what all lists begin with.
func (d *document) movedCells(l *report.ExceptionLine) []cell {
	return []cell{
		{mark: d.marker(l.Status)},
		{text: d.nameOf(l.Customer, ""), st: cellStyle.in(bold)},
		{text: d.clean(l.Offer), st: cellStyle},
	}
}

func (d *document) openedRow(l *report.ExceptionLine) row {
	return row{note: d.foundSince(l), cells: append(d.movedCells(l), d.openCells(l)...)}
}

func (d *document) rolledRow(l *report.ExceptionLine) row {
	return row{note: d.foundSince(l), cells: append(append(d.movedCells(l), d.daysOpen(l)), d.openCells(l)...)}
}

func (d *document) daysOpen(l *report.ExceptionLine) cell {
	return cell{text: d.clean(d.count(l.Days)), st: cellStyle}
}

// foundSince is what keeps the subscription from Ready and, unless that is new,
// since when.
func (d *document) foundSince(l *report.ExceptionLine) printable {
	if l.Days == 0 {
		return d.clean(l.What)
	}
	t := d.r.Text
	return d.clean(l.What + " · " + t.Named(t.Label("col.open_since"), t.Day(l.Since)))
}

// openCells are licences, cost and the day to decide.
func (d *document) openCells(l *report.ExceptionLine) []cell {
	by := cell{text: d.clean(d.r.Text.Day(l.DecideBy)), st: cellStyle}
	if l.Late {
		by = cell{text: d.label("now"), st: cellStyle.in(bold).with(alarm)}
	}
	cost := cell{}
	if l.Cost.Known() {
		cost = cell{text: d.clean(d.r.Text.Money(l.Cost.Minor(), l.Currency)), st: cellStyle}
	}
	return []cell{d.licencesCell(l), cost, {}, by}
}

func (d *document) licencesCell(l *report.ExceptionLine) cell {
	if !l.Licences.Known {
		return cell{}
	}
	return cell{text: d.clean(d.r.Text.Count(int64(l.Licences.N))), st: cellStyle}
}

func (d *document) closedColumns() []column {
	return []column{
		{"", d.mm(5), false},
		{d.label("col.customer"), d.mm(50), false},
		{d.label("col.current_offer"), d.right - d.left - d.mm(129), false},
		{d.label("col.days_open"), d.mm(14), true},
		{d.label("col.licences_short"), d.mm(14), true},
		{"", d.mm(3), false},
		{d.label("col.how_closed"), d.mm(43), false},
	}
}

func (d *document) closedRow(l *report.ExceptionLine) row {
	return row{note: d.foundSince(l), cells: append(d.movedCells(l),
		d.daysOpen(l), d.licencesCell(l), cell{}, cell{text: d.clean(l.How), st: cellStyle})}
}
