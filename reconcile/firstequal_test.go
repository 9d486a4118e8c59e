package reconcile

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// However the hashes collide and however many processors share the work, each
// thing finds the first that equals it.
func TestFirstEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{0, 1, 7, rowsAtOnce, rowsAtOnce + 1, 5000}).Draw(t, "n")
		kinds := rapid.IntRange(1, 6000).Draw(t, "kinds")
		spread := rapid.SampledFrom([]uint64{1, 2, 100, 1 << 62}).Draw(t, "spread") // of hashes: 1, all collide
		processors := rapid.IntRange(1, 8).Draw(t, "processors")
		if spread < 100 {
			n = min(n, rowsAtOnce+1)
		}
		rng := rand.New(rand.NewPCG(1, uint64(kinds)))
		things := make([]int, n)
		for i := range things {
			things[i] = rng.IntN(kinds)
		}
		isAlone := func(i int) bool { return things[i]%7 == 3 }
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		got := firstEqual(n, func(i int) uint64 {
			if isAlone(i) {
				return alone
			}
			return mixed(uint64(things[i]), 1)%spread<<1 | 1
		}, func(i, k int) bool { return things[i] == things[k] })
		for i, k := range got {
			want := i
			if !isAlone(i) {
				want = slices.Index(things, things[i])
			}
			if int(k) != want {
				t.Fatalf("%d (%d) of %d: got %d, want %d", i, things[i], n, k, want)
			}
		}
	})
}

// Numbers are given out in the order in which texts come up.
func TestDistinctTexts(t *testing.T) {
	all := []string{"b", "a", "b", "", "a", "c", ""}
	got := distinctTexts(len(all), func(i int) string { return all[i] })
	if got, want := fmt.Sprintf("%q %v", got.texts, got.of), `["b" "a" "" "c"] [0 1 0 2 1 3 2]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// BenchmarkFirstEqual numbers 200,000 ids, all different, beside a map.
func BenchmarkFirstEqual(b *testing.B) {
	ids := make([]string, 200_000)
	for i := range ids {
		ids[i] = fmt.Sprintf("%08x-1111-4111-8111-111111111111", i*2654435761)
	}
	b.Run("shares", func(b *testing.B) {
		for b.Loop() {
			distinctTexts(len(ids), func(i int) string { return ids[i] })
		}
	})
	b.Run("map", func(b *testing.B) {
		for b.Loop() {
			number := make(map[string]int32)
			of := make([]int32, len(ids))
			for i, id := range ids {
				n, known := number[id]
				if !known {
					n = int32(len(number))
					number[id] = n
				}
				of[i] = n
			}
		}
	})
}

// The titles of a million rows: few of them, each many times.
func BenchmarkFirstEqualTitles(b *testing.B) {
	titles := make([]string, 1_000_000)
	for i := range titles {
		titles[i] = fmt.Sprintf("Microsoft 365 Business Premium no %d", i%10_000)
	}
	for b.Loop() {
		distinctTexts(len(titles), func(i int) string { return titles[i] })
	}
}
