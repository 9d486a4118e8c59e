package pdf

import (
	"bytes"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"cspplan/report"
)

// make draws a report and returns the file.
func draw(t testing.TB, r *report.Report, opt Options) ([]byte, Drawn) {
	t.Helper()
	var b bytes.Buffer
	drawn, err := Write(&b, r, opt)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), drawn
}

// addTo adds a total to those of the same currency.
func addTo(totals []report.Total, t report.Total) []report.Total {
	for i := range totals {
		if totals[i].Currency == t.Currency {
			totals[i].Minor += t.Minor
			return totals
		}
	}
	return append(totals, t)
}

func TestDrawnEqualsModel(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 14, 87, 700} {
		r := emptyReport(t, "en")
		if n > 0 {
			r = sample(t, "en", n)
		}
		var licences int64
		var keys uint64
		var money []report.Total
		for _, m := range r.Months {
			licences += m.Licences
			for _, l := range m.Lines {
				keys += l.Keys
			}
			for _, c := range m.Totals {
				money = addTo(money, c)
			}
		}
		slices.SortFunc(money, func(a, b report.Total) int { return strings.Compare(a.Currency, b.Currency) })
		_, got := draw(t, r, Options{})
		if got.Rows != n || got.Licences != licences || got.Keys != keys || !slices.Equal(got.MoneyNow, money) {
			t.Errorf("%d rows: drawn %d rows, %d licences, keys %x, %v; want %d licences, keys %x, %v",
				n, got.Rows, got.Licences, got.Keys, got.MoneyNow, licences, keys, money)
		}
	}
}

// TestFoldedLines: a line that stands for many subscriptions counts as many,
// with the amounts of more currencies than one row has room for.
func TestFoldedLines(t *testing.T) {
	r := sample(t, "en", 14)
	fold := report.PlanLine{Row: -1, Rows: 70, Keys: 7, Customer: "12 customers", Offer: "70 subscriptions", Licences: 700, Expires: asOf + 200}
	want := make(map[string]int64)
	for i := range 64 {
		code := fmt.Sprintf("%c%cX", 'A'+i/8, 'A'+i%8)
		fold.Costs = append(fold.Costs, report.Total{Currency: code, Minor: int64(i+1) * 1_000_000_000_000})
		want[code] = int64(i+1) * 1_000_000_000_000
	}
	r.Months = append(r.Months, report.MonthGroup{Title: "June 2027", Month: fold.Expires.FirstOfMonth(), Subs: 70, Lines: []report.PlanLine{fold}, Licences: 700, Totals: fold.Costs})
	_, got := draw(t, r, Options{})
	if got.Rows != 84 {
		t.Errorf("drew %d rows, want 84", got.Rows)
	}
	for _, m := range got.MoneyNow {
		if w, ok := want[m.Currency]; ok && w != m.Minor {
			t.Errorf("drew %s %d, want %d", m.Currency, m.Minor, w)
		}
		delete(want, m.Currency)
	}
	if len(want) > 0 {
		t.Errorf("currencies not drawn: %v", want)
	}
}

func TestSameBytes(t *testing.T) {
	want, _ := draw(t, sample(t, "it", 87), Options{})
	var wait sync.WaitGroup
	for range 4 {
		r := sample(t, "it", 87)
		wait.Go(func() {
			var b bytes.Buffer
			if _, err := Write(&b, r, Options{}); err != nil {
				t.Error(err)
			} else if !bytes.Equal(b.Bytes(), want) {
				t.Error("the same report gave other bytes")
			}
		})
	}
	wait.Wait()
}

func TestGlyphs(t *testing.T) {
	r := sample(t, "en", 14)
	_, got := draw(t, r, Options{NoSystemFonts: true})
	if !slices.Contains(got.MissingGlyphs, '有') || slices.Contains(got.MissingGlyphs, 'é') || !slices.IsSorted(got.MissingGlyphs) {
		t.Errorf("missing glyphs %q, want 有 and not é, in order", got.MissingGlyphs)
	}
	if got.Replaced != 1 { // the rocket of one customer, drawn once
		t.Errorf("replaced %d characters above U+FFFF, want 1", got.Replaced)
	}
	if got.Unshaped != 3 { // two rows, one of them among the exceptions too
		t.Errorf("%d names in scripts that cannot be shaped, want 3", got.Unshaped)
	}
	if len(got.Fonts) > 0 {
		t.Errorf("fonts %v in use, want none", got.Fonts)
	}
}

