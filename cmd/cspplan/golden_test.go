package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cspplan/input/sheet"
)

// TestGolden holds what the example says, file by file, so that a change of
// any sentence or figure shows in a diff. Rewrite with make golden and review.
func TestGolden(t *testing.T) {
	golden, err := filepath.Abs("testdata/golden")
	if err != nil {
		t.Fatal(err)
	}
	r, _ := plannedExample(t, "2026-11-23")
	folder := filepath.Join("plans", r.ID)
	texts := map[string]string{"csp-plan.xlsx.txt": cellText(t, filepath.Join(folder, "csp-plan.xlsx"))}
	for _, name := range []string{"plan.csv", "rejected-rows.csv", "mail.txt"} {
		b, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(b)
	}
	for name, got := range texts {
		got = strings.ReplaceAll(got, r.ID, "RUN-ID") // it is a hash over everything, the version too
		path := filepath.Join(golden, name)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
			t.Errorf("%s (-want +got), rewrite with make golden if it is meant:\n%s", name, diff)
		}
	}
}

// cellText prints a workbook cell by cell, so that a diff can be read.
func cellText(t *testing.T, path string) string {
	t.Helper()
	book, err := sheet.Open(context.Background(), path, filepath.Base(path), sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var b strings.Builder
	for _, s := range book.Sheets {
		fmt.Fprintf(&b, "== %s\n", s.Name)
		for row, err := range s.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			var cells []string
			for _, c := range row.Cells {
				cells = append(cells, c.Text)
			}
			fmt.Fprintf(&b, "%d\t%s\n", row.Number, strings.TrimRight(strings.Join(cells, "\t"), "\t"))
		}
	}
	return b.String()
}
