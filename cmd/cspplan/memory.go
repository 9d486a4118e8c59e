package main

import (
	"fmt"
	"math"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
)

// What a row needs from reading to publishing, in bytes: at most 0.9 KiB of it are
// alive. The first rows need more, for what there is once, such as the tables and
// the workbooks that are being written. Held to that, a run of 200,000 rows took a
// quarter more processor time than with as much as it wanted and one of a million a
// fifth, all of it for collecting garbage.
const (
	firstRows     = 200_000
	firstRowBytes = 3 << 9
	planRowBytes  = 1 << 10

	mergeRowBytes = 1 << 11 // of a plan that is joined from shards, whose parts stand beside it
)

// memoryFiles are where Linux says what a process may use: of a container, of
// the machine. Elsewhere there are none, and no bound is known.
var memoryFiles = []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes", "/proc/meminfo"}

// boundMemory holds the program to limits.memory, else to GOMEMLIMIT, else to
// nine tenths of what there is, and returns the bound in bytes; 0: none is known.
// Then garbage is collected more often instead of the system ending the program.
func boundMemory(setting Size) int64 {
	limit := int64(setting)
	if limit <= 0 {
		limit = limitOfStart
	}
	if limit == math.MaxInt64 {
		limit = leastOf(memoryFiles) / 10 * 9
	}
	memoryBound.hold(limit)
	return limit
}

// limitOfStart is GOMEMLIMIT, in bytes.
var limitOfStart = debug.SetMemoryLimit(-1)

// memoryBound is the limit that the runtime keeps: the smaller of what the program may
// use at all and of what the collector of garbage thinks enough for now.
var memoryBound = memoryLimits{may: limitOfStart, enough: math.MaxInt64}

type memoryLimits struct {
	mu          sync.Mutex
	may, enough int64
}

// hold holds the program to a bound; 0 is none.
func (l *memoryLimits) hold(may int64) {
	if may == 0 {
		may = math.MaxInt64
	}
	l.set(func() { l.may = may })
}

// ask asks for no more than is enough.
func (l *memoryLimits) ask(enough int64) { l.set(func() { l.enough = enough }) }

func (l *memoryLimits) set(change func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	before := min(l.may, l.enough)
	if change(); min(l.may, l.enough) != before {
		debug.SetMemoryLimit(min(l.may, l.enough))
	}
}

// leastOf is the smallest amount that one of the files names; 0 if none does.
func leastOf(files []string) int64 {
	least := int64(0)
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		if n := memoryIn(string(text)); n > 0 && (least == 0 || n < least) {
			least = n
		}
	}
	return least
}

// memoryIn reads a number of bytes, or MemTotal in KiB; 0 for max and the like.
func memoryIn(text string) int64 {
	unit := int64(1)
	if _, after, found := strings.Cut(text, "MemTotal:"); found {
		text, _, _ = strings.Cut(after, "kB")
		unit = 1 << 10
	}
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || n <= 0 || n > math.MaxInt64/unit {
		return 0
	}
	return n * unit
}

// mostRows is how many rows a plan may have within so many bytes.
func mostRows(memory int64) int {
	const first = firstRows * firstRowBytes
	return int(min(memory, first)/firstRowBytes + max(0, memory-first)/planRowBytes)
}

// noRoom is what a run says that cannot fit, instead of being killed half way.
func (j *job) noRoom(most int) error {
	return fail(exitInput, fmt.Errorf("the exports hold more than %d rows, and a plan of so many does not fit into %s of memory", most, gibibytes(j.memory)),
		"Nothing was published; "+j.lastPlan()+"\nGive the machine more memory, raise limits.memory, or plan a part of the exports at a time (--input, --output).")
}

func gibibytes(n int64) string { return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30)) }
