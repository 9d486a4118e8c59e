package sheet

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// likeAbove is how a plain cell is written, in lengths. The rows of a sheet are
// written alike, and half of their cells hold what the cell above holds: comparing
// bytes then tells all that there is to know of a cell, in a tenth of the time that
// it takes to read it. What a plain cell means depends on nothing but its bytes, but
// for the number of its row, which must be that of the row at hand.
type likeAbove struct {
	column int
	class  class
	style  int
	open   int // up to the number of the row: <c r="B; 0 if the cell was not plain
	head   int // from there up to the text: " s="3" t="s"><v>
	text   int
	end    int // what ends the cell: </v></c>
}

// An aboveRow is the row that was read last, as far as its cells stood one behind
// the other, and becomes the one at hand.
type aboveRow struct {
	cells  []likeAbove
	known  int    // how many of them are those of the row, in rising columns
	number []byte // the digits of the row
	text   []byte // the plain cells as they were written, one behind the other
	at     int    // in text: where the next cell of the row at hand has its like
	now    []byte // the plain cells of the row at hand, so far
}

// begin makes the row at hand the one above, and that of this number the one at hand.
// What was written above gets that number, so that rows can be compared as a whole.
func (a *aboveRow) begin(number []byte) {
	a.text, a.now, a.at = a.now, a.text[:0], 0
	if len(number) != len(a.number) {
		a.number = append(a.number[:0], number...)
		a.at = len(a.text) // nothing is like above
		return
	}
	same := sameLength(number, a.number)
	copy(a.number, number)
	at := 0
	for i := range a.cells[:a.known] {
		if c := &a.cells[i]; c.open > 0 {
			copy(a.text[at+c.open+same:], number[same:])
			at += a.size(c)
		}
	}
}

// size is how many bytes of a cell stand in the text of its row.
func (a *aboveRow) size(c *likeAbove) int {
	if c.open == 0 {
		return 0
	}
	return c.open + len(a.number) + c.head + c.text + c.end
}

// sameLength is how many bytes two texts have in common from their beginning.
func sameLength(a, b []byte) int {
	n, least := 0, min(len(a), len(b))
	for ; n+8 <= least; n += 8 {
		if differ := binary.LittleEndian.Uint64(a[n:]) ^ binary.LittleEndian.Uint64(b[n:]); differ != 0 {
			return n + bits.TrailingZeros64(differ)/8
		}
	}
	for n < least && a[n] == b[n] {
		n++
	}
	return n
}

// cellsLikeAbove reads cells of the row from the place-th on as long as they are
// written like those above, and returns the place where that ends.
func (s *worksheetReader) cellsLikeAbove(place int) (int, error) {
	x, a := s.x, &s.above
	if place >= a.known || x.empty || x.cdata || x.unprefixed != mainSpace {
		return place, nil
	}
	b, from := x.buf[x.pos:], place
	now, above := b, a.text[a.at:]
	same := sameLength(now, above)
	for ; place < a.known; place++ {
		c := &a.cells[place]
		size := a.size(c)
		if size == 0 {
			break
		}
		if same >= size {
			now, above, same = now[size:], above[size:], same-size
			continue
		}
		head := c.open + len(a.number) + c.head
		if same < head || above[head-1] != '>' { // another reference, style or type, or the one above has no place for a text
			break
		}
		text, err := s.otherText(c, now[head:], above[head+c.text:size])
		if err != nil {
			return place, err
		}
		if text < 0 {
			break
		}
		c.text = text
		now, above = now[a.size(c):], above[size:]
		same = sameLength(now, above)
	}
	if read := len(b) - len(now); read > 0 {
		a.now = append(a.now, b[:read]...)
		a.at = len(a.text) - len(above)
		x.pos += read
		x.brackets = 0
		s.count += int64(place - from)
	}
	return place, nil
}

