package report

import (
	"fmt"
	"sync"
	"testing"

	"cspplan/reconcile"
)

// TestSaidAgain: a finding that is kept in words says what it said at first, also
// when its words run into each other, and when others were said since.
func TestSaidAgain(t *testing.T) {
	texts, err := LoadTexts("en")
	if err != nil {
		t.Fatal(err)
	}
	findings := []reconcile.Finding{
		{Code: "expired", Args: []string{"expires", "2026-01-02", "data_deleted", "2026-04-02"}},
		{Code: "expired", Args: []string{"expires", "2026-01-02"}},
		{Code: "expired"}, {Code: "x", Args: []string{"a", "bc"}}, {Code: "x", Args: []string{"ab", "c"}}, {Code: "xa", Args: []string{"b", "c"}},
		{Code: "x", Args: []string{"a", "b\x01c"}}, {Code: "x", Args: []string{"a", "b", "c", ""}}, {Code: "x", Args: []string{"a", "b", "c"}},
	}
	for i := range 3 * mostSaid {
		findings = append(findings, reconcile.Finding{Code: "region-mismatch", Args: []string{"country", fmt.Sprint("C", i)}})
	}
	var beside sync.WaitGroup
	for range 2 {
		beside.Go(func() {
			for range 2 {
				for _, f := range findings {
					if got, want := texts.Finding(f.Code, f.Args), texts.finding(f.Code, f.Args); got != want {
						t.Errorf("%v says %q, want %q", f, got, want)
					}
				}
			}
		})
	}
	beside.Wait()
	if n := len(texts.said.texts) + len(texts.said.before); n > 2*mostSaid || n < mostSaid {
		t.Errorf("%d findings are kept, want %d at most", n, 2*mostSaid)
	}
}

func BenchmarkFinding(b *testing.B) {
	texts, err := LoadTexts("en")
	if err != nil {
		b.Fatal(err)
	}
	f := reconcile.Finding{Code: "expired", Args: []string{"expires", "2026-01-02", "access_lost", "2026-02-01", "data_deleted", "2026-04-02"}}
	b.Run("again", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			texts.Finding(f.Code, f.Args)
		}
	})
	b.Run("once", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			texts.finding(f.Code, f.Args)
		}
	})
}
