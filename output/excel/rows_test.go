package excel

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cspplan/report"
)

// TestTextsOfRowsReadBack writes awkward texts into the Plan sheet and has
// another library read them.
func TestTextsOfRowsReadBack(t *testing.T) {
	for _, text := range []string{
		"a & b < c > d \"e\" 'f'", " blank ahead", "blank behind ", "two\nlines", "tab\there", "  ",
		"_x0041_", "_x0041_x0042_", "_x005F_x0041_", "_x", "_x00G1_", "株式会社 𠮷", "=1+1", "]]>", "</row><row>",
	} {
		b := &book{notice: "…"}
		sheet := `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"` +
			string(b.appendValue(nil, report.Value{Kind: report.Text, Text: text})) + `</row></sheetData></worksheet>`
		if got := readCell(t, sheet); got != text {
			t.Errorf("%q was read back as %q", text, got)
		}
	}
}

// readCell opens a workbook whose one sheet is the XML and reads A1.
func readCell(t *testing.T, sheet string) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	f.Sheet.Delete("xl/worksheets/sheet1.xml")
	f.Pkg.Store("xl/worksheets/sheet1.xml", []byte(sheet))
	path := filepath.Join(t.TempDir(), "cell.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	g, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	got, err := g.GetCellValue("Sheet1", "A1")
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestSplice(t *testing.T) {
	const head, tail = "<sheetData><row>title</row><row>heads</row>", "<row>below</row></sheetData>"
	for _, size := range []int{1, 7, 1000} { // the sheet comes in pieces of any size
		rows := &spool{dir: t.TempDir()}
		defer rows.close()
		big := strings.Repeat("<row>x</row>", spoolMemory/8) // more than memory holds
		io.WriteString(rows, "<row>first</row>")
		io.WriteString(rows, big)
		var got bytes.Buffer
		s := &splice{to: &got, rows: rows}
		for rest := head + tail; rest != ""; {
			n := min(size, len(rest))
			if _, err := s.Write([]byte(rest[:n])); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if got.String() != head+"<row>first</row>"+big+tail {
			t.Errorf("in pieces of %d the sheet has %d bytes, want %d", size, got.Len(), len(head)+16+len(big)+len(tail))
		}
	}
}

// TestSpoolWithoutRoom: where the temporary file cannot be made, the workbook
// fails; no row is left out in silence.
func TestSpoolWithoutRoom(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "gone")
	rows := &spool{dir: missing}
	defer rows.close()
	piece := make([]byte, spoolMemory/2+1)
	if _, err := rows.Write(piece); err != nil {
		t.Fatal(err)
	}
	if _, err := rows.Write(piece); err == nil || !strings.Contains(err.Error(), "keeping a part") {
		t.Errorf("writing beyond memory gave %v, want an error", err)
	}
	if _, err := Write(io.Discard, long(t, 12_000), Options{Tmp: missing}); err == nil {
		t.Error("a workbook whose rows had no place was written")
	}
}

// TestSheetWithoutAPlaceForItsRows: a sheet that never shows its headings must
// fail rather than lose its rows.
func TestSheetWithoutAPlaceForItsRows(t *testing.T) {
	a := &archive{w: io.Discard, spools: map[string]*spool{"xl/worksheets/sheet1.xml": {}}}
	w, err := a.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, "<sheetData><row>title</row></sheetData>")
	if err := a.Close(); err == nil || !strings.Contains(err.Error(), "no place for its rows") {
		t.Errorf("closing gave %v, want that the sheet has no place for its rows", err)
	}
	if err := (&archive{w: io.Discard, spools: map[string]*spool{"other.xml": {}}}).Close(); err == nil {
		t.Error("an archive that never saw a sheet with rows was closed without an error")
	}
}
