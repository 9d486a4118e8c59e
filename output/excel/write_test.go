package excel

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cspplan/report"
)

// workbook writes a report and returns the bytes.
func workbook(t testing.TB, r *report.Report, opt Options) ([]byte, Written) {
	t.Helper()
	opt.Tmp = t.TempDir()
	var b bytes.Buffer
	w, err := Write(&b, r, opt)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), w
}

// file writes a report to a file and returns its path.
func file(t testing.TB, r *report.Report, opt Options) (string, Written) {
	t.Helper()
	b, w := workbook(t, r, opt)
	path := filepath.Join(t.TempDir(), "plan.xlsx")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path, w
}

// opened writes a report and opens the workbook with excelize.
func opened(t testing.TB, r *report.Report, opt Options) *excelize.File {
	t.Helper()
	b, _ := workbook(t, r, opt)
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// cell is the formatted value of a cell.
func cell(t testing.TB, f *excelize.File, sheet, name string) string {
	t.Helper()
	v, err := f.GetCellValue(sheet, name)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSameReportSameBytes(t *testing.T) {
	first, _ := workbook(t, sample(t, 60), Options{})
	for i := range 8 { // excelize's map order needs some tries to differ
		again, _ := workbook(t, sample(t, 60), Options{})
		if !bytes.Equal(first, again) {
			t.Fatalf("run %d gave other bytes: %d and %d of them", i+2, len(first), len(again))
		}
	}
}

func TestSheetsInOrder(t *testing.T) {
	f := opened(t, sample(t, 5), Options{})
	want := "Start Plan Customers Risks Regions Licences Unmatched Money Credits Changes Rejected rows Kept notes Control totals Offer catalogue About Lists Chart data"
	if got := strings.Join(f.GetSheetList(), " "); got != want {
		t.Errorf("sheets are\n%s, want\n%s", got, want)
	}
	for _, name := range []string{"Lists", "Chart data"} {
		if visible, err := f.GetSheetVisible(name); err != nil || visible {
			t.Errorf("sheet %s: visible %t, error %v; want it hidden", name, visible, err)
		}
	}
	if f.GetActiveSheetIndex() != 0 {
		t.Errorf("sheet %d is open first, want Start", f.GetActiveSheetIndex())
	}
}

func TestLongTablesGoOnOnFurtherSheets(t *testing.T) {
	r := sample(t, 25)
	path, w := file(t, r, Options{SheetRows: 10})
	f := opened(t, r, Options{SheetRows: 10})
	for i, want := range []struct {
		sheet    string
		rows     int
		onStart  string
		licences string // of its first row: rows 1, 11 and 21 of the plan
	}{{"Plan", 10, "10", "1"}, {"Plan 2", 10, "10", "11"}, {"Plan 3", 5, "5", "21"}} {
		if got := w.Sheets[i]; got.Sheet != want.sheet || got.Rows != want.rows {
			t.Errorf("sheet %d is %s with %d rows, want %s with %d", i, got.Sheet, got.Rows, want.sheet, want.rows)
		}
		if got := cell(t, f, "Start", cellName(1, 27+i)); got != want.sheet {
			t.Errorf("Start names %q in line %d, want %q", got, i+1, want.sheet)
		}
		if got := cell(t, f, "Start", cellName(2, 27+i)); got != want.onStart {
			t.Errorf("Start says %s rows for %s, want %s", got, want.sheet, want.onStart)
		}
		if got := cell(t, f, want.sheet, "F3"); got != want.licences {
			t.Errorf("%s begins with the row of %s licences, want %s", want.sheet, got, want.licences)
		}
		tables, err := f.GetTables(want.sheet)
		if err != nil || len(tables) != 1 {
			t.Errorf("%s has %d tables, error %v; want one", want.sheet, len(tables), err)
		}
	}
	got, err := ReadBack(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if got.Rows != 25 || !got.Equal(w.Plan) {
		t.Errorf("read back %+v, want %+v", got, w.Plan)
	}
}

func TestPropertiesComeFromTheAsOfDate(t *testing.T) {
	p, err := opened(t, sample(t, 1), Options{}).GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	if want := "2026-11-23T00:00:00Z"; p.Created != want || p.Modified != want {
		t.Errorf("created %s, modified %s; want %s", p.Created, p.Modified, want)
	}
	if p.Title != "Moving customers to CSP" || p.Creator != "cspplan" || p.LastModifiedBy != "cspplan" || p.Language != "en" {
		t.Errorf("properties %+v", p)
	}
}

// full is a disk without room.
type full struct{ room int }

func (f *full) Write(b []byte) (int, error) {
	if f.room -= len(b); f.room < 0 {
		return 0, errors.New("no space left on device")
	}
	return len(b), nil
}

func TestWriteErrorsAreReturned(t *testing.T) {
	for _, room := range []int{0, 1000, 20_000} {
		if _, err := Write(&full{room: room}, sample(t, 60), Options{Tmp: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "no space left") {
			t.Errorf("with room for %d bytes: got error %v, want that of the disk", room, err)
		}
	}
}

// A sheet of some megabytes goes through a temporary file, which must lie in
// the folder that was named and be gone afterwards.
func TestTemporaryFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 25,000 rows")
	}
	dir := t.TempDir()
	seen := 0
	r := sample(t, 25_000)
	row := r.Tables[0].Row
	r.Tables[0].Row = func(i int, dst []report.Value) []report.Value {
		if i == 24_999 {
			entries, err := os.ReadDir(dir)
			if err != nil {
				t.Error(err)
			}
			seen = len(entries)
		}
		return row(i, dst)
	}
	if _, err := Write(io.Discard, r, Options{Tmp: dir}); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if seen != 1 || len(entries) != 0 {
		t.Errorf("%d temporary files while writing and %d afterwards, want 1 and none", seen, len(entries))
	}
}

func TestEveryLanguage(t *testing.T) {
	for _, lang := range report.Languages {
		r := sample(t, 20)
		texts, err := report.LoadTexts(lang)
		if err != nil {
			t.Fatal(err)
		}
		r.Text = texts
		path, w := file(t, r, Options{})
		if got, err := ReadBack(t.Context(), path); err != nil || !got.Equal(w.Plan) {
			t.Errorf("%s: read back %+v, error %v; want %+v", lang, got, err, w.Plan)
		}
	}
}
