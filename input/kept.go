package input

import (
	"iter"
	"strings"

	"cspplan/input/sheet"
)

// maxKept bounds what is kept of a sheet between the two walks, in bytes.
const maxKept = 64 << 20

// kept holds the data rows of a sheet, so that a workbook of ordinary size is
// parsed once and not for each walk. A sheet that grows over maxKept is not
// kept; it is walked again.
type kept struct {
	text  strings.Builder
	cells []keptCell
	rows  []keptRow
	full  bool
}

type keptCell struct {
	kind sheet.CellKind
	end  int // of its text
}

type keptRow struct {
	number int
	end    int // of its cells
	fault  string
}

// add keeps a copy of a row.
func (k *kept) add(row sheet.Row) {
	if k.full {
		return
	}
	for _, c := range row.Cells {
		k.text.WriteString(c.Text)
		k.cells = append(k.cells, keptCell{c.Kind, k.text.Len()})
	}
	k.rows = append(k.rows, keptRow{row.Number, len(k.cells), row.Fault})
	if k.text.Len()+16*len(k.cells) > maxKept {
		*k = kept{full: true}
	}
}

// walk yields the rows that were kept. Their cells are only lent.
func (k *kept) walk() iter.Seq2[sheet.Row, error] {
	return func(yield func(sheet.Row, error) bool) {
		text, cell, from := k.text.String(), 0, 0
		var cells []sheet.Cell
		for _, r := range k.rows {
			cells = cells[:0]
			for ; cell < r.end; cell++ {
				c := k.cells[cell]
				cells = append(cells, sheet.Cell{Kind: c.kind, Text: text[from:c.end]})
				from = c.end
			}
			if !yield(sheet.Row{Number: r.number, Cells: cells, Fault: r.fault}, nil) {
				return
			}
		}
	}
}
