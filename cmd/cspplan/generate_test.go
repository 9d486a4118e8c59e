package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const generatedRows = 1500

// generatedPlan makes exports, plans them and returns plan.csv without its
// heading and the columns that name files.
func generatedPlan(t *testing.T, format string) [][]string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), format)
	if code, _, errs := command(t, "generate", dir, "--rows", "1500", "--format", format); code != 0 {
		t.Fatalf("generate: exit %d\n%s", code, errs)
	}
	t.Chdir(dir)
	if code, _, errs := command(t, "run", "--as-of", "2026-11-23"); code != 0 {
		t.Fatalf("run: exit %d\n%s", code, errs)
	}
	plans, err := filepath.Glob("plans/2*/plan.csv")
	if err != nil || len(plans) != 1 {
		t.Fatalf("got plans %v, error %v; want one", plans, err)
	}
	text, err := os.ReadFile(plans[0])
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	from := slices.Index(rows[0], "source_file")
	for i, row := range rows {
		rows[i] = append(row[:from:from], row[from+2:]...)
	}
	return rows[1:]
}

// Every format holds the same subscriptions, of which a plausible share can
// move: what is measured on them is what a partner would see.
func TestGenerate(t *testing.T) {
	want := generatedPlan(t, "csv")
	for _, format := range []string{"xlsx", "xlsx-inline"} {
		if got := generatedPlan(t, format); !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%s: another plan than from CSV", format)
		}
	}
	shares := map[string]int{}
	tenants, expired := map[string]bool{}, 0
	for _, row := range want {
		shares[row[1]]++
		tenants[row[7]] = true
		if strings.HasPrefix(row[3], "-") {
			expired++
		}
	}
	for _, tt := range []struct {
		what          string
		got, from, to int
	}{
		{"rows", len(want), generatedRows, generatedRows},
		{"blocked", shares["blocked"] * 100 / len(want), 1, 4},
		{"data-loss", shares["data-loss"] * 100 / len(want), 8, 15},
		{"ready", shares["ready"] * 100 / len(want), 60, 85},
		{"expired", expired * 100 / len(want), 1, 3},
		{"rows of ten tenants", len(want) * 10 / len(tenants), 14, 18},
	} {
		if tt.got < tt.from || tt.got > tt.to {
			t.Errorf("%s: got %d, want %d to %d", tt.what, tt.got, tt.from, tt.to)
		}
	}
}

func TestGenerateIsDeterministic(t *testing.T) {
	t.Chdir(t.TempDir())
	file := func(dir, format, seed string) string {
		if code, _, errs := command(t, "generate", dir, "--rows", "50", "--format", format, "--seed", seed); code != 0 {
			t.Fatalf("generate: exit %d\n%s", code, errs)
		}
		found, err := filepath.Glob(filepath.Join(dir, "exports", "*"))
		if err != nil || len(found) != 1 {
			t.Fatalf("got %v, error %v; want one file", found, err)
		}
		b, err := os.ReadFile(found[0])
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for _, format := range []string{"csv", "xlsx", "xlsx-inline"} {
		first := file(format+"1", format, "7")
		if file(format+"2", format, "7") != first {
			t.Errorf("%s: two files of one seed differ", format)
		}
		if file(format+"3", format, "8") == first {
			t.Errorf("%s: another seed gives the same file", format)
		}
	}
}

func TestGenerateRefuses(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.MkdirAll("full/exports", 0o755); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"full"}, {"new", "--rows", "0"}, {"new", "--rows", "1048576", "--format", "xlsx"}, {"new", "--as-of", "soon"},
	} {
		if code, _, errs := command(t, append([]string{"generate"}, args...)...); code != exitUsage || errs == "" {
			t.Errorf("generate %v: exit %d, said %q; want %d and a way out", args, code, errs, exitUsage)
		}
		if _, err := os.Stat("new"); err == nil {
			t.Errorf("generate %v wrote a folder", args)
		}
	}
}
