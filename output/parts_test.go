package output

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cspplan/output/excel"
	"cspplan/reconcile"
	"cspplan/report"
)

// ownedPlan is a plan of two owners, one subscription each, split by owner.
func ownedPlan(t *testing.T, owners ...string) Job {
	t.Helper()
	return splitPlan(t, report.SplitOwner, len(owners), owners...)
}

// splitPlan is a plan of two owners, one subscription each; the workbook of all
// lists so many rows at most.
func splitPlan(t *testing.T, by string, overall int, owners ...string) Job {
	t.Helper()
	return plannedFrom(t, func(records []reconcile.Record) []reconcile.Record {
		for i := range records {
			records[i].Sub.Customer.Name = []string{"Caffè Aurora", "Bäckerei Grünwald"}[i]
			records[i].Sub.Owner = owners[i]
		}
		return records
	}, func(opt *report.Options) { opt.SplitBy, opt.OverallRows, opt.PartFile = by, overall, PartFile })
}

func TestPublishByOwner(t *testing.T) {
	job := ownedPlan(t, "Anna Bianchi", "")
	res, err := Publish(context.Background(), job)
	if err != nil {
		t.Fatal(err)
	}
	anna := partFile(report.Part{Name: "Anna Bianchi", Key: "Anna Bianchi"}, ".xlsx")
	nobody := partFile(report.Part{Name: "unassigned", Key: "unassigned"}, ".xlsx")
	if want := []string{workbookName, "csp-plan.pdf", anna, nobody}; !slices.Equal(res.Copies, want) {
		t.Errorf("current copies %q, want %q", res.Copies, want)
	}
	for name, want := range map[string]int{workbookName: 2, anna: 1, nobody: 1} {
		got, err := excel.ReadBack(t.Context(), filepath.Join(job.Dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got.Rows != want {
			t.Errorf("%s holds %d rows, want %d", name, got.Rows, want)
		}
	}
	parts := slices.ContainsFunc(res.Run.Checks, func(c RunCheck) bool {
		return strings.Contains(c.What, "csp-plan-*.xlsx") && c.In == "2" && c.Out == "2" && c.Agrees
	})
	if !parts {
		t.Errorf("no check says that the parts hold both rows: %+v", res.Run.Checks)
	}
}

// What an owner writes into the workbook of their own is read like what is
// written into the one of all.
func TestNotesOfParts(t *testing.T) {
	job := ownedPlan(t, "Anna", "Zoe")
	res, err := Publish(context.Background(), job)
	if err != nil {
		t.Fatal(err)
	}
	zoe := partFile(report.Part{Name: "Zoe", Key: "Zoe"}, ".xlsx")
	writeInto(t, filepath.Join(job.Dir, zoe), "Plan", "K3", "wants to wait for the board")
	writeInto(t, filepath.Join(job.Dir, workbookName), "Plan", "K3", "the first row of all")
	n := collect(t, job.Dir, "2026-11-24", res.Run)
	var notes []string
	for _, d := range n.Decisions() {
		notes = append(notes, d.Value)
	}
	slices.Sort(notes)
	if want := []string{"the first row of all", "wants to wait for the board"}; !slices.Equal(notes, want) {
		t.Errorf("notes %q, want %q; warnings %+v", notes, want, n.Warnings)
	}
	if n.Kept() != 0 || len(n.putBack) != 0 {
		t.Errorf("%d kept, %d put back, want none", n.Kept(), len(n.putBack))
	}
}

// The workbook of an owner who has no rows any more would look current: it
// goes, unless somebody wrote into it. Copies under names of people's own stay.
func TestOldPartsGo(t *testing.T) {
	for _, edited := range []bool{false, true} {
		job := ownedPlan(t, "Anna", "Zoe")
		res, err := Publish(context.Background(), job)
		if err != nil {
			t.Fatal(err)
		}
		zoe := filepath.Join(job.Dir, partFile(report.Part{Name: "Zoe", Key: "Zoe"}, ".xlsx"))
		b, err := os.ReadFile(zoe)
		if err != nil {
			t.Fatal(err)
		}
		own := filepath.Join(job.Dir, "csp-plan-saved-by-zoe.xlsx")
		if err := os.WriteFile(own, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if edited {
			writeInto(t, zoe, "Plan", "K3", "not yet read")
		}
		next := ownedPlan(t, "Anna", "Anna")
		next.Dir, next.Run.ID, next.Run.AsOf = job.Dir, "2026-11-24-00000002", "2026-11-24"
		next.Notes = collect(t, job.Dir, "2026-11-24", res.Run)
		if _, err := Publish(context.Background(), next); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(zoe); (err == nil) != edited {
			t.Errorf("edited %v: the old workbook stands: %v", edited, err == nil)
		}
		if _, err := os.Stat(own); err != nil {
			t.Errorf("edited %v: a copy of a person's own is gone: %v", edited, err)
		}
	}
}

func TestPartFile(t *testing.T) {
	names := []string{
		"Anna Bianchi", "anna bianchi", "anna.bianchi", "Anna  Bianchi ", "", " ", ".", "..", "con", "NUL", "COM1.txt", "lpt1", "a/b", `a\b`, "../../etc/passwd",
		"有限会社さくら印刷", "株式会社山本", "é", "e\u0301", "İstanbul", "istanbul", "ISTANBUL", "x\x00y", "x\ny", "=cmd()", "😀", strings.Repeat("long ", 100), strings.Repeat("long ", 101), "trailing.", "trailing ",
	}
	allowed := regexp.MustCompile(`^csp-plan-[a-z0-9-]{1,100}\.xlsx$`)
	files := map[string]string{}
	for _, name := range names {
		file := partFile(report.Part{Name: name, Key: name}, ".xlsx")
		if !allowed.MatchString(file) {
			t.Errorf("%q: file %q", name, file)
		}
		if other, taken := files[file]; taken {
			t.Errorf("%q and %q share %s", name, other, file)
		}
		files[file] = name
	}
}

func FuzzPartFile(f *testing.F) {
	f.Add("Anna", "b")
	allowed := regexp.MustCompile(`^[a-z0-9-]{1,110}\.xlsx$`)
	f.Fuzz(func(t *testing.T, name, key string) {
		if file := partFile(report.Part{Name: name, Key: key}, ".xlsx"); !allowed.MatchString(file) {
			t.Errorf("%q: %q", name, file)
		}
	})
}
