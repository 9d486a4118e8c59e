package output

import "strings"

// risky are the characters that make a spreadsheet evaluate a cell of a CSV
// file; their full-width forms are evaluated too in East Asian versions.
const risky = "=+-@\t\r\n\x00＝＋－＠"

// Neutral makes text from the input harmless in a CSV: where a spreadsheet
// would evaluate it, an apostrophe goes before it. Text that already looks so
// gets one more, so that Raw always gives the text back unchanged.
func Neutral(text string) string {
	if text == "" || harmlessStart[text[0]] { // as nearly all texts
		return text
	}
	if startsRisky(strings.TrimLeft(text, "'")) {
		return "'" + text
	}
	return text
}

// Raw is the inverse of Neutral.
func Raw(cell string) string {
	if strings.HasPrefix(cell, "'") && startsRisky(strings.TrimLeft(cell, "'")) {
		return cell[1:]
	}
	return cell
}

// startsRisky looks behind spaces, quotes and a byte order mark, as
// spreadsheets do.
func startsRisky(s string) bool {
	s = strings.TrimLeft(s, " \"\ufeff\u00a0")
	for _, r := range s {
		return strings.ContainsRune(risky, r)
	}
	return false
}
