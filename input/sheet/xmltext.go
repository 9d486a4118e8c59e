package sheet

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// plainText marks the bytes of text that need no look: no markup, no control
// character, no part of a longer character.
var plainText = func() (plain [256]bool) {
	for c := 0x20; c < 0x80; c++ {
		plain[c] = c != '<' && c != '&' && c != ']' && c != '>'
	}
	plain['\t'], plain['\n'] = true, true
	return plain
}()

// text reads a piece of text: up to markup, to a reference, to a line end that
// must be rewritten, or to the end of what has been read.
func (x *xmlScanner) text() (xmlToken, error) {
	if x.buf[x.pos] == '\r' {
		return x.lineEnd()
	}
	lastBracket, run := x.pos-1, x.brackets
	i := x.pos
scan:
	for ; i < len(x.buf); i++ {
		c := x.buf[i]
		if plainText[c] {
			continue
		}
		switch {
		case c == ']':
			if x.cdata && bytes.HasPrefix(x.buf[i:], []byte("]]>")) {
				break scan
			}
			if x.cdata && len(x.buf)-i < len("]]>") && x.err == nil {
				break scan
			}
			if lastBracket != i-1 {
				run = 0
			}
			lastBracket = i
			run++
		case c == '>':
			if !x.cdata && lastBracket == i-1 && run >= 2 {
				return xmlNone, xmlFault("a text holds ]]>")
			}
		case c == '<' || c == '&':
			if !x.cdata {
				break scan
			}
		case c == '\r':
			break scan
		case c < utf8.RuneSelf:
			return xmlNone, xmlFault("a text holds a control character")
		default:
			if !utf8.FullRune(x.buf[i:]) && x.err == nil {
				break scan
			}
			r, size := utf8.DecodeRune(x.buf[i:])
			if !validRune(r, size) {
				return xmlNone, xmlFault("a text holds bytes that are not UTF-8")
			}
			i += size - 1
		}
	}
	if i == x.pos {
		return x.textEdge()
	}
	x.brackets = 0
	if lastBracket == i-1 {
		x.brackets = run
	}
	x.chars = x.buf[x.pos:i]
	x.pos = i
	return xmlText, nil
}

// textEdge handles text that cannot go on at pos: the end of a CDATA section, or
// a character of which only the beginning has been read.
func (x *xmlScanner) textEdge() (xmlToken, error) {
	if x.cdata && x.has("]]>") {
		x.pos += len("]]>")
		x.cdata = false
		return xmlNone, nil
	}
	before := len(x.buf) - x.pos
	x.more()
	if x.err != nil && len(x.buf)-x.pos == before && x.cdata {
		return xmlNone, x.cut()
	}
	return xmlNone, nil
}

var newline = []byte{'\n'}

// lineEnd makes one line feed of CR or CRLF, as XML wants it.
func (x *xmlScanner) lineEnd() (xmlToken, error) {
	x.brackets = 0
	if x.has("\r\n") {
		x.pos++
	}
	x.pos++
	x.chars = newline
	return xmlText, nil
}

// reference reads &name; or &#number;.
func (x *xmlScanner) reference() (xmlToken, error) {
	const longest = len("&#x0010FFFF;") + 4
	for len(x.buf)-x.pos < longest && x.more() {
	}
	text := x.buf[x.pos:min(len(x.buf), x.pos+longest)]
	char, size, err := dereference(text)
	if err != nil {
		if x.err != nil && !bytes.ContainsAny(text, ";<") {
			return xmlNone, x.cut()
		}
		return xmlNone, err
	}
	x.pos += size
	x.chars = char
	return xmlText, nil
}

// dereference reads the reference at the beginning of s and returns the
// character and the length of the reference. Nothing but the five names of XML
// and numbers is known: entities are never expanded.
func dereference(s []byte) (char []byte, size int, err error) {
	name, _, found := bytes.Cut(s[1:], []byte(";"))
	if !found || len(name) == 0 {
		return nil, 0, xmlFault("a text holds & that begins no character reference")
	}
	size = len(name) + 2
	switch string(name) {
	case "lt":
		return []byte("<"), size, nil
	case "gt":
		return []byte(">"), size, nil
	case "amp":
		return []byte("&"), size, nil
	case "apos":
		return []byte("'"), size, nil
	case "quot":
		return []byte(`"`), size, nil
	}
	unknown := xmlFault("a text holds &" + printable(name) + "; which is not defined")
	if name[0] != '#' {
		return nil, 0, unknown
	}
	digits, base := string(name[1:]), 10
	if len(digits) > 0 && digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 21)
	if err != nil {
		return nil, 0, unknown
	}
	r := rune(n)
	if !utf8.ValidRune(r) || !validRune(r, 0) || r < 0x20 && r != '\t' && r != '\n' && r != '\r' {
		return nil, 0, unknown
	}
	return utf8.AppendRune(nil, r), size, nil
}

// attrValue resolves the references of an attribute's value and checks its
// characters. Most values have none, and are returned as they stand.
func attrValue(s []byte) ([]byte, error) {
	plain := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case plainText[c] || c == '>' || c == ']':
		case c == '&' || c == '\r':
			plain = false
		case c < utf8.RuneSelf:
			return nil, xmlFault("an attribute holds < or a control character")
		default:
			r, size := utf8.DecodeRune(s[i:])
			if !validRune(r, size) {
				return nil, xmlFault("an attribute holds bytes that are not UTF-8")
			}
			i += size - 1
		}
	}
	if plain {
		return s, nil
	}
	return resolved(s)
}

// resolved is an attribute's value with its references and line ends rewritten.
func resolved(s []byte) ([]byte, error) {
	var value []byte
	for len(s) > 0 {
		switch {
		case s[0] == '&':
			char, size, err := dereference(s)
			if err != nil {
				return nil, err
			}
			value, s = append(value, char...), s[size:]
		case s[0] == '\r':
			value, s = append(value, '\n'), bytes.TrimPrefix(s[1:], []byte("\n"))
		default:
			value, s = append(value, s[0]), s[1:]
		}
	}
	return value, nil
}

// blankLength is how much white space s begins with.
func blankLength(s []byte) int {
	i := 0
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r') {
		i++
	}
	return i
}

// nameLength is how many bytes that may be in a name s begins with.
func nameLength(s []byte) int {
	i := 0
	for i < len(s) && nameBytes[s[i]] {
		i++
	}
	return i
}

var nameBytes = func() (in [256]bool) {
	for c := range in {
		in[c] = 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c >= utf8.RuneSelf
	}
	in['_'], in['-'], in['.'], in[':'] = true, true, true, true
	return in
}()

// xmlName tells what may name an element or attribute. Names beyond ASCII are
// accepted as they come: none of ours has any.
func xmlName(name []byte) bool {
	colons := 0
	for i, c := range name {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '_':
		case c == ':':
			if colons++; colons > 1 || i == 0 || i == len(name)-1 {
				return false
			}
		case '0' <= c && c <= '9', c == '-', c == '.':
			if i == 0 || name[i-1] == ':' {
				return false
			}
		case c < utf8.RuneSelf || !utf8.Valid(name):
			return false
		}
	}
	return len(name) > 0
}

func validRune(r rune, size int) bool {
	return !(r == utf8.RuneError && size == 1) && r != 0xFFFE && r != 0xFFFF
}
