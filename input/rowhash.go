package input

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"

	"cspplan/input/sheet"
)

// A rowHash makes the hashes of the rows below one header, over the hash of the
// header, what is handed in, and the cells. Rows whose hashes are equal count as
// one and the same, and only one of them is planned, so no two rows may ever have
// the same, not even those of a file that was written for that.
//
// It is the authentication code of AES-GCM under a key that this process drew and
// shows nobody, nor any code that it made: whatever two rows are, the probability
// that their codes are equal is below one in 2¹²⁰. The first half of SHA-256
// promises no more and takes three times as long. Hashes mean nothing to another
// process: none is ever written.
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
	from := h.header + len(owned)
	size := from + len(row.Cells)
	for i := range row.Cells {
		size += len(row.Cells[i].Text)
	}
	if len(h.line) < size {
		h.line = append(h.line, make([]byte, size-len(h.line))...)
	}
	line := h.line[:size]
	copy(line[h.header:], owned)
	end, last := from, from // last: behind the last cell that is not empty
	for i := range row.Cells {
		if text := row.Cells[i].Text; text != "" {
			end += copy(line[end:], text)
			last = end
		}
		line[end] = 0
		end++
	}
	size = from + len(bytes.TrimRight(line[from:last], "\x00"))
	rowCode.Seal(into[:0], rowNonce, nil, line[:size])
}

// rowCode makes the codes of rows. Nobody sees one, so that the same nonce serves
// all of them.
var (
	rowCode  = newRowCode()
	rowNonce = make([]byte, rowCode.NonceSize())
)

func newRowCode() cipher.AEAD {
	key := make([]byte, 16)
	rand.Read(key) // never fails
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	code, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return code
}
