package main

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"cspplan/output"
	"cspplan/reconcile"
	"cspplan/report"

	"github.com/google/go-cmp/cmp"
)

var paperSets = flag.Int("paper", 5, "data sets whose PDF, workbook and plan.csv are compared")

// TestPaperWorkbookAndListAgree: the PDF, as poppler reads it, the workbook, as
// its XML has it, and plan.csv give the same figures to the cent: by currency,
// status and month, for drawn worlds in every language.
func TestPaperWorkbookAndListAgree(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext (poppler-utils) is not installed")
	}
	figures, differ := 0, 0
	for seed := range *paperSets {
		ok := t.Run(fmt.Sprint(seed), func(t *testing.T) { figures += comparePaper(t, uint64(seed)) })
		if !ok {
			differ++
		}
	}
	t.Logf("%d of %d data sets differ; %d figures compared", differ, *paperSets, figures)
}

func comparePaper(t *testing.T, seed uint64) (figures int) {
	r := rand.New(rand.NewPCG(seed, 11))
	words, err := report.LoadTexts(report.Languages[int(seed)%len(report.Languages)])
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	layPaperWorld(t, r, words.Lang)
	if code, out, errs := command(t, "run", "--as-of", metamorphicDay.String(), "--quiet"); code > 1 {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	plans, err := filepath.Glob("plans/" + metamorphicDay.String() + "-*")
	if err != nil || len(plans) != 1 {
		t.Fatalf("run folders: %v, %v", plans, err)
	}
	want := csvLedger(t, filepath.Join(plans[0], "plan.csv"), metamorphicDay)
	plan, money := workbookLedger(t, filepath.Join(plans[0], output.WorkbookName), words, metamorphicDay)
	if diff := cmp.Diff(want, plan); diff != "" {
		t.Errorf("plan.csv and the rows of the workbook differ (-csv +workbook):\n%s", diff)
	}
	if diff := cmp.Diff(only(want, money, "subscriptions", "cost", "cannot", "to decide", "can", "difference", "overlap", "prepaid", "locked"), money); diff != "" {
		t.Errorf("plan.csv and the sheet Money differ (-csv +workbook):\n%s", diff)
	}
	paper := pdfLedger(t, filepath.Join(plans[0], output.PDFName), words, metamorphicDay)
	printed := maps.Clone(want)
	maps.DeleteFunc(printed, func(name string, _ int64) bool { return unprinted[name] || strings.HasSuffix(strings.TrimSuffix(name, " licences"), " undated") })
	if diff := cmp.Diff(printed, paper); diff != "" {
		t.Errorf("plan.csv and the text of the PDF differ (-csv +PDF):\n%s", diff)
	}
	return len(printed)
}
