package output

import (
	"archive/zip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"cspplan/reconcile"
)

// publishedPlan is an output folder with one run in it.
func publishedPlan(t *testing.T) (Job, Run) {
	t.Helper()
	job := planned(t)
	res, err := Publish(context.Background(), job)
	if err != nil {
		t.Fatal(err)
	}
	return job, res.Run
}

// writeInto sets a cell of a workbook, as a person does.
func writeInto(t *testing.T, path, sheet, cell string, value any) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.SetCellValue(sheet, cell, value); err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

func collect(t *testing.T, dir string, asOf string, runs ...Run) *Notes {
	t.Helper()
	day := mustDate(t, asOf)
	n, err := CollectNotes(dir, runs, NotesOptions{AsOf: day, Keep: 30})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A workbook that somebody saves while the run is under way is not replaced.
func TestSavedMeanwhileIsLeftAlone(t *testing.T) {
	job, run := publishedPlan(t)
	current := filepath.Join(job.Dir, workbookName)
	notes := collect(t, job.Dir, "2026-11-24", run)
	writeInto(t, current, "Plan", "K3", "typed while the job was running")
	before, err := os.ReadFile(current)
	if err != nil {
		t.Fatal(err)
	}
	next := planned(t)
	next.Dir, next.Notes, next.Run.ID, next.Run.AsOf, next.Run.NotesOf = job.Dir, notes, "2026-11-24-00000002", "2026-11-24", notes.From
	res, err := Publish(context.Background(), next)
	if err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(current)
	if err != nil {
		t.Fatal(err)
	}
	if string(before) != string(after) || !slices.Equal(res.Left, []string{workbookName}) {
		t.Errorf("left alone %v, changed %v; want the workbook as it was saved", res.Left, string(before) != string(after))
	}
	if n := collect(t, job.Dir, "2026-11-25", run, res.Run); n.New() != 1 {
		t.Errorf("the night after %d cells are new, want 1", n.New())
	}
}

// Whether a workbook was touched is told by its bytes, not by its time or name.
func TestTouchedWorkbooks(t *testing.T) {
	job, run := publishedPlan(t)
	current := filepath.Join(job.Dir, workbookName)
	b, err := os.ReadFile(current)
	if err != nil {
		t.Fatal(err)
	}
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(current, later, later); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"CSP-Plan (3).XLSX", "csp-plan.bak", "~$csp-plan.xlsx", "other.xlsx"} {
		if err := os.WriteFile(filepath.Join(job.Dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if n := collect(t, job.Dir, "2026-11-24", run); len(n.Books) != 0 {
		t.Errorf("read %v, want none: all are as they were published", n.Books)
	}
	writeInto(t, filepath.Join(job.Dir, run.ID, workbookName), "Plan", "K3", "x")
	n := collect(t, job.Dir, "2026-11-24", run)
	if len(n.Books) != 1 || !strings.HasSuffix(n.Books[0].File, run.ID+"/"+workbookName) || n.Books[0].Edits != 1 {
		t.Errorf("read %+v, want the workbook of the run with one edit", n.Books)
	}
}

// A text without a place is listed as long as runs are kept, then not any more.
func TestKeptTextsExpire(t *testing.T) {
	n := &Notes{asOf: mustDate(t, "2026-11-24"), keptOnce: map[keptText]bool{}, inForce: map[noteCell]note{}}
	cell := noteCell{"row", "", "note"}
	for _, line := range []note{
		{cell: cell, value: "yesterday", state: stateKept, why: keptNoKey, facts: noteFacts{Until: "2026-11-23"}},
		{cell: cell, value: "today", state: stateKept, why: keptNoKey, facts: noteFacts{Until: "2026-11-24"}},
		{cell: noteCell{"row", "k", "note"}, value: "gone", state: stateKept, why: keptGone, facts: noteFacts{Until: "2026-11-23"}},
	} {
		n.carryOn(Run{}, []note{line})
	}
	if got := n.keptLines(); len(got) != 1 || got[0].value != "today" || n.found != 1 {
		t.Errorf("kept %v, found %d; want today only", got, n.found)
	}
}

// The same text is kept once, however often its file is saved again.
func TestKeepOnce(t *testing.T) {
	n := &Notes{keptOnce: map[keptText]bool{}, inForce: map[noteCell]note{}}
	line := note{cell: noteCell{"row", "k", "note"}, value: "x", when: "2026-11-23T08:00:00Z"}
	n.keep(line, keptNoKey, true)
	line.when = "2026-11-24T08:00:00Z"
	n.keep(line, keptNoKey, true)
	n.keep(line, keptKeyTwice, true)
	if len(n.kept) != 2 || n.found != 2 {
		t.Errorf("kept %d, found %d; want 2: one for each reason", len(n.kept), n.found)
	}
}

// The later time wins unless the person saw what they replaced.
func TestTake(t *testing.T) {
	cell := noteCell{"row", "k", "note"}
	const before, noon, after = "2026-11-23T08:00:00Z", "2026-11-23T12:00:00Z", "2026-11-23T18:00:00Z"
	for _, c := range []struct {
		name      string
		now       *note
		e         edit
		want      string
		when      string
		wantKept  string
		wantFound int
	}{
		{"new", nil, edit{value: "a", when: noon}, "a", noon, "", 1},
		{"cleared, there was nothing", nil, edit{value: "", before: "register", when: noon}, "", noon, "", 0},
		{"replaced", &note{value: "a", when: noon}, edit{value: "b", before: "a", when: after}, "b", after, "", 1},
		{"replaced, clock wrong", &note{value: "a", when: noon}, edit{value: "b", before: "a", when: before}, "b", before, "", 1},
		{"cleared", &note{value: "a", when: noon}, edit{value: "", before: "a", when: after}, "", after, "", 0},
		{"agreed", &note{value: "a", when: noon}, edit{value: "a", before: "", when: after}, "a", noon, "", 1},
		{"later than another's", &note{value: "a", when: noon}, edit{value: "b", before: "", when: after}, "b", after, "a", 2},
		{"earlier than another's", &note{value: "a", when: noon}, edit{value: "b", before: "", when: before}, "a", noon, "b", 2},
		{"cleared earlier than another's", &note{value: "a", when: noon}, edit{value: "", before: "z", when: before}, "a", noon, "", 1},
		{"cleared later than another's", &note{value: "a", when: noon}, edit{value: "", before: "z", when: after}, "", after, "a", 1},
		{"earlier than another's clearing", &note{value: "", when: noon}, edit{value: "b", before: "a", when: before}, "", noon, "b", 1},
		{"picked anew", &note{value: "move", when: noon, state: stateStale}, edit{value: "move", before: "move", anew: true, when: after}, "move", after, "", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := &Notes{keptOnce: map[keptText]bool{}, inForce: map[noteCell]note{}, fresh: map[noteCell]bool{}}
			if c.now != nil {
				line := *c.now
				line.cell = cell
				n.carry(line)
			}
			c.e.cell = cell
			n.take(c.e)
			kept := ""
			for _, k := range n.kept {
				kept += k.value
			}
			if got := n.inForce[cell]; got.value != c.want || got.when != c.when || kept != c.wantKept || n.found != c.wantFound {
				t.Errorf("in force %q of %s, kept %q, found %d; want %q of %s, %q, %d",
					got.value, got.when, kept, n.found, c.want, c.when, c.wantKept, c.wantFound)
			}
		})
	}
}

// The newest notes are the end of the chain, whatever the clock said.
func TestNewestNotes(t *testing.T) {
	for _, c := range []struct {
		name string
		runs []Run
		want string
	}{
		{"none", nil, ""},
		{"one", []Run{{ID: "a"}}, "a"},
		{"clock went back", []Run{{ID: "b", NotesOf: "a"}, {ID: "a"}}, "b"},
		{"for an earlier day", []Run{{ID: "early", NotesOf: "late"}, {ID: "late"}}, "early"},
		{"pruned between", []Run{{ID: "a"}, {ID: "c", NotesOf: "b"}}, "c"},
	} {
		run, _ := newestNotes(c.runs)
		if run.ID != c.want {
			t.Errorf("%s: got %q, want %q", c.name, run.ID, c.want)
		}
	}
}

func mustDate(t *testing.T, day string) reconcile.Date {
	t.Helper()
	d, err := reconcile.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// No damage to the newest notes is taken for notes, neither one wrong byte nor a
// missing end: they are taken from the workbook, and where that is gone, too,
// nothing is published.
func TestDamagedNotes(t *testing.T) {
	for _, name := range []string{notesName, stateName} {
		job, run := publishedPlan(t)
		path := filepath.Join(job.Dir, run.ID, name)
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(whole); i += max(1, len(whole)/20) {
			flipped := slices.Clone(whole)
			flipped[i] ^= 1
			for _, b := range [][]byte{flipped, whole[:i]} {
				if err := os.WriteFile(path, b, 0o600); err != nil {
					t.Fatal(err)
				}
				if n := collect(t, job.Dir, "2026-11-24", run); !slices.Equal(n.Recovered, []string{run.ID}) || len(n.Warnings) != 1 {
					t.Errorf("%s, %d of %d bytes: recovered %q, warnings %v", name, len(b), len(whole), n.Recovered, n.Warnings)
				}
			}
		}
		for _, folder := range []string{".", run.ID} {
			if err := os.Remove(filepath.Join(job.Dir, folder, workbookName)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := CollectNotes(job.Dir, []Run{run}, NotesOptions{}); err == nil || !strings.Contains(err.Error(), run.ID) {
			t.Errorf("%s damaged and no workbook: error %v, want one that names the run", name, err)
		}
	}
}

// The table of contents of a zip file tells other cells even where every size
// is the same; what is no zip file has none.
func TestContentsSum(t *testing.T) {
	sums := map[string]bool{}
	for _, text := range []string{"Move", "Wait"} {
		path := filepath.Join(t.TempDir(), workbookName)
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		z := zip.NewWriter(f)
		w, err := z.CreateHeader(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(z.Close(), f.Close()); err != nil {
			t.Fatal(err)
		}
		sum := contentsSum(path)
		if sum == "" || sums[sum] {
			t.Errorf("%s: sum %q, want one of its own", text, sum)
		}
		sums[sum] = true
	}
	path := filepath.Join(t.TempDir(), workbookName)
	if err := os.WriteFile(path, []byte("Customer;Note"), 0o600); err != nil {
		t.Fatal(err)
	}
	if sum := contentsSum(path); sum != "" {
		t.Errorf("no zip file: sum %q, want none", sum)
	}
}
