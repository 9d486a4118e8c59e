//go:build bench

package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
)

// A comparison is a line of the table of make bench: a step beside a peer or a
// limit measured in the same run, or beside a bound. Times drift with the
// machine and its load; of two benchmarks in one run the ratio counts.
type comparison struct {
	step, ours string
	unit       string // of the figure of the benchmark
	beside     string // benchmark it is compared with; empty: none
	name       string
	wanted     float64 // least ratio of theirs to ours; without beside: the bound in unit; 0: none
}

// comparisons are the steps of a run in their order.
var comparisons = []comparison{
	{"CSV to rows", "input/sheet.CSV/plain/ours", "ns/op", "input/sheet.CSV/plain/limit=encoding-csv", "encoding/csv alone", 0},
	{"CSV to rows, quoted", "input/sheet.CSV/quoted/ours", "ns/op", "input/sheet.CSV/quoted/limit=encoding-csv", "encoding/csv alone", 0},
	{"CSV to typed records", "input.Read/ours", "ns/op", "input.Read/peer=gocsv", "gocsv channel", 4},
	{"the same, CPU of all cores", "input.Read/ours", "cpu-ms/op", "input.Read/peer=gocsv", "gocsv channel", 0},
	{"the same beside texts", "input.Read/ours", "ns/op", "input.Read/peer=gocsv-texts", "gocsv channel, without days, ids and words", 0},
	{"XLSX to typed records", "input.ReadXLSX/ours", "cpu-ms/op", "input.ReadXLSX/peer=excelize", "excelize raw Rows", 5},
	{"XLSX to rows", "input/sheet.XLSX/ours", "cpu-ms/op", "input/sheet.XLSX/peer=excelize", "excelize raw Rows", 5},
	{"XLSX to rows", "input/sheet.XLSX/ours", "cpu-ms/op", "input/sheet.XLSX/limit=inflate", "inflate alone", 1.0 / 6},
	{"match 1,000,000 rows, 10,000 titles", "reconcile.MatchMillionRows/rows=1000000", "ns/op", "", "at most 0.6 s", 600e6},
	{"match 100,000 strange titles", "reconcile.Match100000Titles", "ns/op", "", "", 0},
	{"plan 100,000 rows", "reconcile.Build", "ns/op", "", "", 0},
	{"report of 200,000 rows", "report.Compute", "ns/op", "", "", 0},
	{"read 200,000 rows: all cores", "cmd/cspplan.Steps", "read-cpu-ms/op", "", "", 0},
	{"plan them", "cmd/cspplan.Steps", "plan-cpu-ms/op", "", "", 0},
	{"work out their report", "cmd/cspplan.Steps", "report-cpu-ms/op", "", "", 0},
	{"live by row, read", "cmd/cspplan.Steps", "read-live-B/row", "", "", 0},
	{"live by row, at most while planning", "cmd/cspplan.PlanMemory", "live-B/row", "", "at most 1,000 bytes", 1000},
	{"live by row, planned", "cmd/cspplan.Steps", "plan-live-B/row", "", "at most 850 bytes", 850},
	{"live by row, to be published", "cmd/cspplan.Steps", "report-live-B/row", "", "at most 930 bytes", 930},
	{"workbook of 20,000 rows", "output/excel.Write/one/ours", "ns/op", "output/excel.Write/one/peer=StreamWriter", "plain StreamWriter", 1 / 0.75},
	{"the same, split in two", "output/excel.Write/split/ours", "ns/op", "output/excel.Write/one/peer=StreamWriter", "plain StreamWriter", 1 / 0.5},
	{"read the workbook back", "output/excel.ReadBack", "ns/op", "output/excel.Write/one/ours", "writing it", 0},
	{"plan.csv of 20,000 rows, cells made", "output.PlanCSV/write/ours", "ns/op", "output.PlanCSV/write/peer=encoding-csv", "encoding/csv, cells at hand", 0},
	{"read plan.csv back", "output.PlanCSV/read/ours", "ns/op", "output.PlanCSV/read/peer=encoding-csv", "encoding/csv alone", 0},
	{"workbook-state.csv of 20,000 rows", "output.WorkbookState", "ns/op", "", "", 0},
	{"PDF of 3,000 rows", "output/pdf.Write/rows=3000", "pages/s", "", "", 0},
	{"whole run, 100 rows", "cmd/cspplan.Start/run100", "ns/op", "", "at most 0.3 s", 300e6},
	{"whole run, 10,000 rows", "cmd/cspplan.Run/rows=10000", "ns/op", "", "", 0},
	{"load the embedded tables", "reconcile/catalog.Load", "ns/op", "", "", 0},
	{"prepare the matcher", "reconcile.NewMatcher", "ns/op", "", "", 0},
	{"cspplan version", "cmd/cspplan.Start/version", "ns/op", "", "at most 50 ms", 50e6},
	{"cspplan match TITLE", "cmd/cspplan.Start/match", "ns/op", "", "at most 50 ms", 50e6},
}

