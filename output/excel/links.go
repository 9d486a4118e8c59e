package excel

import (
	"encoding/xml"
	"fmt"
	"strconv"
)

// maxLinks is how many rows of a list lead to Plan. Excel takes 65,530 links on
// a sheet, and grows slow long before.
const maxLinks = 5000

// isLinked tells whether the row of the sheet with this number leads to Plan.
func (l *list) isLinked(number int) bool {
	return l.s.table.PlanRow != nil && l.s.first+number-firstDataRow < maxLinks
}

// linkRows lets the cells that are links lead to the row on Plan of theirs. The
// target is made of our own sheet's name and a number, never of text of the input.
//
// The library makes the first of them. It compares each with all before it, which
// takes as long as the rows of a small workbook do: the others are put behind the
// first when the sheet is packed.
func (l *list) linkRows() error {
	for n, at := range l.links {
		i := l.s.table.PlanRow(l.s.first + at.row - firstDataRow)
		sheet, row, ok := l.b.rowSheet(planTable, i)
		if !ok {
			return fmt.Errorf("row %d leads to row %d of the plan, which is not there", at.row, i+1)
		}
		if n > 0 {
			l.rows.links = appendLink(l.rows.links, at, quoted(sheet), row)
			continue
		}
		if err := l.b.link(l.s.name, cellName(at.column, at.row), sheet, cellName(1, row)); err != nil {
			return fmt.Errorf("link of row %d: %w", at.row, err)
		}
	}
	return nil
}

// appendLink appends the element of a link to the first cell of a row.
func appendLink(dst []byte, at linkAt, sheet string, row int) []byte {
	dst = append(append(dst, `<hyperlink ref="`...), columnName(at.column)...)
	dst = strconv.AppendInt(dst, int64(at.row), 10)
	dst = append(dst, `" location="`...)
	to := byteSink(dst)
	if err := xml.EscapeText(&to, []byte(sheet)); err != nil {
		panic(fmt.Sprintf("escaping the name of a sheet: %v", err)) // a slice takes everything
	}
	dst = strconv.AppendInt(append(to, "!A"...), int64(row), 10)
	return append(dst, `"></hyperlink>`...)
}

// A byteSink is a slice that can be written to.
type byteSink []byte

func (b *byteSink) Write(p []byte) (int, error) {
	*b = append(*b, p...)
	return len(p), nil
}

// link makes a cell jump to a place in this workbook.
func (b *book) link(from, cell, sheet, target string) error {
	return b.f.SetCellHyperLink(from, cell, quoted(sheet)+"!"+target, "Location")
}
