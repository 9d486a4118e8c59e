package excel

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxCellUnits is the longest text of a cell, in UTF-16 units. excelize cuts
// longer ones without a word.
const maxCellUnits = 32767

// cellText makes a text fit for a cell: characters that XML cannot carry are
// taken out, line ends become \n, broken UTF-8 becomes U+FFFD, and what is too
// long is cut and ends with the notice.
func cellText(s, notice string) string {
	if !clean(s) {
		s = lineEnds.Replace(s)
		s = strings.Map(func(r rune) rune {
			if !xmlRune(r) {
				return -1
			}
			return r
		}, s)
	}
	if len(s) <= maxCellUnits || units(s) <= maxCellUnits {
		return s
	}
	return cutUnits(s, maxCellUnits-units(notice)) + notice
}

// lineEnds makes every kind of line end the one that a cell knows.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// clean tells whether every character of s may stand in XML.
func clean(s string) bool {
	for i, r := range s {
		if !xmlRune(r) {
			return false
		}
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return false
			}
		}
	}
	return true
}

// xmlRune is the production Char of XML 1.0, without the C1 controls and
// without the carriage return, which Excel shows as _x000D_.
func xmlRune(r rune) bool {
	switch {
	case r == '\t', r == '\n':
		return true
	case r < 0x20, r >= 0x7f && r <= 0x9f, r == 0xfffe, r == 0xffff:
		return false
	}
	return true
}

// units is the length of s in UTF-16 units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// cutUnits is the longest beginning of s that has at most n UTF-16 units and
// ends between two characters.
func cutUnits(s string, n int) string {
	for i, r := range s {
		if n -= utf16.RuneLen(r); n < 0 {
			return s[:i]
		}
	}
	return s
}

// tidyName makes a name for a sheet: at most 31 UTF-16 units, none of the
// characters that Excel forbids, no quote at either end.
func tidyName(name string) string {
	name = strings.Map(func(r rune) rune {
		if !xmlRune(r) || strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, name)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), "'")
	return strings.Trim(cutUnits(name, 31), "' ")
}
