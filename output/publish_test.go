package output

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/govalues/decimal"

	"cspplan/output/excel"
	"cspplan/output/pdf"
	"cspplan/reconcile"
	"cspplan/reconcile/catalog"
	"cspplan/report"
)

var asOf = reconcile.NewDate(2026, time.November, 23)

// planned is a small plan of two subscriptions, with a report to publish.
func planned(t testing.TB) Job {
	t.Helper()
	return plannedFrom(t, func(records []reconcile.Record) []reconcile.Record { return records })
}

// plannedFrom is the same plan after a change to its records.
func plannedFrom(t testing.TB, change func([]reconcile.Record) []reconcile.Record, settle ...func(*report.Options)) Job {
	t.Helper()
	cat, err := catalog.Load()
	if err != nil {
		t.Fatal(err)
	}
	var records []reconcile.Record
	for i, title := range []string{"Office 365 E3", "=cmd|' /C calc'!A0"} {
		records = append(records, reconcile.Record{
			Source: reconcile.Source{File: "exports/a.csv", Row: i + 2}, Role: reconcile.RoleSubscription,
			Hash: [16]byte{byte(i + 1)}, Licences: reconcile.Whole(5),
			Sub: &reconcile.Subscription{
				Customer: &reconcile.CustomerFacts{Name: "Caffè Aurora", Country: "IT"}, OfferFacts: &reconcile.OfferFacts{OfferTitle: title},
				Licences: reconcile.Whole(5), Expires: asOf + reconcile.Date(20+i),
			},
		})
	}
	records = change(records)
	read := report.FileTotals{File: "exports/a.csv", Rows: len(records)}
	for _, r := range records {
		read.Licences += int64(r.Licences.N)
	}
	plan := reconcile.Build(reconcile.Inputs{Records: records, Catalogue: cat, Partner: reconcile.Partner{Name: "Cirrus", Country: "IT"}, AsOf: asOf})
	ledger := plan.Ledger(records)
	text, err := report.LoadTexts("en")
	if err != nil {
		t.Fatal(err)
	}
	opt := report.Options{
		Text: text, RunID: "2026-11-23-00000001", InputHash: "00000001", Ledger: ledger,
		Read:   []report.FileTotals{read},
		Inputs: []report.InputLine{{File: "exports/a.csv", Rows: len(records)}},
	}
	for _, set := range settle {
		set(&opt)
	}
	return Job{
		Dir: t.TempDir(), Report: report.Compute(&plan, opt), Ledger: ledger,
		Run: Run{Schema: RunSchema, ID: "2026-11-23-00000001", AsOf: "2026-11-23", Started: time.Date(2026, 11, 23, 3, 15, 0, 0, time.UTC)},
	}
}

