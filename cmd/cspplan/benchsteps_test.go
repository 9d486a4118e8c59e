//go:build unix

package main

import (
	"context"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"cspplan/output/excel"
)

// benchRows is the size of the run whose steps are measured: large enough that
// the tables of the catalogue and the heads of slices do not count.
const benchRows = 200_000

// BenchmarkSteps measures the steps of one run in their order: processor time of
// all cores, and what is live behind each step, by row. BENCH_EXPORTS is the
// whole path of exports to take instead of made-up ones.
func BenchmarkSteps(b *testing.B) {
	exports := os.Getenv("BENCH_EXPORTS")
	b.Chdir(b.TempDir())
	inProcess(b, "generate", ".", "--rows", strconv.Itoa(benchRows))
	if exports == "" {
		exports = "exports"
	}
	steps := []struct {
		name string
		do   func(*job) func(context.Context) error
	}{
		{"read", func(j *job) func(context.Context) error { return j.readInputs }},
		{"plan", func(j *job) func(context.Context) error { return j.makePlan }},
		{"report", func(j *job) func(context.Context) error { return j.makeReport }},
		{"workbook", benchWorkbook},
	}
	cpu, live := make([]time.Duration, len(steps)), make([]uint64, len(steps))
	rows := 0
	for b.Loop() {
		j := benchJob(b, exports)
		empty := liveBytes()
		for i, s := range steps {
			before := processorTime(b)
			if err := s.do(j)(b.Context()); err != nil {
				b.Fatal(err)
			}
			cpu[i] += processorTime(b) - before
			live[i] += liveBytes() - empty
		}
		rows += len(j.plan.Rows)
		runtime.KeepAlive(j)
	}
	for i, s := range steps {
		b.ReportMetric(float64(cpu[i].Milliseconds())/float64(b.N), s.name+"-cpu-ms/op")
		b.ReportMetric(float64(live[i])/float64(rows), s.name+"-live-B/row")
	}
	b.ReportMetric(float64(rows)/float64(b.N), "rows/op")
}

// BenchmarkPlanMemory measures what is live where planning holds most, by row: a
// collector that never rests sees it.
func BenchmarkPlanMemory(b *testing.B) {
	b.Chdir(b.TempDir())
	inProcess(b, "generate", ".", "--rows", strconv.Itoa(benchRows))
	defer debug.SetGCPercent(debug.SetGCPercent(2))
	most, rows := uint64(0), 0
	for b.Loop() {
		j := benchJob(b, "exports")
		empty := liveBytes()
		if err := j.readInputs(b.Context()); err != nil {
			b.Fatal(err)
		}
		end, highest := make(chan struct{}), make(chan uint64)
		go func() { highest <- highestLive(end) }()
		err := j.makePlan(b.Context())
		close(end)
		if most += <-highest - empty; err != nil {
			b.Fatal(err)
		}
		rows += len(j.plan.Rows)
	}
	b.ReportMetric(float64(most)/float64(rows), "live-B/row")
}

// highestLive is the most that was alive behind a collection of garbage until the end.
func highestLive(end chan struct{}) (highest uint64) {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	for look := time.NewTicker(time.Millisecond); ; {
		select {
		case <-end:
			look.Stop()
			return highest
		case <-look.C:
			metrics.Read(live)
			highest = max(highest, live[0].Value.Uint64())
		}
	}
}

// benchWorkbook writes the workbook of all rows to nowhere.
func benchWorkbook(j *job) func(context.Context) error {
	return func(context.Context) error {
		_, err := excel.Write(io.Discard, j.report, excel.Options{Tmp: j.dir})
		return err
	}
}

// benchJob is a run that is ready to read its exports.
func benchJob(b *testing.B, exports string) *job {
	b.Helper()
	term := terminal{In: strings.NewReader(""), Out: &strings.Builder{}, Err: &strings.Builder{}, Now: time.Now}
	j, err := newJob(&runFlags{AsOf: "2026-11-23", Input: []string{exports}, Output: b.TempDir(), DryRun: true}, term)
	if err != nil {
		b.Fatal(err)
	}
	for _, step := range []func(context.Context) error{j.listInputs, j.readHistory, j.readNotes} {
		if err := step(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	return j
}

// liveBytes is what is left after a collection of garbage.
func liveBytes() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
