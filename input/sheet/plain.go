package sheet

import (
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