func TestPublish(t *testing.T) {
	job := planned(t)
	res, err := Publish(context.Background(), job)
	if err != nil {
		t.Fatal(err)
	}
	if res.Exists || len(res.Copies) != 2 {
		t.Errorf("Exists %v, copies %v; want a new run and two copies", res.Exists, res.Copies)
	}
	entries, err := os.ReadDir(job.Dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got, want := strings.Join(names, " "), "2026-11-23-00000001 csp-plan.pdf csp-plan.xlsx"; got != want {
		t.Errorf("output folder holds %s, want %s", got, want)
	}
	for _, o := range res.Run.Outputs {
		info, err := os.Stat(filepath.Join(res.Folder, o.Name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() != o.Bytes || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %d bytes, mode %v; run.json says %d, want mode 0600", o.Name, info.Size(), info.Mode(), o.Bytes)
		}
	}
	for _, c := range res.Run.Checks {
		if !c.Agrees {
			t.Errorf("control total differs: %+v", c)
		}
	}

	again, err := Publish(context.Background(), planned(t))
	if err != nil || again.Exists {
		t.Errorf("another folder: Exists %v, %v", again.Exists, err)
	}
	job2 := planned(t)
	job2.Dir = job.Dir
	if again, err = Publish(context.Background(), job2); err != nil || !again.Exists {
		t.Errorf("the same run again: Exists %v, %v; want true", again.Exists, err)
	}
}

// A file that does not hold what was planned must never be published, and no
// workbook of all whose list of workbooks does not tie.
func TestPublishTotalsDiffer(t *testing.T) {
	for _, c := range []struct {
		name  string
		job   Job
		files int
	}{
		{"not split", planned(t), 3},
		{"split", splitPlan(t, report.SplitOwner, 2, "Anna", "Zoe"), 4},
		{"rows in parts only", splitPlan(t, report.SplitOwner, 1, "Anna", "Zoe"), 5},
	} {
		want := plannedTotals(c.job.Report.Plan)
		asExpected := func() written {
			got := written{files: c.job.expectedFiles(want), listed: c.job.listedBooks()}
			for i := range got.files {
				got.files[i].Totals = got.files[i].want
			}
			return got
		}
		if got := asExpected(); len(got.files) != c.files || c.job.differences(want, got) != nil {
			t.Errorf("%s: equal totals of %d files reported as different, want %d files", c.name, len(got.files), c.files)
		}
		for i := range c.files {
			for what, change := range map[string]func(*excel.Totals){
				"row":     func(t *excel.Totals) { t.Rows++ },
				"licence": func(t *excel.Totals) { t.Licences-- },
				"key":     func(t *excel.Totals) { t.Keys++ },
				"cent":    func(t *excel.Totals) { t.Money = map[string]int64{"EUR": t.Money["EUR"] + 1} },
				"formula": func(t *excel.Totals) { t.Formulas++ },
			} {
				got := asExpected()
				change(&got.files[i].Totals)
				if c.job.differences(want, got) == nil {
					t.Errorf("%s: one %s more or less in %s is not noticed", c.name, what, got.files[i].name)
				}
			}
		}
		got := asExpected()
		if got.listed--; c.job.differences(want, got) == nil {
			t.Errorf("%s: a line of the list of workbooks that does not tie is not noticed", c.name)
		}
	}
}

func TestPublishMarked(t *testing.T) {
	job := planned(t)
	job.Report.AddCheck(report.Check{Code: "rows", What: "Rows", In: 3, Out: 2})
	job.FailedMail = func(folder string, cause error) string {
		return fmt.Sprintf("not written: %v, see %s", cause, filepath.Base(folder))
	}
	res, err := Publish(context.Background(), job)
	if !errors.Is(err, ErrTotals) {
		t.Fatalf("Publish = %v, want ErrTotals", err)
	}
	if !strings.Contains(err.Error(), "Rows: in 3, out 2") {
		t.Errorf("message %q does not name the difference", err)
	}
	if _, err := os.Stat(filepath.Join(res.Folder, "csp-plan.do-not-use.xlsx")); err != nil {
		t.Errorf("marked workbook: %v", err)
	}
	if _, err := os.Stat(filepath.Join(job.Dir, "csp-plan.xlsx")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a plan whose totals differ became the current copy")
	}
	if left, _ := filepath.Glob(filepath.Join(job.Dir, ".work-*")); len(left) > 0 {
		t.Errorf("work folders left: %v", left)
	}
	text, err := os.ReadFile(filepath.Join(res.Folder, mailName))
	if want := "in 3, out 2, see " + filepath.Base(res.Folder); err != nil || !strings.Contains(string(text), want) {
		t.Errorf("mail text %q, %v; want %q", text, err, want)
	}
}

// Text from the input is neutral in plan.csv and read back unchanged.
func TestPlanCSVRoundTrip(t *testing.T) {
	job := planned(t)
	res, err := Publish(context.Background(), job)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(res.Folder, "plan.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), "'=cmd|' /C calc'!A0") {
		t.Error("a formula from the input stands in plan.csv as it was")
	}
	rows, err := ReadPlanned(job.Dir, job.Run)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || rows[1].Offer != "=cmd|' /C calc'!A0" || rows[0].FirstSeen != asOf {
		t.Errorf("read back %+v", rows)
	}
}

func TestOlderRunLeavesCopies(t *testing.T) {
	job := planned(t)
	job.Newest = "2026-11-24"
	res, err := Publish(context.Background(), job)
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Copies) != 0 {
		t.Errorf("copies %v, want none: a newer run exists", res.Copies)
	}
}

func TestOpenWorkbookIsLeftAlone(t *testing.T) {
	job := planned(t)
	if err := os.WriteFile(filepath.Join(job.Dir, "~$csp-plan.xlsx"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	res, err := Publish(context.Background(), job)
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Left) != 1 || res.Left[0] != "csp-plan.xlsx" {
		t.Errorf("left alone %v, want csp-plan.xlsx", res.Left)
	}
}

func TestLock(t *testing.T) {
	dir := t.TempDir()
	release, err := Lock(dir, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Lock(dir, time.Now()); !errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), "process ") {
		t.Errorf("second lock: %v, want ErrBusy that names the holder", err)
	}
	release()
	release, err = Lock(dir, time.Now())
	if err != nil {
		t.Errorf("after release: %v", err)
	}
	release()
}

func TestFailedRunsAreKept(t *testing.T) {
	dir := t.TempDir()
	run := Run{Schema: RunSchema, AsOf: "2026-11-23", Started: time.Date(2026, 11, 23, 3, 15, 0, 0, time.UTC), Exit: 3}
	for range 2 {
		if _, err := Fail(dir, run, func(string) string { return "text" }); err != nil {
			t.Fatal(err)
		}
	}
	runs, err := FailedRuns(dir)
	if err != nil || len(runs) != 2 {
		t.Errorf("FailedRuns = %d runs, %v; want 2", len(runs), err)
	}
	if good, err := Runs(dir); err != nil || len(good) != 0 {
		t.Errorf("Runs = %v, %v; want none", good, err)
	}
}

// What is done leaves every total, and the files say so alike.
func TestPublishLeavesDoneRowsOutOfTheMoney(t *testing.T) {
	job := plannedFrom(t, func(records []reconcile.Record) []reconcile.Record {
		for i := range records {
			records[i].Sub.SubscriptionID = string('a' + rune(i))
			records[i].Sub.Currency, records[i].Sub.Billing = "EUR", reconcile.Annual
			records[i].Sub.Price = reconcile.UnitPrice{Value: decimal.MustParse("10.00"), Per: reconcile.PerYear, Known: true}
		}
		moved := *records[0].Sub
		moved.SubscriptionID, moved.Rare, moved.Expires = "n", &reconcile.Rare{MigratedFrom: "a"}, asOf+400
		return append(records, reconcile.Record{
			Source: reconcile.Source{File: "exports/a.csv", Row: 4}, Role: reconcile.RoleInCSP,
			Hash: [16]byte{9}, Licences: reconcile.Whole(5), Sub: &moved,
		})
	})
	res, err := Publish(context.Background(), job)
	if err != nil {
		t.Fatal(err)
	}
	done := 0
	for i := range job.Report.Plan.Rows {
		if job.Report.Plan.Rows[i].Status == reconcile.Done {
			done++
		}
	}
	if done != 1 {
		t.Fatalf("%d rows are done, want 1", done)
	}
	got, err := csvTotals(filepath.Join(res.Folder, "plan.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if got.Rows != 2 || got.Licences != 10 || got.Money["EUR"] != 5000 {
		t.Errorf("plan.csv holds %+v, want 2 rows, 10 licences and EUR 5000 cents of the open row", got)
	}
}

func TestGlyphWarnings(t *testing.T) {
	tests := []struct {
		name  string
		drawn pdf.Drawn
		want  []string
	}{
		{"nothing", pdf.Drawn{}, nil},
		{"no font has them", pdf.Drawn{MissingGlyphs: []rune("会有")}, []string{"missing-glyphs: 2 characters that no font has (会有) are"}},
		{"no font may have them", pdf.Drawn{Replaced: 3}, []string{"glyphs-beyond: characters above U+FFFF, such as emoji and rare ideographs, are drawn as a box: 3;"}},
		{"too many to name", pdf.Drawn{MissingGlyphs: []rune(strings.Repeat("会", 41))}, []string{"missing-glyphs: 41 characters that no font has (" + strings.Repeat("会", 40) + "…) are"}},
		{"names", pdf.Drawn{Unshaped: 1}, []string{"unshaped-names: 1 names"}},
	}
	for _, tt := range tests {
		got := glyphWarnings("csp-plan.pdf", tt.drawn)
		if len(got) != len(tt.want) {
			t.Errorf("%s: got %+v, want %q", tt.name, got, tt.want)
			continue
		}
		for i, w := range got {
			if said := w.Code + ": " + w.Text; !strings.HasPrefix(said, tt.want[i]) {
				t.Errorf("%s: got %q, want %q", tt.name, said, tt.want[i])
			}
		}
	}
}
