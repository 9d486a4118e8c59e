package reconcile

import (
	"strings"
	"testing"
)

// The letters are compared as the library compares them, to the last bit.
func TestLikeness(t *testing.T) {
	texts := []string{"", "a", "office 365 e3", "office 365 e5", "microsoft 365 business premium", "crème", "プラン 1", "zz",
		strings.Repeat("visio ", 30), strings.Repeat("dynamics ", 12), strings.Repeat("e", shortTitle), strings.Repeat("intune ", 19), "3 office e365", "aaaaaaaaaa", "exchange online plan 1 for students"}
	for _, a := range texts {
		for _, b := range texts {
			if got, want := likeness(a, b), jaroWinkler.Compare(a, b); got != want {
				t.Errorf("likeness(%q, %q) = %v, want %v", a, b, got, want)
			}
		}
	}
}

func FuzzLikeness(f *testing.F) {
	f.Add("office 365 e3", "office 365 enterprise e3")
	f.Fuzz(func(t *testing.T, a, b string) {
		if got, want := likeness(a, b), jaroWinkler.Compare(a, b); got != want {
			t.Errorf("likeness(%q, %q) = %v, want %v", a, b, got, want)
		}
	})
}
