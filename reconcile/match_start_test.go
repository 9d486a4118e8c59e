package reconcile_test

import (
	"testing"

	"cspplan/reconcile"
)

// BenchmarkNewMatcher is what every command that matches pays before the first
// title: most of the start of cspplan match.
func BenchmarkNewMatcher(b *testing.B) {
	_, c := newMatcher(b, nil, nil)
	b.ReportAllocs()
	for b.Loop() {
		reconcile.NewMatcher(c, nil, nil, matchAsOf)
	}
}
