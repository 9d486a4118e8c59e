package main

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"time"
)

// How large the heap may become, in bytes, before garbage is collected. By itself
// the collector runs whenever the heap has doubled: 46 times in a run of 200,000
// rows, 36 of them before 300 MB were alive.
const (
	smallPlan = 64 << 20  // alive: less is a plan of a few thousand rows,
	smallHeap = 256 << 20 // which needs no more than this;
	freeHeap  = 1 << 30   // what any other may take, however little of it is alive
)

// garbagePercent is the room for garbage as the collector wants to be told, in
// hundredths of what is alive: up to smallHeap or freeHeap, and beside a larger
// heap a quarter of it: a plan of a million rows takes 2.6 GB so, and 2.9 with
// half. The bound on the memory (boundMemory) stands above all that.
func garbagePercent(live uint64) int {
	const leastHeap = 4 << 20 // of the collector, which takes a smaller one for that
	live = max(live, leastHeap)
	room := live / 4
	switch {
	case live < smallPlan:
		room = smallHeap - live
	case live < freeHeap:
		room = max(room, freeHeap-live)
	}
	return int(room * 100 / live)
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
