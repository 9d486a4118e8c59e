package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
)

func TestMemoryIn(t *testing.T) {
	for _, c := range []struct {
		text string
		want int64
	}{
		{"max\n", 0}, {"536870912\n", 512 << 20}, {"", 0}, {"-1", 0}, {"9223372036854771712\n", 9223372036854771712},
		{"MemTotal:       24684132 kB\nMemFree:  1 kB\n", 24684132 << 10}, {"MemTotal: 99999999999999999 kB", 0},
	} {
		if got := memoryIn(c.text); got != c.want {
			t.Errorf("memoryIn(%q) = %d, want %d", c.text, got, c.want)
		}
	}
}

func TestBoundMemory(t *testing.T) {
	t.Cleanup(func() { memoryBound.hold(limitOfStart) })
	dir := t.TempDir()
	small, large := filepath.Join(dir, "small"), filepath.Join(dir, "large")
	os.WriteFile(small, []byte("1073741824\n"), 0o600)
	os.WriteFile(large, []byte("MemTotal: 8388608 kB\n"), 0o600)
	if got := leastOf([]string{filepath.Join(dir, "absent"), large, small}); got != 1<<30 {
		t.Errorf("the least is %d, want 1 GiB", got)
	}
	if got := boundMemory(512 << 20); got != 512<<20 || debug.SetMemoryLimit(-1) != 512<<20 {
		t.Errorf("with a setting of 512 MiB the bound is %d, the limit in force %d", got, debug.SetMemoryLimit(-1))
	}
	memoryBound.ask(256 << 20)
	if got := debug.SetMemoryLimit(-1); got != 256<<20 {
		t.Errorf("where 256 MiB are enough for now, the limit in force is %d", got)
	}
	memoryBound.ask(math.MaxInt64)
	defer func(was int64) { limitOfStart = was }(limitOfStart)
	limitOfStart = 1 << 30
	if got := boundMemory(0); got != 1<<30 || debug.SetMemoryLimit(-1) != 1<<30 {
		t.Errorf("with GOMEMLIMIT the bound is %d, the limit in force %d, want 1 GiB", got, debug.SetMemoryLimit(-1))
	}
}

func TestMostRows(t *testing.T) {
	for memory, want := range map[int64]int{0: 0, 3 << 9: 1, 300_000 << 10: 200_000, 300_001 << 10: 200_001, 10 << 30: 10_385_760} {
		if got := mostRows(memory); got != want {
			t.Errorf("into %d bytes fit %d rows, want %d", memory, got, want)
		}
	}
}

// TestPlanThatDoesNotFit: a run that memory cannot hold says so and leaves the
// last plan alone, instead of being killed by the system.
func TestPlanThatDoesNotFit(t *testing.T) {
	t.Cleanup(func() { memoryBound.hold(limitOfStart) })
	dir := t.TempDir()
	var rows strings.Builder
	rows.WriteString("Customer,Tenant ID,Subscription ID,Offer,Licences,Expires\n")
	for i := range mostRows(64<<20) + 1 {
		fmt.Fprintf(&rows, "Contoso,11111111-2222-4333-8444-%012d,%08d-2222-4333-8444-555555555555,Office 365 E3,1,2027-03-01\n", i/9, i)
	}
	for name, text := range map[string]string{
		"cspplan.yaml":    "partner: {name: Cirrus, country: IT}\nlimits: {memory: 64MiB}\n",
		"tiny.yaml":       "partner: {name: Cirrus, country: IT}\nlimits: {memory: 1MiB}\n",
		"exports/all.csv": rows.String(),
	} {
		path := filepath.Join(dir, name)
		os.MkdirAll(filepath.Dir(path), 0o700)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	code, _, stderr := command(t, "run", "-c", filepath.Join(dir, "cspplan.yaml"), "--as-of", "2026-11-23")
	for _, want := range []string{fmt.Sprintf("more than %d rows", mostRows(64<<20)), "0.1 GiB", "limits.memory", "Exit 3"} {
		if code != exitInput || !strings.Contains(stderr, want) {
			t.Errorf("exit %d, want 3 and %q in:\n%s", code, want, stderr)
		}
	}
	if failed, _ := filepath.Glob(filepath.Join(dir, "plans", "failed", "*", "run.json")); len(failed) != 1 {
		t.Errorf("%d failed runs are kept, want one", len(failed))
	}
	if code, _, stderr := command(t, "run", "-c", filepath.Join(dir, "tiny.yaml")); code != exitUsage || !strings.Contains(stderr, "limits.memory") {
		t.Errorf("with 1 MiB: exit %d, want 2 and the setting in:\n%s", code, stderr)
	}
}
