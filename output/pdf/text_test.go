package pdf

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"cspplan/report"

	"pgregory.net/rapid"
)

// blank is a document without pages, for what only measures.
func blank(t testing.TB) *document {
	t.Helper()
	faces, err := newTypefaces(Options{})
	if err != nil {
		t.Fatal(err)
	}
	return newDocument(&report.Report{Text: texts(t, "en"), AsOf: asOf}, faces, paper{"A4", 210, 297}, layout{})
}

func TestWrapLosesNothing(t *testing.T) {
	d := blank(t)
	alphabet := []rune("abc DEF-ß株式会社さくら\u00a0 0129,.()→éא")
	rapid.Check(t, func(t *rapid.T) {
		s := d.clean(string(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 120).Draw(t, "text")))
		w := rapid.Float64Range(2, 80).Draw(t, "width")
		lines := d.wrap(s, w, cellStyle)
		joined := ""
		for _, l := range lines {
			joined += string(l)
			if !d.fits(l, w, cellStyle) && d.clusters(l, w, cellStyle) < len(strings.TrimRight(string(l), " ")) {
				t.Fatalf("line %q is wider than %.1f mm", l, w)
			}
		}
		if joined != string(s) {
			t.Fatalf("wrap lost text: %q became %q", s, joined)
		}
	})
}

func TestWrapAndClip(t *testing.T) {
	d := blank(t)
	for _, c := range []struct {
		text  string
		width float64
		lines int
		want  []printable
	}{
		{"", 30, 2, []printable{""}},
		{"Officine Meccaniche Brambilla S.r.l.", 40, 2, []printable{"Officine Meccaniche ", "Brambilla S.r.l."}},
		{"9\u00a0999\u00a0999,99 EUR", 20, 2, []printable{"9\u00a0999\u00a0999,99 ", "EUR"}},
		{"株式会社サンプル東京本社", 20, 3, []printable{"株式会社サン", "プル東京本社"}},
		{"Donaudampfschifffahrtsgesellschaftskapitän", 30, 2, []printable{"Donaudampfschifffa", "hrtsgesellschaftsk…"}},
		{"Rossi, Bianchi, Verdi", 26, 1, []printable{"Rossi, Bianchi…"}},
	} {
		got := d.wrapTo(c.lines, d.clean(c.text), c.width, cellStyle)
		if len(got) != len(c.want) {
			t.Errorf("%q in %.0f mm = %q, want %q", c.text, c.width, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%q in %.0f mm = %q, want %q", c.text, c.width, got, c.want)
			}
		}
	}
}

func TestClean(t *testing.T) {
	d := blank(t)
	for _, c := range []struct{ in, want string }{
		{"Contoso Ltd", "Contoso Ltd"},
		{"  two\t spaces\r\n and lines \x00", "two spaces and lines"},
		{"e\u0301", "é"},
		{"zero\u200bwidth\u00adsoft\ufeff", "zerowidthsoft"},
		{"bidi \u202eevil\u202c \u2067name\u2069", "bidi evil name"},
		{"no\u2011break 1\u00a0000", "no-break 1\u00a0000"},
		{"rocket 🚀 and 𠮷", "rocket □ and □"},
		{"bad \xff bytes", "bad □ bytes"},
		{"private \ue000", "private □"},
	} {
		if got := d.clean(c.in); string(got) != c.want {
			t.Errorf("clean(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	if d.tally.replaced != 2 {
		t.Errorf("counted %d replaced characters, want 2", d.tally.replaced)
	}
	if !d.tally.missing['\ue000'] {
		t.Error("U+E000 is not among the missing glyphs")
	}
}

// FuzzClean: whatever comes out of the gate can be measured and drawn, and
// passes it again unchanged.
func FuzzClean(f *testing.F) {
	for _, s := range names {
		f.Add(s.customer)
	}
	f.Add("\xff\xfe\x00\u202e🚀\u0301")
	d := blank(f)
	d.newPage()
	f.Fuzz(func(t *testing.T, s string) {
		got := d.clean(s)
		for _, r := range got {
			if r > 0xFFFF || unicode.IsControl(r) || d.faces.of(r) == noFace {
				t.Fatalf("clean(%q) = %q holds %U", s, got, r)
			}
		}
		if !utf8.ValidString(string(got)) || d.clean(string(got)) != got {
			t.Fatalf("clean(%q) = %q does not pass again", s, got)
		}
		if d.text(20, 20, got, cellStyle); d.pdf.Err() {
			t.Fatalf("drawing %q: %v", got, d.pdf.Error())
		}
	})
}

func TestVisual(t *testing.T) {
	for _, c := range []struct{ in, want printable }{
		{"Contoso", "Contoso"},
		{"אבג", "גבא"},
		{"אב גד (x.example)", "דג בא (x.example)"},
		{"A אב 12 גד", "A בא 12 דג"},
	} {
		if got := visual(c.in); got != c.want {
			t.Errorf("visual(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestFitNeverCutsAmounts(t *testing.T) {
	d := blank(t)
	amount := d.clean("IDR\u00a092,233,720,368,547,758.07")
	st := d.fit(amount, 20, cellStyle)
	if got := d.width(amount, st); got > 20.001 {
		t.Errorf("the amount is %.2f mm wide, want at most 20", got)
	}
}
