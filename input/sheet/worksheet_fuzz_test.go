package sheet

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// countRows counts by encoding/xml the rows of a worksheet part, and those of
// them in which a value is written.
func countRows(part string) (all, filled int) {
	d := xml.NewDecoder(strings.NewReader(part))
	var path []string
	written := false
	for {
		token, err := d.Token()
		if err != nil {
			return all, filled
		}
		switch token := token.(type) {
		case xml.StartElement:
			name := token.Name.Local
			if xmlSpaces[token.Name.Space] != mainSpace {
				name = "?"
			}
			path = append(path, name)
			if strings.Join(path, "/") == "worksheet/sheetData/row" {
				all++
				written = false
			}
		case xml.EndElement:
			if strings.Join(path, "/") == "worksheet/sheetData/row" && written {
				filled++
			}
			path = path[:len(path)-1]
		case xml.CharData:
			if p := strings.Join(path, "/"); p == "worksheet/sheetData/row/c/v" && strings.TrimSpace(string(token)) != "" {
				written = true
			}
		}
	}
}

// FuzzWorksheet holds that a worksheet part is refused or gives out every row in
// which a value is written, in order, and that no part makes the reader stumble.
func FuzzWorksheet(f *testing.F) {
	for _, s := range []string{
		`<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" s="1"><v>46387</v></c></row><row r="3"><c><f>1</f></c></row>`,
		`<row><c t="inlineStr"><is><r><t>a</t></r><rPh><t>b</t></rPh></is></c></row><row/>`,
		`<row r="2"><c r="XFD2"/><c r="C2" t="b"><v>1</v></c></row><!-- --><row r="9"><c t="e"><v>#N/A</v></c></row>`,
		`<row><c t="str"><v>_x000D_&amp;</v></c></row></sheetData><sheetData>`,
	} {
		f.Add(`<worksheet ` + mainNS + `><sheetData>` + s + `</sheetData></worksheet>`)
	}
	f.Add(`<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`)
	path := filepath.Join(f.TempDir(), "t.xlsx")
	f.Fuzz(func(t *testing.T, part string) {
		p := smallWorkbook("", nil)
		p["xl/worksheets/sheet1.xml"] = part
		if err := os.WriteFile(path, p.zipped(t), 0o600); err != nil {
			t.Fatal(err)
		}
		b, err := Open(context.Background(), path, "t.xlsx", Options{})
		if err != nil {
			t.Fatalf("the archive is good, but %v", err)
		}
		defer b.Close()
		got, last := 0, 0
		for row, err := range b.Sheets[0].Rows() {
			var refusal *Refusal
			if errors.As(err, &refusal) {
				if refusal.Code == CodeUnreadable {
					t.Fatalf("%q: %v", part, err)
				}
				return
			}
			if row.Number <= last || len(row.Cells) == 0 || len(row.Cells) > defaultColumns {
				t.Fatalf("%q: row %d after %d with %d cells", part, row.Number, last, len(row.Cells))
			}
			got, last = got+1, row.Number
		}
		all, filled := countRows(part)
		if bytes.Contains([]byte(part), []byte("_x")) {
			filled = 0 // an escaped blank may be all there is
		}
		if got > all || got < filled {
			t.Fatalf("%q: %d rows given out of %d, %d of them with values", part, got, all, filled)
		}
	})
}

// FuzzOpen holds that no file makes the reader stumble or ends without rows, a
// refusal or both.
func FuzzOpen(f *testing.F) {
	learnSpellings()
	for _, s := range [][]byte{
		[]byte("a;b\n1;2\n"), []byte("\xFF\xFEa\x00,\x00b\x00\n\x00"), []byte("sep=|\na|b"), []byte("Caff\xe8,x\n"), []byte("<html>"),
		gzipped(f, []byte("a,b\n")), compound("Workbook"), smallWorkbook(`<row><c><v>1</v></c></row>`, nil).zipped(f),
	} {
		f.Add(s)
	}
	path := filepath.Join(f.TempDir(), "t.bin")
	f.Fuzz(func(t *testing.T, content []byte) {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		r := refusalOf(t, path, Options{})
		if r == nil {
			return
		}
		if r.Code == CodeUnreadable && strings.Contains(r.Message, "safely") {
			t.Fatalf("%q: %v", content, r)
		}
		wantRefused(t, r, r.Code, "t.bin")
	})
}

