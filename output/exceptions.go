package output

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cspplan/reconcile"
	"cspplan/report"
)

// exceptionsName is the file of a run that holds its exceptions and from when
// the age of each counts: key, finding, since, state. Each run carries the days
// on from the one before, so that neither nights without a run nor pruned
// folders make an exception younger.
const exceptionsName = "exceptions.csv"

const (
	stateOpen     = "open"
	stateAccepted = "accepted" // by somebody, until a day
)

var exceptionsHeader = []string{"key", "finding", "since", "state"}

// ErrNoAges means that a run was made by a version that recorded no exceptions.
var ErrNoAges = errors.New("the run recorded no exceptions")

func writeExceptions(w io.Writer, r *report.Report) error {
	c := newCSV(w)
	if err := c.Write(exceptionsHeader); err != nil {
		return err
	}
	var failed error
	r.EachException(func(key, code string, since reconcile.Date, isAccepted bool) bool {
		state := stateOpen
		if isAccepted {
			state = stateAccepted
		}
		failed = c.Write([]string{key, code, since.String(), state})
		return failed == nil
	})
	if failed != nil {
		return failed
	}
	c.Flush()
	return c.Error()
}

// ReadExceptions reads what an earlier run recorded, sorted by key. A record
// that is not as it was written is an error; ErrNoAges means there never was one.
func ReadExceptions(dir string, run Run) ([]report.PastException, error) {
	wrote, ok := run.output(exceptionsName)
	if !ok {
		return nil, ErrNoAges
	}
	folder := filepath.Join(dir, run.ID)
	found, err := describe(folder, exceptionsName)
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", run.ID, err)
	}
	if found.SHA256 != wrote.SHA256 {
		return nil, fmt.Errorf("run %s: %s is not as it was written", run.ID, exceptionsName)
	}
	f, err := os.Open(filepath.Join(folder, exceptionsName))
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", run.ID, err)
	}
	defer f.Close()
	past, err := parseExceptions(f)
	if err != nil {
		return nil, fmt.Errorf("run %s: %s: %w", run.ID, exceptionsName, err)
	}
	return past, nil
}

func parseExceptions(r io.Reader) ([]report.PastException, error) {
	c := csv.NewReader(r)
	c.ReuseRecord, c.FieldsPerRecord = true, len(exceptionsHeader)
	if header, err := c.Read(); err != nil || !slices.Equal(header, exceptionsHeader) {
		return nil, fmt.Errorf("its header is not %q", strings.Join(exceptionsHeader, ","))
	}
	var past []report.PastException
	for {
		line, err := c.Read()
		if err == io.EOF {
			return sorted(past), nil
		}
		if err != nil {
			return nil, err
		}
		since, err := reconcile.ParseDate(line[2])
		if err != nil || !since.Known() {
			return nil, fmt.Errorf("%q is no day", line[2])
		}
		rule, _ := report.ExceptionRule(line[1])
		past = append(past, report.PastException{Key: report.KeyHash(line[0]), Since: since, Rule: rule, Accepted: line[3] == stateAccepted})
	}
}

// sorted puts exceptions in the order of their keys, each once with its first
// day.
func sorted(past []report.PastException) []report.PastException {
	slices.SortFunc(past, func(a, b report.PastException) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Since, b.Since))
	})
	return slices.CompactFunc(past, func(a, b report.PastException) bool {
		return a.Key == b.Key && a.Rule == b.Rule && a.Rule != report.RuleUnknown
	})
}

// acceptedCode is the finding of rows whose exceptions somebody has accepted.
const acceptedCode = "exception-accepted"

// PlannedExceptions finds the exceptions of a run that recorded none in its
// plan.csv, sorted by key. Their age is not known: it counts from that run.
func PlannedExceptions(dir string, run Run) ([]report.PastException, error) {
	asOf, err := reconcile.ParseDate(run.AsOf)
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", run.ID, err)
	}
	var past []report.PastException
	err = eachPlanned(filepath.Join(dir, run.ID, "plan.csv"), []string{"key", "status", "findings"}, func(cells [][]byte) error {
		status, ok := reconcile.ParseStatus(string(cells[1]))
		if !ok {
			return fmt.Errorf("%q is no status", cells[1])
		}
		if status >= reconcile.Ready {
			return nil
		}
		key, codes := report.KeyHash(string(cells[0])), strings.Split(string(cells[2]), "|")
		isAccepted := slices.Contains(codes, acceptedCode)
		for _, code := range codes {
			if rule, keeps := report.ExceptionRule(code); keeps {
				past = append(past, report.PastException{Key: key, Since: asOf, Rule: rule, Accepted: isAccepted})
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", run.ID, err)
	}
	return sorted(past), nil
}

// Older gives exceptions the day of an older record that has them, where it is
// earlier than theirs. Both are sorted by key.
func Older(past, record []report.PastException) {
	for i := range past {
		at, ok := slices.BinarySearchFunc(record, past[i], func(r, p report.PastException) int {
			return cmp.Or(cmp.Compare(r.Key, p.Key), cmp.Compare(r.Rule, p.Rule))
		})
		if ok {
			past[i].Since = min(past[i].Since, record[at].Since)
		}
	}
}

// RunExceptions is the roll-forward in numbers: open_before + opened − closed =
// open.
type RunExceptions struct {
	OpenBefore int            `json:"open_before"`
	Opened     int            `json:"opened"`
	Closed     int            `json:"closed"`
	ClosedBy   map[string]int `json:"closed_by,omitempty"`
	Rolled     int            `json:"rolled_forward"`
	Open       int            `json:"open"`
	Accepted   int            `json:"accepted"` // until a day: not open
	Oldest     int            `json:"oldest_days"`
	Ages       map[string]int `json:"ages"` // open ones by age in days
}

// CountExceptions is the roll-forward of a report. On a first run all that is
// open was opened.
func CountExceptions(r *report.Report) *RunExceptions {
	rf := &r.RollForward
	c := &RunExceptions{
		OpenBefore: rf.Total.Before, Opened: rf.Total.Opened, Closed: rf.Total.Closed, ClosedBy: rf.ClosedBy(),
		Rolled: rf.Total.Rolled, Open: rf.Total.Open, Accepted: rf.Total.Accepted, Oldest: max(0, rf.Total.Oldest), Ages: map[string]int{},
	}
	for i, name := range [report.AgeBands]string{"0-30", "31-60", "61-90", "over-90"} {
		c.Ages[name] = rf.Ages.Exceptions[i]
	}
	return c
}
