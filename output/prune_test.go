package output

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// pruneWorld is an output folder with one run a night, each with a workbook
// whose bytes tell which run wrote it, each carrying on the notes of the one
// before.
func pruneWorld(t *testing.T, nights int) (dir string, runs []Run) {
	t.Helper()
	dir = t.TempDir()
	for n := range nights {
		day := time.Date(2026, 11, 1+n, 4, 15, 0, 0, time.UTC)
		r := Run{Schema: RunSchema, ID: fmt.Sprintf("%s-%08x", day.Format(time.DateOnly), n), AsOf: day.Format(time.DateOnly), Started: day}
		if n > 0 {
			r.NotesOf = runs[n-1].ID
		}
		folder := filepath.Join(dir, r.ID)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		book := filepath.Join(folder, workbookName)
		if err := os.WriteFile(book, []byte(r.ID), 0o600); err != nil {
			t.Fatal(err)
		}
		hash, err := hashFile(book)
		if err != nil {
			t.Fatal(err)
		}
		r.Outputs = []RunOutput{{Name: workbookName, SHA256: hash}}
		if err := r.Write(folder); err != nil {
			t.Fatal(err)
		}
		runs = append(runs, r)
	}
	return dir, runs
}

func left(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var days []string
	for _, e := range entries {
		days = append(days, strings.TrimPrefix(e.Name(), "2026-11-")[:2])
	}
	return strings.Join(days, " ")
}

func TestPrune(t *testing.T) {
	edit := func(t *testing.T, dir string, r Run, name string) string {
		t.Helper()
		book := filepath.Join(dir, r.ID, name)
		if err := os.WriteFile(book, []byte("a person wrote here"), 0o600); err != nil {
			t.Fatal(err)
		}
		hash, err := hashFile(book)
		if err != nil {
			t.Fatal(err)
		}
		return hash
	}
	tests := []struct {
		name    string
		keep    int
		prepare func(t *testing.T, dir string, runs []Run, n *Notes)
		want    string // days whose runs are left
	}{
		{"oldest go", 3, nil, "04 05 06"},
		{"fewer than that stand", 6, nil, "01 02 03 04 05 06"},
		{"the run that changes are counted from stays", 1, nil, "05 06"},
		{"saved since its notes were read", 2, func(t *testing.T, dir string, runs []Run, n *Notes) {
			edit(t, dir, runs[1], workbookName)
		}, "02 05 06"},
		{"a copy saved under another name", 2, func(t *testing.T, dir string, runs []Run, n *Notes) {
			edit(t, dir, runs[1], "csp-plan (2).xlsx")
		}, "02 05 06"},
		{"saved, and read tonight", 2, func(t *testing.T, dir string, runs []Run, n *Notes) {
			file := runs[1].ID + "/" + workbookName
			n.hashes[file] = edit(t, dir, runs[1], workbookName)
			n.read[file] = bookMemory{run: runs[1].ID, hash: n.hashes[file]}
		}, "05 06"},
		{"it wrote a copy that somebody has saved", 2, func(t *testing.T, dir string, runs []Run, n *Notes) {
			n.read["csp-plan Anna.xlsx"] = bookMemory{run: runs[2].ID}
		}, "03 05 06"},
		{"its notes were never carried on", 2, func(t *testing.T, dir string, runs []Run, n *Notes) {
			for i := range runs {
				runs[i].NotesOf = "" // six ends: the newest counts
			}
			runs[5].NotesOf, runs[4].NotesOf = runs[4].ID, runs[5].ID // a chain without an end there
		}, "04 05 06"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir, runs := pruneWorld(t, 6)
			n := &Notes{read: map[string]bookMemory{}, hashes: map[string]string{}}
			if tt.prepare != nil {
				tt.prepare(t, dir, runs, n)
			}
			if _, err := Prune(dir, tt.keep, runs, n); err != nil {
				t.Fatal(err)
			}
			if got := left(t, dir); got != tt.want {
				t.Errorf("left %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPruneFailedRuns(t *testing.T) {
	dir, runs := pruneWorld(t, 1)
	for _, name := range []string{"2026-11-01T031500Z", "2026-11-02T031500Z", "2026-11-02T031500Z-2", "2026-11-03T031500Z"} {
		if err := os.MkdirAll(filepath.Join(dir, failedDir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	gone, err := Prune(dir, 2, runs, &Notes{})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"failed/2026-11-01T031500Z", "failed/2026-11-02T031500Z"}; !slices.Equal(gone, want) {
		t.Errorf("removed %q, want %q", gone, want)
	}
}
