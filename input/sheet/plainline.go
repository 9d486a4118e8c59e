package sheet

import (
	"math/bits"
	"strings"
	"unicode"
)

// cutPlain cuts a line without quotes.
func (c *cutter) cutPlain(line string) {
	if len(c.delim) > 1 || c.dialect.trim {
		c.cutSlowly(line)
		return
	}
	cells, from, at := c.cells, 0, 0
	for ; at+8 <= len(line); at += 8 {
		for found := bytesLike(line[at:at+8], c.delims); found != 0; found &= found - 1 {
			end := at + bits.TrailingZeros64(found)/8
			cells = append(cells, textCell(line[from:end]))
			from = end + 1
		}
	}
	for ; at < len(line); at++ {
		if line[at] == c.delim[0] {
			cells = append(cells, textCell(line[from:at]))
			from = at + 1
		}
	}
	c.cells = append(cells, textCell(line[from:]))
}

// bytesLike sets the highest bit of each of eight bytes that is the one which stands
// eight times in like. Cells are so short that looking for the end of each by itself
// takes longer than cutting it.
func bytesLike(eight string, like uint64) uint64 {
	_ = eight[7]
	word := uint64(eight[0]) | uint64(eight[1])<<8 | uint64(eight[2])<<16 | uint64(eight[3])<<24 |
		uint64(eight[4])<<32 | uint64(eight[5])<<40 | uint64(eight[6])<<48 | uint64(eight[7])<<56
	const low = eightTimes * 0x7F
	differ := word ^ like
	return ^((differ&low + low) | differ | low)
}

// eightTimes repeats the byte that it is multiplied with.
const eightTimes = 0x0101010101010101

func (c *cutter) cutSlowly(line string) {
	for more := true; more; {
		var cell string
		cell, line, more = strings.Cut(line, c.delim)
		if c.dialect.trim {
			cell = strings.TrimLeftFunc(cell, unicode.IsSpace)
		}
		c.cells = append(c.cells, textCell(cell))
	}
}

func textCell(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{Kind: Text, Text: s}
}
