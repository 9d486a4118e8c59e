package output

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"
)

// csvRecords reads the records of a CSV file that this program wrote, as strictly
// as encoding/csv: a quote where none belongs, or a record that has not as many
// cells as the header, is an error. It hands out the bytes of its buffer and makes
// no text of 66 cells that nobody asks for; that is four times as fast.
type csvRecords struct {
	r     io.Reader
	buf   []byte
	from  int // start of the next record
	end   bool
	line  int      // on which the last record began
	lines int      // read so far
	cells [][]byte // of the last record
}

// csvBuffer is how much is read at once; a longer record makes it grow.
const csvBuffer = 256 << 10

func newCSVRecords(r io.Reader) *csvRecords {
	return &csvRecords{r: r, buf: make([]byte, 0, csvBuffer)}
}

// next returns the cells of the next record, which are good until the call after
// it; io.EOF behind the last.
func (c *csvRecords) next() ([][]byte, error) {
	want := len(c.cells) // none before the first
	for {
		size, err := c.split(c.buf[c.from:])
		if err == errMoreCSV && !c.end {
			if err := c.fill(); err != nil {
				return nil, err
			}
			continue
		}
		if err == errMoreCSV {
			if err = errOpenQuote; c.from == len(c.buf) {
				return nil, io.EOF
			}
		}
		c.line = c.lines + 1
		if err == nil && want > 0 && len(c.cells) != want {
			err = fmt.Errorf("%d cells, and the header has %d", len(c.cells), want)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", c.line, err)
		}
		c.lines += bytes.Count(c.buf[c.from:c.from+size], []byte{'\n'})
		c.from += size
		return c.cells, nil
	}
}

// fill reads on behind what is left of the buffer.
func (c *csvRecords) fill() error {
	if c.from > 0 {
		c.buf = c.buf[:copy(c.buf, c.buf[c.from:])]
		c.from = 0
	}
	if len(c.buf) == cap(c.buf) {
		c.buf = append(c.buf, make([]byte, len(c.buf))...)[:len(c.buf)]
	}
	n, err := c.r.Read(c.buf[len(c.buf):cap(c.buf)])
	c.buf = c.buf[:len(c.buf)+n]
	if err == io.EOF {
		c.end, err = true, nil
	}
	return err
}

var (
	errMoreCSV   = errors.New("the record goes on")
	errOpenQuote = errors.New("the last record has no end")
	errBareQuote = errors.New("a quote or a carriage return stands where none belongs")
)

// split cuts the first record of b into c.cells and returns its size with its
// line end; errMoreCSV if it does not end within b. It finds the marks of eight
// characters at once and goes on from mark to mark: a row of plan.csv has 700 of them
// in 71 cells, and to begin anew with each cell took half as long again.
func (c *csvRecords) split(b []byte) (size int, err error) {
	c.cells = c.cells[:0]
	start := 0 // of the cell at hand
	for at := 0; at < len(b); at += 8 {
		for marks := marksOf(firstEight(b[at:])); marks != 0; marks &= marks - 1 {
			i := at + bits.TrailingZeros64(marks)/8
			if b[i] == ',' {
				c.cells = append(c.cells, b[start:i])
				start = i + 1
				continue
			}
			if plainCSV[b[i]] {
				continue
			}
			cell := b[start:i]
			if b[i] == '"' {
				if i > start {
					return 0, errBareQuote
				}
				if cell, size, err = quotedCell(b[i+1:]); err != nil {
					return 0, err
				}
				i += 1 + size
			}
			c.cells = append(c.cells, cell)
			if b[i] != ',' {
				return lineEnd(b, i)
			}
			start, at = i+1, i+1-8 // go on behind the quoted cell
			break
		}
	}
	return 0, errMoreCSV
}

// lineEnd is where the line end at a place is over.
func lineEnd(b []byte, at int) (int, error) {
	switch {
	case b[at] == '\n':
		return at + 1, nil
	case b[at] != '\r':
		return 0, errBareQuote
	case at+1 == len(b):
		return 0, errMoreCSV
	case b[at+1] == '\n':
		return at + 2, nil
	}
	return 0, errBareQuote
}

// marksOf sets the highest bit of each of eight characters that comma, quote or a
// line end may be: no character that is above the comma is one.
func marksOf(w uint64) uint64 {
	const each, high, aboveComma = 0x0101010101010101, 0x8080808080808080, ',' + 1
	return ^(w | ((w | high) - aboveComma*each)) & high
}

// firstEight are the next characters of b, the first one lowest; beyond its end
// stand such as are no mark.
func firstEight(b []byte) uint64 {
	if len(b) >= 8 {
		return binary.LittleEndian.Uint64(b)
	}
	return lastFew(b)
}

func lastFew(b []byte) uint64 {
	w := ^uint64(0)
	for i := len(b) - 1; i >= 0; i-- {
		w = w<<8 | uint64(b[i])
	}
	return w
}

// quotedCell reads a cell behind its opening quote and returns its text and its
// size with the closing one.
func quotedCell(b []byte) (cell []byte, size int, err error) {
	for at := 0; ; {
		n := bytes.IndexByte(b[at:], '"')
		if n < 0 || at+n+1 == len(b) { // what follows tells a closing quote from a doubled one
			return nil, 0, errMoreCSV
		}
		at += n + 1
		if b[at] == '"' {
			at++
			continue
		}
		cell = b[:at-1]
		if bytes.IndexByte(cell, '"') >= 0 {
			cell = bytes.ReplaceAll(cell, []byte(`""`), []byte(`"`))
		}
		if bytes.IndexByte(cell, '\r') >= 0 {
			cell = bytes.ReplaceAll(cell, []byte("\r\n"), []byte("\n"))
		}
		return cell, at, nil
	}
}
