package output

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cspplan/input/sheet"
)

// RunSchema is the version of run.json that this program writes and reads.
const RunSchema = 1

// A Run is run.json: what went in, what came out, and whether it agreed. It is
// the health file that a monitor reads, and the history.
type Run struct {
	Schema   int       `json:"schema"`
	ID       string    `json:"id"`
	AsOf     string    `json:"as_of"`
	Version  string    `json:"version"`
	Started  time.Time `json:"started"`
	Seconds  float64   `json:"seconds"`
	Host     string    `json:"host"`
	Exit     int       `json:"exit"`
	Error    string    `json:"error,omitempty"`
	Previous string    `json:"previous,omitempty"` // run that changes are counted from
	NotesOf  string    `json:"notes_of,omitempty"` // run whose notes were carried on

	Recovered []string `json:"recovered,omitempty"` // damaged runs whose notes were taken from their workbooks

	Settings   json.RawMessage   `json:"settings"` // values in force
	Hash       map[string]string `json:"hash"`     // what the run id was made of, each part hashed
	Tables     []RunTable        `json:"tables"`
	Inputs     []RunInput        `json:"inputs"`
	Counts     RunCounts         `json:"counts"`
	Checks     []RunCheck        `json:"control_totals"`
	Warnings   []RunWarning      `json:"warnings"`
	Exceptions *RunExceptions    `json:"exceptions,omitempty"` // what keeps subscriptions from Ready, since the run before
	Letters    *RunLetters       `json:"letters,omitempty"`    // if they were asked for
	Accepted   []string          `json:"accepted,omitempty"`   // guards lifted by --accept
	Trend      []TrendPoint      `json:"trend,omitempty"`      // earlier as-of dates that the reports show, oldest first
	Outputs    []RunOutput       `json:"outputs"`

	Folder string `json:"-"` // that it was read from, within its parent
}

// A RunTable is a table of facts with its date.
type RunTable struct {
	Name   string `json:"name"`
	Rows   int    `json:"rows"`
	AsOf   string `json:"as_of"`
	Source string `json:"source"`
	SHA256 string `json:"sha256,omitempty"` // of a file of the user's
}

// A RunInput is one file that was read or refused.
type RunInput struct {
	Path     string         `json:"path"`
	Kind     string         `json:"kind"`
	Layout   string         `json:"layout,omitempty"`
	Rows     int            `json:"rows"`
	Licences int64          `json:"licences"`
	Bytes    int64          `json:"bytes"`
	SHA256   string         `json:"sha256"`
	Modified string         `json:"modified"`
	Unused   []string       `json:"unused_columns,omitempty"` // headings of columns that mean nothing to the plan
	Refused  *RunRefusal    `json:"refused,omitempty"`
	Outcomes map[string]int `json:"outcomes,omitempty"`
}

// A RunRefusal is why a file was not read.
type RunRefusal struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// RunCounts is the plan in numbers.
type RunCounts struct {
	Outcomes map[string]int `json:"outcomes"`
	Statuses map[string]int `json:"statuses"`
	Matches  map[string]int `json:"matches"`
	Expired  int            `json:"expired"`
	Within30 int            `json:"within_30_days"`
	Licences int64          `json:"licences"`
}

// A RunCheck is one control total.
type RunCheck struct {
	What   string `json:"what"`
	In     string `json:"in"`
	Out    string `json:"out"`
	Agrees bool   `json:"agrees"`
}

// A RunWarning is something that people should look at. It names the place,
// never the value of a cell.
type RunWarning struct {
	File   string `json:"file,omitempty"`
	Sheet  string `json:"sheet,omitempty"`
	Row    int    `json:"row,omitempty"`
	Rows   int    `json:"rows,omitempty"` // how many rows say the same, if more than one
	Column string `json:"column,omitempty"`
	Code   string `json:"code"`
	Text   string `json:"text,omitempty"`
	Shown  string `json:"-"` // the same with the value, for a person at a terminal
}

// A RunOutput is a file of the run folder.
type RunOutput struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	Rows   int    `json:"rows,omitempty"`
	Pages  int    `json:"pages,omitempty"`

	Contents string `json:"contents_sha256,omitempty"` // of a workbook: over the names, sizes and checksums of its parts
}

// output is a file of the run folder by its name.
func (r Run) output(name string) (RunOutput, bool) {
	i := slices.IndexFunc(r.Outputs, func(o RunOutput) bool { return o.Name == name })
	if i < 0 {
		return RunOutput{}, false
	}
	return r.Outputs[i], true
}

// Write puts run.json into a folder.
func (r Run) Write(dir string) error {
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("writing run.json: %w", err)
	}
	return writeFile(filepath.Join(dir, "run.json"), append(sheet.PlainText(b), '\n'))
}

// ReadRun reads the run.json of a run folder.
func ReadRun(dir string) (Run, error) {
	b, err := os.ReadFile(filepath.Join(dir, "run.json"))
	if err != nil {
		return Run{}, err
	}
	var r Run
	if err := json.Unmarshal(b, &r); err != nil {
		return Run{}, fmt.Errorf("%s: run.json is damaged: %w", dir, err)
	}
	if r.Schema != RunSchema {
		return Run{}, fmt.Errorf("%s: run.json has schema %d, this program reads %d", dir, r.Schema, RunSchema)
	}
	return r, nil
}

// Runs reads all good runs of an output folder, oldest as-of date first, then
// by start. Folders that cannot be read are returned as one joined error
// beside the good ones.
func Runs(dir string) ([]Run, error) {
	return runsIn(dir, runFolder.MatchString)
}

// FailedRuns reads what failed runs left, oldest first.
func FailedRuns(dir string) ([]Run, error) {
	return runsIn(filepath.Join(dir, failedDir), func(string) bool { return true })
}

func runsIn(dir string, want func(name string) bool) ([]Run, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("listing runs: %w", err)
	}
	var runs []Run
	var bad []error
	for _, e := range entries {
		if !e.IsDir() || !want(e.Name()) {
			continue
		}
		r, err := ReadRun(filepath.Join(dir, e.Name()))
		if err != nil {
			bad = append(bad, err)
			continue
		}
		r.Folder = e.Name()
		runs = append(runs, r)
	}
	slices.SortFunc(runs, func(a, b Run) int {
		if c := strings.Compare(a.AsOf, b.AsOf); c != 0 {
			return c
		}
		return a.Started.Compare(b.Started)
	})
	return runs, errors.Join(bad...)
}

// Previous is the newest good run with an earlier as-of date (rules.md §9).
func Previous(runs []Run, asOf string) (Run, bool) {
	for _, r := range slices.Backward(runs) {
		if r.AsOf < asOf {
			return r, true
		}
	}
	return Run{}, false
}
