package pdf

import (
	"cspplan/reconcile"
	"cspplan/report"
)

// matrix is status by time to expiry: subscriptions, licences in brackets.
func (d *document) matrix() {
	d.y += d.air(5)
	d.heading(d.label("pdf.matrix"))
	d.text(d.left, d.y+2.6, d.label("pdf.matrix_sub"), captionStyle)
	d.y += 3.6
	w := d.mm(25)
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

// statusCell is mark, status and, as far as there is room, what it means.
func (d *document) statusCell(s reconcile.Status, w float64) cell {
	return cell{st: cellStyle, mark: func(x, baseline float64) float64 {
		end := d.status(x, baseline, w, s, cellStyle.in(bold)) + 1.8
		why := d.label("status." + s.String() + ".why")
		if room := x + w - cellGap - end; room > 12 {
			d.text(end, baseline, d.clip(why, room, captionStyle), captionStyle)
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
			c.text = d.clean(d.count(w.Subs[i]) + " (" + d.r.Text.Count(w.Lics[i]) + ")")
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

// matrixNotes counts what stands in none of the four windows.
func (d *document) matrixNotes() {
	note := ""
	if n := d.r.Windows.Done; n > 0 {
		note = d.r.Text.Label("start.done", "n", d.count(n))
	}
	if n := d.r.Windows.NoDate; n > 0 {
		note += " " + d.r.Text.Label("start.no_date", "n", d.count(n))
	}
	if note == "" {
		return
	}
	d.y += 0.8
	d.paragraph(d.left, d.right-d.left, d.clean(note), noteStyle)
}
