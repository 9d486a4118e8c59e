package excel

import (
	"fmt"
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
func (l *list) linkRows() error {
	for _, at := range l.links {
		i := l.s.table.PlanRow(l.s.first + at.row - firstDataRow)
		sheet, row, ok := l.b.planSheet(i)
		if !ok {
			return fmt.Errorf("row %d leads to row %d of the plan, which is not there", at.row, i+1)
		}
		if err := l.b.link(l.s.name, cellName(at.column, at.row), sheet, cellName(1, row)); err != nil {
			return fmt.Errorf("link of row %d: %w", at.row, err)
		}
	}
	return nil
}

// link makes a cell jump to a place in this workbook.
func (b *book) link(from, cell, sheet, target string) error {
	return b.f.SetCellHyperLink(from, cell, quoted(sheet)+"!"+target, "Location")
}
