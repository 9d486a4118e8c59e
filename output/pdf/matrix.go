package pdf

import (
	"strings"

	"cspplan/reconcile"
	"cspplan/report"
)

// matrix is status by time to expiry: subscriptions, licences in brackets.
func (d *document) matrix() {
	d.y += d.air(5)
	d.heading(d.label("pdf.matrix"))
	d.text(d.left, d.y+2.6, d.label("pdf.matrix_sub"), captionStyle)
	d.y += 3.6
	w := d.windowWidth()
	columns := []column{{d.label("status"), d.right - d.left - 4*w, false}}
	for _, key := range []string{"window.expired", "window.30", "window.90", "window.later"} {
		columns = append(columns, column{d.label(key), w, true})
	}
	t := table{left: d.left, columns: columns}
	for s := range d.r.Windows.Rows {
		t.rows = append(t.rows, d.windowRow(&d.r.Windows.Rows[s], d.statusCell(d.r.Windows.Rows[s].Status, columns[0].width), true))
	}
	all := d.windowRow(&d.r.Windows.All, cell{text: d.label("total.all"), st: cellStyle.in(bold)}, false)
	all.strong = true
	t.rows = append(t.rows, all)
	d.table(&t)
	d.matrixNotes()
}

// windowWidth is the width of a window's column: what its figures need, so
// that in a small plan the words beside the statuses have room.
func (d *document) windowWidth() float64 {
	w := d.mm(20)
	for i := range d.r.Windows.All.Subs {
		all := d.clean(d.bracketed(d.r.Windows.All.Subs[i], d.r.Windows.All.Lics[i]))
		w = max(w, d.width(all, cellStyle.in(bold))+cellGap)
	}
	return min(w, d.mm(28))
}

// statusCell is mark, status and, as far as there is room, what it means.
func (d *document) statusCell(s reconcile.Status, w float64) cell {
	return cell{st: cellStyle, mark: func(x, baseline float64) float64 {
		end := d.status(x, baseline, w, s, cellStyle.in(bold)) + 1.8
		why := d.label("status." + s.String() + ".why")
		if room := x + w - cellGap - end; room > 12 {
			d.squeezed(end, baseline, room, why, captionStyle)
		}
		return end
	}}
}

// windowRow tints what burns: anything expired, and what cannot move within 30
// days.
func (d *document) windowRow(w *report.WindowRow, first cell, tinted bool) row {
	r := row{cells: []cell{first}}
	for i := range w.Subs {
		c := cell{text: "–", st: cellStyle.with(faint)}
		if w.Subs[i] > 0 {
			c.text = d.clean(d.bracketed(w.Subs[i], w.Lics[i]))
			c.st = cellStyle
			if tinted && (i == 0 || i == 1 && w.Status.Part() == reconcile.CannotMove) {
				c.st, c.tint = cellStyle.in(bold).with(alarm), true
			}
			if !tinted {
				c.st = cellStyle.in(bold)
			}
		}
		r.cells = append(r.cells, c)
	}
	return r
}

// matrixNotes counts what stands in none of the four windows, so that columns
// and notes make up all subscriptions, and what the headline leaves out.
func (d *document) matrixNotes() {
	t, w := d.r.Text, &d.r.Windows
	var beside, notes []string
	if w.Done > 0 {
		beside = append(beside, t.Label("status.done")+" "+d.bracketed(w.Done, w.DoneLicences))
	}
	if w.NoDate > 0 {
		beside = append(beside, t.Label("window.none")+" "+d.bracketed(w.NoDate, w.NoDateLicences))
	}
	if len(beside) > 0 {
		notes = append(notes, t.Label("pdf.outside", "list", strings.Join(beside, " · ")))
	}
	if w.Monthly > 0 {
		notes = append(notes, t.Label("start.monthly", "n", d.count(w.Monthly)))
	}
	if len(notes) == 0 {
		return
	}
	d.y += 0.8
	d.paragraph(d.left, d.right-d.left, d.clean(strings.Join(notes, " ")), noteStyle)
}

// bracketed is a number of subscriptions with their licences in brackets.
func (d *document) bracketed(subscriptions int, licences int64) string {
	return d.count(subscriptions) + " (" + d.r.Text.Count(licences) + ")"
}
