package input

import (
	"bytes"
	"crypto/sha256"
	"encoding"
	"hash"

	"cspplan/input/sheet"
)

// A rowHash makes the hashes of the rows below one header, the first half of
// SHA-256 over the header, what is handed in, and the cells.
type rowHash struct {
	sum     hash.Hash
	header  []byte // the state of sum behind the header, half of what there is to hash
	line    []byte
	scratch [sha256.Size]byte
}

func newRowHash(header []heading) rowHash {
	h := rowHash{sum: sha256.New()}
	for _, column := range header {
		h.line = append(append(h.line, column.text...), 0)
	}
	h.sum.Write(h.line)
	state, err := h.sum.(encoding.BinaryMarshaler).MarshalBinary()
	if err != nil {
		panic(err) // SHA-256 of the standard library has a state
	}
	h.header = state
	return h
}

func (h *rowHash) of(row sheet.Row, owned []byte, into *[16]byte) {
	if err := h.sum.(encoding.BinaryUnmarshaler).UnmarshalBinary(h.header); err != nil {
		panic(err)
	}
	h.line = append(h.line[:0], owned...)
	for _, c := range row.Cells {
		h.line = append(append(h.line, c.Text...), 0)
	}
	cells := h.line[len(owned):]
	h.sum.Write(h.line[:len(owned)+len(bytes.TrimRight(cells, "\x00"))])
	copy(into[:], h.sum.Sum(h.scratch[:0]))
}
