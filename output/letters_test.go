package output

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cspplan/reconcile"
	"cspplan/report"
)

// letterJob is a plan of two customers whose rows are Ready, with letters.
func letterJob(t *testing.T, split string) Job {
	t.Helper()
	job := ownedPlan(t, "Anna Bianchi", "Zoë")
	plan := job.Report.Plan
	for i := range plan.Rows {
		r := &plan.Rows[i]
		r.Status, r.Found, r.Route = reconcile.Ready, nil, reconcile.RouteBuyReassignEnd
		r.Target = &reconcile.Target{SKUGUID: "6fd2c87f-b296-42f0-b197-1e91e994b900", Name: "Office 365 E3"}
		r.Provision, r.CSPStart = r.Sub.Licences, r.ActBy
		plan.Customers[r.Customer].Rows = []int32{int32(i)}
	}
	read := report.FileTotals{File: "exports/a.csv", Rows: len(job.Ledger)}
	for _, r := range job.Ledger {
		read.Licences += int64(r.Licences.N)
	}
	text, err := report.LoadTexts("en")
	if err != nil {
		t.Fatal(err)
	}
	job.Report = report.Compute(plan, report.Options{
		Text: text, RunID: job.Run.ID, InputHash: "00000001", Ledger: job.Ledger, Letters: true, SplitBy: split, OverallRows: 2,
		Read: []report.FileTotals{read}, Inputs: []report.InputLine{{File: "exports/a.csv", Rows: len(job.Ledger)}},
	})
	job.Run.Letters = CountLetters(job.Report.Letters())
	return job
}

// Letters are published with the run, listed with their hashes, in files whose
// names say nothing that a file system could trip over.
func TestPublishLetters(t *testing.T) {
	for _, split := range []string{report.SplitNone, report.SplitOwner, report.SplitCustomer} {
		job := letterJob(t, split)
		res, err := Publish(context.Background(), job)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, o := range res.Run.Outputs {
			if strings.HasPrefix(o.Name, "csp-letters") {
				names = append(names, o.Name)
				if o.Bytes == 0 || len(o.SHA256) != 64 {
					t.Errorf("%s has %d bytes, hash %q", o.Name, o.Bytes, o.SHA256)
				}
			}
		}
		name := func(name, key string) string {
			return "csp-letters-" + partName(report.Part{Name: name, Key: key}) + ".pdf"
		}
		want := []string{"csp-letters.csv", "csp-letters.pdf"}
		switch split {
		case report.SplitOwner:
			want = append(want, name("Anna Bianchi", "Anna Bianchi"), name("Zoë", "Zoë"))
		case report.SplitCustomer:
			for _, c := range job.Report.Plan.Customers {
				want = append(want, name(c.Facts.Name, c.Key))
			}
		}
		slices.Sort(names)
		slices.Sort(want)
		if !slices.Equal(names, want) {
			t.Errorf("split by %s: %q, want %q", split, names, want)
		}
		if !slices.Contains(res.Copies, lettersName) || slices.Contains(res.Copies, lettersList) {
			t.Errorf("current copies %q, want the letters and not their list", res.Copies)
		}
		if l := res.Run.Letters; l == nil || l.Written != 2 || l.Without() != 0 {
			t.Errorf("run.json counts %+v, want two letters", l)
		}
	}
}

// A run whose totals differ must not leave letters that somebody could send.
func TestLettersOfADifferingRun(t *testing.T) {
	job := letterJob(t, report.SplitNone)
	job.FailedMail = func(string, error) string { return "NOT WRITTEN" }
	job.Report.AddCheck(report.Check{Code: "rows", What: "Rows", In: 3, Out: 2})
	res, err := Publish(context.Background(), job)
	if err == nil {
		t.Fatal("published although totals differ")
	}
	entries, err := os.ReadDir(res.Folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".pdf") && !strings.HasSuffix(e.Name(), ".do-not-use.pdf") {
			t.Errorf("%s is not marked", e.Name())
		}
	}
	if _, err := os.Stat(filepath.Join(job.Dir, lettersName)); err == nil {
		t.Error("there is a current copy of the letters")
	}
}

func TestLettersListIsNeutral(t *testing.T) {
	text, err := report.LoadTexts("en")
	if err != nil {
		t.Fatal(err)
	}
	l := report.Letters{
		List:    []report.Letter{{Text: text, By: "country", Key: "01", Customer: "=cmd|' /C calc'!A0", Owner: "+39"}},
		LeftOut: []report.LeftOut{{Key: "02", Customer: "@SUM(A1)", Reason: "blocked", Rows: 3}},
	}
	var b bytes.Buffer
	if err := writeLettersList(&b, &l); err != nil {
		t.Fatal(err)
	}
	want := "customer_key,customer,tenant_id,domain,owner,letter,language,language_by,reason,subscriptions\r\n" +
		"01,'=cmd|' /C calc'!A0,,,'+39,yes,en,country,,0\r\n02,'@SUM(A1),,,,no,,,blocked,3\r\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	r := CountLetters(&l)
	if r.ReasonCounts() != "blocked 1" || r.LeftOut[0] != (RunLeftOut{"02", "blocked", 3}) {
		t.Errorf("counts %q, %+v", r.ReasonCounts(), r.LeftOut)
	}
}
