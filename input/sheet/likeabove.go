package sheet

import "bytes"

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
	same   int    // how many of them begin the number of the row at hand, too
	text   []byte // the plain cells as they were written, one behind the other
	at     int    // in text: where the next cell of the row at hand has its like
	now    []byte // the plain cells of the row at hand, so far
}

// begin makes the row at hand the one above, and that of this number the one at hand.
func (a *aboveRow) begin(number []byte) {
	a.text, a.now, a.at = a.now, a.text[:0], 0
	a.same = 0
	if len(number) == len(a.number) {
		for a.same < len(number) && number[a.same] == a.number[a.same] {
			a.same++
		}
	} else {
		a.at = len(a.text) // references of another length: nothing is like above
	}
	a.number = append(a.number[:0], number...)
}

// size is how many bytes of a cell stand in the text of its row.
func (a *aboveRow) size(c *likeAbove) int {
	if c.open == 0 {
		return 0
	}
	return c.open + len(a.number) + c.head + c.text + c.end
}

// cellsLikeAbove reads cells of the row from the place-th on as long as they are
// written like those above, and returns the place where that ends.
func (s *worksheetReader) cellsLikeAbove(place int) (int, error) {
	x, a := s.x, &s.above
	if x.empty || x.cdata || x.unprefixed != mainSpace {
		return place, nil
	}
	b, from := x.buf[x.pos:], place
	now, above := b, a.text[a.at:]
	for ; place < a.known; place++ {
		c := &a.cells[place]
		size, ref := a.size(c), c.open+len(a.number)
		if size == 0 || len(now) < size || len(above) < size {
			break
		}
		fixed := c.open + a.same
		if !bytes.Equal(now[:fixed], above[:fixed]) || !bytes.Equal(now[fixed:ref], a.number[a.same:]) {
			break
		}
		if bytes.Equal(now[ref:size], above[ref:size]) {
			now, above = now[size:], above[size:]
			continue
		}
		text, err := s.otherText(c, now[ref:], above[ref:size])
		if err != nil {
			return place, err
		}
		if text < 0 {
			break
		}
		c.text = text
		now, above = now[a.size(c):], above[size:]
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

// otherText reads what a cell holds behind its reference if it holds another text
// than the one above, and returns the length of that; -1 if it is written otherwise.
func (s *worksheetReader) otherText(c *likeAbove, now, above []byte) (int, error) {
	if above[c.head-1] != '>' { // the one above has no place for a text
		return -1, nil
	}
	now, ok := bytes.CutPrefix(now, above[:c.head])
	if !ok {
		return -1, nil
	}
	n, end := plainLength(now), above[c.head+c.text:]
	if n < 0 || !bytes.HasPrefix(now[n:], end) || !s.standsForItself(now[:n]) {
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
