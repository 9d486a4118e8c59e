package sheet

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Plain shows a name on one line and without what could command a terminal or
// turn the reading direction: such characters, and bytes that are no UTF-8, are
// written as \u001b and \xff.
func Plain(name string) string {
	if utf8.ValidString(name) && !strings.ContainsFunc(name, Commands) && !strings.ContainsAny(name, "\t\n") {
		return name
	}
	var b strings.Builder
	for i, r := range name {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(name[i:], "\uFFFD"):
			fmt.Fprintf(&b, `\x%02x`, name[i])
		case Commands(r) || r == '\t' || r == '\n':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// PlainLines does the same for a text of several lines.
func PlainLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = Plain(l)
	}
	return strings.Join(lines, "\n")
}

// PlainText writes what commands a terminal as \u001b, and what is no UTF-8 as
// U+FFFD; tabs and line feeds stay. JSON means the same as before: inside of its
// texts that is how such characters are written. Nearly all text is plain, and
// returned as it is.
func PlainText(b []byte) []byte {
	from := bytes.IndexFunc(b, func(r rune) bool { return r == utf8.RuneError || Commands(r) })
	if from < 0 {
		return b
	}
	plain := bytes.Clone(b[:from])
	for rest := b[from:]; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			plain = utf8.AppendRune(plain, utf8.RuneError)
		case Commands(r):
			plain = fmt.Appendf(plain, `\u%04x`, r)
		default:
			plain = append(plain, rest[:size]...)
		}
		rest = rest[size:]
	}
	return plain
}

// Commands tells the characters that a terminal acts on instead of showing them,
// other than the tab and the line feed, and those that turn the reading
// direction.
func Commands(r rune) bool {
	switch {
	case r == '\t' || r == '\n':
		return false
	case r < 0x20, 0x7F <= r && r < 0xA0:
		return true
	}
	return unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

// oldName reads a name that an old program packed: names were written in the
// code page of the console, and nothing says which. The letters are shown as the
// most common one has them; the name decides nothing.
func oldName(name string) string {
	text, err := charmap.CodePage850.NewDecoder().String(name)
	if err != nil {
		return name
	}
	return text
}
