package excel

import (
	"fmt"

	"cspplan/report"
)

// maxLinks is how many rows of a list lead to Plan. Excel takes 65,530 links on
// a sheet, and grows slow long before.
const maxLinks = 5000

// isLinked tells whether the row of the sheet with this number leads to Plan.
func (l *list) isLinked(number int) bool {
	return l.s.table.PlanRow != nil && l.s.first+number-firstDataRow < maxLinks
}

// linkRow lets the columns that are links lead from row i of the table, written
// last, to its row on Plan. The target is made of our own sheet's name and a
// number, never of text of the input.
func (l *list) linkRow(i int) error {
	if !l.isLinked(l.row) {
		return nil
	}
	sheet, row, ok := l.b.planSheet(l.s.table.PlanRow(i))
	if !ok {
		return fmt.Errorf("row %d leads to row %d of the plan, which is not there", l.row, l.s.table.PlanRow(i)+1)
	}
	for c := range l.columns {
		if !l.columns[c].Link || l.values[c].Kind == report.Empty {
			continue
		}
		if err := l.b.link(l.s.name, cellName(c+1, l.row), sheet, cellName(1, row)); err != nil {
			return fmt.Errorf("link of row %d: %w", l.row, err)
		}
	}
	return nil
}

// link makes a cell jump to a place in this workbook.
func (b *book) link(from, cell, sheet, target string) error {
	return b.f.SetCellHyperLink(from, cell, quoted(sheet)+"!"+target, "Location")
}
