package excel

import (
	"testing"

	xlsx "cspplan/input/sheet"
	"cspplan/report"
)

func dayReaderFor(t testing.TB, language string) dayReader {
	t.Helper()
	r, err := newCellReader(language)
	if err != nil {
		t.Fatal(err)
	}
	return r.days
}

func TestTypedDays(t *testing.T) {
	for _, c := range []struct{ language, text, want string }{
		{"en", "2026-12-05", "2026-12-05"},
		{"en", "2026/12/5", "2026-12-05"},
		{"en", "5 Dec 2026", "2026-12-05"},
		{"en", "5-Dec-2026", "2026-12-05"},
		{"en", "December 5, 2026", "2026-12-05"},
		{"en", "Dec 5th 2026", "2026-12-05"},
		{"en", "5. Dezember 2026", "2026-12-05"},
		{"en", "5 de diciembre de 2026", "2026-12-05"},
		{"en", "1er févr. 2027", "2027-02-01"},
		{"en", "5 gennaio 2027", "2027-01-05"},
		{"en", "5.12.2026", "2026-12-05"},
		{"en", "5.12.26", "2026-12-05"},
		{"en", "5/12/2026", ""}, // May or December
		{"en", "12/12/2026", "2026-12-12"},
		{"en", "25/12/2026", "2026-12-25"},
		{"en", "12/25/2026", "2026-12-25"},
		{"it", "5/12/2026", "2026-12-05"},
		{"fr", "05-12-2026", "2026-12-05"},
		{"de", "12/25/2026", ""}, // no such month, and nothing is guessed
		{"de", "31.02.2027", ""},
		{"de", "29.2.2028", "2028-02-29"},
		{"de", "5.12.", ""},
		{"en", "next week", ""},
		{"en", "5 Foo 2026", ""},
		{"en", "1899-12-31", ""},
		{"en", "2026-12-05 or later", ""},
	} {
		day, ok := dayReaderFor(t, c.language).read(xlsx.Cell{Kind: xlsx.Text, Text: c.text})
		if got := day.String(); ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%s %q: got %s, %v; want %q", c.language, c.text, got, ok, c.want)
		}
	}
}

// What the workbook shows as a day is read as that day in every language.
func TestPrintedDaysAreRead(t *testing.T) {
	for _, lang := range report.Languages {
		text, err := report.LoadTexts(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, other := range report.Languages {
			days := dayReaderFor(t, other)
			for day := sampleAsOf; day < sampleAsOf+366; day++ {
				got, ok := days.read(xlsx.Cell{Kind: xlsx.Text, Text: text.Day(day)})
				if !ok || got != day {
					t.Fatalf("%q of %s, read in %s: got %s, %v", text.Day(day), lang, other, got, ok)
				}
			}
		}
	}
}

func FuzzTypedDay(f *testing.F) {
	for _, seed := range []string{"5.12.2026", "2026-12-05", "5 Dec 2026", "12/25/26", "46361", "", "5. Dezember 2026"} {
		f.Add(seed)
	}
	days := dayReaderFor(f, "en")
	f.Fuzz(func(t *testing.T, text string) {
		day, ok := days.read(xlsx.Cell{Kind: xlsx.Text, Text: text})
		if !ok {
			return
		}
		again, ok := days.read(xlsx.Cell{Kind: xlsx.Text, Text: day.String()})
		if year := day.Time().Year(); !ok || again != day || year < 2000 || year > 2199 {
			t.Errorf("%q is read as %s, which is read as %s, %v", text, day, again, ok)
		}
	})
}
