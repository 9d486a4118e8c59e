package sheet

import (
	"fmt"
	"unicode/utf8"
)

// The default limits (rules of the product: settings may raise them).
const (
	defaultCSVBytes      = 8 << 30
	defaultXLSXBytes     = 512 << 20
	defaultInflatedBytes = 2 << 30
	defaultRatio         = 100
	defaultEntries       = 1000
	defaultCells         = 40_000_000
	defaultRows          = 1 << 20
	defaultColumns       = 256
	defaultCellChars     = 32767
	defaultRecordBytes   = 1 << 20
	defaultSeconds       = 120
)

// ratioFrom is how much may be inflated before the ratio counts: small parts of
// honest workbooks shrink a thousandfold.
const ratioFrom = 1 << 20

// withDefaults fills the fields that are zero.
func (l Limits) withDefaults() Limits {
	orInt64 := func(v *int64, def int64) {
		if *v == 0 {
			*v = def
		}
	}
	orInt := func(v *int, def int) {
		if *v == 0 {
			*v = def
		}
	}
	orInt64(&l.CSVBytes, defaultCSVBytes)
	orInt64(&l.XLSXBytes, defaultXLSXBytes)
	orInt64(&l.InflatedBytes, defaultInflatedBytes)
	orInt64(&l.Ratio, defaultRatio)
	orInt(&l.Entries, defaultEntries)
	orInt64(&l.Cells, defaultCells)
	orInt(&l.Rows, defaultRows)
	orInt(&l.Columns, defaultColumns)
	orInt(&l.CellChars, defaultCellChars)
	orInt(&l.RecordBytes, defaultRecordBytes)
	orInt(&l.Seconds, defaultSeconds)
	return l
}

// secondsFor is the number of bytes for which Limits.Seconds are allowed, fifteen
// times what a slow machine needs for them.
const secondsFor = 16 << 20

// SecondsFor is how long the reading of a file of so many bytes may take.
func (l Limits) SecondsFor(bytes int64) int {
	return l.withDefaults().Seconds * int(1+max(0, bytes-1)/secondsFor)
}

// tooLong tells whether a text has more characters than a cell may hold, as
// Excel counts them: a character outside the basic plane is two.
func (l Limits) tooLong(text []byte) bool {
	if len(text) <= l.CellChars {
		return false
	}
	n := 0
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n > l.CellChars
}

// byteSize shows a size as people read it.
func byteSize(n int64) string {
	for _, u := range []struct {
		bytes int64
		name  string
	}{{1 << 30, "GiB"}, {1 << 20, "MiB"}, {1 << 10, "KiB"}} {
		if n >= 10*u.bytes || n >= u.bytes && n%u.bytes == 0 {
			return fmt.Sprintf("%d %s", n/u.bytes, u.name)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}
