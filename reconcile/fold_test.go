package reconcile

import (
	"strings"
	"testing"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// Names of ASCII letters are folded as all others are.
func TestFoldASCII(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.OneOf(rapid.SampledFrom([]rune(" \t\n\v\f\r\x00\x1c\x85aAzZiIéK")), rapid.Rune())).Draw(t, "name")
		want := strings.Join(strings.Fields(cases.Fold().String(norm.NFKC.String(s))), " ")
		if got, plain := foldASCII(s); plain && got != want {
			t.Fatalf("%q: got %q, want %q", s, got, want)
		}
		if got := newFolder().name(s); got != want {
			t.Fatalf("%q: got %q, want %q", s, got, want)
		}
	})
	for _, s := range []string{"", " ", "a", " a", "a ", "a  B", "a\tb", "A b"} {
		if got, plain := foldASCII(s); !plain || got != strings.ToLower(strings.Join(strings.Fields(s), " ")) {
			t.Errorf("%q: got %q, %v", s, got, plain)
		}
	}
}

// Equal numbers mean equal names, and ranks are their order.
func TestFoldedNamesAreNumbered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(rapid.SampledFrom([]string{"", "a", "A", "ß", "ss", "SS", "Ä", "a  b", "A B", "ﬁ", "fi", "İ", "É\u2028a", " É", "É  a", "É a", "É "}), 1, 20).Draw(t, "names")
		f, folded := newFolder(), foldNames(names)
		numbers, ranks := folded.of, folded.ranks()
		for i := range names {
			for k := range names {
				a, b := f.name(names[i]), f.name(names[k])
				if (numbers[i] == numbers[k]) != (a == b) || (ranks[numbers[i]] < ranks[numbers[k]]) != (a < b) {
					t.Fatalf("%q and %q: numbers %d, %d, ranks %d, %d", names[i], names[k], numbers[i], numbers[k], ranks[numbers[i]], ranks[numbers[k]])
				}
			}
		}
	})
}