// otherText reads the text of a cell if it is the text alone that differs from the
// cell above, and returns the length of it; -1 if what ends the cell does, too.
func (s *worksheetReader) otherText(c *likeAbove, now, end []byte) (int, error) {
	n := plainLength(now)
	if n < 0 || n > s.limits.CellChars || !bytes.HasPrefix(now[n:], end) {
		return -1, nil
	}
	cell, err := s.value(c.column, c.class, c.style, now[:n])
	if err != nil {
		return -1, err
	}
	return n, s.replace(c.column, cell)
}

// learn keeps how a cell is written, the place-th of the row, which has been read
// without a look at the one above, and makes room for it; p is empty if it was not
// plain, b how it was written.
func (s *worksheetReader) learn(place, column int, p plainCell, b []byte) {
	a := &s.above
	if place < a.known && a.cells[place].column == column {
		a.at = min(a.at+a.size(&a.cells[place]), len(a.text))
		if column < len(s.cells) {
			s.cells[column] = Cell{}
		}
	} else {
		s.leave(place)
	}
	if place > a.known || place > 0 && column <= a.cells[place-1].column || place >= s.limits.Columns {
		s.loose = true // out of order, or in a row that is formatted far beyond its table
		return
	}
	if place == a.known {
		a.known++
	}
	if place == len(a.cells) {
		a.cells = append(a.cells, likeAbove{})
	}
	c := &a.cells[place]
	*c = likeAbove{column: column, class: p.class, style: p.style}
	letters := len(p.ref) - len(s.own)
	if letters <= 0 || p.ref[letters-1] < 'A' || !bytes.Equal(p.ref[letters:], s.own) {
		return // not plain, or B07 in row 7
	}
	const start = len(`<c r="`)
	c.open = start + letters
	c.head = p.from - start - len(p.ref)
	c.text = len(p.text)
	c.end = p.size - p.from - len(p.text)
	a.now = append(a.now, b...)
}

// leave forgets the cells above from a place on, which the row at hand does not
// have there: what they held is not in this row.
func (s *worksheetReader) leave(place int) {
	a := &s.above
	if place >= a.known {
		return
	}
	a.known, a.at = place, len(a.text)
	kept := 0
	if place > 0 {
		kept = a.cells[place-1].column + 1
	}
	s.cut(kept)
}

// cut leaves the first cells of the row at hand.
func (s *worksheetReader) cut(n int) {
	if n < len(s.cells) {
		clear(s.cells[n:])
		s.cells = s.cells[:n]
	}
}

const rowStart = `<row r="`

// learnRow keeps how the tag of a row goes on behind its number, when it has just
// been read.
func (s *worksheetReader) learnRow() {
	rest, ok := bytes.CutPrefix(s.x.tag, []byte(rowStart))
	digits := 0
	for digits < len(rest) && '0' <= rest[digits] && rest[digits] <= '9' {
		digits++
	}
	if !ok || digits == 0 || bytes.HasSuffix(rest, []byte("/>")) || bytes.Contains(rest, []byte("xmlns")) {
		s.rowTail = s.rowTail[:0]
		return
	}
	s.rowTail = append(s.rowTail[:0], rest[digits:]...)
}

// plainRow begins the next row if its tag is written like that of the row before,
// with a higher number.
func (s *worksheetReader) plainRow() (number int, ok bool) {
	x := s.x
	if len(s.rowTail) == 0 || x.empty || x.cdata || x.unprefixed != mainSpace {
		return 0, false
	}
	b := x.buf[x.pos:]
	rest, ok := bytes.CutPrefix(b, []byte(rowStart))
	if !ok {
		return 0, false
	}
	for len(rest) > 0 && '0' <= rest[0] && rest[0] <= '9' && number < 1e9 {
		number = number*10 + int(rest[0]-'0')
		rest = rest[1:]
	}
	if rest, ok = bytes.CutPrefix(rest, s.rowTail); !ok || number <= s.row {
		return 0, false
	}
	x.pos += len(b) - len(rest)
	x.brackets = 0
	x.begin([]byte("row"))
	return number, true
}
