package sheet

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// A plainCell is a cell that is written as every spreadsheet program writes one.
type plainCell struct {
	ref   []byte
	class class
	style int
	text  []byte // unlike the others, it may hold blanks
	from  int    // where it stands in the cell
	size  int    // of the whole cell
}

// plainCell reads a cell at the beginning of b in one go: three times as fast as
// element by element, and a workbook holds little else. It takes only what has one
// reading,
//
//	<c r="B7" s="3" t="inlineStr"><is><t>text</t></is></c>
//	<c r="B7" s="3"><v>12.5</v></c>
//	<c r="B7" s="3"/>
//
// with the attributes in this order, and leaves all else to the scanner: another
// order, references, formulas, line ends, what is not UTF-8, what has not been read
// wholly. A fuzz test holds both to the same result.
func (s *worksheetReader) plainCell(b []byte) (p plainCell, ok bool) {
	const start, styled, typed = `<c r="`, ` s="`, ` t="`
	if len(b) < len(start) || string(b[:len(start)]) != start {
		return p, false
	}
	var rest []byte
	if p.ref, rest, ok = word(b[len(start):]); !ok {
		return p, false
	}
	if len(rest) >= len(styled) && string(rest[:len(styled)]) == styled {
		var number []byte
		if number, rest, ok = word(rest[len(styled):]); !ok || len(number) == 0 || len(number) > 6 {
			return p, false
		}
		for _, d := range number {
			if d < '0' || d > '9' {
				return p, false
			}
			p.style = p.style*10 + int(d-'0')
		}
	}
	if len(rest) >= len(typed) && string(rest[:len(typed)]) == typed {
		var kind []byte
		if kind, rest, ok = word(rest[len(typed):]); !ok {
			return p, false
		}
		p.class = cellClass(kind)
	}
	text, from, size, ok := plainContent(rest)
	if !ok || len(text) > s.limits.CellChars {
		return p, false
	}
	head := len(b) - len(rest)
	p.text, p.from, p.size = text, head+from, head+size
	return p, true
}

// word reads letters and digits up to a closing quote.
func word(b []byte) (word, rest []byte, ok bool) {
	for i, c := range b {
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9':
		case c == '"':
			return b[:i], b[i+1:], true
		default:
			return nil, nil, false
		}
	}
	return nil, nil, false
}

// plainContent reads what follows the attributes of a cell, to its end, and
// returns its text, where that begins, and the size of all. Comparing with
// constants takes a fifth of the time that it takes with a table of them.
func plainContent(b []byte) (text []byte, from, size int, ok bool) {
	const value, inline, none, closed, spaced = `><v>`, `><is><t>`, `></c>`, `/>`, `><is><t xml:space="preserve">`
	switch {
	case len(b) >= len(value) && string(b[:len(value)]) == value:
		return plainInside(b, len(value), `</v></c>`)
	case len(b) >= len(inline) && string(b[:len(inline)]) == inline:
		return plainInside(b, len(inline), `</t></is></c>`)
	case len(b) >= len(none) && string(b[:len(none)]) == none:
		return nil, 0, len(none), true
	case len(b) >= len(closed) && string(b[:len(closed)]) == closed:
		return nil, 0, len(closed), true
	case len(b) >= len(spaced) && string(b[:len(spaced)]) == spaced:
		return plainInside(b, len(spaced), `</t></is></c>`)
	}
	return nil, 0, 0, false
}

// plainInside reads the text of a cell from a place on, and what ends the cell.
func plainInside(b []byte, from int, end string) (text []byte, at, size int, ok bool) {
	n := plainLength(b[from:])
	if n < 0 {
		return nil, 0, 0, false
	}
	rest := b[from+n:]
	if len(rest) < len(end) || string(rest[:len(end)]) != end {
		return nil, 0, 0, false
	}
	return b[from : from+n], from, from + n + len(end), true
}

// plainLength is the length of the text up to the tag behind it; -1 if it holds
// anything that the scanner has to look at, or a character by its number, such as
// _x000D_. It looks at eight bytes at once.
func plainLength(b []byte) int {
	for i := 0; i < len(b); {
		if len(b)-i >= 8 {
			marks := notPlain(binary.LittleEndian.Uint64(b[i:]))
			if marks == 0 {
				i += 8
				continue
			}
			i += bits.TrailingZeros64(marks) / 8
		}
		switch c := b[i]; {
		case c == '_':
			if i+1 < len(b) && b[i+1] == 'x' {
				return -1
			}
			i++
		case plainText[c]:
			i++
		case c == '<':
			return i
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(b[i:])
			if !validRune(r, size) {
				return -1
			}
			i += size
		default:
			return -1
		}
	}
	return -1
}

// notPlain sets the highest bit of each of eight bytes that is no plain text, a
// tab, a line feed or an underscore; of those behind the first of them it may set others, too.
func notPlain(b uint64) uint64 {
	const each, high = 0x0101010101010101, 0x8080808080808080
	below := func(b, n uint64) uint64 { return (b - each*n) &^ b }
	marks := below(b, ' ') | below(b^each*'<', 1) | below(b^each*'&', 1) | below(b^each*'>', 1) | below(b^each*']', 1) | below(b^each*'_', 1) | b
	return marks & high
}
