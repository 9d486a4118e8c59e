package pdf

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// printable is text that may be handed to the library: one line, composed,
// every character at most U+FFFF and present in a font. Only clean makes it;
// wrap and clip cut it.
type printable string

// replacement stands for what cannot be drawn. Liberation Sans has it.
const replacement = '□'

// clean turns foreign text into printable text. Whatever has no picture is
// replaced by □ and counted, control characters and line breaks become one
// space, and marks that only steer layout or direction are dropped: a bidi
// override in a customer's name must not turn the line round.
func (d *document) clean(s string) printable {
	if plain(s) {
		return printable(s)
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, string(replacement)))
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case invisible(r):
			continue
		case r == '\u00a0' || r == '\u202f' || r == '\u2007': // no break here
		case unicode.IsSpace(r) || unicode.IsControl(r):
			space = true
			continue
		case r == '\u2011': // no-break hyphen
			r = '-'
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(d.drawable(r))
	}
	return printable(b.String())
}

// drawable returns r, or □ where there is no picture of it.
func (d *document) drawable(r rune) rune {
	switch {
	case r > 0xFFFF:
		d.tally.replaced++
		return replacement
	case d.faces.of(r) == noFace:
		d.tally.missing[r] = true
		return replacement
	}
	return r
}

// plain tells whether s is printable ASCII with single spaces inside: nearly
// every cell is.
func plain(s string) bool {
	before := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return before != ' ' || s == ""
}

// invisible tells marks without a picture: directions, joiners, soft hyphens,
// variation selectors, tags.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}
