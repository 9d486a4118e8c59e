//go:build bench && unix

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A stepTime is when a step of a run began, from the start of the run, and how
// long it took; of steps of one kind the first beginning and the sum.
type stepTime struct {
	name        string
	began, took time.Duration
}

// logSteps makes the runs in a folder log their steps.
func logSteps(t *testing.T, dir string) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(dir, "cspplan.yaml"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString("\nlog: {level: debug}\n"); err != nil {
		t.Fatal(err)
	}
}

var stepLine = regexp.MustCompile(`msg=step name=(?:"([^"]*)"|(\S+)) began_ms=(\d+) ms=(\d+)`)

// stepTimes reads the steps out of a log, in the order in which they began, those
// of less than a hundredth of the longest left out.
func stepTimes(log string) []stepTime {
	var steps []stepTime
	for _, m := range stepLine.FindAllStringSubmatch(log, -1) {
		name := m[1] + m[2]
		if strings.HasPrefix(name, "workbook of ") {
			name = "workbooks of owners, together"
		}
		i := slices.IndexFunc(steps, func(s stepTime) bool { return s.name == name })
		if i < 0 {
			i = len(steps)
			steps = append(steps, stepTime{name: name, began: 1 << 62})
		}
		steps[i].began = min(steps[i].began, milliseconds(m[3]))
		steps[i].took += milliseconds(m[4])
	}
	longest := time.Duration(0)
	for _, s := range steps {
		longest = max(longest, s.took)
	}
	steps = slices.DeleteFunc(steps, func(s stepTime) bool { return s.took < longest/100 })
	slices.SortStableFunc(steps, func(a, b stepTime) int { return int(a.began - b.began) })
	return steps
}

func milliseconds(digits string) time.Duration {
	n, _ := strconv.Atoi(digits) // digits, and few
	return time.Duration(n) * time.Millisecond
}
