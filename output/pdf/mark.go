package pdf

import (
	"cspplan/reconcile"

	"github.com/jung-kurt/gofpdf"
)

// markSize is the width of a status mark in mm.
const markSize = 2.3

// mark draws the sign of a status, its left edge at x, standing on the
// baseline. The signs are shapes: Liberation Sans has no ◆.
func (d *document) mark(x, baseline float64, s reconcile.Status) {
	if d.measuring {
		return
	}
	const half = markSize / 2
	cx, cy := x+half, baseline-half+0.15
	d.setFill(looks[s].fill)
	d.setLine(looks[s].outline, 0.25)
	switch s {
	case reconcile.Blocked:
		d.pdf.Rect(x+0.1, cy-half+0.1, markSize-0.2, markSize-0.2, "F")
	case reconcile.DataLoss:
		d.polygon(cx, cy-half, cx+half+0.1, cy+half, cx-half-0.1, cy+half)
	case reconcile.Decide:
		d.polygon(cx, cy-half-0.15, cx+half+0.15, cy, cx, cy+half+0.15, cx-half-0.15, cy)
	case reconcile.Ready:
		d.pdf.Circle(cx, cy, half-0.1, "FD")
	default: // done: a tick
		d.setLine(looks[s].outline, 0.4)
		d.pdf.Line(x+0.2, cy+0.1, cx-0.2, cy+half-0.2)
		d.pdf.Line(cx-0.2, cy+half-0.2, x+markSize, cy-half+0.2)
	}
}

// polygon fills the shape through the points x, y, x, y, …
func (d *document) polygon(coordinates ...float64) {
	points := make([]gofpdf.PointType, 0, len(coordinates)/2)
	for i := 0; i < len(coordinates); i += 2 {
		points = append(points, gofpdf.PointType{X: coordinates[i], Y: coordinates[i+1]})
	}
	d.pdf.Polygon(points, "F")
}

// status draws mark and word, smaller in a language whose word is long, and
// returns where the word ends.
func (d *document) status(x, baseline, w float64, s reconcile.Status, st style) float64 {
	d.mark(x, baseline, s)
	const gap = markSize + 0.9
	word := d.label("status." + s.String())
	st.size = max(min(st.size, smallest), d.fit(word, w-gap, st).size)
	word = d.clip(word, w-gap, st)
	return d.text(x+gap, baseline, word, st.with(looks[s].text))
}

// statusWidth is the room that the widest status needs in the style.
func (d *document) statusWidth(st style) float64 {
	w := 0.0
	for s := reconcile.Blocked; s <= reconcile.Done; s++ {
		w = max(w, d.width(d.label("status."+s.String()), st))
	}
	return w + markSize + 0.9
}
