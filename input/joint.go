package input

import (
	"encoding/binary"

	"cspplan/input/sheet"
)

// A joint remembers what the cells of several columns say together: one look for
// the customer of a row, one for its offer, one for its words, in the place of one
// for each cell. Which columns these are is settled once for a table.
type joint[V any] struct {
	columns []int
	memo    memo[*V]
	texts   textStore // the keys: they are let go when all rows are read

	key    []byte // the cells of the row that was asked for
	before []byte // those of the row before it, which neighbours often repeat
	value  *V     // what those say; nil: not known
}

// find is what was kept of a row with the same cells; nil if there is none. It is
// valid until keep.
func (j *joint[V]) find(row sheet.Row) *V {
	j.key = j.key[:0]
	for _, at := range j.columns {
		if at >= len(row.Cells) {
			j.key = append(j.key, byte(sheet.Empty), 0)
			continue
		}
		cell := &row.Cells[at]
		j.key = binary.AppendUvarint(append(j.key, byte(cell.Kind)), uint64(len(cell.Text)))
		j.key = append(j.key, cell.Text...)
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

// keep remembers what the cells of the row say that find did not know.
func (j *joint[V]) keep(value V) *V {
	if j.memo.takes() && len(j.key) > 0 {
		j.memo.set(memoSlot[*V]{text: j.texts.keepBytes(j.key), value: &value})
	}
	j.turnTo(&value)
	return j.value
}

func (j *joint[V]) turnTo(value *V) {
	j.key, j.before = j.before, j.key
	j.value = value
}
