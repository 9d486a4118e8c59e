package pdf

import (
	"strconv"
	"strings"

	"cspplan/report"
)

// The chart of page 1 takes the room that the rest leaves, within bounds.
const (
	chartLow  = 10.0
	chartHigh = 58.0
)

// summary is page 1: what burns, four figures, when, what, and what finance is
// asked to do.
func (d *document) summary() {
	d.newPage()
	d.bookmark(d.clean(d.r.Title), 0, 0)
	d.titles()
	d.headline()
	if d.r.Subscriptions == 0 {
		d.y += 6
		d.paragraph(d.left, d.right-d.left, d.label("doc.nothing_expires"), bodyStyle)
	} else {
		d.keyFigures()
		d.timeline(d.chartHeight())
		d.matrix()
	}
	d.askFinance()
	if d.rulesOnSummary() {
		d.y += 6
		d.rules()
	}
	d.contents()
	d.seen.spare = d.bottom - d.y
	if d.pdf.PageNo() > 1 {
		d.seen.spare = -1
	}
}

// air is the room above a part of page 1.
func (d *document) air(h float64) float64 {
	if d.known.tight {
		return h / 2
	}
	return h
}

// chartHeight shares out what the pass before had left. In that pass the chart
// had the least height.
func (d *document) chartHeight() float64 {
	return max(chartLow, min(chartLow+d.known.spare, chartHigh))
}

func (d *document) titles() {
	d.text(d.left, d.y+1, d.clip(d.clean(d.r.Partner), d.mm(110), bodyStyle.in(bold)), bodyStyle.in(bold).with(secondary))
	d.textRight(d.right, d.y+1, d.label("doc.as_at", "date", d.r.Text.Day(d.r.AsOf)), bodyStyle.with(secondary))
	title := d.clean(d.r.Title)
	d.text(d.left, d.y+12.4, title, d.fit(title, d.right-d.left, titleStyle))
	d.y += 16
	d.paragraph(d.left, d.right-d.left, d.clean(d.r.Subtitle), subtitleStyle)
	d.y += 3.5
	d.rule(d.left, d.right, d.y, ink, 0.4)
}

// headline is the one sentence that must be read. A plan whose totals differ
// says so before anything else.
func (d *document) headline() {
	d.y += 2.2
	st := headlineStyle
	if d.r.Alarm || !d.r.Agree {
		st.color = alarm
	}
	if !d.r.Agree {
		d.paragraph(d.left, d.right-d.left, d.label("pdf.not_to_sign"), st)
		st.size = 11
	}
	for _, line := range d.sentence(3, d.clean(bound.Replace(d.r.Headline)), d.right-d.left, st) {
		d.y += st.size * mmPerPoint * 1.28
		d.text(d.left, d.y-1.2, line, st)
	}
}

// keyFigures are the four figures side by side, each with a rule above, what
// it is and how it is made.
func (d *document) keyFigures() {
	const gap = 6.0
	w := (d.right - d.left - 3*gap) / 4
	st := figureStyle // one size for all four
	for _, k := range d.r.KeyFigures {
		st = d.fit(d.clean(k.Number), w, st)
	}
	st.size = max(st.size, headlineStyle.size) // a giant shrinks alone
	top, low := d.y+d.air(4.5), 0.0
	for i, k := range d.r.KeyFigures {
		low = max(low, d.keyFigure(d.left+float64(i)*(w+gap), top, w, k, st))
	}
	d.y = low
	if len(d.r.Money.Lines) > 1 {
		note := d.label("pdf.main_currency", "cur", d.r.Money.Main, "page", d.page(sectionMoney))
		d.y += 1.2
		d.paragraph(d.left, d.right-d.left, note, noteStyle)
	}
}

