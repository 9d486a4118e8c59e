package excel

import (
	"encoding/xml"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCellText(t *testing.T) {
	long := strings.Repeat("x", maxCellUnits)
	for _, c := range []struct{ name, in, want string }{
		{"plain", "Bäckerei Grünwald", "Bäckerei Grünwald"},
		{"formula", "=1+1", "=1+1"},
		{"control characters", "a\x00b\x1fc\x7f\u0085d", "abcd"},
		{"line ends", "a\r\nb\rc\nd\te", "a\nb\nc\nd\te"},
		{"broken UTF-8", "a\xffb", "a\uFFFDb"},
		{"not characters", "a\ufffeb\uffffc", "abc"},
		{"longest", long, long},
		{"too long", long + "x", long[:maxCellUnits-5] + " …cut"},
		{"too long in surrogates", strings.Repeat("😀", 20000), strings.Repeat("😀", (maxCellUnits-5)/2) + " …cut"},
	} {
		if got := cellText(c.in, " …cut"); got != c.want {
			t.Errorf("%s: got %d characters %.40q, want %d %.40q", c.name, len(got), got, len(c.want), c.want)
		}
	}
}

func FuzzCellText(f *testing.F) {
	for _, s := range []string{"", "=1", "a\x00", "\xff", "\ufffe", "😀", "_x0041_", "\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := cellText(s, "!")
		if !utf8.ValidString(got) || units(got) > maxCellUnits {
			t.Fatalf("%q became %q: broken or too long", s, got)
		}
		var b strings.Builder
		if err := xml.EscapeText(&b, []byte(got)); err != nil {
			t.Fatal(err)
		}
		if escaped := b.String(); strings.Contains(escaped, "\uFFFD") && !strings.Contains(got, "\uFFFD") {
			t.Fatalf("%q: XML cannot carry %q", s, got)
		}
		if cellText(got, "!") != got {
			t.Fatalf("%q changes when it is cleaned again", got)
		}
	})
}

func TestTidyName(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Plan", "Plan"},
		{"a/b:c\\d?e*f[g]", "a b c d e f g"},
		{"'quoted'", "quoted"},
		{"  two   words ", "two words"},
		{"x\x01y", "x y"},
		{strings.Repeat("é", 40), strings.Repeat("é", 31)},
		{strings.Repeat("😀", 20), strings.Repeat("😀", 15)},
	} {
		if got := tidyName(c.in); got != c.want {
			t.Errorf("%q became %q, want %q", c.in, got, c.want)
		}
	}
}

func TestNewNameKeepsSheetsApart(t *testing.T) {
	b := &book{taken: make(map[string]bool)}
	for _, c := range []struct{ in, want string }{
		{"Plan", "Plan"}, {"PLAN", "PLAN 2"}, {"plan", "plan 3"}, {"?", "Sheet"},
		{strings.Repeat("x", 31), strings.Repeat("x", 31)}, {strings.Repeat("x", 35), strings.Repeat("x", 29) + " 2"},
	} {
		if got := b.newName(c.in); got != c.want {
			t.Errorf("%q became %q, want %q", c.in, got, c.want)
		}
	}
}
