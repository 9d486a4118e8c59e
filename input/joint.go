package input

import (
	"encoding/binary"
	"hash/maphash"
	"slices"

	"cspplan/input/sheet"
)

// A joint remembers what the cells of several columns say together: one look for
// the customer of a row, one for its offer, one for its words, in the place of one
// for each cell. Which columns these are is settled once for a table.
type joint[V any] struct {
	columns []int
	memo    memo[V]
	texts   textStore // the keys: they are let go when all rows are read, unless records share them (kept)

	before []sheet.Cell // of the row that was asked for last, which neighbours often repeat
	value  V            // what that says
	known  bool         // value is known

	key   []byte       // the cells of that row: kinds and lengths, then texts
	hash  uint64       // of the key
	head  int          // how much of that is kinds and lengths
	stays string       // the key, once it is kept
	cells []sheet.Cell // scratch of kept
}

// find is what was kept of a row with the same cells; nil if there is none. It is
// valid until the next row.
func (j *joint[V]) find(row sheet.Row) *V {
	if j.known && j.repeats(row) {
		return &j.value
	}
	j.turnTo(row)
	j.hash = maphash.Bytes(memoSeed, j.key)
	if known := j.memo.find(j.key, j.hash); known != nil {
		j.value, j.known = *known, true
		return &j.value
	}
	return nil
}

// repeats reports whether the cells are those of the row before.
func (j *joint[V]) repeats(row sheet.Row) bool {
	for i, at := range j.columns {
		if cellOf(row, at) != j.before[i] {
			return false
		}
	}
	return true
}

// turnTo makes the row the one that is asked for.
func (j *joint[V]) turnTo(row sheet.Row) {
	if j.before == nil {
		j.before = make([]sheet.Cell, len(j.columns))
	}
	j.known, j.key, j.stays = false, j.key[:0], ""
	for i, at := range j.columns {
		cell := cellOf(row, at)
		j.before[i] = cell
		j.key = binary.AppendUvarint(append(j.key, byte(cell.Kind)), uint64(len(cell.Text)))
	}
	j.head = len(j.key)
	for i := range j.before {
		j.key = append(j.key, j.before[i].Text...)
	}
}

// cellOf is a cell as it stands; the zero Cell if the row ends before it.
func cellOf(row sheet.Row, at int) sheet.Cell {
	if at >= len(row.Cells) {
		return sheet.Cell{}
	}
	return row.Cells[at]
}

// kept is the row that find did not know with the texts of its columns in a copy
// that stays, the one that keep needs too. Its other cells are empty.
func (j *joint[V]) kept(row sheet.Row) sheet.Row {
	j.stays = j.texts.keepBytes(j.key)
	text := j.stays[j.head:]
	if len(j.columns) > 0 && j.cells == nil {
		j.cells = make([]sheet.Cell, slices.Max(j.columns)+1)
	}
	for i, at := range j.columns {
		cell := j.before[i]
		j.cells[at] = sheet.Cell{Kind: cell.Kind, Text: text[:len(cell.Text)]}
		text = text[len(cell.Text):]
	}
	row.Cells = j.cells
	return row
}

// keep remembers what the cells of the row say that find did not know.
func (j *joint[V]) keep(value V) *V {
	if len(j.key) > 0 && j.memo.takes() {
		if j.stays == "" {
			j.stays = j.texts.keepBytes(j.key)
		}
		j.memo.set(j.stays, j.hash, value)
	}
	j.value, j.known = value, true
	return &j.value
}
