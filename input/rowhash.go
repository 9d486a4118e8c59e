package input

import (
	"bytes"
	"crypto/sha256"

	"cspplan/input/sheet"
)

// A rowHash makes the hashes of the rows below one header: the first half of
// SHA-256 over the hash of the header, what is handed in, and the cells. Rows
// whose hashes are equal count as one and the same, so nothing less will do.
type rowHash struct {
	line   []byte // begins with the hash of the header, which is the same for all rows
	header int    // its bytes
}

func newRowHash(header []heading) rowHash {
	var text []byte
	for _, column := range header {
		text = append(append(text, column.text...), 0)
	}
	sum := sha256.Sum256(text)
	return rowHash{line: sum[:], header: len(sum)}
}

func (h *rowHash) of(row sheet.Row, owned []byte, into *[16]byte) {
	h.line = append(h.line[:h.header], owned...)
	from := len(h.line)
	for _, c := range row.Cells {
		h.line = append(append(h.line, c.Text...), 0)
	}
	sum := sha256.Sum256(h.line[:from+len(bytes.TrimRight(h.line[from:], "\x00"))])
	copy(into[:], sum[:])
}
