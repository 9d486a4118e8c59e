package pdf

import (
	"strings"

	"cspplan/report"
)

// money is the section of the run-rate, the bars, the overlap and the credits.
func (d *document) money() {
	d.begin(sectionMoney, d.label("pdf.money"))
	d.y -= 3
	d.paragraph(d.left, d.right-d.left, d.label("money.no_fx"), bodyStyle.with(secondary))
	d.runRate()
	d.bars()
	d.views()
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
	t := table{left: d.left, title: title, columns: columns}
	for i := range d.r.Money.Lines {
		t.rows = append(t.rows, d.runRateRow(&d.r.Money.Lines[i]))
	}
	d.gap(6)
	d.need(8 + d.tableStart(&t))
	d.heading(title)
	d.table(&t)
	d.y += 1
	d.paragraph(d.left, d.right-d.left, d.label("pdf.runrate_note"), noteStyle)
	d.bothPricesNote()
	for _, note := range d.r.MoneyNotes {
		if note != d.r.Text.Label("money.no_fx") { // stands above the table
			d.paragraph(d.left, d.right-d.left, d.clean(note), noteStyle)
		}
	}
}

// bothPricesNote says which part of what can move has a CSP price to compare
// with, where it is not all of it: else now and CSP would not give the
// difference.
func (d *document) bothPricesNote() {
	var parts []string
	for i := range d.r.Money.Lines {
		if l := &d.r.Money.Lines[i]; l.CanMoveNow != l.CanMove && l.CanMoveCompared() {
			parts = append(parts, d.r.Text.Money(l.CanMoveNow, l.Currency))
		}
	}
	if len(parts) > 0 {
		note := d.label("pdf.can_both", "amounts", strings.Join(parts, " · "))
		d.paragraph(d.left, d.right-d.left, note, noteStyle)
	}
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

// amountCell is an amount without its currency; nought is a dash.
func (d *document) amountCell(minor int64, currency string) cell {
	if minor == 0 {
		return cell{text: "–", st: cellStyle.with(faint)}
	}
	return cell{text: d.clean(d.r.Text.Amount(minor, currency)), st: cellStyle}
}

// views are four looks at the same money, side by side and never summed:
// overlap, credits, prepaid and lock-in.
func (d *document) views() {
	const gap = 10.0
	w := (d.right - d.left - gap) / 2
	overlap := d.view(d.left, w, "pdf.all_today", "pdf.at_planned", func(l *report.CurrencyLine) (a, b int64) {
		return l.OverlapToday, l.OverlapPlanned
	})
	credits := d.view(d.left+w+gap, w, "pdf.we_ask", "pdf.customer_asks", func(l *report.CurrencyLine) (a, b int64) {
		return l.CreditWe, l.CreditCustomer
	})
	d.pair(w, gap, viewText{d.label("pdf.overlap"), d.label("overlap.why")}, viewText{d.label("pdf.credits"), d.label("pdf.credit_note")}, overlap, credits)

	ended := d.view(d.left, w, "col.prepaid_lost", "col.locked_in", func(l *report.CurrencyLine) (a, b int64) {
		return l.PrepaidLost, l.LockedIn
	})
	if len(ended.rows) > 0 {
		d.gap(4)
		d.table(ended)
	}
}

// view is a table of two amounts for the currencies that have one.
func (d *document) view(left, w float64, first, second string, amounts func(*report.CurrencyLine) (a, b int64)) *table {
	cur := w * 0.24
	t := &table{left: left, columns: []column{
		{"", cur, false}, {d.label(first), (w - cur) / 2, true}, {d.label(second), (w - cur) / 2, true},
	}}
	for i := range d.r.Money.Lines {
		l := &d.r.Money.Lines[i]
		a, b := amounts(l)
		if a == 0 && b == 0 {
			continue
		}
		t.rows = append(t.rows, row{cells: []cell{
			{text: d.clean(l.Currency), st: cellStyle.in(bold)}, d.amountCell(a, l.Currency), d.amountCell(b, l.Currency),
		}})
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
	why := max(len(d.wrap(leftText.why, w, captionStyle)), len(d.wrap(rightText.why, w, captionStyle)))
	intro := 10 + float64(why)*3.9
	head := max(d.headHeight(left.columns), d.headHeight(right.columns))
	d.gap(7)
	d.need(intro + head + rowHeight*float64(min(3, max(len(left.rows), len(right.rows)))))
	top := d.y
	d.viewHead(d.left, w, leftText)
	d.y = top
	d.viewHead(d.left+w+gap, w, rightText)
	d.y = top + intro
	for {
		n := min(int((d.bottom-d.y-head)/rowHeight), max(len(left.rows), len(right.rows)))
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

// viewHead draws the heading of a half-width table and why it is there.
func (d *document) viewHead(x, w float64, text viewText) {
	d.text(x, d.y+4.4, text.title, d.fit(text.title, w, h2Style)) // a long language: smaller rather than cut
	d.y += 6
	for _, l := range d.wrap(text.why, w, captionStyle) {
		d.y += 3.9
		d.text(x, d.y-0.6, l, captionStyle)
	}
}
