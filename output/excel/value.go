package excel

import (
	"math"
	"strconv"
	"strings"

	"cspplan/reconcile"
	"cspplan/report"
)

// maxExact is the largest integer of which Excel keeps every digit: 15 of them.
const maxExact = 999_999_999_999_999

// cellValue is what goes into a cell: text, a number, or nothing.
func (b *book) cellValue(v report.Value) any {
	switch v.Kind {
	case report.Text:
		return b.plain(v.Text)
	case report.Date:
		return dateCell(reconcile.Date(v.N))
	case report.Amount, report.Difference:
		return amountCell(v.N, v.Digits)
	case report.Count, report.Days, report.Score, report.Bytes:
		return v.N
	}
	return nil
}

// dateCell is the number of a day, and nothing for no date. Excel believes in a 29 February 1900 and
// knows no day before that year: such a date stays text rather than become
// another day.
func dateCell(d reconcile.Date) any {
	const march1900 = 61
	if !d.Known() {
		return nil
	}
	if n := serial(d); n >= march1900 {
		return n
	}
	return d.Time().Format("2006-01-02")
}

// amountCell is an amount in the main unit. The quotient of two integers of
// which Excel keeps all digits is written with exactly those digits; a larger
// amount becomes text rather than lose a cent.
func amountCell(minor int64, digits uint8) any {
	if minor > maxExact || minor < -maxExact {
		return exactText(minor, digits)
	}
	return float64(minor) / math.Pow10(int(digits))
}

// exactText prints an amount digit by digit.
func exactText(minor int64, digits uint8) string {
	sign, magnitude := "", uint64(minor)
	if minor < 0 {
		sign, magnitude = "-", -magnitude
	}
	s := strconv.FormatUint(magnitude, 10)
	if digits == 0 {
		return sign + s
	}
	if missing := int(digits) + 1 - len(s); missing > 0 {
		s = strings.Repeat("0", missing) + s
	}
	point := len(s) - int(digits)
	return sign + s[:point] + "." + s[point:]
}

// appendDecimal appends an amount of at most 15 digits in the main unit, without
// noughts behind its last digit: what strconv.AppendFloat prints of amountCell.
func appendDecimal(dst []byte, minor int64, digits uint8) []byte {
	if minor < 0 {
		dst, minor = append(dst, '-'), -minor
	}
	for ; digits > 0 && minor%10 == 0; digits-- {
		minor /= 10
	}
	if digits == 0 {
		return strconv.AppendInt(dst, minor, 10)
	}
	one := int64(1)
	for range digits {
		one *= 10
	}
	dst = strconv.AppendInt(dst, minor/one, 10)
	point := len(dst)
	dst = strconv.AppendInt(dst, one+minor%one, 10) // the 1 in front keeps the noughts behind the point
	dst[point] = '.'
	return dst
}
