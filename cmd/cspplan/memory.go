package main

import (
	"fmt"
	"math"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
)

// planRowBytes is what a row needs from reading to publishing. At most 1.15 KiB of a
// row are alive; with 1.5 KiB for each a run of 200,000 took a twelfth more processor
// time than with as much as it wanted, and with 1.25 two fifths more, all of it for
// collecting garbage.
const planRowBytes = 3 << 9

// memoryFiles are where Linux says what a process may use: of a container, of
// the machine. Elsewhere there are none, and no bound is known.
var memoryFiles = []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes", "/proc/meminfo"}

// boundMemory holds the program to limits.memory, else to GOMEMLIMIT, else to
// nine tenths of what there is, and returns the bound in bytes; 0: none is known.
// Then garbage is collected more often instead of the system ending the program.
func boundMemory(setting Size) int64 {
	if setting > 0 {
		debug.SetMemoryLimit(int64(setting))
		return int64(setting)
	}
	if limit := debug.SetMemoryLimit(-1); os.Getenv("GOMEMLIMIT") != "" && limit < math.MaxInt64 {
		return limit
	}
	limit := leastOf(memoryFiles) / 10 * 9
	if limit > 0 {
		debug.SetMemoryLimit(limit)
	}
	return limit
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
func mostRows(memory int64) int { return int(memory / planRowBytes) }

// noRoom is what a run says that cannot fit, instead of being killed half way.
func (j *job) noRoom() error {
	return fail(exitInput, fmt.Errorf("the exports hold more than %d rows, and a plan of so many does not fit into %s of memory", mostRows(j.memory), gibibytes(j.memory)),
		"Nothing was published; "+j.lastPlan()+"\nGive the machine more memory, raise limits.memory, or plan a part of the exports at a time (--input, --output).")
}

func gibibytes(n int64) string { return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30)) }
