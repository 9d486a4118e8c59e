package reconcile

import "testing"

// BenchmarkReadTitles reads some names of offers, as every start of a command
// that matches reads those of the tables.
func BenchmarkReadTitles(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, n := range namesOfOld {
			parseTitle(n.name)
		}
	}
}
