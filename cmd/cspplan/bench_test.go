package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// BenchmarkRun is a whole run on made-up exports in one process: read, plan,
// write, read back, publish.
func BenchmarkRun(b *testing.B) {
	for _, rows := range []int{100, 10_000} {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			b.Chdir(b.TempDir())
			inProcess(b, "generate", ".", "--rows", fmt.Sprint(rows))
			for i := 0; b.Loop(); i++ {
				inProcess(b, "run", "--as-of", "2026-11-23", "--output", fmt.Sprint("out", i))
			}
		})
	}
}

func inProcess(b *testing.B, args ...string) {
	b.Helper()
	term := terminal{In: strings.NewReader(""), Out: &strings.Builder{}, Err: &strings.Builder{}, Now: time.Now}
	if code := run(b.Context(), args, term); code != 0 {
		b.Fatalf("%v: exit %d\n%s", args, code, term.Err)
	}
}

// BenchmarkStart is what a person waits for: the whole process of a short
// command, and of a run of 100 rows.
func BenchmarkStart(b *testing.B) {
	program := filepath.Join(b.TempDir(), "cspplan")
	if out, err := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("building: %v\n%s", err, out)
	}
	b.Chdir(b.TempDir())
	inProcess(b, "generate", "work", "--rows", "100")
	for _, tt := range []struct {
		name string
		args []string
	}{
		{"version", []string{"version"}},
		{"match", []string{"match", "Office 365 E3"}},
		{"run100", []string{"run", "-c", "work/cspplan.yaml", "--as-of", "2026-11-23"}},
	} {
		b.Run(tt.name, func(b *testing.B) {
			var cpu time.Duration
			for b.Loop() {
				if err := os.RemoveAll("work/plans"); err != nil { // a run that exists is not done again
					b.Fatal(err)
				}
				cmd := exec.Command(program, tt.args...)
				if err := cmd.Run(); err != nil {
					b.Fatal(err)
				}
				cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
			}
			b.ReportMetric(float64(cpu.Microseconds())/1e3/float64(b.N), "cpu-ms/op")
		})
	}
}
