package output

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cspplan/reconcile"
	"cspplan/report"
)

// published is the plan of planned, published: its second row has no equivalent.
func published(t *testing.T) (Job, Run) {
	t.Helper()
	job := planned(t)
	res, err := Publish(context.Background(), job)
	if err != nil {
		t.Fatal(err)
	}
	res.Run.AsOf = asOf.String()
	return job, res.Run
}

func openOn(job Job, row int, since reconcile.Date, codes ...string) (want []report.PastException) {
	for _, code := range codes {
		rule, _ := report.ExceptionRule(code)
		want = append(want, report.PastException{Key: report.KeyHash(job.Report.Plan.Rows[row].Key), Since: since, Rule: rule})
	}
	return want
}

func TestExceptionsAreReadAsWritten(t *testing.T) {
	job, run := published(t)
	var want []report.PastException
	for i := range job.Report.Plan.Rows {
		for _, f := range job.Report.Plan.Rows[i].Findings() {
			if _, keeps := report.ExceptionRule(f.Code); keeps {
				want = append(want, openOn(job, i, asOf, f.Code)...)
			}
		}
	}
	got, err := ReadExceptions(job.Dir, run)
	if err != nil || len(got) == 0 || !slices.Equal(got, sorted(want)) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	fromPlan, err := PlannedExceptions(job.Dir, run)
	if err != nil || !slices.Equal(fromPlan, got) {
		t.Errorf("from plan.csv: got %v, %v, want %v", fromPlan, err, got)
	}
}

func TestDamagedRecordOfExceptions(t *testing.T) {
	for name, spoil := range map[string]func(string) error{
		"cut off": func(path string) error { return os.Truncate(path, 30) },
		"gone":    os.Remove,
		"edited": func(path string) error {
			b, err := os.ReadFile(path)
			return errors.Join(err, os.WriteFile(path, bytes.ReplaceAll(b, []byte("2026-11-23"), []byte("2025-11-23")), 0o600))
		},
	} {
		job, run := published(t)
		if err := spoil(filepath.Join(job.Dir, run.ID, exceptionsName)); err != nil {
			t.Fatal(err)
		}
		if got, err := ReadExceptions(job.Dir, run); err == nil || errors.Is(err, ErrNoAges) {
			t.Errorf("%s: got %v, %v, want an error that says so", name, got, err)
		}
	}
	job, run := published(t)
	run.Outputs = slices.DeleteFunc(run.Outputs, func(o RunOutput) bool { return o.Name == exceptionsName })
	if _, err := ReadExceptions(job.Dir, run); !errors.Is(err, ErrNoAges) {
		t.Errorf("a version that recorded none: got %v, want %v", err, ErrNoAges)
	}
}

// A plan.csv that lost lines is no plan to compare with.
func TestPlanWithLostLines(t *testing.T) {
	job, run := published(t)
	run.Counts.Outcomes = map[string]int{"planned": 2}
	path := filepath.Join(job.Dir, run.ID, "plan.csv")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b[:bytes.LastIndexByte(b[:len(b)-2], '\n')+1], 0o600); err != nil {
		t.Fatal(err)
	}
	if rows, err := ReadPlanned(job.Dir, run); err == nil || !strings.Contains(err.Error(), "plan.csv has 1 of 2 rows") {
		t.Errorf("got %d rows, %v", len(rows), err)
	}
}

func TestOlder(t *testing.T) {
	at := func(key uint64, rule int16, since reconcile.Date) report.PastException {
		return report.PastException{Key: key, Rule: rule, Since: since}
	}
	past := []report.PastException{at(1, 2, 50), at(1, 3, 50), at(2, 2, 50), at(4, 1, 50)}
	Older(past, []report.PastException{at(1, 3, 20), at(2, 3, 10), at(4, 1, 60)})
	if want := []report.PastException{at(1, 2, 50), at(1, 3, 20), at(2, 2, 50), at(4, 1, 50)}; !slices.Equal(past, want) {
		t.Errorf("got %v, want %v", past, want)
	}
}

// What was accepted at the run before is told from what was open.
func TestParseExceptions(t *testing.T) {
	trial, _ := report.ExceptionRule("trial")
	const head = "key,finding,since,state\r\n"
	tests := []struct {
		name, text string
		want       []report.PastException
		err        string
	}{
		{"none", head, nil, ""},
		{"in order of keys", head + "00000000000000ff,trial,2026-11-01,accepted\r\n0000000000000001,another-version,2026-11-02,open\r\n",
			[]report.PastException{{Key: 1, Since: asOf - 21, Rule: report.RuleUnknown}, {Key: 255, Since: asOf - 22, Rule: trial, Accepted: true}}, ""},
		{"twice", head + "01,trial,2026-11-01,open\n01,trial,2026-11-02,open\n", []report.PastException{{Key: 1, Since: asOf - 22, Rule: trial}}, ""},
		{"empty", "", nil, "its header is not"},
		{"no day", head + "01,trial,,open\n", nil, `"" is no day`},
		{"short line", head + "01,trial\n", nil, "wrong number of fields"},
	}
	for _, tt := range tests {
		got, err := parseExceptions(strings.NewReader(tt.text))
		if !slices.Equal(got, tt.want) || (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
			t.Errorf("%s: got %v, %v, want %v, %q", tt.name, got, err, tt.want, tt.err)
		}
	}
}

// Whatever the record holds, what is read of it is in order, dated, and names
// rules that there are.
func FuzzParseExceptions(f *testing.F) {
	f.Add("key,finding,since,state\r\n0000000000000001,trial,2026-11-01,open\r\n")
	f.Add("key,finding,since,state\nzz,\"a\nb\",2026-02-30,accepted\n")
	f.Fuzz(func(t *testing.T, text string) {
		past, err := parseExceptions(strings.NewReader(text))
		if err != nil {
			return
		}
		for i, p := range past {
			if !p.Since.Known() || p.Rule != report.RuleUnknown && (p.Rule < 0 || int(p.Rule) >= len(reconcile.Rules)) {
				t.Errorf("%+v is no exception", p)
			}
			if i > 0 && cmp.Or(cmp.Compare(past[i-1].Key, p.Key), cmp.Compare(past[i-1].Rule, p.Rule)) > 0 {
				t.Errorf("%+v stands behind %+v", p, past[i-1])
			}
		}
	})
}
