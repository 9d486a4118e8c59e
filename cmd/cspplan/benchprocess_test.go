//go:build bench && unix

package main

import (
	"bytes"
	"cmp"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"
)

var benchTimes = flag.Int("times", 3, "how often each whole process is measured; medians count")

// A measure is what one whole process took.
type measure struct {
	wall, cpu time.Duration
	peak      int64  // bytes resident, of its largest process
	said      string // its log among what it printed
}

// measured runs a program in a folder to its end.
func measured(t *testing.T, dir string, args ...string) measure {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), args[0], args[1:]...)
	cmd.Dir = dir
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	start := time.Now()
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %v\n%s", args, err, tail(said.String()))
	}
	used := cmd.ProcessState
	m := measure{wall: time.Since(start), cpu: used.UserTime() + used.SystemTime(), said: said.String()}
	if usage, ok := used.SysUsage().(*syscall.Rusage); ok {
		m.peak = int64(usage.Maxrss) // bytes on macOS, else KiB
		if runtime.GOOS != "darwin" {
			m.peak *= 1024
		}
	}
	return m
}

func tail(text string) string { return text[max(0, len(text)-2000):] }

// medians of each figure by itself.
func medians(all []measure) measure {
	return measure{
		wall: median(all, func(m measure) time.Duration { return m.wall }),
		cpu:  median(all, func(m measure) time.Duration { return m.cpu }),
		peak: median(all, func(m measure) int64 { return m.peak }),
	}
}

func median[T cmp.Ordered](all []measure, of func(measure) T) T {
	var values []T
	for _, m := range all {
		values = append(values, of(m))
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// builtProgram is cspplan as make build makes it.
func builtProgram(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "cspplan")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("building: %v\n%s", err, out)
	}
	return program
}

// plannedAfresh measures a run in a folder that generate wrote. Earlier plans go
// first, or the run would find that it has been done, or compare with them.
func plannedAfresh(t *testing.T, program, dir string) measure {
	t.Helper()
	if err := os.RemoveAll(filepath.Join(dir, "plans")); err != nil {
		t.Fatal(err)
	}
	return measured(t, dir, program, "run", "--as-of", "2026-11-23", "--quiet")
}
