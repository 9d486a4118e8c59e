package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"cspplan/input/sheet"
)

// LimitSettings raises what one file may ask of the machine. Zero is the default.
type LimitSettings struct {
	CSVBytes      Size `yaml:"csv_bytes" json:"csv_bytes"`
	XLSXBytes     Size `yaml:"xlsx_bytes" json:"xlsx_bytes"`
	InflatedBytes Size `yaml:"inflated_bytes" json:"inflated_bytes"`
	Ratio         int  `yaml:"ratio" json:"ratio"`
	Entries       int  `yaml:"entries" json:"entries"`
	Cells         int  `yaml:"cells" json:"cells"`
	Rows          int  `yaml:"rows" json:"rows"`
	Columns       int  `yaml:"columns" json:"columns"`
	CellChars     int  `yaml:"cell_chars" json:"cell_chars"`
	RecordBytes   Size `yaml:"record_bytes" json:"record_bytes"`
	Seconds       int  `yaml:"seconds" json:"-"` // how long a file may take changes nothing in the plan
	Memory        Size `yaml:"memory" json:"-"`  // nor does this
}

// check finds the limits that nothing could be read under.
func (l LimitSettings) check() []error {
	var errs []error
	for _, k := range []struct {
		name  string
		value int
	}{
		{"ratio", l.Ratio}, {"entries", l.Entries}, {"cells", l.Cells}, {"rows", l.Rows}, {"columns", l.Columns},
		{"cell_chars", l.CellChars}, {"seconds", l.Seconds},
	} {
		if k.value < 0 {
			errs = append(errs, fmt.Errorf("limits.%s: %d is negative; leave the key out for the default", k.name, k.value))
		}
	}
	const leastMemory = 64 << 20 // the embedded tables alone take half of it
	if l.Memory > 0 && l.Memory < leastMemory {
		errs = append(errs, fmt.Errorf("limits.memory: %d bytes are less than 64 MiB, the least that a run can do with", l.Memory))
	}
	const mostRecord = 1 << 30 // a record is held in memory
	if l.RecordBytes > mostRecord {
		errs = append(errs, fmt.Errorf("limits.record_bytes: %d bytes are more than 1 GiB, the most that one record may have", l.RecordBytes))
	}
	return errs
}

func (l LimitSettings) limits() sheet.Limits {
	return sheet.Limits{
		CSVBytes: int64(l.CSVBytes), XLSXBytes: int64(l.XLSXBytes), InflatedBytes: int64(l.InflatedBytes),
		Ratio: int64(l.Ratio), Entries: l.Entries, Cells: int64(l.Cells), Rows: l.Rows, Columns: l.Columns,
		CellChars: l.CellChars, RecordBytes: int(l.RecordBytes), Seconds: l.Seconds,
	}
}

// A Size is a number of bytes, written as such or with a unit: 512MiB, 8 GB.
type Size int64

var sizeUnits = map[string]float64{
	"": 1, "b": 1, "byte": 1, "bytes": 1,
	"k": 1 << 10, "kib": 1 << 10, "kb": 1e3,
	"m": 1 << 20, "mib": 1 << 20, "mb": 1e6,
	"g": 1 << 30, "gib": 1 << 30, "gb": 1e9,
	"t": 1 << 40, "tib": 1 << 40, "tb": 1e12,
}

// UnmarshalYAML reads 1048576, 512MiB or 1.5 GB.
func (s *Size) UnmarshalYAML(b []byte) error {
	text := strings.Trim(strings.TrimSpace(string(b)), `"'`)
	number := strings.TrimRight(strings.ToLower(text), " abcdefghijklmnopqrstuvwxyz")
	unit, known := sizeUnits[strings.TrimSpace(strings.ToLower(text)[len(number):])]
	n, err := strconv.ParseFloat(strings.ReplaceAll(number, "_", ""), 64)
	bytes := math.Round(n * unit)
	if err != nil || !known || !(bytes >= 0 && bytes <= math.MaxInt64/2) || math.IsNaN(n) {
		return fmt.Errorf("%s is not a size; write bytes, or a number with KiB, MiB or GiB, such as 512MiB", text)
	}
	*s = Size(bytes)
	return nil
}
