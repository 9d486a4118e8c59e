//go:build reliability

package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"cspplan/output"
)

var soakRuns = flag.Int("runs", 1000, "runs of the soak, in one process")

// soakGrowth is how much more memory a schedule may hold after the last run
// than after the first tenth of them.
const soakGrowth = 0.05

// A held is what a process holds on to.
type held struct {
	heap, resident       uint64 // bytes
	goroutines, files    int
	folders, leftInTmp   int
	published, withFault int
}

// TestSoak lets the schedule run night after night in one process, by the
// clock of the test, and looks at what it holds on to. Exports change every
// night, so that each run is a new one.
func TestSoak(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	s := newScheduled(t, "2026-11-23T00:00:00Z", "schedule: {timezone: UTC}\noutput: {keep: 3}\n")
	faults := 0
	s.program = func(ctx context.Context, args []string, term terminal) int {
		code := run(ctx, args, term)
		if code != exitOK {
			faults++
			t.Errorf("exit %d\n%s", code, s.err.String())
		}
		s.err.Reset() // the log is kept by whoever starts the schedule
		return code
	}
	s.watch.pause = func(context.Context, time.Duration) { s.clock.move(s.table.next(s.last).Sub(s.clock.Now())) }
	var warm, now held
	fmt.Printf("%6s %10s %10s %11s %6s %8s %6s\n", "runs", "heap KiB", "RSS KiB", "goroutines", "files", "folders", "temp")
	for n := 1; n <= *soakRuns; n++ {
		s.oneNight(t)
		if n%max(1, *soakRuns/10) != 0 {
			continue
		}
		now = s.holds(t, tmp)
		now.published, now.withFault = n, faults
		fmt.Printf("%6d %10d %10d %11d %6d %8d %6d\n", n, now.heap>>10, now.resident>>10, now.goroutines, now.files, now.folders, now.leftInTmp)
		if warm == (held{}) {
			warm = now
		}
	}
	for what, grown := range map[string]float64{
		"heap": float64(now.heap)/float64(warm.heap) - 1, "memory of the process": float64(now.resident)/float64(warm.resident) - 1,
	} {
		if grown > soakGrowth {
			t.Errorf("%s grew by %.1f %% after run %d, want at most %.0f %%", what, 100*grown, warm.published, 100*soakGrowth)
		}
	}
	if now.goroutines > warm.goroutines || now.files > warm.files || now.leftInTmp > 0 || now.folders > 3 {
		t.Errorf("held at the end %+v, after run %d %+v", now, warm.published, warm)
	}
}

// oneNight changes the export and keeps the schedule until its run is over.
func (s *scheduled) oneNight(t *testing.T) {
	t.Helper()
	day := s.table.next(s.last)
	s.write(t, "exports/a.csv", fmt.Sprintf("Customer,Country,Offer,Licences,Expires,Subscription ID\nContoso,IT,Office 365 E3,%d,2029-12-01,7d5f9f3a-0000-4000-8000-000000000001\n", 1+day.YearDay()%30))
	s.until(t, day.Add(time.Minute).Format(time.RFC3339))
}

// holds measures after a garbage collection that gives back what is free.
func (s *scheduled) holds(t *testing.T, tmp string) held {
	t.Helper()
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	h := held{heap: m.HeapAlloc, resident: resident(t), goroutines: runtime.NumGoroutine(), files: entries(t, "/proc/self/fd")}
	runs, err := output.Runs(filepath.Join(s.dir, "plans"))
	if err != nil {
		t.Fatal(err)
	}
	h.folders, h.leftInTmp = len(runs), entries(t, tmp)
	return h
}

func entries(t *testing.T, dir string) int {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

// resident is the memory that the process holds, as the kernel counts it.
func resident(t *testing.T) uint64 {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skipf("this machine does not tell: %v", err)
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, err := strconv.ParseUint(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			return kib << 10
		}
	}
	t.Fatal("/proc/self/status names no VmRSS")
	return 0
}
