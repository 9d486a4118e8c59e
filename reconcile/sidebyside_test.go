package reconcile

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"
)

func TestInParts(t *testing.T) {
	for _, n := range []int{0, 1, rowsAtOnce, rowsAtOnce + 1, 10*rowsAtOnce + 7} {
		done := make([]atomic.Int32, n)
		InParts(n, func(from, to int) {
			for i := from; i < to; i++ {
				done[i].Add(1)
			}
		})
		for i := range done {
			if got := done[i].Load(); got != 1 {
				t.Fatalf("row %d of %d: done %d times", i, n, got)
			}
		}
	}
}

// A fault on the side is one that the caller can answer for.
func TestTogetherPassesFaultsOn(t *testing.T) {
	done := false
	defer func() {
		if fault := recover(); fault != "broken" || !done {
			t.Errorf("got %v, other work done: %v", fault, done)
		}
	}()
	Together(func() { panic("broken") }, func() { done = true })
}

func TestSortSideBySide(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 5, 4*rowsAtOnce - 1, 4 * rowsAtOnce, 20_011} {
		list := rng.Perm(n)
		sortSideBySide(list, func(a, b int) int { return cmp.Compare(a, b) })
		if !slices.IsSorted(list) || n > 0 && (list[0] != 0 || list[n-1] != n-1) {
			t.Errorf("%d elements are not sorted", n)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.IntRange(0, 9), 2, 30).Draw(t, "list")
		want := slices.Sorted(slices.Values(list))
		half := rapid.IntRange(0, len(list)).Draw(t, "half")
		slices.Sort(list[:half])
		slices.Sort(list[half:])
		if mergeHalves(list, half, func(a, b int) int { return cmp.Compare(a, b) }); !slices.Equal(list, want) {
			t.Fatalf("got %v, want %v", list, want)
		}
	})
}

func TestArrange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.Int(), 0, 12).Draw(t, "list")
		order := make([]int32, len(list))
		for i := range order {
			order[i] = int32(i)
		}
		order = rapid.Permutation(order).Draw(t, "order")
		var want []int
		for _, n := range order {
			want = append(want, list[n])
		}
		if arrange(order, func(i int32) *int { return &list[i] }); !slices.Equal(list, want) && len(want) > 0 {
			t.Fatalf("got %v, want %v", list, want)
		}
	})
}
