package excel

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"github.com/xuri/excelize/v2"

	"cspplan/report"
)

// widthCount is the number of columns in the widest table of the sheet.
func (l *list) widthCount() int {
	n := len(l.columns)
	for _, lead := range l.leads() {
		n = max(n, len(lead.Columns))
	}
	return n
}

// width of column i, from 0, in characters.
func (l *list) width(i int) float64 {
	const standard = 9
	w := 0.0
	if i < len(l.columns) {
		w = l.columns[i].Width
	}
	for _, lead := range l.leads() {
		last := i == len(lead.Columns)-1 && i < len(l.columns)
		if i < len(lead.Columns) && !(last && lead.Columns[i].Kind == report.Text) {
			w = max(w, lead.Columns[i].Width)
		}
	}
	if w == 0 {
		return standard
	}
	return min(w, excelize.MaxColumnWidth)
}

// noteColumn is the first column, from 0 and never the first, that begins to
// the right of the title.
func (l *list) noteColumn(title string) int {
	const widening = 1.35 // of bold 14 point against the digits that columns are measured in
	need, column := float64(uniseg.StringWidth(title))*widening, 0
	for need > 0 && column < l.widthCount() {
		need -= l.width(column)
		column++
	}
	return max(column, 1)
}

// heightOf is 18 points unless a cell of a wrapped column needs more lines.
func (l *list) heightOf(columns []report.Column, values []report.Value) float64 {
	lines := 1
	for i := range columns {
		if columns[i].Wrap && values[i].Kind == report.Text {
			lines = max(lines, linesOf(values[i].Text, l.width(i)))
		}
	}
	return rowPoints(lines)
}

// rowPoints is the height of a row of so many lines: a whole number of points.
func rowPoints(lines int) float64 {
	return min(rowHeight+float64(lines-1)*lineHeight, excelize.MaxRowHeight)
}

// linesOf estimates how many lines a text takes in a column. Columns are
// measured in digits, and running text is a little narrower than digits are.
func linesOf(text string, width float64) int {
	const lettersPerDigit = 1.1
	if float64(len(text)) <= width*lettersPerDigit && strings.IndexByte(text, '\n') < 0 {
		return 1 // no letter is wider than its bytes, and measuring them all takes longer than writing them
	}
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n += max(1, int(math.Ceil(float64(textWidth(line))/(width*lettersPerDigit))))
	}
	return n
}

// textWidth is the width of a text in letters: what uniseg.StringWidth measures, in
// a hundredth of the time for texts in the letters of Western Europe, of which
// each is one wide and none joins another.
func textWidth(s string) int {
	n := 0
	for i := 0; i < len(s); n++ {
		if c := s[i]; c >= ' ' && c < 0x7f {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !(r >= 'À' && r <= 'ſ' || r >= '‐' && r <= '•' || r == '·' || r == '«' || r == '»') {
			return uniseg.StringWidth(s)
		}
		i += size
	}
	return n
}

// headLines estimates the lines of a heading, which breaks between its few
// words, at most three.
func headLines(heading string, width float64) int {
	const lettersPerDigit, most = 1.15, 3 // smaller type than the digits, but bold
	lines, used := 1, 0.0
	for word := range strings.FieldsSeq(heading) {
		w := float64(uniseg.StringWidth(word))
		if used > 0 && used+w > width*lettersPerDigit {
			lines, used = lines+1, 0
		}
		used += w + 1
	}
	return min(lines, most)
}

// headHeight is the height of a row of headings: 21 points, 13 more a line.
func headHeight(lines int) float64 { return float64(8 + 13*lines) }

// printColumns is the number of columns on paper: those of the report, the
// further tables', and as many empty ones as the note in row 1 needs.
func (l *list) printColumns() int {
	columns := l.s.table.PrintColumns
	if columns <= 0 || columns > l.widthCount() {
		columns = l.widthCount()
	}
	need := float64(uniseg.StringWidth(l.s.table.Note))
	for i := l.noteColumn(l.s.table.Title); need > 0; i++ {
		columns = max(columns, i+1)
		need -= l.width(i)
	}
	return max(columns, 1)
}