// TestFirstPage: page 1 is one page whatever the language, the paper and the
// length of what is said.
func TestFirstPage(t *testing.T) {
	for _, lang := range report.Languages {
		for _, paper := range []string{"a4", "letter"} {
			r := sample(t, lang, 87)
			r.Agree = false
			r.Headline = strings.Repeat(r.Headline+" ", 3)
			for i := range r.AskFinance {
				r.AskFinance[i] = strings.Repeat(r.AskFinance[i]+" ", 2)
			}
			faces, err := newTypefaces(Options{})
			if err != nil {
				t.Fatal(err)
			}
			size, err := paperOf(paper)
			if err != nil {
				t.Fatal(err)
			}
			first := newDocument(r, faces, size, layout{tight: true})
			first.draw()
			if got := first.seen.starts[sectionMoney]; got != 2 || first.seen.spare < 0 {
				t.Errorf("%s, %s: Money begins on page %d with %.1f mm left on page 1, want page 2 and none missing", lang, paper, got, first.seen.spare)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	notFont := filepath.Join(t.TempDir(), "font.otf")
	if err := os.WriteFile(notFont, []byte("OTTO\x00\x0a and more bytes"), 0o644); err != nil {
		t.Fatal(err)
	}
	broken := sample(t, "en", 3)
	broken.Text = nil
	for _, c := range []struct {
		name string
		r    *report.Report
		opt  Options
		want string
	}{
		{"paper", sample(t, "en", 1), Options{Paper: "a3"}, `"a3" is neither a4 nor letter`},
		{"no font", sample(t, "en", 1), Options{FallbackFont: "/nowhere/font.ttf"}, "output.font_fallback: reading the font: "},
		{"not a TrueType font", sample(t, "en", 1), Options{FallbackFont: notFont}, "no TrueType outlines"},
		{"report without texts", broken, Options{}, "drawing the PDF: "},
	} {
		drawn, err := Write(io.Discard, c.r, c.opt)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
		if drawn.Rows != 0 {
			t.Errorf("%s: drawn %+v, want nothing", c.name, drawn)
		}
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestWriteError(t *testing.T) {
	if _, err := Write(failingWriter{}, sample(t, "en", 1), Options{}); err == nil {
		t.Error("a failed write gave no error")
	}
}

// TestAwkward draws what has broken tables before: nothing may panic or move.
func TestAwkward(t *testing.T) {
	for _, lang := range report.Languages {
		for _, paper := range []string{"a4", "letter"} {
			_, got := draw(t, sampleOf(t, lang, awkward()), Options{Paper: paper})
			if got.Rows != 60 || len(got.MoneyNow) != 60 {
				t.Errorf("%s, %s: drew %d rows and %d currencies, want 60 and 60", lang, paper, got.Rows, len(got.MoneyNow))
			}
		}
	}
}

// TestLabels: every label the package asks for exists; a missing one would
// print its key.
func TestLabels(t *testing.T) {
	x := texts(t, "en")
	key := regexp.MustCompile(`"((?:doc|pdf|col|window|status|total|start|sign|rule|money|overlap|sheet)\.[a-z0-9_.-]+)"`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		if _, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly); err != nil {
			t.Fatal(err)
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range key.FindAllStringSubmatch(string(source), -1) {
			if strings.HasSuffix(m[1], ".") { // a status or the like follows
				continue
			}
			found++
			if !x.Has(m[1]) {
				t.Errorf("%s asks for label %q, which does not exist", file, m[1])
			}
		}
	}
	if found < 40 {
		t.Errorf("found %d labels, want at least 40: the pattern is out of date", found)
	}
}

// BenchmarkWrite draws plans in full, each subscription in a row of its own.
func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{87, 3000, 20_000} {
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) {
			r, pages := sample(b, "en", n), 0
			b.ReportAllocs()
			for b.Loop() {
				drawn, err := Write(io.Discard, r, Options{})
				if err != nil {
					b.Fatal(err)
				}
				pages += drawn.Pages
			}
			b.ReportMetric(float64(pages)/float64(b.N), "pages")
			b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}
