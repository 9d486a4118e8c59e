package excel

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	xlsx "cspplan/input/sheet"
	"cspplan/report"
)

// What Shown says is what ReadEdits finds in the file: the two sides of every
// comparison. Otherwise untouched cells would count as edits, night for night.
func TestShownIsWhatIsRead(t *testing.T) {
	for _, opt := range []Options{{}, {SheetRows: 7}} {
		r := sample(t, 40)
		r.Tables[0].Row = func(i int, dst []report.Value) []report.Value {
			dst = samplePlanRow(i, dst)
			if i == 3 {
				dst[7], dst[10] = sampleText("Move "+report.StaleMark), sampleText(" a\x01b\r\nc ")
			}
			return dst
		}
		path, _ := file(t, r, opt)
		got, err := ReadEdits(path, "plan.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		want := map[[3]string]string{}
		if err := Shown(r, func(scope, key, field, value string) { want[[3]string{scope, key, field}] = value }); err != nil {
			t.Fatal(err)
		}
		cells := 0
		for _, s := range got.Sheets {
			for _, row := range s.Rows {
				for i, v := range row.Values {
					cells++
					if key := [3]string{s.Scope, row.Key, s.Fields[i]}; v.Text != want[key] || v.Odd {
						t.Errorf("%v: read %q, odd %v; shown %q", key, v.Text, v.Odd, want[key])
					}
				}
			}
		}
		if plan := 40 * 4; cells < plan+13*2 || want[[3]string{"row", "daa66d2c7ddf743f", "decision"}] != "move?" {
			t.Errorf("compared %d cells, shown %q; want %d at least, and move? on row 3", cells, want[[3]string{"row", "daa66d2c7ddf743f", "decision"}], plan+13*2)
		}
		if got.Run != r.RunID || got.Language != "en" || got.By != "" {
			t.Errorf("run %q, language %q, by %q; want %q, en, nobody", got.Run, got.Language, got.By, r.RunID)
		}
	}
}

func TestReadEditsOnEverySheetOfPlan(t *testing.T) {
	path, _ := file(t, sample(t, 20), Options{SheetRows: 7})
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for sheet, note := range map[string]string{"Plan": "one", "Plan 2": "two", "Plan 3": "three"} {
		if err := f.SetCellValue(sheet, "K4", note); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetDocProps(&excelize.DocProperties{LastModifiedBy: " Giulia Rössi <&> "}); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	e, err := ReadEdits(path, "plan.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range e.Sheets {
		for _, row := range s.Rows {
			if s.Table == "Plan" && row.Number == 4 {
				got = append(got, s.Name+" "+row.Values[3].Text)
			}
		}
	}
	if want := "Plan one, Plan 2 two, Plan 3 three"; strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if e.By != "Giulia Rössi <&>" {
		t.Errorf("saved by %q", e.By)
	}
}

func TestCellReader(t *testing.T) {
	text := func(s string) xlsx.Cell { return xlsx.Cell{Kind: xlsx.Text, Text: s} }
	number := func(s string) xlsx.Cell { return xlsx.Cell{Kind: xlsx.Number, Text: s} }
	for _, c := range []struct {
		kind report.EditKind
		cell xlsx.Cell
		want string
		odd  bool
	}{
		{report.EditDecision, text("Move early"), "early", false},
		{report.EditDecision, text(" MOVE  EARLY"), "early", false},
		{report.EditDecision, text("Sposta"), "move", false},
		{report.EditDecision, text("Umgestellt"), "done", false},
		{report.EditDecision, text("Ne pas déplacer"), "no", false},
		{report.EditDecision, text("Ne pas de\u0301placer"), "no", false},
		{report.EditDecision, text("El cliente se va"), "leaves", false},
		{report.EditDecision, text("leaves"), "leaves", false},
		{report.EditDecision, text("Warten ?"), "wait?", false},
		{report.EditDecision, text("Perhaps"), "Perhaps", true},
		{report.EditDecision, text("?"), "?", true},
		{report.EditDecision, text(" \n"), "", false},
		{report.EditChoice, text("Nie"), "never", false},
		{report.EditChoice, text("Usa questa"), "use", false},
		{report.EditChoice, text("Move"), "Move", true},
		{report.EditOwner, text(" Anna "), "Anna", false},
		{report.EditText, text("a\r\nb"), "a\nb", false},
		{report.EditText, number("42"), "42", false},
		{report.EditText, xlsx.Cell{Kind: xlsx.Date, Text: "2026-12-05"}, "2026-12-05", false},
		{report.EditAmount, number("12.5"), "12.50", false},
		{report.EditAmount, number("12.500000000000002"), "12.50", false},
		{report.EditAmount, number("1E3"), "1000.00", false},
		{report.EditAmount, text("about 12"), "about 12", false},
		{report.EditDate, xlsx.Cell{Kind: xlsx.Date, Text: "2026-12-05T10:00:00"}, "2026-12-05", false},
		{report.EditDate, number("46361"), "2026-12-05", false},
		{report.EditDate, number("12"), "12", true},
		{report.EditDate, text("soon"), "soon", true},
	} {
		read, err := newCellReader("en")
		if err != nil {
			t.Fatal(err)
		}
		if got := read.value(c.kind, c.cell, "EUR"); got.Text != c.want || got.Odd != c.odd {
			t.Errorf("%s %q: got %q, odd %v; want %q, odd %v", c.kind, c.cell.Text, got.Text, got.Odd, c.want, c.odd)
		}
	}
}

// A label that meant two things in two languages would be read as the wrong one.
func TestWordsOfAllLanguagesDiffer(t *testing.T) {
	for _, list := range wordLists {
		meaning := map[string]string{}
		for _, lang := range report.Languages {
			text, err := report.LoadTexts(lang)
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range list.words {
				label := foldWord(text.Label(list.prefix + word))
				if other, ok := meaning[label]; ok && other != word {
					t.Errorf("%q means %s and %s", label, word, other)
				}
				meaning[label] = word
			}
		}
	}
}

// Any damage ends in an error or in the same notes, never in a crash or in
// other ones.
func FuzzReadEdits(f *testing.F) {
	path, _ := file(f, sample(f, 4), Options{})
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	good, err := ReadEdits(path, "plan.xlsx")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(0), byte(0))
	f.Add(uint32(len(whole)/2), byte(1))
	f.Add(uint32(len(whole)-30), byte(255))
	damaged := filepath.Join(f.TempDir(), "damaged.xlsx")
	f.Fuzz(func(t *testing.T, at uint32, with byte) {
		b := bytes.Clone(whole)
		b[int(at)%len(b)] ^= with
		if err := os.WriteFile(damaged, b, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := ReadEdits(damaged, "damaged.xlsx")
		if err != nil {
			return
		}
		if a, b := flat(got), flat(good); a != b {
			t.Errorf("byte %d ^ %d: read\n%s\nwant\n%s", at, with, a, b)
		}
	})
}

// flat is all that was read, as one text.
func flat(e Edits) string {
	var b strings.Builder
	for _, s := range e.Sheets {
		for _, row := range s.Rows {
			b.WriteString(s.Scope + " " + row.Key)
			for i, v := range row.Values {
				b.WriteString(" " + s.Fields[i] + "=" + v.Text)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}
