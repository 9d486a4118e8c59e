package input

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// messyExport is an export of several blocks, with all that makes rows unusual.
func messyExport(rows int) string {
	r := rand.New(rand.NewPCG(1, 2))
	lines := strings.Split(strings.TrimSpace(benchExport(20_000)), "\r\n")
	head := lines[0]
	odd := []func(string) string{
		func(l string) string { return `"` + l },
		func(l string) string { return strings.Replace(l, ",", `"`, 1) },
		func(l string) string { return "Total,,,,,,,,123" },
		func(l string) string { return head },
		func(string) string { return "" },
		func(l string) string { return l + ",extra" },
		func(l string) string { return strings.Replace(l, "Contoso", "\"Con\ntoso\n\n\"\"x\"\"\"", 1) },
		func(l string) string { return strings.Replace(l, "EUR", "Euros?", 1) },
		func(l string) string { return strings.Replace(l, "Monthly", fmt.Sprint("weekly ", r.IntN(30)), 1) },
		func(l string) string { return strings.Replace(l, "2026-11", "26-11", 1) },
		func(l string) string { return strings.Replace(l, ",IT,", ",Atlantis,", 1) },
		func(l string) string { return strings.Replace(l, "S.p.A.", "S.p.\uFFFD.", 1) },
		func(l string) string { return "Contoso Total,,,,,,,,5,,,,,,,,,,," },
		func(l string) string { return "\x00" + l },
	}
	out := []string{head}
	for i := range rows {
		line := lines[1+i%(len(lines)-1)]
		if r.IntN(20) == 0 {
			line = odd[r.IntN(len(odd))](line)
		}
		out = append(out, line)
	}
	return strings.Join(out, "\r\n")
}

// Records made of blocks side by side are those that are made of one row after
// the other; so are the warnings and their order.
func TestBlocksMakeTheSameRecords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.csv")
	if err := os.WriteFile(path, []byte(messyExport(9000)), 0o600); err != nil {
		t.Fatal(err)
	}
	batch, err := Read(context.Background(), []File{{Path: path, Name: "exports/x.csv"}}, Options{})
	if err != nil || batch.Files[0].Refused != nil {
		t.Fatal(err, batch.Files[0].Refused)
	}
	f, err := sheet.OpenFile(context.Background(), path, "exports/x.csv", sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want := fileResult{file: File{Path: path, Name: "exports/x.csv"}, report: FileReport{Name: "exports/x.csv", Modified: f.Modified()}}
	rowByRow(t, f, &want)
	equal := cmp.Comparer(func(a, b reconcile.UnitPrice) bool { return a == b })
	if diff := cmp.Diff(want.records, batch.Records, equal); diff != "" {
		t.Errorf("records row by row (-) and in blocks (+):\n%.2000s", diff)
	}
	if diff := cmp.Diff(want.report.Warnings, batch.Files[0].Warnings); diff != "" {
		t.Errorf("warnings row by row (-) and in blocks (+):\n%.2000s", diff)
	}
	if got := batch.Files[0]; got.Rows != len(batch.Records) || got.Licences != want.report.Licences || len(got.Warnings) < 10 {
		t.Errorf("got %d rows of %d, %d licences of %d, %d warnings", got.Rows, len(batch.Records), got.Licences, want.report.Licences, len(got.Warnings))
	}
}

// rowByRow reads the one sheet of a file in one block and one goroutine.
func rowByRow(t *testing.T, f *sheet.File, result *fileResult) {
	t.Helper()
	book, err := f.Book(sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := &fileReader{ctx: context.Background(), file: result.file, book: book, result: result, warnings: newWarnings()}
	p, err := r.findTables(book.Sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	if refusal := r.bindTables(p); refusal != nil {
		t.Fatal(refusal)
	}
	var all sheet.Block
	for row, err := range book.Sheets[0].Rows() {
		if err != nil {
			t.Fatal(err)
		}
		row.Cells = append([]sheet.Cell(nil), row.Cells...)
		all.Rows = append(all.Rows, row)
	}
	var builders []*builder
	for _, table := range p.tables {
		b, err := newBuilder(r, p, table)
		if err != nil {
			t.Fatal(err)
		}
		builders = append(builders, b)
	}
	r.take(newRowMaker(p, builders).makeAfter(&all, builders), builders)
	result.report.Warnings = r.warnings.list()
}

// The room for rows is taken by blocks, and is a bound all the same.
func TestTooManyRowsInBlocks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.csv")
	if err := os.WriteFile(path, []byte(messyExport(3000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(context.Background(), []File{{Path: path, Name: "exports/x.csv"}}, Options{MostRows: 1000}); err != ErrTooManyRows {
		t.Errorf("got %v, want too many rows", err)
	}
}
