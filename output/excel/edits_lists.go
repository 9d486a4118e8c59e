package excel

import (
	"slices"
	"strconv"
	"strings"

	xlsx "cspplan/input/sheet"
	"cspplan/report"
)

// lists is what the hidden sheet Lists says about its workbook.
type lists struct {
	properties map[string]string
	columns    []listedColumn
}

// A listedColumn is a column as it was written.
type listedColumn struct {
	sheet, table string
	position     int // from 1
	heading      string
	code         string
	edit         report.EditKind
}

// A listedTable is one sheet of a table with columns for people.
type listedTable struct {
	sheet, table string
	first        bool // of the sheets of the table
	columns      []listedColumn
}

// readLists finds the sheet by its first cell: people can show and rename it.
func readLists(book *xlsx.Book) (lists, error) {
	for i := range book.Sheets {
		l, ok, err := listsOf(&book.Sheets[i])
		if err != nil {
			return l, err
		}
		if ok {
			return l, nil
		}
	}
	return lists{}, ErrNotWritten
}

// listsOf reads a sheet unless its first row says that it is another one.
func listsOf(s *xlsx.Sheet) (lists, bool, error) {
	l := lists{properties: map[string]string{}}
	head := true
	for row, err := range s.Rows() {
		if err != nil {
			return l, false, err
		}
		if head {
			if row.Number != 1 || cellAt(row, propertyColumn-1).Text != propertyHeading {
				return l, false, nil
			}
			head = false
			continue
		}
		l.add(row)
	}
	return l, !head, nil
}

// add takes the blocks of properties and columns from one row.
func (l *lists) add(row xlsx.Row) {
	text := func(column int) string { return cellAt(row, column-1).Text }
	if name := text(propertyColumn); name != "" {
		l.properties[name] = text(propertyColumn + 1)
	}
	position, err := strconv.Atoi(strings.TrimSpace(text(fieldColumn + 2)))
	if err != nil || text(fieldColumn) == "" {
		return
	}
	l.columns = append(l.columns, listedColumn{
		sheet: text(fieldColumn), table: text(fieldColumn + 1), position: position,
		heading: text(fieldColumn + 3), code: text(fieldColumn + 4), edit: report.EditKind(text(fieldColumn + 5)),
	})
}

func (l lists) property(name string) string { return strings.TrimSpace(l.properties[name]) }

// hasKey tells whether the rows of a table can be told by a key.
func hasKey(t listedTable) bool {
	return t.table == unmatchedTable || slices.ContainsFunc(t.columns, func(c listedColumn) bool { return c.code == codeKey })
}

// tablesWith are the sheets that are wanted, in order.
func (l lists) tablesWith(wanted func(listedTable) bool) []listedTable {
	var all []listedTable
	for _, c := range l.columns {
		if n := len(all); n == 0 || all[n-1].sheet != c.sheet {
			all = append(all, listedTable{sheet: c.sheet, table: c.table, first: n == 0 || all[n-1].table != c.table})
		}
		t := &all[len(all)-1]
		t.columns = append(t.columns, c)
	}
	return slices.DeleteFunc(all, func(t listedTable) bool { return !wanted(t) })
}

// cellAt is a cell of a ragged row; column from 0.
func cellAt(row xlsx.Row, column int) xlsx.Cell {
	if column < 0 || column >= len(row.Cells) {
		return xlsx.Cell{}
	}
	return row.Cells[column]
}
