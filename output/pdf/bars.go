package pdf

import "cspplan/report"

const (
	barCurrencies = 8   // bars for the currencies with most subscriptions; the table has all
	barColumn     = 4   // more currencies than that stand in two columns
	barHeight     = 3.2 // of one bar
	barStep       = 6.0 // from one currency to the next, with one bar
	barSecond     = 3.0 // more with two
	barLabel      = 13.0
	barGap        = 8.0 // between two columns
	hatchStep     = 1.3
)

// bars show for each currency how much of today's cost can move, is to be
// decided, cannot; and below it what the moving part costs in CSP. What is
// today is solid or hatched, what is planned is outlined.
func (d *document) bars() {
	lines := d.barLines()
	if len(lines) == 0 {
		return
	}
	d.gap(5.5)
	d.need(16 + 2*(barStep+barSecond))
	d.heading(d.label("pdf.share"))
	d.barLegend()
	if len(lines) > barColumn {
		d.barsInTwoColumns(lines)
	} else {
		for _, l := range lines {
			d.need(barStep + barSecond)
			d.y += d.barPair(d.left, d.right-d.left, d.mm(46), l)
		}
	}
	if len(lines) > 1 {
		d.paragraph(d.left, d.right-d.left, d.label("pdf.own_scale"), noteStyle)
	}
}

// barsInTwoColumns draws the currencies down the left half and then the right.
func (d *document) barsInTwoColumns(lines []*report.CurrencyLine) {
	const step = barStep + barSecond - 0.6
	rows := (len(lines) + 1) / 2
	d.need(float64(rows) * step)
	top, w := d.y, (d.right-d.left-barGap)/2
	for i, l := range lines {
		d.y = top + float64(i%rows)*step
		d.barPair(d.left+float64(i/rows)*(w+barGap), w, d.mm(36), l)
	}
	d.y = top + float64(rows)*step + 0.6
}

// barLines are the currencies that get bars: those with an amount.
func (d *document) barLines() []*report.CurrencyLine {
	var lines []*report.CurrencyLine
	for i := range d.r.Money.Lines {
		if l := &d.r.Money.Lines[i]; max(l.CostNow, l.CanMoveCSP) > 0 && len(lines) < barCurrencies {
			lines = append(lines, l)
		}
	}
	return lines
}

// barFill is how one part of a bar looks.
type barFill uint8

const (
	fillCan barFill = iota
	fillToDecide
	fillCannot
	fillPlanned
)

func (d *document) barLegend() {
	x, y := d.left, d.y+3
	keys := []string{"pdf.legend_can", "pdf.legend_decide", "pdf.legend_cannot", "pdf.legend_csp"}
	for i, key := range keys {
		word := d.label(key)
		if w := 6.5 + d.width(word, captionStyle); x+w > d.right {
			x, y = d.left, y+4.6
		}
		d.barRect(x, y-2.3, 5, 2.5, barFill(i))
		x = d.text(x+6.5, y, word, captionStyle) + 6
	}
	d.y = y + 3
}

// barPair draws the two bars of a currency from left on, w wide, with room for
// the amounts behind them, and returns the height they take. Each currency has
// its own scale: its larger bar has the full width. A white line in the solid
// part marks up to where there is a CSP price to compare with.
func (d *document) barPair(left, w, room float64, l *report.CurrencyLine) float64 {
	scale := (w - barLabel - room) / float64(max(l.CostNow, l.CanMoveCSP))
	x, right := left+barLabel, left+w
	d.text(left, d.y+4, d.clean(l.Currency), cellStyle.in(bold))
	for i, minor := range []int64{l.CanMove, l.ToDecide, l.Cannot} {
		part := float64(minor) * scale
		d.barRect(x, d.y+1, part, barHeight, barFill(i))
		x += max(part, 0)
	}
	if l.CanMoveNow > 0 && l.CanMoveNow < l.CanMove {
		d.setLine(white, 0.5)
		mark := left + barLabel + float64(l.CanMoveNow)*scale
		d.pdf.Line(mark, d.y+1, mark, d.y+1+barHeight)
	}
	d.barNote(x, right, d.y+3.5, d.r.Text.Amount(l.CostNow, l.Currency))
	if l.CanMoveCSP == 0 {
		return barStep
	}
	planned := float64(l.CanMoveCSP) * scale
	d.barRect(left+barLabel, d.y+1.5+barHeight, planned, barHeight-0.4, fillPlanned)
	note := d.r.Text.Amount(l.CanMoveCSP, l.Currency)
	if more := l.CanMoveDifference(); more != 0 {
		note += " (" + d.signed(more, l.Currency) + ")"
	}
	d.barNote(left+barLabel+planned, right, d.y+3.7+barHeight, note)
	return barStep + barSecond
}

// barNote is an amount behind a bar, between x and right.
func (d *document) barNote(x, right, baseline float64, note string) {
	text := d.clean(note)
	d.text(x+2, baseline, text, d.fit(text, right-x-2, captionStyle.with(ink)))
}

// signed is an amount that shows its sign either way.
func (d *document) signed(minor int64, currency string) string {
	if minor > 0 {
		return "+" + d.r.Text.Amount(minor, currency)
	}
	return d.r.Text.Amount(minor, currency)
}

// barRect is one part of a bar. What is too narrow to show its fill is still
// drawn, as a line.
func (d *document) barRect(x, y, w, h float64, fill barFill) {
	if w <= 0 {
		return
	}
	w = max(w, 0.2)
	switch fill {
	case fillCan:
		d.setFill(secondary)
		d.setLine(secondary, 0.2)
		d.pdf.Rect(x, y, w, h, "FD")
	case fillToDecide:
		d.setFill(amberTint)
		d.setLine(amber, 0.2)
		d.pdf.Rect(x, y, w, h, "FD")
	case fillCannot:
		d.hatch(x, y, w, h)
	case fillPlanned:
		d.setFill(white)
		d.setLine(ink, 0.25)
		d.pdf.Rect(x, y, w, h, "FD")
	}
}

// hatch fills a rectangle with slanting lines: it stays apart from the solid
// parts on a printer without colours.
func (d *document) hatch(x, y, w, h float64) {
	d.setFill(tint)
	d.setLine(fillLoss, 0.3)
	d.pdf.Rect(x, y, w, h, "F")
	d.pdf.ClipRect(x, y, w, h, false)
	for offset := -h; offset < w; offset += hatchStep {
		d.pdf.Line(x+offset, y+h, x+offset+h, y)
	}
	d.pdf.ClipEnd()
	d.setLine(alarm, 0.2)
	d.pdf.Rect(x, y, w, h, "D")
}
