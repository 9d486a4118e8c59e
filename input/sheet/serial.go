package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// The days that a date cell may hold. Before March 1900 Excel counts a day that
// never was (29 February 1900), so that programs disagree about those serials;
// after the year 9999 it shows no date.
const (
	firstSerial1900 = 61 // 1 March 1900
	lastSerial1900  = 2958465
	daysTo1904      = 1462  // from 30 December 1899, day 0, to day 0 of the other epoch, 1 January 1904
	daysTo1970      = 25569 // and to that of Unix
	secondsADay     = 86400
)

// serialDate writes the date that a serial number shows, to the nearest second:
// YYYY-MM-DD at midnight, else YYYY-MM-DDTHH:MM:SS. It is not ok for what is no
// date to be sure of: then the number must stay a number.
func serialDate(digits string, date1904 bool) (text string, ok bool) {
	serial, err := strconv.ParseFloat(digits, 64)
	if err != nil || !(serial >= 0 && serial <= lastSerial1900+1) {
		return "", false
	}
	seconds := int64(math.Round(serial * secondsADay))
	if date1904 {
		seconds += daysTo1904 * secondsADay
	} else if seconds < firstSerial1900*secondsADay {
		return "", false
	}
	if seconds >= (lastSerial1900+1)*secondsADay {
		return "", false
	}
	return dateText(time.Unix(seconds-daysTo1970*secondsADay, 0).UTC()), true
}

// isoDate reads the text of a cell that holds a date as such (t="d").
func isoDate(text string) (string, bool) {
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04:05", "2006-01-02T15:04", time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			return dateText(t.Round(time.Second)), true
		}
	}
	return "", false
}

// dateText writes what the clock on the wall shows.
func dateText(t time.Time) string {
	return strings.TrimSuffix(t.Format("2006-01-02T15:04:05"), "T00:00:00")
}

// isNumber tells whether text is a decimal number as workbooks store it: digits
// with a point and an exponent, and nothing else that parsers of other languages
// accept.
func isNumber(text string) bool {
	mantissa := strings.TrimLeft(text, "+-")
	if len(text)-len(mantissa) > 1 {
		return false
	}
	mantissa, exponent, found := strings.Cut(strings.ToUpper(mantissa), "E")
	if found && !isDigits(strings.TrimPrefix(strings.TrimPrefix(exponent, "+"), "-")) {
		return false
	}
	whole, fraction, point := strings.Cut(mantissa, ".")
	if !point {
		return isDigits(whole)
	}
	return (whole == "" || isDigits(whole)) && (fraction == "" || isDigits(fraction)) && whole+fraction != ""
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
