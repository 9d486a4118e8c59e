package output

import (
	"bytes"
	"io"
	"unicode"
	"unicode/utf8"

	"cspplan/report"
)

// planBuffer is how much of plan.csv is handed to the system at once.
const planBuffer = 256 << 10

// writePlan writes plan.csv: one row per planned subscription, in plan order.
//
// It has 71 columns and as many rows as the plan, more bytes than all other text
// files together, and writes them itself: encoding/csv wants each cell as a
// string of its own and looks for each special character in a search of its own,
// which takes three times as long for the same bytes.
func writePlan(w io.Writer, r *report.Report) error {
	b := make([]byte, 0, planBuffer+planBuffer/4)
	for i, name := range r.PlanHeader() {
		b = appendCell(beginCell(b, i), []byte(name), false)
	}
	b = append(b, "\r\n"...)
	isText := r.PlanTextColumns()
	var cells []byte
	var ends []int
	for i := range r.Plan.Rows {
		cells, ends = r.PlanCells(i, cells[:0], ends[:0])
		from := 0
		for k, end := range ends {
			b = appendCell(beginCell(b, k), cells[from:end], isText[k])
			from = end
		}
		if b = append(b, "\r\n"...); len(b) >= planBuffer {
			if _, err := w.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	_, err := w.Write(b)
	return err
}

func beginCell(b []byte, column int) []byte {
	if column == 0 {
		return b
	}
	return append(b, ',')
}

// plainCSV are the characters that need no quotes around their cell, wherever
// they stand in it; letters and digits begin no text that a spreadsheet
// evaluates.
var plainCSV, harmlessStart = func() (plain, start [256]bool) {
	for c := range plain {
		plain[c] = c != ',' && c != '"' && c != '\r' && c != '\n'
		start[c] = '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
	}
	return plain, start
}()

// appendCell appends a cell as newCSV writes it. Text is made harmless first; a
// cell of ours, a number or a date, needs neither that nor quotes.
func appendCell(b, cell []byte, isText bool) []byte {
	if !isText || len(cell) == 0 {
		return append(b, cell...)
	}
	if !harmlessStart[cell[0]] {
		cell = []byte(Neutral(string(cell)))
		if first, _ := utf8.DecodeRune(cell); unicode.IsSpace(first) || string(cell) == `\.` {
			return appendQuoted(b, cell)
		}
	}
	for _, c := range cell {
		if !plainCSV[c] {
			return appendQuoted(b, cell)
		}
	}
	return append(b, cell...)
}

// appendQuoted doubles the quotes and ends lines with CRLF; a lone carriage
// return is dropped.
func appendQuoted(b, cell []byte) []byte {
	b = append(b, '"')
	for len(cell) > 0 {
		n := bytes.IndexAny(cell, "\"\r\n")
		if n < 0 {
			n = len(cell)
		}
		b = append(b, cell[:n]...)
		if cell = cell[n:]; len(cell) == 0 {
			break
		}
		switch cell[0] {
		case '"':
			b = append(b, `""`...)
		case '\n':
			b = append(b, "\r\n"...)
		}
		cell = cell[1:]
	}
	return append(b, '"')
}
