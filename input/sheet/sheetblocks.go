package sheet

import "io"

// rowsInBlock is how many rows of a worksheet make a block.
const rowsInBlock = 1024

// sheetBlocks reads a worksheet in blocks. Its rows must be read one after the
// other; what is made of them need not be.
type sheetBlocks struct {
	rows  rowReader
	cells int // the most that a block had so far
}

func (r *sheetBlocks) read(b *Block) error {
	if cap(b.cells) < r.cells { // growing would copy them several times
		b.cells = make([]Cell, 0, r.cells)
	}
	defer func() { r.cells = max(r.cells, len(b.cells)) }()
	for len(b.Rows) < rowsInBlock {
		row, err := r.rows.next()
		if err == io.EOF {
			b.last = true
			break
		}
		if err != nil {
			return err
		}
		from := len(b.cells)
		b.cells = append(b.cells, row.Cells...)
		row.Cells = b.cells[from:len(b.cells):len(b.cells)]
		b.Rows = append(b.Rows, row)
	}
	if len(b.Rows) == 0 {
		return io.EOF
	}
	return nil
}

func (r *sheetBlocks) cut(*Block) error { return nil }
