package input

import (
	"encoding/binary"
	"slices"

	"cspplan/input/sheet"
)

// A joint remembers what the cells of several columns say together: one look for
// the customer of a row, one for its offer, one for its words, in the place of one
// for each cell. Which columns these are is settled once for a table.
type joint[V any] struct {
	columns []int
	memo    memo[*V]
	texts   textStore // the keys: they are let go when all rows are read, unless records share them (kept)

	key    []byte // the cells of the row that was asked for: kinds and lengths, then texts
	head   int    // how much of that is kinds and lengths
	before []byte // the key of the row before it, which neighbours often repeat
	value  *V     // what that says; nil: not known

	stays string       // the key, once it is kept
	cells []sheet.Cell // scratch of kept
}

// find is what was kept of a row with the same cells; nil if there is none. It is
// valid until keep.
func (j *joint[V]) find(row sheet.Row) *V {
	j.key = j.key[:0]
	for _, at := range j.columns {
		cell := cellOf(row, at)
		j.key = binary.AppendUvarint(append(j.key, byte(cell.Kind)), uint64(len(cell.Text)))
	}
	j.head = len(j.key)
	for _, at := range j.columns {
		j.key = append(j.key, cellOf(row, at).Text...)
	}
	if j.value != nil && string(j.key) == string(j.before) {
		return j.value
	}
	if known := j.memo.find(j.key); known != nil {
		j.turnTo(*known)
		return j.value
	}
	return nil
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
	for _, at := range j.columns {
		cell := cellOf(row, at)
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
		j.memo.set(memoSlot[*V]{text: j.stays, value: &value})
	}
	j.stays = ""
	j.turnTo(&value)
	return j.value
}

func (j *joint[V]) turnTo(value *V) {
	j.key, j.before = j.before, j.key
	j.value = value
}
