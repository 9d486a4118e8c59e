package reconcile

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// rowsAtOnce is how many rows one goroutine takes at a time: enough that taking
// them costs nothing, few enough that all are done at about the same time.
const rowsAtOnce = 1024

// Together does several things at a time and waits for all of them. A fault in
// one is a fault of the caller, who may answer for it; by itself a goroutine would
// end the program.
func Together(works ...func()) {
	var all sync.WaitGroup
	faults := make([]any, len(works))
	for i, work := range works {
		all.Go(func() {
			defer func() { faults[i] = recover() }()
			work()
		})
	}
	all.Wait()
	for _, fault := range faults {
		if fault != nil {
			panic(fault)
		}
	}
}

// sideBySide runs work on each processor and waits for all of it.
func sideBySide(work func()) { Together(slices.Repeat([]func(){work}, runtime.GOMAXPROCS(0))...) }

// InParts calls do for parts of n rows, side by side; together the parts are all
// rows, each once. The parts do not depend on the number of processors.
func InParts(n int, do func(from, to int)) {
	if n <= rowsAtOnce {
		do(0, n)
		return
	}
	var next atomic.Int64
	sideBySide(func() {
		for {
			from := int(next.Add(rowsAtOnce)) - rowsAtOnce
			if from >= n {
				return
			}
			do(from, min(from+rowsAtOnce, n))
		}
	})
}

// sortSideBySide sorts as slices.SortFunc does, on all processors. Compare must
// tell all elements apart, else their order depends on the number of processors.
func sortSideBySide[T any](list []T, compare func(a, b T) int) {
	workers := runtime.GOMAXPROCS(0)
	if len(list) < 4*rowsAtOnce || workers == 1 {
		slices.SortFunc(list, compare)
		return
	}
	half := len(list) / 2
	Together(func() { slices.SortFunc(list[:half], compare) }, func() { slices.SortFunc(list[half:], compare) })
	mergeHalves(list, half, compare)
}

// sortedSideBySide is slices.IsSortedFunc, on all processors.
func sortedSideBySide[T any](list []T, compare func(a, b T) int) bool {
	var unsorted atomic.Bool
	InParts(len(list), func(from, to int) {
		if !unsorted.Load() && !slices.IsSortedFunc(list[max(0, from-1):to], compare) { // with the last of the part before
			unsorted.Store(true)
		}
	})
	return !unsorted.Load()
}

// mergeHalves makes one sorted list of two.
func mergeHalves[T any](list []T, half int, compare func(a, b T) int) {
	first := slices.Clone(list[:half])
	second, n := list[half:], 0
	for len(first) > 0 && len(second) > 0 {
		if compare(first[0], second[0]) <= 0 {
			list[n], first = first[0], first[1:]
		} else {
			list[n], second = second[0], second[1:]
		}
		n++
	}
	copy(list[n:], first) // what is left of the second half stands where it belongs
}
