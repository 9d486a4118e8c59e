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
	rest, ok := bytes.CutPrefix(b, []byte(`<c r="`))
	if !ok {
		return nil, 0, 0, false
	}
	if ref, rest, ok = word(rest); !ok {
		return nil, 0, 0, false
	}
	if after, has := bytes.CutPrefix(rest, []byte(` s="`)); has {
		var number []byte
		if number, rest, ok = word(after); !ok || len(number) == 0 || len(number) > 6 {
			return nil, 0, 0, false
		}
		for _, d := range number {
			if d < '0' || d > '9' {
				return nil, 0, 0, false
			}
			style = style*10 + int(d-'0')
		}
	}
	if after, has := bytes.CutPrefix(rest, []byte(` t="`)); has {
		var kind []byte
		if kind, rest, ok = word(after); !ok {
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

// plainContents are the ways to write what is in a cell, up to its text, and from there.
var plainContents = []struct{ before, after []byte }{
	{[]byte(`><is><t>`), []byte(`</t></is></c>`)},
	{[]byte(`><v>`), []byte(`</v></c>`)},
	{[]byte(`><is><t xml:space="preserve">`), []byte(`</t></is></c>`)},
}

// plainContent reads what follows the attributes of a cell, to its end, and
// returns its text and the size of all.
func plainContent(b []byte) (text []byte, size int, ok bool) {
	for _, empty := range [...]string{`/>`, `></c>`} {
		if len(b) >= len(empty) && string(b[:len(empty)]) == empty {
			return nil, len(empty), true
		}
	}
	for i := range plainContents {
		inside, ok := bytes.CutPrefix(b, plainContents[i].before)
		if !ok {
			continue
		}
		n := plainLength(inside)
		if n < 0 || !bytes.HasPrefix(inside[n:], plainContents[i].after) {
			return nil, 0, false
		}
		return inside[:n], len(plainContents[i].before) + n + len(plainContents[i].after), true
	}
	return nil, 0, false
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
