package excel

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cspplan/report"
)

// sharedTable is sharedPart as other programs read it.
type sharedTable struct {
	Unique int `xml:"uniqueCount,attr"`
	Texts  []struct {
		T string `xml:"t"`
	} `xml:"si"`
}

// TestSharedTexts: what the table of shared texts says of itself is what the
// sheets hold, and no text that stands on one row alone is in it.
func TestSharedTexts(t *testing.T) {
	b, _ := workbook(t, sample(t, 400), Options{})
	all := parts(t, b)
	var table sharedTable
	if err := xml.Unmarshal(all[sharedPart], &table); err != nil {
		t.Fatal(err)
	}
	named := make([]bool, len(table.Texts))
	for name, content := range all {
		for _, cell := range strings.SplitAfter(string(content), `t="s"><v>`)[1:] {
			var n int
			if _, err := fmt.Sscanf(cell, "%d</v>", &n); err != nil || n >= len(table.Texts) {
				t.Fatalf("%s refers to text %d of %d, error %v", name, n, len(table.Texts), err)
			}
			named[n] = true
		}
	}
	if table.Unique != len(table.Texts) {
		t.Errorf("the part says %d texts, there are %d", table.Unique, len(table.Texts))
	}
	found := false
	for i, text := range table.Texts {
		found = found || text.T == "● Ready"
		if !named[i] || strings.HasPrefix(text.T, "00000000-") {
			t.Errorf("text %d, %q, is no shared one: used %t", i, text.T, named[i])
		}
	}
	if !found {
		t.Error("the word of a status is not shared")
	}
}

// TestAwkwardSharedTexts: what cells share is read back as what each holds.
func TestAwkwardSharedTexts(t *testing.T) {
	texts := []string{"_x0041_", " both ends ", "<&>\"'", "line\nline", "]]></sst>", "<si>", "a\x00b", "bad \xff utf", "😀"}
	r := sample(t, 0)
	r.Tables[0].Columns = []report.Column{{Code: "text", Heading: "Text", Kind: report.Text, Width: 10}}
	r.Tables[0].Len = 100 * len(texts)
	r.Tables[0].Row = func(i int, dst []report.Value) []report.Value {
		return append(dst, sampleText(texts[i%len(texts)]))
	}
	f := opened(t, r, Options{})
	for i := range texts {
		at := cellName(1, firstDataRow+50*len(texts)+i)
		if kind, err := f.GetCellType("Plan", at); err != nil || kind != excelize.CellTypeSharedString {
			t.Errorf("%q has type %d, error %v; want a shared text", texts[i], kind, err)
		}
		if got, want := cell(t, f, "Plan", at), cellText(texts[i], ""); got != want {
			t.Errorf("%q became %q", want, got)
		}
	}
}

// TestStrangeSharedPart: were the library to write its texts in another way, the
// numbers in the rows would lead to others; so the workbook fails.
func TestStrangeSharedPart(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetCellStr("Sheet1", "A1", "one"); err != nil {
		t.Fatal(err)
	}
	b := &book{f: f, shared: sharedTexts{base: 1, texts: []string{"two"}}}
	for _, part := range []string{
		"", "<sst", "<sst >", "<sst ><si><t>one</t></si>", "<sst ></sst>", "<sst ><si><t>one</t></si><si><t>x</t></si></sst>", "<x><si></sst>",
	} {
		if got, err := b.sharedStrings([]byte(part)); err == nil {
			t.Errorf("%s became %s", part, got)
		}
	}
	want := `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="2"><si><t>one</t></si><si><t>two</t></si></sst>`
	if got, err := b.sharedStrings([]byte(`<sst count="7"><si><t>one</t></si></sst>`)); err != nil || string(got) != want {
		t.Errorf("got %s, error %v; want %s", got, err, want)
	}
}