// keyFigure draws one figure and returns the height at which it ends.
func (d *document) keyFigure(x, y, w float64, k report.KeyFigure, st style) float64 {
	c := ink
	if k.Alarm {
		c = alarm
	}
	d.rule(x, x+w, y, c, 0.4)
	number := d.clean(k.Number)
	d.text(x, y+7.6, number, d.fit(number, w, st).with(c))
	y += 12.6
	for _, l := range d.wrapTo(2, d.clean(k.What), w, cellStyle.in(bold)) {
		d.text(x, y, l, cellStyle.in(bold))
		y += 3.9
	}
	for _, l := range d.wrapTo(3, d.clean(k.How), w, captionStyle) {
		d.text(x, y, l, captionStyle)
		y += 3.5
	}
	return y - 1.5
}

// askFinance is what the reader is asked to do, numbered.
func (d *document) askFinance() {
	if len(d.r.AskFinance) == 0 {
		return
	}
	d.y += d.air(5.5)
	d.heading(d.label("pdf.ask_finance"))
	target := sectionExceptions
	if !d.has(target) {
		target = sectionMoney
	}
	most := askLines
	if d.known.tight {
		most--
	}
	for i, sentence := range d.r.AskFinance {
		d.numbered(i+1, most, strings.ReplaceAll(sentence, "{page}", d.page(target)))
	}
}

// askLines is how long a sentence to finance may be: amounts in many
// currencies end in …, the table of page 2 has them all.
const askLines = 3

// numbered draws a sentence of at most so many lines behind its number.
func (d *document) numbered(n, most int, sentence string) {
	const indent = 6.0
	lines := d.sentence(most, d.clean(bound.Replace(sentence)), d.right-d.left-indent, bodyStyle)
	d.need(float64(len(lines))*lead + 0.8)
	d.y += 0.8
	d.text(d.left, d.y+3.4, printable(strconv.Itoa(n)), bodyStyle.in(bold).with(secondary))
	for _, l := range lines {
		d.text(d.left+indent, d.y+3.4, l, bodyStyle)
		d.y += lead
	}
}

// page is the number of the page on which a section begins, as known from the
// pass before.
func (d *document) page(s section) string {
	if d.known.pages == 0 {
		return "00" // first pass: about as wide as the number to come
	}
	return d.count(d.known.starts[s])
}

// contents lists the sections in two columns, with links. On a page that has so
// much to say its lines stand closer.
func (d *document) contents() {
	above, below, step := 3.5, 4.0, 5.0
	if d.known.tight {
		above, below, step = 2.6, 3.2, 4.1
	}
	titles := [sections]string{"pdf.money", "pdf.plan_by_month", "pdf.exceptions", "trend.section", "pdf.method"}
	d.y += above + d.air(5)
	d.text(d.left, d.y, d.label("pdf.contents"), cellStyle.in(bold))
	d.y += step - 3.8
	const gap = 10.0
	w := (d.right - d.left - gap) / 2
	n := 0
	for s, key := range titles {
		if !d.has(section(s)) {
			continue
		}
		x := d.left + float64(n%2)*(w+gap)
		y := d.y + float64(n/2)*step
		title := d.clip(d.label(key), w-12, bodyStyle)
		d.text(x, y+3.9, title, bodyStyle.with(linkBlue))
		d.textRight(x+w, y+3.9, printable(d.page(section(s))), bodyStyle)
		d.pdf.Link(x, y, w, step, d.links[s])
		n++
	}
	d.y += float64((n+1)/2)*step + below
	d.text(d.left, d.y, d.clip(d.label("pdf.accessible"), d.right-d.left, captionStyle), captionStyle)
}

// has tells whether the document holds the section.
func (d *document) has(s section) bool {
	switch s {
	case sectionMoney, sectionPlan:
		return d.r.Subscriptions > 0 || len(d.r.Months) > 0
	case sectionExceptions:
		return !nothingIn(&d.r.Exceptions)
	case sectionMovement:
		return d.r.Subscriptions > 0 || len(d.r.Trend) > 1 || d.r.RollForward.Total.Before > 0
	}
	return true
}
