package sheet

import (
	"bytes"
	"unicode/utf8"
)

// plainCell reads a cell that is written as every spreadsheet program writes
// one, in one go: three times as fast as element by element, and a workbook
// holds little else. It takes only what has one reading,
//
//	<c r="B7" s="3" t="inlineStr"><is><t>text</t></is></c>
//	<c r="B7" s="3"><v>12.5</v></c>
//	<c r="B7" s="3"/>
//
// with the attributes in this order, and leaves all else where it is for the
// scanner: another order, references, formulas, line ends, what is not UTF-8, what
// has not been read wholly. A fuzz test holds both to the same result.
func (s *worksheetReader) plainCell() (ref []byte, c class, style int, ok bool) {
	x := s.x
	if x.empty || x.cdata || x.unprefixed != mainSpace {
		return nil, 0, 0, false
	}
	b := x.buf[x.pos:]
	const start, styled, typed = `<c r="`, ` s="`, ` t="`
	if len(b) < len(start) || string(b[:len(start)]) != start {
		return nil, 0, 0, false
	}
	ref, rest, ok := word(b[len(start):])
	if !ok {
		return nil, 0, 0, false
	}
	if len(rest) >= len(styled) && string(rest[:len(styled)]) == styled {
		var number []byte
		if number, rest, ok = word(rest[len(styled):]); !ok || len(number) == 0 || len(number) > 6 {
			return nil, 0, 0, false
		}
		for _, d := range number {
			if d < '0' || d > '9' {
				return nil, 0, 0, false
			}
			style = style*10 + int(d-'0')
		}
	}
	if len(rest) >= len(typed) && string(rest[:len(typed)]) == typed {
		var kind []byte
		if kind, rest, ok = word(rest[len(typed):]); !ok {
			return nil, 0, 0, false
		}
		c = cellClass(kind)
	}
	text, size, ok := plainContent(rest)
	if !ok || len(text) > s.book.pack.src.limits.CellChars || bytes.Contains(text, []byte("_x")) {
		return nil, 0, 0, false
	}
	s.buf = append(s.buf[:0], text...)
	x.pos += len(b) - len(rest) + size
	x.brackets = 0
	return ref, c, style, true
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
// returns its text and the size of all. Comparing with constants takes a fifth of
// the time that it takes with a table of them.
func plainContent(b []byte) (text []byte, size int, ok bool) {
	const value, inline, none, closed, spaced = `><v>`, `><is><t>`, `></c>`, `/>`, `><is><t xml:space="preserve">`
	switch {
	case len(b) >= len(value) && string(b[:len(value)]) == value:
		return plainInside(b, len(value), `</v></c>`)
	case len(b) >= len(inline) && string(b[:len(inline)]) == inline:
		return plainInside(b, len(inline), `</t></is></c>`)
	case len(b) >= len(none) && string(b[:len(none)]) == none:
		return nil, len(none), true
	case len(b) >= len(closed) && string(b[:len(closed)]) == closed:
		return nil, len(closed), true
	case len(b) >= len(spaced) && string(b[:len(spaced)]) == spaced:
		return plainInside(b, len(spaced), `</t></is></c>`)
	}
	return nil, 0, false
}

// plainInside reads the text of a cell from a place on, and what ends the cell.
func plainInside(b []byte, from int, end string) (text []byte, size int, ok bool) {
	n := plainLength(b[from:])
	if n < 0 {
		return nil, 0, false
	}
	rest := b[from+n:]
	if len(rest) < len(end) || string(rest[:len(end)]) != end {
		return nil, 0, false
	}
	return b[from : from+n], from + n + len(end), true
}

// plainLength is the length of the text up to the tag behind it; -1 if it holds
// anything that the scanner has to look at.
func plainLength(b []byte) int {
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case plainText[c]:
		case c == '<':
			return i
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(b[i:])
			if !validRune(r, size) {
				return -1
			}
			i += size - 1
		default:
			return -1
		}
	}
	return -1
}
