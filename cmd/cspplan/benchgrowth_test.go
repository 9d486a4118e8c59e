//go:build bench && unix

package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

var growthSizes = flag.String("sizes", "100000,300000,1000000,3000000,10000000", "numbers of rows, for the table of growth")

// TestGrowth prints rows against seconds and memory as a table and a plot for
// the README, and where the time of the run nearest a million rows went: CSV in,
// workbooks split by owner, all checks on.
func TestGrowth(t *testing.T) {
	program := builtProgram(t)
	type point struct {
		rows  int
		bytes int64
		measure
	}
	var points []point
	var steps []stepTime
	stepsOf := 0
	for _, size := range strings.Split(*growthSizes, ",") {
		rows, err := strconv.Atoi(strings.TrimSpace(size))
		if err != nil {
			t.Fatalf("-sizes: %v", err)
		}
		dir := filepath.Join(t.TempDir(), size)
		measured(t, ".", program, "generate", dir, "--rows", strconv.Itoa(rows), "--split", "owner")
		logSteps(t, dir)
		info, err := os.Stat(filepath.Join(dir, "exports", "subscriptions.csv"))
		if err != nil {
			t.Fatal(err)
		}
		var all []measure
		for range *benchTimes {
			all = append(all, plannedAfresh(t, program, dir))
		}
		points = append(points, point{rows, info.Size(), medians(all)})
		if far := func(n int) int { return max(n-1_000_000, 1_000_000-n) }; stepsOf == 0 || far(rows) < far(stepsOf) {
			stepsOf, steps = rows, stepTimes(all[len(all)-1].said)
		}
		if err := os.RemoveAll(dir); err != nil { // the next size may need its room
			t.Fatal(err)
		}
	}
	fmt.Print("\n| rows | CSV | seconds | CPU seconds | rows per second | peak memory | bytes a row |\n|---:|---:|---:|---:|---:|---:|---:|\n")
	longest := 0.0
	for _, p := range points {
		fmt.Printf("| %s | %s | %.1f | %.1f | %s | %s | %s |\n", grouped(p.rows), megabytes(p.bytes), p.wall.Seconds(), p.cpu.Seconds(),
			grouped(int(float64(p.rows)/p.wall.Seconds())), megabytes(p.peak), grouped(int(p.peak)/p.rows))
		longest = max(longest, p.wall.Seconds()*1e6/float64(p.rows))
	}
	fmt.Print("\nSeconds for a million rows: bars of one length mean linear growth.\n\n")
	for _, p := range points {
		each := p.wall.Seconds() * 1e6 / float64(p.rows)
		fmt.Printf("    %10s  %-40s %.1f\n", grouped(p.rows), strings.Repeat("#", max(1, int(each/longest*40+0.5))), each)
	}
	fmt.Printf("\nWhere the time goes, %s rows. Files are written side by side, one a core.\n\n| step | begins, s | takes, s |\n|---|---:|---:|\n", grouped(stepsOf))
	for _, s := range steps {
		fmt.Printf("| %s | %.1f | %.1f |\n", s.name, s.began.Seconds(), s.took.Seconds())
	}
}

// megabytes prints a size in MB of a million bytes.
func megabytes(n int64) string { return grouped(int((n+500_000)/1_000_000)) + " MB" }