// TestBench runs the benchmarks of all packages, one package after the other,
// and prints the table.
func TestBench(t *testing.T) {
	if testing.Short() {
		t.Skip("measures for minutes")
	}
	var out bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "go", "test", "-p", "1", "-run", "^$", "-bench", ".", "-benchmem",
		"-benchtime", flag.Lookup("test.benchtime").Value.String(), "./...")
	cmd.Dir = root
	cmd.Stdout, cmd.Stderr = io.MultiWriter(&out, os.Stdout), os.Stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("go test -bench: %v", err)
	}
	fmt.Println()
	if load, err := os.ReadFile("/proc/loadavg"); err == nil { // Linux only
		fmt.Printf("Load of the machine at the end: %s; bounds in time hold for an idle one.\n\n", strings.Fields(string(load))[0])
	}
	if missing := printComparisons(os.Stdout, figures(&out)); len(missing) > 0 {
		t.Errorf("no figure of %q: the table of benchmarks is out of date", missing)
	}
}

var benchmarkName = regexp.MustCompile(`^Benchmark(\S+?)(-\d+)?$`)

// figures reads what go test prints: the values by PACKAGE.NAME, then unit.
func figures(r io.Reader) map[string]map[string]float64 {
	out := map[string]map[string]float64{}
	pkg := ""
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		if len(words) == 2 && words[0] == "pkg:" {
			pkg = strings.TrimPrefix(words[1], "cspplan/")
		}
		if len(words) < 4 || !benchmarkName.MatchString(words[0]) {
			continue
		}
		units := map[string]float64{}
		for i := 2; i+1 < len(words); i += 2 {
			if v, err := strconv.ParseFloat(words[i], 64); err == nil {
				units[words[i+1]] = v
			}
		}
		out[pkg+"."+benchmarkName.FindStringSubmatch(words[0])[1]] = units
	}
	return out
}

// printComparisons prints the table and returns the benchmarks it misses.
func printComparisons(out io.Writer, found map[string]map[string]float64) (missing []string) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "STEP\tOURS\tBESIDE\t\tRATIO\tWANTED\t")
	for _, c := range comparisons {
		ours, ok := found[c.ours][c.unit]
		theirs, measured := found[c.beside][c.unit]
		if !ok || c.beside != "" && !measured {
			missing = append(missing, c.ours)
			continue
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t", c.step, inUnit(ours, c.unit), c.name)
		switch {
		case c.beside != "":
			fmt.Fprintf(w, "%s\t%.2f\t%s\t\n", inUnit(theirs, c.unit), theirs/ours, verdict(c.wanted, theirs/ours >= c.wanted))
		case c.wanted > 0:
			fmt.Fprintf(w, "\t\t%s\t\n", word(ours <= c.wanted))
		default:
			fmt.Fprint(w, "\t\t\t\n")
		}
	}
	w.Flush()
	return missing
}

// verdict compares a ratio with the least that is wanted.
func verdict(least float64, holds bool) string {
	if least == 0 {
		return ""
	}
	return fmt.Sprintf("≥ %.2f %s", least, word(holds))
}

func word(holds bool) string {
	if holds {
		return "holds"
	}
	return "MISSED"
}

func inUnit(v float64, unit string) string {
	switch unit {
	case "ns/op":
		return fmt.Sprintf("%.1f ms", v/1e6)
	case "cpu-ms/op":
		return fmt.Sprintf("%.1f CPU ms", v)
	}
	return fmt.Sprintf("%.0f %s", v, unit)
}

// TestFigures: a line without its processors and one with units of its own are
// read alike.
func TestFigures(t *testing.T) {
	got := figures(strings.NewReader("goos: linux\npkg: cspplan/input/sheet\nBenchmarkXLSX/ours-2   \t 4\t 279141684 ns/op\t 99.97 cpu-ms/op\nBenchmarkLoad 10 5 ns/op\nPASS\n"))
	if got["input/sheet.XLSX/ours"]["cpu-ms/op"] != 99.97 || got["input/sheet.Load"]["ns/op"] != 5 || len(got) != 2 {
		t.Errorf("got %v", got)
	}
	var out bytes.Buffer
	if missing := printComparisons(&out, got); len(missing) != len(comparisons) {
		t.Errorf("misses %v of %d comparisons", missing, len(comparisons))
	}
}
