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

// FuzzAppendText: however it is written, a text is read back as what cellText made
// fit for a cell, and nothing of it becomes an element.
func FuzzAppendText(f *testing.F) {
	for _, s := range []string{"", " a ", "_x0041_", "_x005F_", "a<b>&c", "\x00\r\n", "\xff", "株式会社 \U00020BB7", "</t></si>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got struct {
			Space string     `xml:"space,attr"`
			Text  string     `xml:",chardata"`
			Other []struct{} `xml:",any"`
		}
		b := appendText(nil, s, "…")
		if err := xml.Unmarshal(b, &got); err != nil {
			t.Fatalf("%q became %s: %v", s, b, err)
		}
		want := cellText(s, "…")
		if text := strings.ReplaceAll(got.Text, "_x005F_", "_"); text != want || len(got.Other) > 0 {
			t.Errorf("%q became %q, want %q", s, text, want)
		}
		if blank := want != "" && (isBlank(want[0]) || isBlank(want[len(want)-1])); blank != (got.Space == "preserve") {
			t.Errorf("%q: space is %q", s, got.Space)
		}
	})
}
