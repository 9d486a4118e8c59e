package pdf

import (
	"cspplan/reconcile"
	"cspplan/report"
)

const (
	trendHeight = 42.0 // of the chart, in mm
	trendAxis   = 9.0  // room left of it for the figures of the scale
	trendLabels = 7    // dates named below it at most
	trendStep   = 4.9  // of a row of figures
	trendSample = 9.0  // width of a line in the legend
)

// trendOrder is the order in which the lines are drawn: the worst status last,
// on top of the others.
var trendOrder = []reconcile.Status{reconcile.Done, reconcile.Ready, reconcile.Decide, reconcile.DataLoss, reconcile.Blocked}

// dashes tell the lines apart without colour, as the marks on them do: lengths
// in mm of what is drawn and what is left out.
var dashes = [...][]float64{
	reconcile.Blocked:  {},
	reconcile.DataLoss: {2, 1},
	reconcile.Decide:   {0.5, 0.9},
	reconcile.Ready:    {4, 1},
	reconcile.Done:     {3, 1, 0.5, 1},
}

// trend is how the statuses stood at the last runs, as a chart and, below it,
// its figures. Chart and figures stand on one page.
func (d *document) trend() {
	title := d.label("trend.title")
	d.gap(partGap)
	d.need(d.trendRoom())
	d.bookmark(title, 1, d.y)
	d.heading(title)
	d.paragraph(d.left, d.right-d.left, d.clean(d.r.TrendNote()), bodyStyle.with(secondary))
	if len(d.r.Trend) < 2 {
		return
	}
	d.y += 3
	d.trendLegend()
	d.trendChart()
	d.trendFigures()
}

// trendRoom is the room that the part takes, at most.
func (d *document) trendRoom() float64 {
	const words = 14 // heading and sentence
	if len(d.r.Trend) < 2 {
		return words
	}
	const legend, dates, head = 11, 10, 14
	return words + legend + trendHeight + dates + head + trendStep*float64(len(d.r.Trend))
}

// trendLegend names the lines, each with its dashes and its mark.
func (d *document) trendLegend() {
	x, y := d.left, d.y+3
	for s := reconcile.Blocked; s <= reconcile.Done; s++ {
		word := d.label("status." + s.String())
		if x+trendSample+1.5+d.width(word, captionStyle) > d.right {
			x, y = d.left, y+4.6
		}
		d.trendSegment(x, y-1, x+trendSample, y-1, s)
		d.mark(x+(trendSample-markSize)/2, y, s)
		x = d.text(x+trendSample+1.5, y, word, captionStyle.with(looks[s].text)) + 5
	}
	d.y = y + 3
}

// trendChart draws the lines over a scale from nought to the largest count. The
// dates stand at equal distances: they are those of runs, not of a calendar.
func (d *document) trendChart() {
	top, base := d.y+2, d.y+2+trendHeight
	most := 1
	for _, p := range d.r.Trend {
		for _, n := range p.Counts {
			most = max(most, n)
		}
	}
	d.trendScale(top, base, most)
	at := func(i int, s reconcile.Status) (x, y float64) {
		return d.trendX(i), base - trendHeight*float64(d.r.Trend[i].Counts[s])/float64(most)
	}
	for _, s := range trendOrder {
		for i := 1; i < len(d.r.Trend); i++ {
			x1, y1 := at(i-1, s)
			x2, y2 := at(i, s)
			d.trendSegment(x1, y1, x2, y2, s)
		}
		for i := range d.r.Trend {
			x, y := at(i, s)
			d.mark(x-markSize/2, y+markSize/2-0.15, s)
		}
	}
	d.trendDates(base)
	d.y = base + 8
}

// trendX is where a point stands; the first and the last are half a date's
// width at most from the edges.
func (d *document) trendX(i int) float64 {
	const edge = 10.0
	left, right := d.left+trendAxis+edge, d.right-edge
	return left + (right-left)*float64(i)/float64(len(d.r.Trend)-1)
}

// trendScale rules the lines of nought, of the largest count and, where it is a
// whole number, of half of it.
func (d *document) trendScale(top, base float64, most int) {
	values := []int{0, most}
	if most%2 == 0 {
		values = append(values, most/2)
	}
	for _, n := range values {
		y := base - (base-top)*float64(n)/float64(most)
		d.rule(d.left+trendAxis, d.right, y, hairline, 0.2)
		figure := d.clean(d.count(n))
		d.textRight(d.left+trendAxis-1.5, y+1, figure, d.fit(figure, trendAxis-1.5, captionStyle))
	}
	d.rule(d.left+trendAxis, d.right, base, ink, 0.4)
}

// trendDates names as many dates as have room, the last one always.
func (d *document) trendDates(base float64) {
	last := len(d.r.Trend) - 1
	step := (last + trendLabels - 1) / trendLabels
	for i := last; i >= 0; i -= step {
		day := d.clean(d.r.Text.Day(d.r.Trend[i].AsOf))
		d.textCentre(d.trendX(i), base+4, day, d.fit(day, 22, captionStyle))
	}
}

// trendSegment draws a piece of the line of a status.
func (d *document) trendSegment(x1, y1, x2, y2 float64, s reconcile.Status) {
	d.setLine(looks[s].outline, 0.5)
	d.pdf.SetDashPattern(dashes[s], 0)
	d.pdf.Line(x1, y1, x2, y2)
	d.pdf.SetDashPattern(nil, 0)
}

// trendFigures is what the lines are drawn from, newest date first.
func (d *document) trendFigures() {
	w := (d.right - d.left - d.mm(30)) / float64(len(dashes))
	t := table{left: d.left, title: d.label("trend.title"), step: trendStep, columns: []column{{d.label("col.as_at"), d.mm(30), false}}}
	for s := reconcile.Blocked; s <= reconcile.Done; s++ {
		t.columns = append(t.columns, column{d.label("status." + s.String()), w, true})
	}
	for i := len(d.r.Trend) - 1; i >= 0; i-- {
		t.rows = append(t.rows, d.trendRow(&d.r.Trend[i]))
	}
	d.table(&t)
}

func (d *document) trendRow(p *report.TrendPoint) row {
	r := row{cells: []cell{{text: d.clean(d.r.Text.Day(p.AsOf)), st: cellStyle}}}
	for _, n := range p.Counts {
		c := cell{text: "–", st: cellStyle.with(faint)}
		if n > 0 {
			c = cell{text: d.clean(d.count(n)), st: cellStyle}
		}
		r.cells = append(r.cells, c)
	}
	return r
}
