package pdf

import (
	"strings"

	"cspplan/report"
)

// money is the section of the run-rate, the bars, the overlap and the credits.
func (d *document) money() {
	d.begin(sectionMoney, d.label("pdf.money"))
	d.y -= 3
	d.paragraph(d.left, d.right-d.left, d.clean(d.r.MoneyNotes[0]), bodyStyle.with(secondary))
	d.runRate()
	d.bars()
	d.views()
}

// moneyRow is the height of a row of the section: with many currencies they
// move together, so that up to eight fit its one page.
func (d *document) moneyRow() float64 {
	if len(d.r.Money.Lines) <= 4 {
		return rowHeight
	}
	return 5.6
}

// runRate is cost now in three parts and cost in CSP, a line a currency.
func (d *document) runRate() {
	title := d.label("pdf.runrate")
	w := d.mm(24)
	columns := []column{
		{"", d.right - d.left - d.mm(16) - 6*w, false},
		{d.label("col.subscriptions_short"), d.mm(16), true},
	}
	for _, key := range []string{"col.cost_now", "pdf.cannot", "pdf.to_decide", "pdf.can_now", "pdf.can_csp", "col.difference"} {
		columns = append(columns, column{d.label(key), w, true})
	}
	t := table{left: d.left, title: title, columns: columns, step: d.moneyRow()}
	for i := range d.r.Money.Lines {
		t.rows = append(t.rows, d.runRateRow(&d.r.Money.Lines[i]))
	}
	if c := d.r.Converted; c != nil {
		t.rows = append(t.rows, d.convertedRow(c))
	}
	d.gap(6)
	d.need(8 + d.tableStart(&t))
	d.heading(title)
	d.table(&t)
	d.y += 1
	d.paragraph(d.left, d.right-d.left, d.clean(strings.Join(d.runRateNotes(), " ")), noteStyle)
}

// runRateNotes says how the columns belong together and what they leave out.
func (d *document) runRateNotes() []string {
	notes := []string{d.r.Text.Label("pdf.runrate_note")}
	if note := d.bothPricesNote(); note != "" {
		notes = append(notes, note)
	}
	return append(notes, d.r.MoneyNotes[1:]...) // the first stands above the table
}

