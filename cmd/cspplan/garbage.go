package main

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"time"
)

// leastGarbage is how much garbage may gather, in bytes, however little is alive.
// By itself the collector runs whenever the heap has doubled: three quarters of
// its rounds, a quarter of their time, then fall into the reading of the first
// files, and the heap of a run ends no smaller for them.
const leastGarbage = 512 << 20

// garbagePercent is the room for garbage as the collector wants to be told, in
// hundredths of what is alive: half of it, but not below leastGarbage. So the
// largest plans are written with half as much garbage beside them as usual; the
// bound on the memory (boundMemory) stands above all that.
func garbagePercent(live uint64) int {
	const leastHeap = 4 << 20 // of the collector, which takes a smaller one for that
	live = max(live, leastHeap)
	return int(max(leastGarbage, live/2) * 100 / live)
}

// paceEvery is how long the percentage of a heap that has grown stays in force: a
// run makes some 30 MB meanwhile.
const paceEvery = 100 * time.Millisecond

// gatherGarbage sets the pace of the collector until it is told to stop, unless
// GOGC sets it.
func gatherGarbage() (stop func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	before := debug.SetGCPercent(garbagePercent(0))
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
			if percent := garbagePercent(live[0].Value.Uint64()); percent != last {
				debug.SetGCPercent(percent)
				last = percent
			}
		}
	})
	return func() {
		close(end)
		pacing.Wait()
		debug.SetGCPercent(before)
	}
}
