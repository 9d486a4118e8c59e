package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// damagedOffice has three nights behind it: notes of the first two days are in
// the second and third run; the third also keeps a text without a place.
func damagedOffice(t *testing.T) (o *office, ids []string) {
	t.Helper()
	o = newOffice(t, "en")
	ids = append(ids, o.tonight())
	o.edit(currentCopy, "Giulia", func(b *book) {
		b.set("Plan", "sub-a", "Note", "first day")
		b.set("Plan", "sub-b", "Note", "to be cleared")
	})
	ids = append(ids, o.night())
	o.edit(currentCopy, "Giulia", func(b *book) {
		b.set("Plan", "sub-a", "Decision", "Move")
		b.set("Plan", "sub-b", "Note", "")
		b.set("Plan", "sub-c", "Note", "second day")
		b.set("Plan", "sub-d", "Decision", "whenever it suits")
		b.set("Customers", "Fabrikam", "Customer note", "call after nine")
	})
	ids = append(ids, o.night())
	return o, ids
}

// Damage to the newest run folder loses no word: what the run before it held
// and what its own workbook shows are put together.
func TestNotesOfADamagedRun(t *testing.T) {
	first, ids := damagedOffice(t)
	cut := func(s string) string { return s[:len(s)/2] }
	for _, c := range []struct {
		name  string
		files []string
		spoil func(string) string
	}{
		{"run.json cut", []string{"run.json"}, cut},
		{"run.json is of another program", []string{"run.json"}, func(string) string { return "{}" }},
		{"notes cut", []string{"notes.csv"}, cut},
		{"notes empty", []string{"notes.csv"}, func(string) string { return "" }},
		{"notes changed", []string{"notes.csv"}, func(s string) string { return strings.Replace(s, "second", "Second", 1) }},
		{"state of workbooks cut", []string{"workbook-state.csv"}, cut},
		{"all of them cut", []string{"run.json", "notes.csv", "workbook-state.csv", "plan.csv"}, cut},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := first.another(t)
			for _, name := range c.files {
				path := filepath.Join("plans", ids[2], name)
				o.write(path, c.spoil(o.bytes(path)))
			}
			o.edit(currentCopy, "Bert", func(b *book) { b.set("Plan", "sub-e", "Note", "third day") })
			for night := range 3 {
				o.asOf++
				code, _, printed := o.run()
				if code != exitOK || strings.Contains(printed, "notes-recovered") != (night == 0) {
					t.Fatalf("night %d: exit %d\n%s", night, code, printed)
				}
				o.want("Plan", "sub-a", "Note", "first day")
				o.want("Plan", "sub-a", "Decision", "Move")
				o.want("Plan", "sub-b", "Note", "")
				o.want("Plan", "sub-b", "Owner", "Anna")
				o.want("Plan", "sub-c", "Note", "second day")
				o.want("Plan", "sub-e", "Note", "third day")
				o.want("Customers", "Fabrikam", "Customer note", "call after nine")
				o.wantKept("whenever it suits: Neither a word of the list nor a clear date")
			}
		})
	}
}

// The same day once more takes the place of a damaged run, whose folder stays.
func TestDamagedRunOfTheSameDay(t *testing.T) {
	o, ids := damagedOffice(t)
	for _, name := range []string{"run.json", "notes.csv"} {
		path := filepath.Join("plans", ids[2], name)
		o.write(path, o.bytes(path)[:100])
		for range 2 {
			o.tonight()
			o.want("Plan", "sub-a", "Note", "first day")
			o.want("Plan", "sub-c", "Note", "second day")
		}
	}
}

// Where the damaged run's words cannot be found any more, nothing is published.
func TestLostNotesStopTheRun(t *testing.T) {
	o, ids := damagedOffice(t)
	path := filepath.Join("plans", ids[2], "notes.csv")
	o.write(path, o.bytes(path)[:20])
	for _, book := range []string{currentCopy, filepath.Join("plans", ids[2], "csp-plan.xlsx")} {
		if err := os.Remove(book); err != nil {
			t.Fatal(err)
		}
	}
	o.asOf++
	code, _, printed := o.run()
	if code != exitOutput || !strings.Contains(printed, ids[2]) || !strings.Contains(printed, "Nothing was published") {
		t.Errorf("exit %d, printed %s\nwant 5 and the folder named", code, printed)
	}
}

// A damaged folder that later runs carried on is ignored with a warning; what
// somebody wrote into its workbook since is kept.
func TestOldDamagedRunIsIgnored(t *testing.T) {
	o, ids := damagedOffice(t)
	old := filepath.Join("plans", ids[1], "run.json")
	o.write(old, o.bytes(old)[:50])
	o.asOf++
	code, _, printed := o.run()
	if code != exitOK || !strings.Contains(printed, "history-damaged") || !strings.Contains(printed, ids[1]) {
		t.Errorf("exit %d, printed %s\nwant 0 and a warning that names %s", code, printed, ids[1])
	}
	o.wantKept("whenever it suits: Neither a word of the list nor a clear date")
	o.edit(filepath.Join("plans", ids[1], "csp-plan.xlsx"), "", func(b *book) { b.set("Plan", "sub-e", "Note", "late") })
	o.night()
	if kept := o.kept(); !slices.ContainsFunc(kept, func(s string) bool { return strings.HasPrefix(s, "late: ") }) {
		t.Errorf("Kept notes: %q, want what was written into the workbook of the damaged run", kept)
	}
	o.want("Plan", "sub-c", "Note", "second day")
}
