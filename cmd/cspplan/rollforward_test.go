package main

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"cspplan/output"
	"cspplan/report"
)

// TestRollForwardAgrees: over nights on which the exports change at random, the
// record of exceptions, run.json, the workbook and the PDF say the same, each
// night goes on from the one before, and doing it all again gives the same bytes.
func TestRollForwardAgrees(t *testing.T) {
	for seed := range uint64(5) {
		words, err := report.LoadTexts(report.Languages[seed])
		if err != nil {
			t.Fatal(err)
		}
		t.Run(words.Lang, func(t *testing.T) {
			t.Chdir(t.TempDir())
			closed, open := 0, 0
			for night := range uint64(3) {
				layPaperWorld(t, rand.New(rand.NewPCG(seed, 31+night)), words.Lang)
				day := (metamorphicDay + 40).String()
				if night < 2 {
					day = fmt.Sprint(metamorphicDay.String()[:8], 10+night)
				}
				for _, plans := range []string{"plans", "again"} {
					if code, out, errs := command(t, "run", "--as-of", day, "--output", plans, "--accept", "exports/list.csv", "--quiet"); code > 1 {
						t.Fatalf("%s: exit %d\n%s%s", day, code, out, errs)
					}
				}
				run := nightOf(t, day)
				rf := run.Exceptions
				if rf.OpenBefore != open || rf.OpenBefore+rf.Opened-rf.Closed != rf.Open || rf.OpenBefore-rf.Closed != rf.Rolled {
					t.Errorf("%s: after %d open ones: %+v", day, open, rf)
				}
				open = rf.Open
				closed += rf.Closed
				sameEverywhere(t, run, words, night == 0)
			}
			if closed == 0 {
				t.Error("nothing ever closed: the worlds are too alike")
			}
		})
	}
}

// nightOf is the run of a day; that of the other folder has the same bytes.
func nightOf(t *testing.T, day string) output.Run {
	t.Helper()
	folders, err := filepath.Glob("plans/" + day + "-*")
	if err != nil || len(folders) != 1 {
		t.Fatalf("run folders: %v, %v", folders, err)
	}
	run, err := output.ReadRun(folders[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"exceptions.csv", "csp-plan.xlsx", "csp-plan.pdf", "plan.csv"} {
		one, err1 := os.ReadFile(filepath.Join(folders[0], name))
		two, err2 := os.ReadFile(filepath.Join("again", run.ID, name))
		if err1 != nil || err2 != nil || string(one) != string(two) {
			t.Errorf("%s: %s differs between two runs of the same nights (%v, %v)", day, name, err1, err2)
		}
	}
	return run
}

// sameEverywhere holds the record, the workbook and the PDF against run.json.
func sameEverywhere(t *testing.T, run output.Run, words *report.Texts, first bool) {
	t.Helper()
	folder, rf := filepath.Join("plans", run.ID), run.Exceptions
	text, err := os.ReadFile(filepath.Join(folder, "exceptions.csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil || len(lines)-1 != rf.Open+rf.Accepted {
		t.Errorf("%s: exceptions.csv has %d lines, want %d open and %d accepted; %v", run.ID, len(lines)-1, rf.Open, rf.Accepted, err)
	}
	if first {
		return
	}
	rows := openWorkbook(t, filepath.Join(folder, "csp-plan.xlsx")).rows(t, words.Label("sheet.changes"))
	for mark, want := range map[string]int{"▲ " + words.Label("rf.opened"): rf.Opened, "● " + words.Label("rf.closed"): rf.Closed, "→ " + words.Label("rf.rolled"): rf.Rolled} {
		got := 0
		for _, row := range rows {
			if row["A"] == mark {
				got++
			}
		}
		if got != want {
			t.Errorf("%s: Changes lists %d %q, want %d", run.ID, got, mark, want)
		}
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		return
	}
	printed, err := exec.Command("pdftotext", "-layout", filepath.Join(folder, "csp-plan.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	n := func(count int) string { return words.Count(int64(count)) }
	tie := words.Label("rf.tie", "before", n(rf.OpenBefore), "opened", n(rf.Opened), "closed", n(rf.Closed), "open", n(rf.Open), "rolled", n(rf.Rolled))
	packed := func(s string) string { return strings.Join(strings.Fields(s), "") }
	if rf.OpenBefore+rf.Open > 0 && !strings.Contains(packed(string(printed)), packed(tie)) {
		t.Errorf("%s: the PDF does not say %q", run.ID, tie)
	}
}