// FuzzPlainCells holds the short ways of reading rows and cells to the scanner's:
// two blanks behind <c or <row send all the long way and mean the same. The cells
// of the second row are those of the first, the third has its own.
func FuzzPlainCells(f *testing.F) {
	for _, s := range []string{
		`<c r="A1" t="s"><v>1</v></c><c r="B1" s="1"><v>46387</v></c><c r="C1" s="3"/><c r="D1" s="3"></c>`,
		`<c r="A1" t="inlineStr"><is><t>a b</t></is></c><c r="C1" t="inlineStr"><is><t xml:space="preserve"> é ]]&gt; </t></is></c>`,
		`<c r="A1" t="str"><v>_x000D_</v></c><c r="A1"><v>1</v></c>`, `<c r="B2"><v>1</v></c>`, `<c r=""><v>1</v></c>`, `<c r="A1" s="9999999"><v>1</v></c>`,
		`<c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="b"><v>1</v></c><c r="C1"><v></v></c><c r="D1"><v>]]></v></c>`,
		`<c r="A1"><v>1</v><v>2</v></c>`, "<c r=\"A1\"><v>1\r\n</v></c>", "<c r=\"A1\" t=\"str\"><v>\uFFFE</v></c>", `<c r="A1" s="1" s="2"/>`,
		`<c r="A1"><v>1</v></c></row><row r="2" ht="15"><c r="A2"><v>2</v></c></row><row r="2" ht="15"><c r="A2"><v>3</v></c>`,
		`<c r="AB01" t="str"><v>a long text of more than eight letters</v></c>`, `</row><row r="1" ht="15"/><row r="07" ht="15">`,
	} {
		f.Add(s, strings.NewReplacer(`1"`, `3"`, `</v>`, `4</v>`).Replace(s), `ht="15"`)
	}
	f.Add(`<c r="A1"><v>1</v></c>`, `<c r="A3" t="s"><v>9</v></c>`, `xmlns="urn:other"`)
	f.Add(`<c r="A1" t="s"><v>1</v></c>`, `<c r="A3" t="s"><v>9</v></c>`, `s="1" r="9"`)
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, first, third, attributes string) {
		if strings.Contains(first+third+attributes, "<!") {
			t.Skip("text in which <c is no cell")
		}
		second := strings.ReplaceAll(first, `1"`, `2"`)
		rows := fmt.Sprintf(`<row r="1" %s>%s</row><row r="2" %s>%s</row><row r="3" %s>%s</row>`, attributes, first, attributes, second, attributes, third)
		short := rowsOf(t, filepath.Join(dir, "short.xlsx"), rows)
		long := rowsOf(t, filepath.Join(dir, "long.xlsx"), strings.NewReplacer("<c r=", "<c  r=", "<row r=", "<row  r=").Replace(rows))
		if short != long {
			t.Fatalf("%q is read as\n%s\nand the long way as\n%s", rows, short, long)
		}
	})
}

// rowsOf writes a sheet of some rows and says all that is read of it, or why it
// is refused.
func rowsOf(t *testing.T, path, rows string) string {
	t.Helper()
	p := smallWorkbook(rows, nil)
	if err := os.WriteFile(path, p.zipped(t), 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := Open(context.Background(), path, "t.xlsx", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	said := ""
	for row, err := range b.Sheets[0].Rows() {
		var refusal *Refusal
		if errors.As(err, &refusal) {
			return said + refusal.Code // its words quote the text
		}
		said += fmt.Sprintln(row, err)
	}
	return said
}
