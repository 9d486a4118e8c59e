package pdf

import (
	"cspplan/reconcile"
	"cspplan/report"
)

// Heights in mm of the plan by month.
const (
	planRowHeight = 10.6 // two lines
	planFirst     = 4.1  // from the top of a row to its first baseline
	planLine      = 4.2  // between baselines
	planTitle     = 8.4  // of a month's heading
	totalHeight   = 6.6  // first line of a total
	costLines     = 10   // amounts in one row; a folded row with more goes on in further rows
)

// planColumns are where the columns of the plan begin and end.
type planColumns struct {
	customer, offer       float64 // left edges
	customerW, offerW     float64
	statusW, licencesEnd  float64
	licencesW, costW, end float64
}

// columnsOfPlan gives the status column what the language's words need, at
// the cost of the names.
func (d *document) columnsOfPlan() planColumns {
	first := max(d.mm(23), min(d.statusWidth(captionStyle)+cellGap, d.mm(40)))
	cost, licences := d.mm(32), d.mm(14)
	names := d.right - d.left - first - cost - licences
	c := planColumns{
		customer: d.left + first, customerW: names * 0.47,
		statusW: first - cellGap, licencesW: licences, costW: cost, end: d.right,
	}
	c.offer, c.offerW = c.customer+c.customerW, names-c.customerW
	c.licencesEnd = d.right - cost
	return c
}

// A planRow is what one two-line row of the plan shows: a line of the model,
// or the amounts of a folded line that did not fit its first row.
type planRow struct {
	line  *report.PlanLine
	costs []report.Total
	more  bool // carries only further amounts of the line above
}

func (p *planRow) height() float64 {
	return planRowHeight + float64(max(0, len(p.costs)-2))*planLine
}

// planRows splits lines with more currencies than a row holds.
func planRows(lines []report.PlanLine) []planRow {
	rows := make([]planRow, 0, len(lines))
	for i := range lines {
		p := planRow{line: &lines[i], costs: lines[i].Costs}
		for len(p.costs) > costLines {
			rows = append(rows, planRow{p.line, p.costs[:costLines], p.more})
			p = planRow{p.line, p.costs[costLines:], true}
		}
		rows = append(rows, p)
	}
	return rows
}

// plan is the section of all subscriptions in order of expiry.
func (d *document) plan() {
	d.begin(sectionPlan, d.label("pdf.plan_by_month"))
	if d.r.Folded != "" || d.r.Money.NoPrice > 0 {
		d.y -= 3
		d.paragraph(d.left, d.right-d.left, d.clean(d.r.Folded), bodyStyle.with(secondary))
		if n := d.r.Money.NoPrice; n > 0 {
			note := d.r.Text.Label("pdf.no_price", "n", d.count(n), "lic", d.r.Text.Count(d.r.Money.NoPriceL))
			d.paragraph(d.left, d.right-d.left, d.clean(noPriceSign+" "+note), noteStyle)
		}
		d.y += 6
	}
	d.y -= 6 // the first month opens the section: no room above it
	c := d.columnsOfPlan()
	for i := range d.r.Months {
		d.month(&c, &d.r.Months[i])
	}
}

// month draws one month: heading, rows, total. A heading never stands without
// two rows, a total never alone, and no row is split.
func (d *document) month(c *planColumns, m *report.MonthGroup) {
	rows := planRows(m.Lines)
	if len(rows) == 0 {
		return
	}
	title := d.clean(m.Title)
	d.gap(4)
	d.need(planTitle + d.planHeadHeight(c) + kept(rows, 0))
	d.bookmark(title, 1, d.y)
	d.monthTitle(title, d.clean(d.monthCounts(m)))
	d.planHead(c)
	atTop := true
	for i := range rows {
		if !atTop && d.need(kept(rows, i)) {
			d.monthTitle(d.label("doc.continued", "title", m.Title), "")
			d.planHead(c)
			atTop = true
		}
		repeat := !atTop && i > 0 && sameCustomer(rows[i].line, rows[i-1].line)
		d.planRow(c, &rows[i], repeat)
		next := i+1 < len(rows) && sameCustomer(rows[i].line, rows[i+1].line)
		d.planRule(c, next)
		atTop = false
	}
	d.monthTotal(c, m)
}

// kept is the room that row i needs together with what must stand on the same
// page: at the start the second row, at the end the last row and the total.
func kept(rows []planRow, i int) float64 {
	h, last := rows[i].height(), len(rows)-1
	if i == 0 && last > 0 {
		h += rows[1].height()
		if last == 2 {
			h += rows[2].height()
		}
	}
	if i > 0 && i == last-1 {
		h += rows[last].height()
	}
	if i >= last-1 || i == 0 && last == 2 {
		h += totalHeight
	}
	return h
}

// sameCustomer tells whether the second of two rows need not say the name and
// the date again.
func sameCustomer(a, b *report.PlanLine) bool {
	return a.Customer == b.Customer && a.Expires == b.Expires && (a.Row < 0) == (b.Row < 0)
}

// monthCounts is what stands beside a month's name. Done rows are listed, but
// counted apart: they are in no total.
func (d *document) monthCounts(m *report.MonthGroup) string {
	t := d.r.Text
	counts := t.Named(t.Label("col.subscriptions"), d.count(m.Subs-m.Done)) + " · " + t.Named(t.Label("col.licences"), t.Count(m.Licences-m.DoneLicences))
	if m.Done > 0 {
		counts += " · " + t.Named(t.Label("status.done"), d.bracketed(m.Done, m.DoneLicences))
	}
	return counts
}

