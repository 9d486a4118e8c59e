package excel

import (
	"slices"
	"strconv"

	"cspplan/reconcile"
	"cspplan/report"
)

// A rowWriter writes rows of a list's main table as XML of our own making. The
// library takes ten times as long for the same cells, and these rows are nearly
// all of a large workbook; everything around them is left to it.
//
// Each cell names its place (r="B7"). The format lets that be left out, and the
// file would be half as large: but Gnumeric 1.12.55 then finds no cell at all.
type rowWriter struct {
	l       *list
	k       *rowBlock
	columns []cellWriter
	values  []report.Value // of the row at hand
	buf     []byte         // the rows of the block
}

// A cellWriter writes the cells of one column.
type cellWriter struct {
	column *report.Column
	open   string  // <c r="B
	width  float64 // in characters
	shares bool    // texts of the column may be shared ones
	styles []styled

	// Most cells say what the one above says: what was written last, between its
	// reference and its end, stands in the buffer from and to there.
	last     report.Value
	linked   bool
	from, to int
}

// styled is a kind of value and the style that it has in its column.
type styled struct {
	kind   report.Kind
	look   report.Look
	digits uint8
	linked bool
	id     int
}

// begin makes the writer ready for a block.
func (w *rowWriter) begin(k *rowBlock) {
	if w.l != k.l {
		w.l = k.l
		w.columns = make([]cellWriter, len(k.l.columns))
		for i := range w.columns {
			w.columns[i] = cellWriter{
				column: &k.l.columns[i], open: `<c r="` + columnName(i+1), width: k.l.width(i), shares: k.l.shares[i],
			}
		}
	}
	for i := range w.columns {
		w.columns[i].to = 0
	}
	w.k, w.buf = k, k.plain[:0]
	k.tally, k.links, k.missed = newTally(k.l.columns), k.links[:0], k.missed[:0]
}

// row appends row i of the sheet, from 0.
func (w *rowWriter) row(i int) (err error) {
	if w.values, err = w.l.valuesOf(i, w.values[:0]); err != nil {
		return err
	}
	w.k.tally.add(w.values)
	number := firstDataRow + i
	var digits [20]byte
	at := strconv.AppendInt(digits[:0], int64(number), 10)
	b := append(append(w.buf, `<row r="`...), at...)
	b = append(b, `" ht="`...)
	b = strconv.AppendInt(b, w.height(), 10)
	b = append(b, `" customHeight="1">`...)
	linked := w.l.isLinked(number)
	for c := range w.columns {
		b = w.cell(b, c, number, at, linked)
	}
	w.buf = append(b, `</row>`...)
	return nil
}

// cell appends the cell of a column.
func (w *rowWriter) cell(b []byte, i, number int, at []byte, linked bool) []byte {
	c, v := &w.columns[i], &w.values[i]
	linked = linked && c.column.Link
	if linked && v.Kind != report.Empty {
		w.k.links = append(w.k.links, linkAt{i + 1, number})
	}
	b = append(append(b, c.open...), at...)
	if c.to == 0 || c.last != *v || c.linked != linked {
		from := len(b)
		b = append(b, `" s="`...)
		b = strconv.AppendInt(b, int64(w.style(c, v, linked)), 10)
		b = w.appendValue(append(b, '"'), c, v)
		c.last, c.linked, c.from, c.to = *v, linked, from, len(b)
		return b
	}
	return append(b, b[c.from:c.to]...)
}

// style is the style of a value in its column. A column has few: they are found
// by looking at each.
func (w *rowWriter) style(c *cellWriter, v *report.Value, linked bool) int {
	for i := range c.styles {
		if s := &c.styles[i]; s.kind == v.Kind && s.look == v.Look && s.digits == v.Digits && s.linked == linked {
			return s.id
		}
	}
	sh := w.l.rowShape(c.column, v, linked)
	id, ok := w.l.b.styles.known(sh)
	if !ok {
		if !slices.Contains(w.k.missed, sh) {
			w.k.missed = append(w.k.missed, sh)
		}
		return 0
	}
	c.styles = append(c.styles, styled{v.Kind, v.Look, v.Digits, linked, id})
	return id
}

// rowShape is how a value looks in a row of the main table.
func (l *list) rowShape(c *report.Column, v *report.Value, linked bool) shape {
	sh := l.cellShape(c, *v)
	if linked {
		sh.place = placeLink
	}
	return sh
}

// height is that of heightOf, a whole number of points.
func (w *rowWriter) height() int64 {
	lines := 1
	for i := range w.columns {
		if c := &w.columns[i]; c.column.Wrap && w.values[i].Kind == report.Text {
			lines = max(lines, linesOf(w.values[i].Text, c.width))
		}
	}
	return int64(rowPoints(lines))
}

// appendValue appends what follows the style of a cell: its type, its content, its
// end. It writes what cellValue gives.
func (w *rowWriter) appendValue(dst []byte, c *cellWriter, v *report.Value) []byte {
	switch v.Kind {
	case report.Text:
		if c.shares {
			if n, ok := w.l.b.shared.number[v.Text]; ok {
				return append(strconv.AppendInt(append(dst, ` t="s"><v>`...), int64(n), 10), `</v></c>`...)
			}
		}
		return appendInline(dst, v.Text, w.l.b.notice)
	case report.Amount, report.Difference:
		if v.N > maxExact || v.N < -maxExact {
			return appendInline(dst, exactText(v.N, v.Digits), "")
		}
		return append(appendDecimal(append(dst, `><v>`...), v.N, v.Digits), `</v></c>`...)
	case report.Date:
		switch n := dateCell(reconcile.Date(v.N)).(type) {
		case int64:
			return append(strconv.AppendInt(append(dst, `><v>`...), n, 10), `</v></c>`...)
		case string:
			return appendInline(dst, n, "")
		}
	case report.Count, report.Days, report.Score, report.Bytes:
		return append(strconv.AppendInt(append(dst, `><v>`...), v.N, 10), `</v></c>`...)
	}
	return append(dst, `/>`...)
}

// appendInline appends a text that stands in its cell.
func appendInline(dst []byte, s, notice string) []byte {
	return append(appendText(append(dst, ` t="inlineStr"><is>`...), s, notice), `</is></c>`...)
}
