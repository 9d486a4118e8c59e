//go:build bench && unix

package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	peerDir   = flag.String("peer", "", "folder with peer_pandas.py and, perhaps, gen.go, its generator of exports")
	peerSizes = flag.String("peerrows", "200000", "numbers of rows, comma-separated")
	peerCases = flag.String("peercases", "", "the inputs whose name this pattern finds")
)

// peerModules are what the peer imports.
const peerModules = "pandas, numpy, openpyxl, xlsxwriter, reportlab, Levenshtein"

// A peerCase is one input that both programs plan.
type peerCase struct {
	name, input, offers string
	work                string // folder of ours, with the same input in exports/
}

// TestPeer measures whole processes of ours and of a script as a capable user
// would write it today, in turns on the same input: read, match, plan, write a
// workbook and a PDF. Ours does all its checks and holds every sheet. Each case
// is printed once it is measured: all of them take a quarter of an hour.
func TestPeer(t *testing.T) {
	script, python := peerScript(t)
	program := builtProgram(t)
	wanted, err := regexp.Compile(*peerCases)
	if err != nil {
		t.Fatalf("-peercases: %v", err)
	}
	fmt.Printf("%-38s%10s%9s%9s%9s%12s%11s%14s\n", "input", "program", "wall s", "CPU s", "peak MB", "wall ratio", "CPU ratio", "memory ratio")
	for _, size := range strings.Split(*peerSizes, ",") {
		rows, err := strconv.Atoi(strings.TrimSpace(size))
		if err != nil {
			t.Fatalf("-peerrows: %v", err)
		}
		for _, c := range casesOf(t, program, rows) {
			if wanted.MatchString(c.name) {
				c.measure(t, program, python, script)
			}
			if err := os.RemoveAll(c.work); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// measure runs both programs in turns and prints the medians of each.
func (c peerCase) measure(t *testing.T, program, python, script string) {
	var ours, theirs []measure
	for range *benchTimes {
		ours = append(ours, plannedAfresh(t, program, c.work))
		theirs = append(theirs, measured(t, c.work, python, script, c.input, c.offers, "peer.xlsx", "peer.pdf"))
	}
	we, they := medians(ours), medians(theirs)
	fmt.Printf("%-38s%10s%9.1f%9.1f%9d\n", c.name, "cspplan", we.wall.Seconds(), we.cpu.Seconds(), we.peak>>20)
	fmt.Printf("%-38s%10s%9.1f%9.1f%9d%12.1f%11.1f%14.2f\n", "", "peer", they.wall.Seconds(), they.cpu.Seconds(), they.peak>>20,
		they.wall.Seconds()/we.wall.Seconds(), they.cpu.Seconds()/we.cpu.Seconds(), float64(we.peak)/float64(they.peak))
}

// peerScript finds the peer and a Python that can run it; without them there is
// nothing to measure.
func peerScript(t *testing.T) (script, python string) {
	t.Helper()
	if *peerDir == "" {
		t.Skip("no peer: make bench-peer PEER_DIR=folder with peer_pandas.py")
	}
	script = filepath.Join(*peerDir, "peer_pandas.py")
	if _, err := os.Stat(script); err != nil {
		t.Skipf("no peer: %v", err)
	}
	for _, python := range []string{os.Getenv("PYTHON"), "python3", "/usr/bin/python3"} {
		if python != "" && exec.CommandContext(t.Context(), python, "-c", "import "+peerModules).Run() == nil {
			return script, python
		}
	}
	t.Skipf("no python3 with %s (on Debian: python3-pandas python3-openpyxl python3-xlsxwriter python3-reportlab python3-levenshtein fonts-dejavu); PYTHON names another", peerModules)
	return "", ""
}

// casesOf makes the inputs: exports of our generator as CSV and as workbook,
// and those of the peer's own, if it is there.
func casesOf(t *testing.T, program string, rows int) []peerCase {
	t.Helper()
	var out []peerCase
	for _, c := range []struct{ format, split string }{{"csv", "none"}, {"csv", "owner"}, {"xlsx", "none"}} {
		if c.format != "csv" && rows > maxExcelRows {
			continue
		}
		work := filepath.Join(t.TempDir(), c.format+c.split)
		measured(t, ".", program, "generate", work, "--rows", strconv.Itoa(rows), "--format", c.format, "--split", c.split)
		out = append(out, peerCase{fmt.Sprintf("%s rows, %s, split %s", grouped(rows), c.format, c.split),
			filepath.Join(work, "exports", "subscriptions."+c.format), filepath.Join(work, "offers.csv"), work})
	}
	generator := filepath.Join(*peerDir, "gen.go")
	if _, err := os.Stat(generator); err != nil {
		return out
	}
	made := t.TempDir()
	measured(t, root, "go", "run", generator, "-rows", strconv.Itoa(rows), "-csv", "-shared", "-skus", out[0].offers, "-dir", made)
	for _, name := range []string{"subs%d.csv", "subs%d-shared.xlsx"} {
		name = fmt.Sprintf(name, rows)
		work := filepath.Join(t.TempDir(), "work")
		input := filepath.Join(work, "exports", name)
		settings := "partner: {name: Cirrus, country: IT}\n"
		for _, err := range []error{
			os.MkdirAll(filepath.Dir(input), 0o755), os.Rename(filepath.Join(made, name), input),
			os.WriteFile(filepath.Join(work, "cspplan.yaml"), []byte(settings), 0o644),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		out = append(out, peerCase{"the peer's " + name, input, filepath.Join(made, "catalogue.csv"), work})
	}
	return out
}
