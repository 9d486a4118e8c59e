package pdf

// Heights of table rows in mm: the first line, and each further one.
const (
	rowHeight  = 6.9
	lineHeight = 3.9
	headGap    = 2.0 // below the words of a table head
	cellGap    = 2.5 // between a text and the next column
	cellBase   = 4.6 // from the top of a row to its first baseline
)

// A column is one column of a table; its width is in mm on this paper.
type column struct {
	title printable
	width float64
	right bool // figures: to the right, made smaller rather than cut
}

// A cell is a text and how it looks. Texts wrap to two lines, then end in ….
type cell struct {
	text printable
	st   style
	tint bool // on the ground of an alarm
	mark func(x, baseline float64) float64
}

// A row is the cells of a line, and a note that runs below them.
type row struct {
	cells  []cell
	note   printable
	strong bool // a total: bold rule above
}

// A table has a head that is repeated on each page it reaches, and rows that
// are never split.
type table struct {
	title   printable // drawn again as “… (continued)”; empty: no title
	left    float64
	noteAt  float64 // from left to where notes begin
	head    float64 // least height of the head, for tables side by side
	step    float64 // height of a row with one line; 0: rowHeight
	bare    bool    // no rules between the rows
	lines   int     // most lines of a cell; 0: two
	after   float64 // room for what must stand on one page with the last two rows
	columns []column
	rows    []row
}

// oneLine is the height of a row with one line.
func (t *table) oneLine() float64 {
	if t.step > 0 {
		return t.step
	}
	return rowHeight
}

// base is the room from the top of a row to its first baseline.
func (t *table) base() float64 { return cellBase - (rowHeight-t.oneLine())/2 }

func (t *table) width() float64 {
	w := 0.0
	for _, c := range t.columns {
		w += c.width
	}
	return w
}

// headHeight is the room of the column titles with their rule.
func (d *document) headHeight(columns []column) float64 {
	n := 1
	for _, c := range columns {
		n = max(n, len(d.headLines(c)))
	}
	return float64(n-1)*lineHeight + rowHeight - 1
}

func (d *document) headLines(c column) []printable {
	return d.wrapTo(3, c.title, c.width-cellGap, headStyle)
}

// tableHead draws the column titles, their last lines in one row, at least h
// high.
func (d *document) tableHead(left float64, columns []column, h float64) {
	h = max(h, d.headHeight(columns))
	base := d.y + h - headGap
	x := left
	for _, c := range columns {
		lines := d.headLines(c)
		for i, l := range lines {
			y := base - float64(len(lines)-1-i)*lineHeight
			if c.right {
				d.textRight(x+c.width, y, l, headStyle)
			} else {
				d.text(x, y, l, headStyle)
			}
		}
		x += c.width
	}
	d.y += h
	d.rule(left, x, d.y, ink, 0.4)
}

// tableStart is the room that a head with its first two rows needs.
func (d *document) tableStart(t *table) float64 {
	h := max(t.head, d.headHeight(t.columns))
	for i := range min(2, len(t.rows)) {
		h += d.rowHeight(t, &t.rows[i])
	}
	if len(t.rows) <= 2 {
		h += t.after
	}
	return h
}

// together is the room that row i needs together with what must stand on the same
// page: before what follows the table, its last two rows.
func (d *document) together(t *table, i int) float64 {
	h := d.rowHeight(t, &t.rows[i])
	switch last := len(t.rows) - 1; {
	case t.after == 0:
	case i == last:
		h += t.after
	case i == last-1:
		h += d.rowHeight(t, &t.rows[last]) + t.after
	}
	return h
}

// table draws head and rows from d.y down, over as many pages as it takes.
func (d *document) table(t *table) {
	d.need(d.tableStart(t))
	d.tableHead(t.left, t.columns, t.head)
	for i := range t.rows {
		r := &t.rows[i]
		if d.need(d.together(t, i)) {
			if t.title != "" {
				d.heading(d.label("doc.continued", "title", string(t.title)))
				d.y += 1
			}
			d.tableHead(t.left, t.columns, t.head)
		}
		d.tableRow(t, r)
	}
}

// cellLines wraps a cell; figures stay on one line.
func (d *document) cellLines(t *table, c column, v cell) []printable {
	if c.right {
		return []printable{v.text}
	}
	return d.wrapTo(max(2, t.lines), v.text, c.width-cellGap, v.st)
}

func (d *document) noteLines(t *table, r *row) []printable {
	if r.note == "" {
		return nil
	}
	return d.wrapTo(3, r.note, t.width()-t.noteAt, captionStyle)
}

// A tallRow is a row with its cells and its note in lines.
type tallRow struct {
	of    *row
	cells [][]printable
	note  []printable
	most  int     // lines of the tallest cell, at least one
	h     float64 // mm
}

// measured breaks a row into lines. The row measured last is kept, for it is
// asked for its height, then drawn.
func (d *document) measured(t *table, r *row) *tallRow {
	m := &d.tall
	if m.of == r {
		return m
	}
	*m = tallRow{of: r, cells: m.cells[:0], note: d.noteLines(t, r), most: 1}
	for i, c := range t.columns {
		lines := d.cellLines(t, c, r.cells[i])
		m.cells = append(m.cells, lines)
		m.most = max(m.most, len(lines))
	}
	m.h = t.oneLine() + float64(m.most-1+len(m.note))*lineHeight
	return m
}

func (d *document) rowHeight(t *table, r *row) float64 { return d.measured(t, r).h }

func (d *document) tableRow(t *table, r *row) {
	m := d.measured(t, r)
	if r.strong {
		d.rule(t.left, t.left+t.width(), d.y, ink, 0.3)
	}
	x := t.left
	for i, c := range t.columns {
		d.tableCell(x, m.h, t.base(), c, r.cells[i], m.cells[i])
		x += c.width
	}
	base := d.y + t.base() + float64(m.most)*lineHeight
	for i, l := range m.note {
		d.text(t.left+t.noteAt, base+float64(i)*lineHeight, l, captionStyle)
	}
	d.y += m.h
	if !t.bare {
		d.rule(t.left, x, d.y, hairline, 0.15)
	}
}

func (d *document) tableCell(x, h, base float64, c column, v cell, lines []printable) {
	if v.tint {
		d.setFill(tint)
		d.pdf.Rect(x+3, d.y+0.9, c.width-1.5, h-1.8, "F")
	}
	base += d.y
	if c.right {
		st := d.fit(v.text, c.width-cellGap/2, v.st)
		if v.mark != nil {
			v.mark(x+c.width-d.width(v.text, st)-markSize-0.9, base)
		}
		d.textRight(x+c.width, base, v.text, st)
		return
	}
	if v.mark != nil {
		x = v.mark(x, base)
	}
	for i, l := range lines {
		d.text(x, base+float64(i)*lineHeight, l, v.st)
	}
}
