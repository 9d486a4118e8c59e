package excel

import (
	"fmt"
	"hash/fnv"

	xlsx "cspplan/input/sheet"
)

// fixedSum sums the cells that are rewritten every night, whatever the order
// of their columns.
func (p *placed) fixedSum(row xlsx.Row) uint64 {
	var sum uint64
	p.eachFixed(row, func(c placedColumn, text string) {
		if text != "" {
			h := fnv.New64a()
			h.Write([]byte(c.name() + "\x00" + text))
			sum += h.Sum64()
		}
	})
	return sum
}

// eachFixed hands out the cells of a row that are not people's, and those beside
// the table in which something stands.
func (p *placed) eachFixed(row xlsx.Row, use func(c placedColumn, text string)) {
	for _, c := range p.fixed {
		use(c, fixedText(cellAt(row, c.at)))
	}
	for i, cell := range row.Cells {
		if text := fixedText(cell); text != "" && !p.headed[i] {
			use(placedColumn{heading: columnName(i + 1), at: i}, text)
		}
	}
}

// A RowID tells a row of a workbook.
type RowID struct{ Table, Key string }

// A FixedCell is a cell that is not people's.
type FixedCell struct {
	Heading string
	Text    string // day as YYYY-MM-DD, number with a dot, text
}

// ReadFixed reads, of the given rows, the columns that are rewritten every
// night, by the code of the column; a column that people added has its heading
// as code, one without a heading its letters. People may have copied a row.
func ReadFixed(path, name string, wanted map[RowID]bool) (map[RowID][]map[string]FixedCell, error) {
	w, err := openWritten(path, name)
	if err != nil {
		return nil, err
	}
	defer w.book.Close()
	rows := map[RowID][]map[string]FixedCell{}
	for _, t := range w.lists.tablesWith(hasKey) {
		for _, from := range w.find(t) {
			_, err := w.walk(from, t, func(at *placed, row xlsx.Row) error {
				if id := (RowID{t.table, at.key(row)}); wanted[id] {
					cells := map[string]FixedCell{}
					at.eachFixed(row, func(c placedColumn, text string) { cells[c.name()] = FixedCell{c.heading, text} })
					rows[id] = append(rows[id], cells)
				}
				return nil
			})
			if err != nil {
				return nil, fmt.Errorf("reading %s!%s: %w", name, from.Name, err)
			}
		}
	}
	return rows, nil
}
