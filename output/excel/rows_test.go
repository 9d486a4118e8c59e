package excel

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"
)

// TestTextsOfRowsReadBack writes awkward texts into the Plan sheet and has
// another library read them.
func TestTextsOfRowsReadBack(t *testing.T) {
	for _, text := range []string{
		"a & b < c > d \"e\" 'f'", " blank ahead", "blank behind ", "two\nlines", "tab\there", "  ",
		"_x0041_", "_x0041_x0042_", "_x005F_x0041_", "_x", "_x00G1_", "株式会社 𠮷", "=1+1", "]]>", "</row><row>",
	} {
		sheet := `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"` +
			string(appendInline(nil, text, "…")) + `</row></sheetData></worksheet>`
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

// TestSplice puts packed rows between what comes in pieces of any size: what is
// unpacked is all of it in order, and the sum and the size are those of all.
func TestSplice(t *testing.T) {
	const head, tail = "<sheetData><row>title</row><row>heads</row>", "<row>below</row></sheetData>"
	var big strings.Builder // more than memory holds, packed
	for i := 0; big.Len() < 8*spoolMemory; i++ {
		fmt.Fprintf(&big, "<row>%x</row>", sha256.Sum256([]byte{byte(i), byte(i >> 8), byte(i >> 16)}))
	}
	blocks := []string{"<row>first</row>", big.String(), "<row>third</row>"}
	want := head + strings.Join(blocks, "") + tail
	for _, size := range []int{1, 7, 1000} {
		rows := &packedRows{spool: spool{dir: t.TempDir()}}
		for _, plain := range blocks {
			packed := new(packer).pack(nil, &rowText{text: []byte(plain)})
			if err := rows.add(&rowBlock{plain: []byte(plain), packed: packed, sum: crc32.ChecksumIEEE([]byte(plain))}); err != nil {
				t.Fatal(err)
			}
		}
		var file bytes.Buffer
		a := &archive{w: &file, rows: map[string]*packedRows{"sheet": rows}}
		if _, err := a.Create(contentTypes); err != nil {
			t.Fatal(err)
		}
		w, err := a.Create("sheet")
		if err != nil {
			t.Fatal(err)
		}
		for rest := head + tail; rest != ""; {
			n := min(size, len(rest))
			if _, err := w.Write([]byte(rest[:n])); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		if got := string(parts(t, file.Bytes())["sheet"]); got != want {
			t.Errorf("in pieces of %d the sheet has %d bytes, want %d", size, len(got), len(want))
		}
	}
}

// TestSpliceOfLinks: links stand behind the first, wherever the part is cut; a part
// without the first one has no place for them, and is refused.
func TestSpliceOfLinks(t *testing.T) {
	const before, after = "<row>title</row><row>heads</row></sheetData><hyperlinks><hyperlink first>", "</hyperlinks></worksheet>"
	for size := 1; size < len(before+after); size++ {
		p := &part{name: "sheet", packer: partPackers.Get().(*flate.Writer)}
		p.begin()
		s := &splice{to: p, rows: &packedRows{links: []byte("<second><third>")}}
		for rest := before + after; rest != ""; rest = rest[min(size, len(rest)):] {
			if _, err := s.Write([]byte(rest[:min(size, len(rest))])); err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(s.done(), p.end()); err != nil {
			t.Fatal(err)
		}
		want := before + "<second><third>" + after
		if p.size != uint64(len(want)) || p.sum != crc32.ChecksumIEEE([]byte(want)) {
			t.Errorf("in pieces of %d the part has %d bytes and sum %08x, want %d and %08x", size, p.size, p.sum, len(want), crc32.ChecksumIEEE([]byte(want)))
		}
	}
	p := &part{name: "sheet", packer: partPackers.Get().(*flate.Writer)}
	p.begin()
	s := &splice{to: p, rows: &packedRows{links: []byte("<second>")}}
	if _, err := s.Write([]byte("<row>title</row><row>heads</row></sheetData></worksheet>")); err != nil {
		t.Fatal(err)
	}
	if err := s.done(); err == nil || !strings.Contains(err.Error(), "no place for its links") {
		t.Errorf("got %v, want that the links have no place", err)
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
	a := &archive{w: io.Discard, rows: map[string]*packedRows{"xl/worksheets/sheet1.xml": {}}}
	w, err := a.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, "<sheetData><row>title</row></sheetData>")
	if err := a.Close(); err == nil || !strings.Contains(err.Error(), "no place for its rows") {
		t.Errorf("closing gave %v, want that the sheet has no place for its rows", err)
	}
	if err := (&archive{w: io.Discard, rows: map[string]*packedRows{"other.xml": {}}}).Close(); err == nil {
		t.Error("an archive that never saw a sheet with rows was closed without an error")
	}
}
