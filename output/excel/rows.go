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
// file would be a good deal smaller: but Gnumeric 1.12.55 then finds no cell at all.
type rowWriter struct {
	l       *list
	k       *rowBlock
	columns []cellWriter
	values  []report.Value // of the row at hand
	last    []report.Value // of the one above, as linked and above are
	linked  bool           // the row has links
	out     rowText        // the rows of the block
	packer  packer

	at, above []byte // the numbers of the row at hand and of the one above, in digits
	same      int    // digits at their beginning that they share
	head, end span   // of the row above: its start tag and its end tag
}

// span is a piece of the rows: from is in it, to is not.
type span struct{ from, to int }

// A cellWriter writes the cells of one column.
type cellWriter struct {
	column *report.Column
	open   string  // <c r="B
	width  float64 // in characters
	shares bool    // texts of the column may be shared ones
	styles []styled

	// Most cells say what the one above says. Where that stands: first its reference,
	// then the rest of it.
	reference int
	rest      span
}

// styled is a kind of value and the style that it has in its column.
type styled struct {
	kind   report.Kind
	look   report.Look
	digits uint8
	linked bool
	open   string // " s="7"
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
		w.columns[i].rest = span{}
	}
	w.k, w.above, w.head, w.end, w.linked = k, w.above[:0], span{}, span{}, false
	w.out.reset(k.plain)
	k.tally, k.links, k.missed = newTally(k.l.columns), k.links[:0], k.missed[:0]
}

// row appends row i of the sheet, from 0.
func (w *rowWriter) row(i int) (err error) {
	if w.values, err = w.l.valuesOf(i, w.values[:0]); err != nil {
		return err
	}
	w.k.tally.add(w.values)
	number, linked := firstDataRow+i, w.linked
	w.at = strconv.AppendInt(w.at[:0], int64(number), 10)
	w.same = sameHead(w.at, w.above)
	w.startRow()
	w.linked = w.l.isLinked(number)
	linked = linked || w.linked
	for c := 0; c < len(w.columns); {
		if n := w.likeAbove(c, linked); n > 0 {
			w.again(c, c+n)
			c += n
			continue
		}
		w.cell(c, number)
		c++
	}
	w.endRow()
	w.at, w.above = w.above, w.at
	w.values, w.last = w.last, w.values
	return nil
}

// likeAbove is how many cells from a column on say what those above say. Links are
// none of them: each is noted.
func (w *rowWriter) likeAbove(from int, linked bool) int {
	if len(w.at) != len(w.above) {
		return 0
	}
	to := from
	for to < len(w.columns) && w.values[to] == w.last[to] && !(linked && w.columns[to].column.Link) {
		to++
	}
	return to - from
}

// again appends the cells of the row above from one column to another, with the number
// of the row at hand. All but what differs in the numbers repeats what stands there.
func (w *rowWriter) again(from, to int) {
	out := &w.out
	at, above := len(out.text), w.columns[from].reference
	back := at - above
	out.text = append(out.text, out.text[above:w.columns[to-1].rest.to]...)
	for i := from; i < to; i++ {
		c := &w.columns[i]
		c.reference, c.rest = c.reference+back, span{c.rest.from + back, c.rest.to + back}
		differs := c.reference + len(c.open) + w.same
		copy(out.text[differs:], w.at[w.same:])
		out.note(at, differs-at, back)
		at = c.rest.from
	}
	out.note(at, len(out.text)-at, back)
}

// startRow appends the start tag of the row.
func (w *rowWriter) startRow() {
	from := len(w.out.text)
	b := append(append(w.out.text, `<row r="`...), w.at...)
	b = append(b, `" ht="`...)
	b = strconv.AppendInt(b, w.height(), 10)
	w.out.text = append(b, `" customHeight="1">`...)
	if w.head.to > 0 {
		w.out.compare(from, w.head, false)
	}
	w.head = span{from, len(w.out.text)}
}

// endRow appends the end tag of the row.
func (w *rowWriter) endRow() {
	from := len(w.out.text)
	w.out.text = append(w.out.text, rowEnd...)
	if w.end.to > 0 {
		w.out.note(from, len(rowEnd), from-w.end.from)
	}
	w.end = span{from, len(w.out.text)}
}

// cell appends the cell of a column.
func (w *rowWriter) cell(i, number int) {
	c, v := &w.columns[i], &w.values[i]
	linked := w.linked && c.column.Link
	if linked && v.Kind != report.Empty {
		w.k.links = append(w.k.links, linkAt{i + 1, number})
	}
	out, first := &w.out, c.rest.to == 0
	reference := len(out.text)
	out.text = append(append(out.text, c.open...), w.at...)
	if !first {
		out.note(reference, len(c.open)+w.same, reference-c.reference)
	}
	from := len(out.text)
	out.text = w.appendValue(append(out.text, w.style(c, v, linked)...), c, v)
	out.compare(from, c.rest, !c.column.ID) // nothing that identifies a row repeats what another one says
	c.reference, c.rest = reference, span{from, len(out.text)}
}

// style is the style of a value in its column, as it is written. A column has few:
// they are found by looking at each.
func (w *rowWriter) style(c *cellWriter, v *report.Value, linked bool) string {
	for i := range c.styles {
		if s := &c.styles[i]; s.kind == v.Kind && s.look == v.Look && s.digits == v.Digits && s.linked == linked {
			return s.open
		}
	}
	sh := w.l.rowShape(c.column, v, linked)
	id, ok := w.l.b.styles.known(sh)
	if !ok {
		if !slices.Contains(w.k.missed, sh) {
			w.k.missed = append(w.k.missed, sh)
		}
		return `"`
	}
	open := `" s="` + strconv.Itoa(id) + `"`
	c.styles = append(c.styles, styled{v.Kind, v.Look, v.Digits, linked, open})
	return open
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