// bothPricesNote says which part of what can move has a CSP price to compare
// with, where it is not all of it: else now and CSP would not give the
// difference.
func (d *document) bothPricesNote() string {
	var parts []string
	for i := range d.r.Money.Lines {
		if l := &d.r.Money.Lines[i]; l.CanMoveNow != l.CanMove && l.CanMoveCompared() {
			parts = append(parts, d.r.Text.Money(l.CanMoveNow, l.Currency))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return d.r.Text.Label("pdf.can_both", "amounts", strings.Join(parts, " · "))
}

func (d *document) runRateRow(l *report.CurrencyLine) row {
	r := row{cells: []cell{
		{text: d.clean(l.Currency), st: cellStyle.in(bold)},
		{text: d.clean(d.count(l.Subscriptions)), st: cellStyle},
	}}
	for _, minor := range []int64{l.CostNow, l.Cannot, l.ToDecide, l.CanMove} {
		r.cells = append(r.cells, d.amountCell(minor, l.Currency))
	}
	if !l.CanMoveCompared() {
		return row{cells: append(r.cells, cell{}, cell{})}
	}
	r.cells = append(r.cells, d.amountCell(l.CanMoveCSP, l.Currency), d.amountCell(l.CanMoveDifference(), l.Currency))
	return r
}

// convertedRow is all currencies in one, in italics, with the day of the rates
// below it: no figure of it is a total of the plan.
func (d *document) convertedRow(c *report.Converted) row {
	r := d.runRateRow(&c.Line)
	for i := range r.cells {
		r.cells[i].st = noteStyle
	}
	r.cells[0].text = d.clean("≈ " + c.Line.Currency)
	r.note = d.clean(c.Label)
	return r
}

// amountCell is an amount without its currency; nought is a dash.
func (d *document) amountCell(minor int64, currency string) cell {
	if minor == 0 {
		return cell{text: "–", st: cellStyle.with(faint)}
	}
	return cell{text: d.clean(d.r.Text.Amount(minor, currency)), st: cellStyle}
}

// views are looks at the same money, side by side and never summed: what is
// paid twice if moved early and bound if moved late, what may be credited and
// what is lost of what is prepaid.
func (d *document) views() {
	const gap = 8.0
	w := (d.right - d.left - gap) / 2
	overlap := d.view(d.left, w, viewColumns{
		{"pdf.all_today", func(l *report.CurrencyLine) int64 { return l.OverlapToday }},
		{"pdf.at_planned", func(l *report.CurrencyLine) int64 { return l.OverlapPlanned }},
		{"col.locked_in", func(l *report.CurrencyLine) int64 { return l.LockedIn }},
	})
	credits := d.view(d.left+w+gap, w, viewColumns{
		{"pdf.we_ask", func(l *report.CurrencyLine) int64 { return l.CreditWe }},
		{"pdf.customer_asks", func(l *report.CurrencyLine) int64 { return l.CreditCustomer }},
		{"pdf.prepaid_lost", func(l *report.CurrencyLine) int64 { return l.PrepaidLost }},
	})
	d.pair(w, gap, viewText{d.label("pdf.overlap"), d.label("overlap.why")}, viewText{d.label("pdf.credits"), d.label("pdf.credit_note")}, overlap, credits)
}

// viewColumns are the amounts of one view: the label and the figure of each.
type viewColumns []struct {
	label  string
	amount func(*report.CurrencyLine) int64
}

// view is a table of amounts for the currencies that have any of them.
func (d *document) view(left, w float64, amounts viewColumns) *table {
	currency := d.mm(11)
	t := &table{left: left, step: d.moneyRow(), columns: []column{{"", currency, false}}}
	for _, a := range amounts {
		t.columns = append(t.columns, column{d.label(a.label), (w - currency) / float64(len(amounts)), true})
	}
	for i := range d.r.Money.Lines {
		l := &d.r.Money.Lines[i]
		r := row{cells: []cell{{text: d.clean(l.Currency), st: cellStyle.in(bold)}}}
		some := false
		for _, a := range amounts {
			minor := a.amount(l)
			some = some || minor != 0
			r.cells = append(r.cells, d.amountCell(minor, l.Currency))
		}
		if some {
			t.rows = append(t.rows, r)
		}
	}
	return t
}

// viewText is the heading of a half-width table and the sentence under it.
type viewText struct{ title, why printable }

// pair draws two half-width tables beside each other; both go on to the next
// page together.
func (d *document) pair(w, gap float64, leftText, rightText viewText, left, right *table) {
	if len(left.rows)+len(right.rows) == 0 {
		return
	}
	for _, t := range []*table{left, right} {
		if len(t.rows) == 0 { // not a heading above nothing
			t.rows = []row{d.nothing(t)}
		}
	}
	why := max(len(d.wrap(leftText.why, w, captionStyle)), len(d.wrap(rightText.why, w, captionStyle)))
	intro := 10 + float64(why)*3.9
	head := max(d.headHeight(left.columns), d.headHeight(right.columns))
	d.gap(7)
	step := left.oneLine()
	d.need(intro + head + step*float64(min(3, max(len(left.rows), len(right.rows)))))
	top := d.y
	d.viewHead(d.left, w, leftText)
	d.y = top
	d.viewHead(d.left+w+gap, w, rightText)
	d.y = top + intro
	for {
		n := min(int((d.bottom-d.y-head)/step), max(len(left.rows), len(right.rows)))
		top = d.y
		low := top
		for _, t := range []*table{left, right} {
			d.y = top
			part := *t
			part.head = head
			part.rows = t.rows[:min(n, len(t.rows))]
			if len(part.rows) > 0 {
				d.table(&part)
			}
			t.rows = t.rows[len(part.rows):]
			low = max(low, d.y)
		}
		d.y = low
		if len(left.rows)+len(right.rows) == 0 {
			return
		}
		d.newPage()
	}
}

// nothing is a row of dashes.
func (d *document) nothing(t *table) row {
	r := row{cells: make([]cell, len(t.columns))}
	for i := 1; i < len(r.cells); i++ {
		r.cells[i] = cell{text: "–", st: cellStyle.with(faint)}
	}
	return r
}

// viewHead draws the heading of a half-width table and why it is there.
func (d *document) viewHead(x, w float64, text viewText) {
	d.text(x, d.y+4.4, text.title, d.fit(text.title, w, h2Style)) // a long language: smaller rather than cut
	d.y += 6
	for _, l := range d.wrap(text.why, w, captionStyle) {
		d.y += 3.9
		d.text(x, d.y-0.6, l, captionStyle)
	}
}
