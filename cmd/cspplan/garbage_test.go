package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func TestGarbagePercent(t *testing.T) {
	const mb = 1 << 20
	for _, c := range []struct{ live, before, room uint64 }{
		{0, 0, 252 * mb}, {4 * mb, 0, 252 * mb}, {60 * mb, 0, 196 * mb}, {64 * mb, 0, 448 * mb}, {300 * mb, 0, 212 * mb}, {400 * mb, 0, 200 * mb}, {820 * mb, 0, 410 * mb}, {1800 * mb, 0, 900 * mb}, {4096 * mb, 0, 1024 * mb}, // no more than a gigabyte
		{60 * mb, 1024 * mb, 964 * mb}, {1200 * mb, 2000 * mb, 800 * mb}, {1700 * mb, 2000 * mb, 850 * mb}, // once more alive
	} {
		live := max(c.live, 4*mb)
		got := uint64(garbagePercent(c.live, mostHeap(c.live, c.before))) * live / 100
		if got > c.room || got < c.room*98/100 {
			t.Errorf("with %d MB alive, and %d MB allowed before, there is room for %d MB of garbage, want %d", c.live/mb, c.before/mb, got/mb, c.room/mb)
		}
	}
}

// The pace follows the heap, and is what it was when the command is done.
func TestGatherGarbage(t *testing.T) {
	t.Setenv("GOGC", "")
	before := debug.SetGCPercent(100)
	t.Cleanup(func() { debug.SetGCPercent(before) })
	percent := func() int {
		p := debug.SetGCPercent(100)
		debug.SetGCPercent(p)
		return p
	}
	memoryBound.hold(limitOfStart)
	t.Cleanup(func() { memoryBound.ask(math.MaxInt64) })
	stop := gatherGarbage()
	if got, want := percent(), garbagePercent(0, smallHeap); got != want {
		t.Errorf("it begins with %d %%, want %d", got, want)
	}
	alive := make([]byte, 200<<20)
	runtime.GC()
	for wait := time.Now().Add(10 * time.Second); percent() >= garbagePercent(200<<20, freeHeap)+1; time.Sleep(paceEvery / 4) {
		if time.Now().After(wait) {
			t.Fatalf("with 200 MB alive it stays at %d %%", percent())
		}
	}
	runtime.KeepAlive(alive)
	if got, want := debug.SetMemoryLimit(-1), mostMemory(freeHeap); got != want {
		t.Errorf("the runtime may hold %d bytes, want %d", got, want)
	}
	if stop(); percent() != 100 || debug.SetMemoryLimit(-1) != limitOfStart {
		t.Errorf("afterwards it is %d %% and %d bytes, want 100 and %d", percent(), debug.SetMemoryLimit(-1), limitOfStart)
	}
	t.Setenv("GOGC", "50")
	stop = gatherGarbage()
	if got := percent(); got != 100 {
		t.Errorf("with GOGC set it becomes %d %%", got)
	}
	stop()
}
