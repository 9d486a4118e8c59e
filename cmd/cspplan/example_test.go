package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"cspplan/output"
	"cspplan/reconcile"
)

// command runs the program in-process, in a folder, at a fixed time.
func command(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	now := func() time.Time { return time.Date(2026, 11, 23, 3, 15, 0, 0, time.UTC) }
	code = run(context.Background(), args, terminal{In: strings.NewReader(""), Out: &out, Err: &errs, Now: now})
	return code, out.String(), errs.String()
}

// plannedExample writes the example for a day, plans it, and returns run.json
// and the lines of plan.csv.
func plannedExample(t *testing.T, asOf string) (output.Run, []map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	if code, _, errs := command(t, "init", ".", "--as-of", asOf); code != 0 {
		t.Fatalf("init: exit %d\n%s", code, errs)
	}
	code, out, errs := command(t, "run", "--as-of", asOf, "--json")
	if code != 0 {
		t.Fatalf("run as at %s: exit %d\n%s", asOf, code, errs)
	}
	var r output.Run
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join("plans", r.ID, "plan.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var lines []map[string]string
	for _, row := range rows[1:] {
		line := map[string]string{}
		for i, cell := range row {
			line[rows[0][i]] = cell
		}
		lines = append(lines, line)
	}
	return r, lines
}

// The example shows everything that can happen, on any day it is written: every
// status, match class, route, outcome and reason of rejection.
func TestExampleShowsEverything(t *testing.T) {
	days := []string{"2026-11-23", "2027-01-01", "2027-02-28", "2026-12-12", "2028-02-29", "2027-03-03"}
	if testing.Short() {
		days = days[:1]
	}
	for _, day := range days {
		t.Run(day, func(t *testing.T) {
			r, lines := plannedExample(t, day)
			if n := len(lines); n < 60 || n > 90 {
				t.Errorf("%d subscriptions, want 60 to 90", n)
			}
			seen := map[string]map[string]bool{}
			for _, line := range lines {
				for _, column := range []string{"status", "match", "route", "customer", "currency", "country", "channel"} {
					if seen[column] == nil {
						seen[column] = map[string]bool{}
					}
					seen[column][line[column]] = true
				}
			}
			want := func(column string, words ...string) {
				for _, w := range words {
					if !seen[column][w] {
						t.Errorf("no row has %s %s", column, w)
					}
				}
			}
			want("status", "blocked", "data-loss", "decide", "ready", "done")
			want("match", "same", "renamed", "equivalent", "different", "ambiguous", "none")
			want("route", "none", "bam", "channel-transfer", "partner-transfer", "let-expire", "buy-reassign-end")
			want("channel", "direct", "volume", "partner", "legacy-csp", "unknown")
			if n := len(seen["customer"]); n < 25 {
				t.Errorf("%d customers, want 25", n)
			}
			if n := len(seen["currency"]); n < 5 {
				t.Errorf("%d currencies, want 5", n)
			}
			for _, o := range reconcile.Outcomes {
				if r.Counts.Outcomes[o.String()] == 0 {
					t.Errorf("no row is %s", o)
				}
			}
			codes := map[string]bool{}
			for _, w := range r.Warnings {
				codes[w.Code] = true
			}
			for _, code := range []string{"bad-date", "ambiguous-date", "no-licences", "no-offer", "no-customer", "duplicate"} {
				if !codes[code] {
					t.Errorf("no row is rejected for %s", code)
				}
			}
			for _, c := range r.Checks {
				if !c.Agrees {
					t.Errorf("control total differs: %+v", c)
				}
			}
		})
	}
}

// The same inputs, settings and as-of date give the same bytes, whatever the
// number of processors and the order of the inputs. The script same_bytes
// varies the zone and the language, which a process reads only once.
func TestSameInputsSameBytes(t *testing.T) {
	t.Chdir(t.TempDir())
	if code, _, errs := command(t, "init", ".", "--as-of", "2026-11-23"); code != 0 {
		t.Fatalf("init: exit %d\n%s", code, errs)
	}
	inputs := []string{"exports/international.csv", "exports/partner-center", "exports/Lizenzen-DACH.xlsx", "exports/abbonamenti-italia.csv", "exports/customer-register.csv", "exports/harbour"}
	runs := 10
	if testing.Short() {
		runs = 3
	}
	var first map[string]string
	for i := range runs {
		before := runtime.GOMAXPROCS(1 + i%2)
		t.Cleanup(func() { runtime.GOMAXPROCS(before) })
		args := []string{"run", "--as-of", "2026-11-23", "--output", filepath.Join("out", string(rune('a'+i)))}
		for k := range inputs {
			args = append(args, "--input", inputs[(k+i)%len(inputs)])
		}
		if code, _, errs := command(t, args...); code != 0 {
			t.Fatalf("run %d: exit %d\n%s", i, code, errs)
		}
		got := contents(t, filepath.Join("out", string(rune('a'+i))))
		if first == nil {
			first = got
			continue
		}
		for name := range first {
			if got[name] != first[name] {
				t.Errorf("run %d: %s differs from the first run's", i, name)
			}
		}
		if len(got) != len(first) {
			t.Errorf("run %d wrote %d files, the first %d", i, len(got), len(first))
		}
	}
}

// contents reads every file below a folder but run.json and mail.txt, which
// hold the time and the place.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "run.json" || d.Name() == "mail.txt" || d.Name() == output.LockName {
			return err
		}
		b, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		files[rel] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 7 {
		t.Fatalf("%s holds %d files", dir, len(files))
	}
	return files
}
