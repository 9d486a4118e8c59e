package output

import (
	"fmt"

	"cspplan/report"
)

func runChecks(checks []report.Check) []RunCheck {
	var list []RunCheck
	for _, c := range checks {
		list = append(list, RunCheck{What: c.What, In: shownTotal(c, c.In), Out: shownTotal(c, c.Out), Agrees: c.Agrees()})
	}
	return list
}

// shownTotal prints a total with the digits of its currency, invariant.
func shownTotal(c report.Check, n int64) string {
	if c.Digits == 0 {
		return fmt.Sprint(n)
	}
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	s := fmt.Sprintf("%0*d", c.Digits+1, n)
	return sign + s[:len(s)-c.Digits] + "." + s[len(s)-c.Digits:]
}
