package sheet

import "bytes"

// likeAbove is how a plain cell was written. The rows of a sheet are written
// alike, and half of their cells hold what the cell above holds: comparing bytes
// then tells all that there is to know of a cell, in a sixth of the time that it
// takes to read it. What a plain cell means depends on nothing but its bytes, but
// for the number of its row, which must be that of the row at hand.
type likeAbove struct {
	column int
	class  class
	style  int
	open   []byte // up to the number of the row: <c r="B; empty if none was read
	head   []byte // from there up to the text: " s="3" t="s"><v>
	tail   []byte // the text and what ends the cell: 12</v></c>
	text   int    // the length of the text
	cell   Cell
}

// learnCell keeps how a plain cell of the row is written that was read from the
// beginning of what the scanner has next.
func (s *worksheetReader) learnCell(place, column int, p plainCell, cell Cell) {
	letters := len(p.ref) - len(s.own)
	if letters <= 0 || p.ref[letters-1] < 'A' || !bytes.Equal(p.ref[letters:], s.own) {
		return // B07, in row 7
	}
	if place >= len(s.above) {
		if place >= s.limits.Columns { // a row that is formatted far beyond its table
			return
		}
		s.above = append(s.above, make([]likeAbove, place+1-len(s.above))...)
	}
	const start = len(`<c r="`)
	b := s.x.buf[s.x.pos : s.x.pos+p.size]
	a := &s.above[place]
	*a = likeAbove{
		column: column, class: p.class, style: p.style, text: len(p.text), cell: cell,
		open: append(a.open[:0], b[:start+letters]...),
		head: append(a.head[:0], b[start+len(p.ref):p.from]...),
		tail: append(a.tail[:0], b[p.from:]...),
	}
}

// cellLikeAbove reads the next cell if it is written like the one above; ok is
// false if it is not, and then nothing has been read.
func (s *worksheetReader) cellLikeAbove(a *likeAbove) (cell Cell, ok bool, err error) {
	x := s.x
	b := x.buf[x.pos:]
	rest, ok := bytes.CutPrefix(b, a.open)
	if !ok || len(a.open) == 0 {
		return Cell{}, false, nil
	}
	if rest, ok = bytes.CutPrefix(rest, s.own); !ok {
		return Cell{}, false, nil
	}
	if rest, ok = bytes.CutPrefix(rest, a.head); !ok {
		return Cell{}, false, nil
	}
	if !bytes.HasPrefix(rest, a.tail) {
		if ok, err = s.readTail(a, rest); !ok || err != nil {
			return Cell{}, false, err
		}
	}
	x.pos += len(b) - len(rest) + len(a.tail)
	x.brackets = 0
	return a.cell, true, nil
}

// readTail reads what a cell holds if it holds something else than the one above.
func (s *worksheetReader) readTail(a *likeAbove, b []byte) (ok bool, err error) {
	if a.head[len(a.head)-1] != '>' { // the one above has no place for a text
		return false, nil
	}
	n, end := plainLength(b), a.tail[a.text:]
	if n < 0 || !bytes.HasPrefix(b[n:], end) || !s.standsForItself(b[:n]) {
		return false, nil
	}
	if a.cell, err = s.cell(a.class, a.style, b[:n]); err != nil {
		return false, err
	}
	a.text, a.tail = n, append(a.tail[:0], b[:n+len(end)]...)
	return true, nil
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
