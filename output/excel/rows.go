package excel

import (
	"strconv"

	"cspplan/report"
)

// rowWriter writes the rows of a list's main table as XML of our own making.
// The library takes three times as long for the same bytes, and these rows are
// nearly all of a large workbook; everything around them is left to it.
type rowWriter struct {
	l       *list
	letters []string // of the columns: A, B, …
	last    []styled // the style given last in each column: mostly the next one, too
	buf     []byte   // one row
}

// styled is a shape and the style it has.
type styled struct {
	shape shape
	id    int
}

func newRowWriter(l *list) *rowWriter {
	w := &rowWriter{l: l, last: make([]styled, len(l.columns))}
	for i := range l.columns {
		w.letters = append(w.letters, columnName(i+1))
	}
	return w
}

// row makes the XML of a row; it is good until the next call.
func (w *rowWriter) row(number int, values []report.Value) ([]byte, error) {
	b := append(w.buf[:0], `<row r="`...)
	b = strconv.AppendInt(b, int64(number), 10)
	b = append(b, `" ht="`...)
	b = strconv.AppendFloat(b, w.l.heightOf(w.l.columns, values), 'f', -1, 64)
	b = append(b, `" customHeight="1">`...)
	linked := w.l.isLinked(number)
	var digits [20]byte
	at := strconv.AppendInt(digits[:0], int64(number), 10)
	for i, v := range values {
		style, err := w.style(i, v, w.l.columns[i].Link && linked)
		if err != nil {
			return nil, err
		}
		b = append(b, `<c r="`...)
		b = append(append(b, w.letters[i]...), at...)
		b = append(b, `" s="`...)
		b = strconv.AppendInt(b, int64(style), 10)
		b = w.l.b.appendValue(append(b, '"'), v)
	}
	w.buf = append(b, `</row>`...)
	return w.buf, nil
}

func (w *rowWriter) style(i int, v report.Value, linked bool) (int, error) {
	sh := w.l.cellShape(&w.l.columns[i], v)
	if linked {
		sh.place = placeLink
	}
	if last := &w.last[i]; last.id == 0 || last.shape != sh {
		id, err := w.l.b.styles.of(sh)
		if err != nil {
			return 0, err
		}
		*last = styled{sh, id}
	}
	return w.last[i].id, nil
}

// appendValue appends what follows the attributes of a cell: its type, its
// content, its end.
func (b *book) appendValue(dst []byte, v report.Value) []byte {
	switch content := b.cellValue(v).(type) {
	case string:
		return appendText(dst, content)
	case int64:
		return append(strconv.AppendInt(append(dst, `><v>`...), content, 10), `</v></c>`...)
	case float64:
		return append(strconv.AppendFloat(append(dst, `><v>`...), content, 'f', -1, 64), `</v></c>`...)
	}
	return append(dst, `></c>`...)
}

// appendText appends a text within the cell. Spaces at its ends are kept only
// where that is said.
func appendText(dst []byte, s string) []byte {
	dst = append(dst, ` t="inlineStr"><is><t`...)
	if s != "" && (isBlank(s[0]) || isBlank(s[len(s)-1])) {
		dst = append(dst, ` xml:space="preserve"`...)
	}
	return append(appendEscaped(append(dst, '>'), s), `</t></is></c>`...)
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }

// appendEscaped appends s as XML shows it. An underscore that begins what a
// spreadsheet would take for an escape, _x0041_, is escaped itself.
func appendEscaped(dst []byte, s string) []byte {
	from := 0
	for i := range len(s) {
		var instead string
		switch s[i] {
		case '&':
			instead = "&amp;"
		case '<':
			instead = "&lt;"
		case '>':
			instead = "&gt;"
		case '_':
			if !isEscape(s[i:]) {
				continue
			}
			instead = "_x005F_"
		default:
			continue
		}
		dst = append(append(dst, s[from:i]...), instead...)
		from = i + 1
	}
	return append(dst, s[from:]...)
}

// isEscape tells whether s begins with _x, four hexadecimal digits and _.
func isEscape(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}
