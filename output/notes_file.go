package output

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/gocarina/gocsv"

	"cspplan/reconcile"
	"cspplan/report"
)

// notesName is the file of a run that holds what people decided.
const notesName = "notes.csv"

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
	Table        string `json:"table,omitempty"`   // in which it stands
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

// writeNotes writes notes.csv: what people decided.
func writeNotes(w io.Writer, n *Notes) error {
	if n == nil {
		return writeNoteLines(w, nil)
	}
	return writeNoteLines(w, n.decided())
}

func writeNoteLines(w io.Writer, lines []note) error {
	c, err := newNoteWriter(w)
	if err != nil {
		return err
	}
	for i := range lines {
		if err := c.write(&lines[i]); err != nil {
			return err
		}
	}
	return c.flush()
}

// A noteWriter writes the lines of notes.csv, or of a file laid out like it.
type noteWriter struct {
	csv   *csvLines
	cells [9]string
}

// newNoteWriter writes the header.
func newNoteWriter(w io.Writer) (*noteWriter, error) {
	c := &noteWriter{csv: newCSV(w)}
	return c, c.csv.Write([]string{"scope", "key", "field", "value", "by", "when", "state", "why", "facts"})
}

func (c *noteWriter) write(line *note) error { return c.csv.Write(line.cells(c.cells[:0])) }

func (c *noteWriter) flush() error {
	c.csv.Flush()
	return c.csv.Error()
}

// decided are the lines that people's notes consist of: they are part of what
// a run is identified by.
func (n *Notes) decided() []note {
	lines := n.sorted()
	lines = append(lines, sortedNotes(n.kept)...)
	return append(lines, sortedNotes(n.putBack)...)
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

// readNotes reads what a run knew of notes: its notes.csv, and the state of the
// workbooks beside it. It is an error if either is not as the run wrote it.
func readNotes(dir string, run Run) ([]note, error) {
	var all []note
	for _, name := range []string{notesName, stateName} {
		lines, err := readNoteLines(dir, run, name)
		if err != nil {
			return nil, err
		}
		all = append(all, lines...)
	}
	return all, nil
}

// readNoteLines reads one of the two files, if its bytes are those that the run
// wrote. Runs of earlier programs wrote both into notes.csv.
func readNoteLines(dir string, run Run, name string) ([]note, error) {
	path := filepath.Join(dir, run.ID, name)
	wrote, ok := run.output(name)
	if !ok && name == stateName {
		return nil, nil
	}
	hash, err := hashFile(path)
	if err != nil {
		return nil, err
	}
	if ok && wrote.SHA256 != hash {
		return nil, fmt.Errorf("%s is not as run %s wrote it", filepath.ToSlash(path), run.ID)
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
