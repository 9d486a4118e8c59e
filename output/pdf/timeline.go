package pdf

import (
	"cspplan/reconcile"
	"cspplan/report"
)

// monthPlaces are the columns of the chart at least: this month and twelve
// more. With fewer bars the widths stay, so that a single bar stays honest.
const monthPlaces = 13

// timeline is the chart of licences by month of expiry, worst status on top,
// the total above each column. All columns share one scale.
func (d *document) timeline(height float64) {
	d.y += d.air(4.5)
	d.heading(d.label("pdf.timeline"))
	d.legend()
	d.y += 7
	base := d.y + height
	bars := d.r.Timeline
	slot := (d.right - d.left) / float64(max(monthPlaces, len(bars)))
	most := int64(1)
	for i := range bars {
		most = max(most, bars[i].Total)
	}
	for i := range bars {
		d.monthBar(d.left+float64(i)*slot, base, slot, height, &bars[i], most)
	}
	d.rule(d.left, d.right, base, ink, 0.4)
	d.y = base + 8.5
}

// legend names the four fills, right of the sub-title or, where the language
// needs more room, below it.
func (d *document) legend() {
	sub := d.label("pdf.by_month_status")
	d.text(d.left, d.y+3, sub, captionStyle)
	st := captionStyle
	width := 0.0
	for s := reconcile.Blocked; s <= reconcile.Ready; s++ {
		width += d.width(d.label("status."+s.String()), st) + markSize + 5
	}
	if d.left+d.width(sub, captionStyle)+6 > d.right-width {
		d.y += 4.2
	}
	x := d.right - width + 4.1
	for s := reconcile.Blocked; s <= reconcile.Ready; s++ {
		x = d.status(x, d.y+3, 80, s, st) + 4.1
	}
	d.y += 3
}

// monthBar draws one column with its total above and its month below.
func (d *document) monthBar(x, base, slot, height float64, b *report.MonthBar, most int64) {
	w := min(slot*0.7, 9.4)
	left, y := x+(slot-w)/2, base
	for s := reconcile.Ready; ; s-- {
		h := height * float64(b.Licences[s]) / float64(most)
		if h > 0 {
			d.barPart(left, y-h, w, h, s)
		}
		y -= h
		if s == reconcile.Blocked {
			break
		}
	}
	middle := x + slot/2
	total := d.clean(d.r.Text.Count(b.Total))
	d.textCentre(middle, y-1.2, total, d.fit(total, slot-0.6, captionStyle.in(bold).with(ink)))
	for i, word := range d.monthName(b, slot-0.6) {
		d.textCentre(middle, base+3.8+float64(i)*3.4, word, d.fit(word, slot-0.6, captionStyle.with(ink)))
	}
	d.textCentre(middle, base+7.4, d.clean(b.Year), captionStyle.in(bold))
}

// monthName is the name below a column: whole, else short, else on two lines;
// the second is free where no year stands.
func (d *document) monthName(b *report.MonthBar, w float64) []printable {
	for _, name := range []string{b.Label, b.Short} {
		if s := d.clean(name); d.fits(s, w, captionStyle) {
			return []printable{s}
		}
	}
	if b.Year != "" {
		return []printable{d.clean(b.Short)}
	}
	return d.wrapTo(2, d.clean(b.Short), w, captionStyle)
}

// barPart is the share of one status; a white line keeps it apart from the
// next where there is room for one.
func (d *document) barPart(x, y, w, h float64, s reconcile.Status) {
	d.setFill(looks[s].fill)
	d.setLine(looks[s].outline, 0.2)
	if h < 0.6 {
		d.pdf.Rect(x, y, w, h, "F")
		return
	}
	d.pdf.Rect(x+0.1, y+0.1, w-0.2, h-0.2, "FD")
	d.rule(x, x+w, y, white, 0.3)
}
