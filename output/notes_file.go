package output

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/gocarina/gocsv"

	"cspplan/output/excel"
	"cspplan/reconcile"
	"cspplan/report"
)

// A noteLine is a line of notes.csv: what a person decided (rules.md §9).
type noteLine struct {
	Scope string `csv:"scope"`
	Key   string `csv:"key"`
	Field string `csv:"field"`
	Value string `csv:"value"`
	By    string `csv:"by"`
	When  string `csv:"when"`
	State string `csv:"state"`
	Why   string `csv:"why"`
	Facts string `csv:"facts"`
}

// noteFacts is the last column of notes.csv: a JSON object.
type noteFacts struct {
	MadeOn       string `json:"made_on,omitempty"` // what a decision was made on, see reconcile.Row.Stamp
	Customer     string `json:"customer,omitempty"`
	Offer        string `json:"offer,omitempty"`
	Subscription string `json:"subscription,omitempty"`
	Heading      string `json:"heading,omitempty"` // of a column that was put back
	File         string `json:"file,omitempty"`    // workbook that it was written in
	Run          string `json:"run,omitempty"`     // that wrote that workbook
	Until        string `json:"until,omitempty"`   // day up to which a kept text is listed
}

// about remembers whom a row is about, for the day when it is gone.
func (f *noteFacts) about(p *reconcile.Plan, r *reconcile.Row) {
	f.Customer, f.Offer, f.Subscription = r.Sub.Customer.Name, report.OfferName(r), r.Sub.SubscriptionID
	if f.Customer == "" {
		f.Customer = p.Customers[r.Customer].Facts.Name
	}
}

func (f *noteFacts) expired(asOf reconcile.Date) bool {
	until, err := reconcile.ParseDate(f.Until)
	return err == nil && until.Known() && until < asOf
}

// writeNotes writes notes.csv: the notes, then what later runs need to tell
// edits from what was there: what edited workbooks held, and what this run's
// workbook shows where that is not a note in force.
func writeNotes(w io.Writer, n *Notes, r *report.Report) error {
	if n == nil {
		n = &Notes{}
	}
	lines := n.decided()
	lines = append(lines, n.memories()...)
	err := excel.Shown(r, func(scope, key, field, value string) {
		cell := noteCell{scope, key, field}
		now := n.inForce[cell]
		if now.state == stateKept {
			now.value = ""
		}
		if now.value != value {
			lines = append(lines, note{cell: cell, value: value, state: stateShown})
		}
	})
	if err != nil {
		return fmt.Errorf("noting what the workbook shows: %w", err)
	}
	c := newCSV(w)
	if err := c.Write([]string{"scope", "key", "field", "value", "by", "when", "state", "why", "facts"}); err != nil {
		return err
	}
	var cells [9]string
	for i := range lines {
		if err := c.Write(lines[i].cells(cells[:0])); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// decided are the lines that people's notes consist of: they are part of what
// a run is identified by.
func (n *Notes) decided() []note {
	lines := n.sorted()
	lines = append(lines, sortedNotes(n.kept)...)
	return append(lines, sortedNotes(n.putBack)...)
}

// memories are what edited workbooks held.
func (n *Notes) memories() []note {
	var lines []note
	for _, file := range slices.Sorted(maps.Keys(n.read)) {
		m := n.read[file]
		line := note{state: stateRead, by: m.by, when: m.when, facts: noteFacts{File: file, Run: m.run}}
		line.cell, line.value = noteCell{scopeWorkbook, file, "sha256"}, m.hash
		lines = append(lines, line)
		for _, cell := range slices.SortedFunc(maps.Keys(m.cells), noteCell.compare) {
			line.cell, line.value, line.why = cell, m.cells[cell].Text, ""
			if m.cells[cell].Odd {
				line.why = keptNotUnderstood
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// Hash identifies the notes; empty if nobody wrote anything yet.
func (n *Notes) Hash() string {
	lines := n.decided()
	if len(lines) == 0 {
		return ""
	}
	h := sha256.New()
	var cells [9]string
	for i := range lines {
		fmt.Fprintf(h, "%q\n", lines[i].cells(cells[:0]))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// cells appends the columns of notes.csv.
func (line *note) cells(dst []string) []string {
	facts := ""
	if line.facts != (noteFacts{}) {
		b, err := json.Marshal(line.facts)
		if err != nil {
			panic(fmt.Sprintf("facts of a note: %v", err)) // texts only
		}
		facts = string(b)
	}
	return append(dst, line.cell.scope, Neutral(line.cell.key), Neutral(line.cell.field), Neutral(line.value), Neutral(line.by),
		line.when, line.state, Neutral(line.why), facts)
}

// readNoteLines reads the notes.csv of a run, if its bytes are those that the
// run wrote.
func readNoteLines(dir string, run Run) ([]note, error) {
	path := filepath.Join(dir, run.ID, "notes.csv")
	hash, err := hashFile(path)
	if err != nil {
		return nil, err
	}
	for _, o := range run.Outputs {
		if o.Name == "notes.csv" && o.SHA256 != hash {
			return nil, fmt.Errorf("%s is not as run %s wrote it", filepath.ToSlash(path), run.ID)
		}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var lines []noteLine
	if err := gocsv.UnmarshalCSV(csv.NewReader(f), &lines); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.ToSlash(path), err)
	}
	notes := make([]note, len(lines))
	for i, l := range lines {
		notes[i] = note{
			cell:  noteCell{l.Scope, Raw(l.Key), Raw(l.Field)},
			value: Raw(l.Value), by: Raw(l.By), when: l.When, state: l.State, why: Raw(l.Why),
		}
		if l.Facts == "" {
			continue
		}
		if err := json.Unmarshal([]byte(l.Facts), &notes[i].facts); err != nil {
			return nil, fmt.Errorf("%s: facts of line %d: %w", filepath.ToSlash(path), i+2, err)
		}
	}
	return notes, nil
}