func (d *document) monthTitle(title, counts printable) {
	d.y += 4.4
	end := d.text(d.left, d.y, d.clip(title, d.mm(100), h2Style), h2Style)
	d.text(end+3.5, d.y, counts, bodyStyle.with(secondary))
	d.y += planTitle - 4.4 - 2.6
}

func (d *document) planHeads(c *planColumns) []column {
	offers := d.clean(d.r.Text.Label("col.current_offer") + " → " + d.r.Text.Label("col.csp_offer"))
	return []column{
		{d.label("col.expires"), c.customer - d.left, false},
		{d.label("col.customer"), c.customerW, false},
		{offers, c.offerW, false},
		{d.label("col.licences_short"), c.licencesW, true},
		{d.label("col.cost_now"), c.costW, true},
	}
}

func (d *document) planHeadHeight(c *planColumns) float64 { return d.headHeight(d.planHeads(c)) }

func (d *document) planHead(c *planColumns) { d.tableHead(d.left, d.planHeads(c), 0) }

// planRow draws one row and counts it.
func (d *document) planRow(c *planColumns, p *planRow, repeat bool) {
	base := d.y + planFirst
	if !p.more {
		d.tally.line(p.line)
		d.planWho(c, base, p.line, repeat)
		d.planWhat(c, base, p.line)
	}
	for i, cost := range p.costs {
		d.planCost(c, base+float64(i)*planLine, cost, cellStyle)
	}
	if len(p.costs) == 0 && p.line.NoPrice {
		d.textRight(c.end, base, noPriceSign, subtitleStyle)
	}
	d.y += p.height()
}

// planWho is the left half: date, status and customer. A repeated row shows
// its status alone, on the first line.
func (d *document) planWho(c *planColumns, base float64, l *report.PlanLine, repeat bool) {
	if repeat {
		d.status(d.left, base, c.statusW, l.Status, captionStyle)
		return
	}
	st := cellStyle.with(secondary)
	if l.Burning {
		st = cellStyle.in(bold).with(alarm)
	}
	below := base + planLine
	if date := d.clean(d.r.Text.Day(l.Expires)); date != "" {
		d.text(d.left, base, date, d.fit(date, c.statusW, st))
	} else {
		below = base
	}
	d.status(d.left, below, c.statusW, l.Status, captionStyle)
	for i, name := range d.wrapTo(2, d.nameOf(l.Customer, l.Domain), c.customerW-cellGap, cellStyle.in(bold)) {
		d.text(c.customer, base+float64(i)*planLine, name, cellStyle.in(bold))
	}
}

// noPriceSign stands where a cost is not known, and before the sentence at the
// head of the section that counts those rows.
const noPriceSign = "¹"

// planWhat is the right half: offer, CSP offer, licences. The current offer
// goes as far as its figure leaves room, the CSP offer on below it. A done row is in no total, so its figure is faint.
func (d *document) planWhat(c *planColumns, base float64, l *report.PlanLine) {
	st := cellStyle.with(secondary)
	if l.ArrowBad {
		st = cellStyle.with(alarm)
	}
	figure := cellStyle
	if l.Status == reconcile.Done {
		figure = figure.with(faint)
	}
	licences := d.clean(d.r.Text.Count(l.Licences))
	figure = d.fit(licences, c.licencesW-1, figure)
	d.squeezed(c.offer, base, c.licencesEnd-d.width(licences, figure)-cellGap-c.offer, d.clean(l.Offer), cellStyle)
	below := c.licencesEnd
	if len(l.Costs) < 2 { // no second amount stands there
		below = c.end
	}
	d.squeezed(c.offer, base+planLine, below-cellGap-c.offer, d.clean(l.Arrow), st)
	d.textRight(c.licencesEnd, base, licences, figure)
}

// planCost draws an amount; nought is a dash behind its currency.
func (d *document) planCost(c *planColumns, baseline float64, t report.Total, st style) {
	money := d.clean(d.r.Text.Money(t.Minor, t.Currency))
	if t.Minor == 0 {
		money = d.clean(t.Currency + "\u00a0–")
	}
	d.textRight(c.end, baseline, money, d.fit(money, c.costW-cellGap, st))
}

// planRule closes a row: a short rule within a customer, a long one between.
func (d *document) planRule(c *planColumns, within bool) {
	left := d.left
	if within {
		left = c.offer
	}
	d.rule(left, c.end, d.y, hairline, 0.15)
}

// monthTotal is licences and one line a currency. Its first line is kept with
// the last row; further currencies may go on.
func (d *document) monthTotal(c *planColumns, m *report.MonthGroup) {
	st := cellStyle.in(bold)
	d.rule(d.left, c.end, d.y, ink, 0.3)
	d.y += planLine + 0.4
	d.text(d.left, d.y, d.clip(d.clean(d.r.Text.MonthTotal(m.Month)), d.mm(110), st), st)
	d.textRight(c.licencesEnd, d.y, d.clean(d.r.Text.Count(m.Licences-m.DoneLicences)), st)
	for i, t := range m.Totals {
		if i > 0 {
			d.need(planLine)
			d.y += planLine
		}
		d.planCost(c, d.y, t, st)
	}
	d.y += 2
}
