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
	for _, c := range p.fixed {
		text := fixedText(cellAt(row, c.at))
		if text == "" {
			continue
		}
		h := fnv.New64a()
		h.Write([]byte(c.name() + "\x00" + text))
		sum += h.Sum64()
	}
	return sum
}

// A FixedCell is a cell of Plan that is not people's.
type FixedCell struct {
	Heading string
	Text    string // day as YYYY-MM-DD, number with a dot, text
}

// ReadFixed reads, for the rows of Plan with the given keys, the columns that
// are rewritten every night, by the code of the column; a column that people
// added has its heading as code.
func ReadFixed(path, name string, keys map[string]bool) (map[string]map[string]FixedCell, error) {
	w, err := openWritten(path, name)
	if err != nil {
		return nil, err
	}
	defer w.book.Close()
	rows := map[string]map[string]FixedCell{}
	for _, t := range w.lists.tables() {
		from := w.find(t)
		if t.table != planTable || from == nil {
			continue
		}
		_, err := w.walk(from, t, func(at *placed, row xlsx.Row) error {
			key := at.key(row)
			if !keys[key] {
				return nil
			}
			rows[key] = map[string]FixedCell{}
			for _, c := range at.fixed {
				rows[key][c.name()] = FixedCell{c.heading, fixedText(cellAt(row, c.at))}
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("reading %s!%s: %w", name, t.sheet, err)
		}
	}
	return rows, nil
}
