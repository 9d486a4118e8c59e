package main

import (
	"math"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"time"
)

// How large the heap may become, in bytes, before garbage is collected, and from where
// on it stands in large pages (useHugePages). By itself the collector runs whenever
// the heap has doubled: 46 times in a run of 200,000 rows, 36 of them before 300 MB
// were alive.
const (
	smallPlan = 64 << 20  // alive: less is a plan of a few thousand rows,
	smallHeap = 256 << 20 // which needs no more than this;
	freeHeap  = 512 << 20 // what any other may take, however little of it is alive: with twice as much, what the collector spares the system takes for pages
	mostRoom  = 1 << 30   // for garbage, however much is alive
	leastHuge = 1 << 30   // mapped, before large pages are worth what the system needs to find them: 200,000 rows took a tenth longer with them
)

// mostHeap is how large the heap may become beside so many bytes that are alive:
// smallHeap or freeHeap, and above those half as much again as is alive, up to
// mostRoom; with a quarter a run of a million rows took a tenth more time and a sixth
// less memory. What it was allowed before it may be again: most is alive while the rows are
// judged, and when they are written, the memory that this took is there for garbage.
// The bound on the memory (boundMemory) stands above all that.
func mostHeap(live, before uint64) uint64 {
	if live < smallPlan {
		return max(before, smallHeap)
	}
	return max(before, freeHeap, live+min(live/2, mostRoom))
}

// garbagePercent is the room for garbage as the collector wants to be told, in
// hundredths of what is alive.
func garbagePercent(live, most uint64) int {
	const leastHeap = 4 << 20 // of the collector, which takes a smaller one for that
	live = max(live, leastHeap)
	return int((most - live) * 100 / live)
}

// mostMemory is what the runtime may hold of the system's memory for a heap of so many
// bytes: before it takes more, it gives back what stands free. The rows of a plan are
// one piece, for which no room is left between smaller ones: of ten million, two
// gigabytes stood free and nobody gave them back.
func mostMemory(heap uint64) int64 {
	const beside = 192 << 20 // stacks, tables of the runtime, and pieces that are too small to be of use
	return int64(heap + heap/32 + beside)
}

// paceEvery is how long the pace of a heap that has grown stays in force: a run makes
// some 30 MB meanwhile.
const paceEvery = 100 * time.Millisecond

// gatherGarbage sets the pace of the collector until it is told to stop, unless
// GOGC sets it.
func gatherGarbage() (stop func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	most := mostHeap(0, 0)
	before := debug.SetGCPercent(garbagePercent(0, most))
	end := make(chan struct{})
	var pacing sync.WaitGroup
	pacing.Go(func() {
		look := time.NewTicker(paceEvery)
		defer look.Stop()
		live, last := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}, 0
		for {
			select {
			case <-end:
				return
			case <-look.C:
			}
			metrics.Read(live)
			alive := live[0].Value.Uint64()
			most = mostHeap(alive, most)
			if percent := garbagePercent(alive, most); percent != last {
				debug.SetGCPercent(percent)
				last = percent
			}
			memoryBound.ask(mostMemory(most))
		}
	})
	return func() {
		close(end)
		pacing.Wait()
		debug.SetGCPercent(before)
		memoryBound.ask(math.MaxInt64)
	}
}
