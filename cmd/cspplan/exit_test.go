package main

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"cspplan/output"
)

// oneGoodFile makes a folder that can be planned.
func oneGoodFile(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"cspplan.yaml": "partner: {country: IT}\n",
		"a.csv":        "Customer,Country,Product,Licences,Expires\nCaffè Aurora,IT,Office 365 E3,5,2027-01-31\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestExitOutput(t *testing.T) {
	oneGoodFile(t)
	if err := os.WriteFile("taken", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, errs := command(t, "run", "--input", "a.csv", "--output", "taken")
	if code != exitOutput || !strings.Contains(errs, "check that taken can be written") {
		t.Errorf("exit %d, %s; want 5 and what to check", code, errs)
	}
}

func TestExitBusy(t *testing.T) {
	oneGoodFile(t)
	release, err := output.Lock("plans", time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	code, _, errs := command(t, "run", "--input", "a.csv")
	if code != exitBusy || !strings.Contains(errs, "since 2026-11-23T03:00:00Z") {
		t.Errorf("exit %d, %s; want 6 and since when the other runs", code, errs)
	}
	if _, err := os.Stat("plans/failed"); err == nil {
		t.Error("a run that found the folder taken left a failure in it")
	}
}

func TestExitInterrupted(t *testing.T) {
	oneGoodFile(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errs strings.Builder
	code := run(ctx, []string{"run", "--input", "a.csv"}, terminal{In: strings.NewReader(""), Out: &out, Err: &errs, Now: time.Now})
	if code != exitInterrupted || !strings.Contains(errs.String(), "the last plan stands") {
		t.Errorf("exit %d, %s; want 130", code, errs.String())
	}
	if _, err := os.Stat("plans/csp-plan.xlsx"); err == nil {
		t.Error("an interrupted run published a plan")
	}
}

// With --json a run that failed says so on standard output, too.
func TestFailedRunAsJSON(t *testing.T) {
	oneGoodFile(t)
	if err := os.WriteFile("a.csv", []byte("Nothing,here\n1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := command(t, "run", "--input", "a.csv", "--json")
	var r output.Run
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("standard output is not JSON: %v\n%s", err, out)
	}
	if code != exitInput || r.Exit != exitInput || len(r.Inputs) != 1 || r.Inputs[0].Refused == nil || !strings.Contains(errs, "a.csv") {
		t.Errorf("exit %d, run.json %+v, %s; want 3 and the refused file", code, r, errs)
	}
}
