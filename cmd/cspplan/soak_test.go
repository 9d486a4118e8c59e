//go:build reliability

package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"cspplan/output"
)

var soakRuns = flag.Int("runs", 1000, "runs of the soak, in one process")

const (
	// soakGrowth is how much more memory a schedule may hold at the middle one of
	// the last three looks than at that of the three after the first: one look
	// alone differs by as much from the next.
	soakGrowth = 0.05
	soakLooks  = 10
	// soakLeast is how many runs it takes to tell growth from what the first
	// runs fill for good.
	soakLeast = 500
	soakKeep  = 3 // run folders
)

// A held is what a process holds on to.
type held struct {
	runs               int
	heap               uint64 // bytes after a garbage collection
	resident, own      uint64 // bytes the kernel counts; own: without pages of the program's file, which it keeps as it likes
	goroutines, files  int
	folders, leftInTmp int
}

// TestSoak prints what a schedule holds on to after many nights in one process.
func TestSoak(t *testing.T) { soak(t, *soakRuns) }

// nights is the soak as a line of the scorecard: a few nights, or a thousand.
func (w *reliabilityWorld) nights(t *testing.T) (tried, wrong int) {
	if *full {
		return soak(t, 1000)
	}
	return soak(t, 20)
}

// soak lets the schedule run night after night in one process, by the clock of
// the test. The export changes every night, so that each run is a new one.
func soak(t *testing.T, runs int) (tried, wrong int) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	s := newScheduled(t, "2026-11-23T00:00:00Z", fmt.Sprintf("schedule: {timezone: UTC}\noutput: {keep: %d}\n", soakKeep))
	var faults []string
	s.program = func(ctx context.Context, args []string, term terminal) int {
		code := run(ctx, args, term)
		if code != exitOK {
			faults = append(faults, fmt.Sprintf("exit %d\n%s", code, s.err.String()))
		}
		s.err.Reset() // the log is kept by whoever starts the schedule
		return code
	}
	s.term.Out = io.Discard
	s.watch.pause = func(context.Context, time.Duration) { s.clock.move(s.table.next(s.last).Sub(s.clock.Now())) }
	fmt.Printf("%6s %10s %10s %10s %11s %6s %8s %6s\n", "runs", "heap KiB", "RSS KiB", "own KiB", "goroutines", "files", "folders", "temp")
	var looks []held
	for n := 1; n <= runs; n++ {
		s.oneNight(t)
		if n%max(1, runs/soakLooks) != 0 {
			continue
		}
		now := s.holds(t, tmp)
		now.runs = n
		looks = append(looks, now)
		fmt.Printf("%6d %10d %10d %10d %11d %6d %8d %6d\n", n, now.heap>>10, now.resident>>10, now.own>>10, now.goroutines, now.files, now.folders, now.leftInTmp)
	}
	return runs, reportFaults(t, "nights in one process", append(faults, grown(looks)...))
}

// grown says what a process holds that it should not, from all looks at it.
func grown(looks []held) (faults []string) {
	first, last := looks[0], looks[len(looks)-1]
	if last.goroutines > first.goroutines || last.files > first.files || last.leftInTmp > 0 || last.folders > soakKeep {
		faults = append(faults, fmt.Sprintf("held at the end %+v, at first %+v", last, first))
	}
	if last.runs < soakLeast {
		return faults
	}
	for what, of := range map[string]func(held) uint64{
		"the heap": func(h held) uint64 { return h.heap }, "the memory of the process": func(h held) uint64 { return h.resident },
	} {
		middle := func(three []held) float64 {
			return float64(slices.Sorted(slices.Values([]uint64{of(three[0]), of(three[1]), of(three[2])}))[1])
		}
		if more := middle(looks[len(looks)-3:])/middle(looks[1:4]) - 1; more > soakGrowth {
			faults = append(faults, fmt.Sprintf("%s grew by %.1f %%, want at most %.0f %%", what, 100*more, 100*soakGrowth))
		}
	}
	return faults
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
	runtime.GC() // pools of buffers let go at the second collection
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	h := held{heap: m.HeapAlloc, resident: memory(t, "VmRSS"), own: memory(t, "RssAnon"), goroutines: runtime.NumGoroutine(), files: entries(t, "/proc/self/fd")}
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

// memory is a line of what the kernel says of the process, in bytes.
func memory(t *testing.T, name string) uint64 {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skipf("this machine does not tell: %v", err)
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, name+":"); ok {
			kib, err := strconv.ParseUint(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			return kib << 10
		}
	}
	t.Fatalf("/proc/self/status names no %s", name)
	return 0
}
