package report

import "strconv"

// Fixed prints n, counted in units of 10^-digits, with that many digits after
// the point. Control totals use it: a check has digits, not a currency.
func (t *Texts) Fixed(n int64, digits int) string {
	if n < 0 {
		return "\u2212" + t.Fixed(-n, digits)
	}
	s := strconv.FormatInt(n, 10)
	for len(s) <= digits {
		s = "0" + s
	}
	whole := t.grouped(s[:len(s)-digits])
	if digits == 0 {
		return whole
	}
	return whole + t.point + s[len(s)-digits:]
}
