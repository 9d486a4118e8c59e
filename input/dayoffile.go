package input

import (
	"path"
	"strconv"
	"time"

	"cspplan/reconcile"
)

// dayInName is a day, or a month, as people write it into file names:
// offer-matrix-2026-11-02.xlsx, matrix_202611.csv.
var dayInName = newPattern(`(?:^|\D)(20\d\d)[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?(0[1-9]|[12]\d|3[01]))?(?:\D|$)`)

// dayOfFile is the day of which a table is: the one in its name, where a month
// stands for its first day, else the day on which the file was last changed.
func dayOfFile(name string, modified reconcile.Date) reconcile.Date {
	m := dayInName.FindStringSubmatch(path.Base(name))
	if m == nil {
		return modified
	}
	year, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	day := 1
	if m[3] != "" {
		day, _ = strconv.Atoi(m[3])
	}
	return reconcile.NewDate(year, time.Month(month), day)
}
