package excel

import (
	"strconv"
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
		if ' ' <= r && r <= '~' {
			continue
		}
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

// plainByte are the ASCII characters that stand in XML as they are and begin
// nothing that a spreadsheet would take for an escape.
var plainByte = func() (plain [256]bool) {
	for c := ' '; c < 0x7f; c++ {
		plain[c] = c != '&' && c != '<' && c != '>' && c != '_'
	}
	return plain
}()

// appendText appends the element of a text, made fit for a cell. Spaces at its
// ends are kept only where that is said.
func appendText(dst []byte, s, notice string) []byte {
	i := 0
	for i < len(s) && plainByte[s[i]] { // nearly all texts are plain to their end
		i++
	}
	plain := i == len(s) && len(s) <= maxCellUnits
	if !plain {
		s = cellText(s, notice)
	}
	dst = append(dst, `<t`...)
	if s != "" && (isBlank(s[0]) || isBlank(s[len(s)-1])) {
		dst = append(dst, ` xml:space="preserve"`...)
	}
	dst = append(dst, '>')
	if plain {
		dst = append(dst, s...)
	} else {
		dst = appendEscaped(dst, s)
	}
	return append(dst, `</t>`...)
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }

// appendEscaped appends s as XML shows it. An underscore that begins what a
// spreadsheet would take for an escape, _x0041_, is escaped itself.
func appendEscaped(dst []byte, s string) []byte {
	from := 0
	for i := range len(s) {
		var instead string
		switch s[i] {
		case '&':
			instead = "&amp;"
		case '<':
			instead = "&lt;"
		case '>':
			instead = "&gt;"
		case '_':
			if !isEscape(s[i:]) {
				continue
			}
			instead = "_x005F_"
		default:
			continue
		}
		dst = append(append(dst, s[from:i]...), instead...)
		from = i + 1
	}
	return append(dst, s[from:]...)
}

// isEscape tells whether s begins with _x, four hexadecimal digits and _.
func isEscape(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}
