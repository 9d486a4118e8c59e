package sheet

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// sharedBytes bounds the texts that cells refer to by number. They are the one
// part of a workbook that is held in memory.
const sharedBytes = 1 << 30

// sharedStrings are the texts of a workbook that cells refer to by number. Those
// longer than a cell may hold are only marked: what counts is whether a cell
// shows them.
type sharedStrings struct {
	texts   []string
	tooLong map[int]bool
}

// sharedStrings reads the part that holds them.
func (p *pack) sharedStrings(part string) (s sharedStrings, err error) {
	s.tooLong = map[int]bool{}
	held := 0
	var pool textPool
	var buf []byte
	err = p.read(part, "sst", mainSpace, func(x *xmlScanner) error {
		for {
			more, err := x.child()
			if err != nil || !more {
				return err
			}
			if x.space != mainSpace || string(x.name) != "si" {
				if err := x.skip(); err != nil {
					return err
				}
				continue
			}
			buf, err = richText(x, buf[:0], p.src.limits)
			switch {
			case err == errTooLong:
				s.tooLong[len(s.texts)] = true
				buf = buf[:0]
			case err != nil:
				return err
			}
			if held += len(buf) + 16; held > sharedBytes {
				return refuse(CodeTooLarge, p.src.name, "the texts of the workbook fill more than %s; split the export", byteSize(sharedBytes))
			}
			s.texts = append(s.texts, pool.add(buf))
		}
	})
	return s, err
}

// richText reads the text of <si> or <is> to its end: of <t> and of the <t> in
// each <r>, but not the phonetic guide (<rPh>), which says how to read it aloud.
// The error is errTooLong, the element then being read to its end all the same,
// if the text has more characters than a cell may hold.
func richText(x *xmlScanner, dst []byte, limits Limits) ([]byte, error) {
	long := false
	depth := len(x.ends)
	for {
		token, err := x.next()
		switch {
		case err != nil:
			return dst, err
		case token == xmlEnd && len(x.ends) < depth:
			if dst = unescapeX(dst); long || limits.tooLong(dst) {
				return dst, errTooLong
			}
			return dst, nil
		case token != xmlStart:
		case x.space == mainSpace && string(x.name) == "r":
			// its <t> comes next
		case x.space == mainSpace && string(x.name) == "t":
			// A character of a cell has at most three bytes (four are two
			// characters), and seven if it is written as _x000D_.
			const bytesPerChar = 7
			inside := len(x.ends)
			if dst, err = x.content(dst, bytesPerChar*limits.CellChars); err == errTooLong {
				long = true
				dst = dst[:0]
				err = x.skipTo(inside - 1)
			}
			if err != nil {
				return dst, err
			}
		default:
			if err := x.skip(); err != nil {
				return dst, err
			}
		}
	}
}

// unescapeX resolves the _xHHHH_ in which workbooks write characters that XML
// cannot hold, such as _x000D_ for a carriage return. Control characters that no
// text needs stay written.
func unescapeX(s []byte) []byte {
	if !bytes.Contains(s, []byte("_x")) {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		r, ok := escapedX(s[i:])
		if !ok {
			out = append(out, s[i])
			i++
			continue
		}
		i += len("_x0000_")
		if utf16.IsSurrogate(r) {
			low, _ := escapedX(s[i:])
			if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
				out = append(out, s[i-len("_x0000_"):i]...)
				continue
			}
			i += len("_x0000_")
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

// escapedX reads one _xHHHH_ at the beginning of s.
func escapedX(s []byte) (r rune, ok bool) {
	if len(s) < len("_x0000_") || s[0] != '_' || s[1] != 'x' || s[6] != '_' {
		return 0, false
	}
	for _, c := range s[2:6] {
		r *= 16
		switch {
		case '0' <= c && c <= '9':
			r += rune(c - '0')
		case 'a' <= c && c <= 'f':
			r += rune(c-'a') + 10
		case 'A' <= c && c <= 'F':
			r += rune(c-'A') + 10
		default:
			return 0, false
		}
	}
	control := r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
	return r, !control
}

// A textPool makes many short strings with few allocations.
type textPool struct{ block strings.Builder }

const poolBlock = 64 << 10

func (p *textPool) add(text []byte) string {
	if len(text) == 0 {
		return ""
	}
	if p.block.Cap()-p.block.Len() < len(text) {
		p.block = strings.Builder{}
		p.block.Grow(max(poolBlock, len(text)))
	}
	from := p.block.Len()
	p.block.Write(text)
	return p.block.String()[from:]
}
