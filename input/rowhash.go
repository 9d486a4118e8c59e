package input

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"math/bits"

	"cspplan/input/sheet"
)

// A rowHash makes the hashes of the rows below one header: over the header, what is
// handed in, and the cells. They are compared within this process and never leave
// it, so they need not hold against people who know them, and cost a quarter of
// SHA-256: a text is a polynomial modulo 2^61-1, with seven bytes to a coefficient,
// and its hash the values at two points that are drawn anew by each process. Two
// texts of n coefficients that differ are equal at both points with a probability
// of less than (n/2^60)^2, whoever wrote them: of ten million rows of 400 bytes
// that is one pair in 2^60 runs.
type rowHash struct {
	header [2]uint64 // the values of the header alone, with which each row goes on
	line   []byte
}

// field is the prime modulo which hashes are worked out.
const field61 = 1<<61 - 1

var hashPoints = func() (points [2]uint64) {
	var drawn [16]byte
	rand.Read(drawn[:]) // never fails
	for i := range points {
		points[i] = 1 + binary.LittleEndian.Uint64(drawn[8*i:])%(field61-1)
	}
	return points
}()

func newRowHash(header []heading) rowHash {
	var h rowHash
	for _, column := range header {
		h.line = append(append(h.line, column.text...), 0)
	}
	h.header = hashOn([2]uint64{1, 1}, h.line)
	return h
}

func (h *rowHash) of(row sheet.Row, owned []byte, into *[16]byte) {
	h.line = append(h.line[:0], owned...)
	for _, c := range row.Cells {
		h.line = append(append(h.line, c.Text...), 0)
	}
	h.line = h.line[:len(owned)+len(bytes.TrimRight(h.line[len(owned):], "\x00"))]
	sum := hashOn(h.header, h.line)
	binary.LittleEndian.PutUint64(into[:8], sum[0])
	binary.LittleEndian.PutUint64(into[8:], sum[1])
}

// hashOn goes on with a text behind another, which is 1 or ended so itself. The
// length of the text comes first, so that no two pairs of texts make the same
// coefficients.
func hashOn(at [2]uint64, text []byte) [2]uint64 {
	a, b := at[0], at[1]
	p, q := hashPoints[0], hashPoints[1]
	add := func(w uint64) {
		a, b = timesPlus(a, p, w), timesPlus(b, q, w)
	}
	add(uint64(len(text)))
	for ; len(text) >= 8; text = text[7:] {
		add(binary.LittleEndian.Uint64(text) & (1<<56 - 1))
	}
	var end [8]byte
	copy(end[:], text)
	w := binary.LittleEndian.Uint64(end[:])
	add(w & (1<<32 - 1))
	add(w >> 32)
	return [2]uint64{a % field61, b % field61}
}

// timesPlus is a*p+w modulo 2^61-1, not quite reduced: a and the result are less
// than 2^61+2^57, w less than 2^57.
func timesPlus(a, p, w uint64) uint64 {
	high, low := bits.Mul64(a, p)
	sum := low&field61 + (high<<3 | low>>61) + w
	return sum&field61 + sum>>61
}
