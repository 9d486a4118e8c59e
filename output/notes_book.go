package output

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"cspplan/output/excel"
	"cspplan/report"
)

// bookMemory is what an edited workbook held when it was last read, where that
// differs from what was written into it. Workbooks of earlier runs keep their
// edits for ever; only what changed in them since is new.
type bookMemory struct {
	run   string // that wrote the workbook
	hash  string
	by    string
	when  string
	cells map[noteCell]excel.EditedValue
}

// learn takes over one line of workbook-state.csv.
func (m *bookMemory) learn(line note) {
	if m.cells == nil {
		m.cells = map[noteCell]excel.EditedValue{}
	}
	m.run, m.by, m.when = line.facts.Run, line.by, line.when
	if line.cell.scope == scopeWorkbook {
		m.hash = line.value
		return
	}
	m.cells[line.cell] = excel.EditedValue{Text: line.value, Odd: line.why == keptNotUnderstood}
}

// scopeWorkbook is the scope of the line of workbook-state.csv that holds the SHA-256 of
// a workbook which was read.
const scopeWorkbook = "workbook"

// bookReading is one edited workbook being merged into the notes.
type bookReading struct {
	n      *Notes
	file   notesFile
	name   string // as messages show it
	edits  excel.Edits
	base   map[noteCell]string
	gone   bool       // there is no base
	before bookMemory // of the last time
	memory bookMemory
	result NotesBook
	twice  int
	odd    int
}

// readBook merges the edits of one workbook.
func (n *Notes) readBook(dir string, b notesFile, bases *bases, before bookMemory) error {
	name := filepath.ToSlash(filepath.Join(dir, filepath.FromSlash(b.file)))
	edits, err := excel.ReadEdits(filepath.Join(dir, filepath.FromSlash(b.file)), name)
	if err != nil {
		return &UnreadableBookError{File: name, Err: err}
	}
	r := &bookReading{n: n, file: b, name: name, edits: edits, result: NotesBook{File: name, Base: edits.Run}}
	r.memory = bookMemory{run: edits.Run, hash: b.hash, by: edits.By, when: b.when(), cells: map[noteCell]excel.EditedValue{}}
	if before.run == edits.Run {
		r.before = before
	}
	if bases.known.mustRecover(edits.Run) {
		return r.recover(dir, bases)
	}
	if r.base, r.gone = bases.of(edits.Run); r.gone {
		r.base = bases.newest()
		if excel.AsWritten(filepath.Join(dir, filepath.FromSlash(b.file))) {
			n.read[b.file] = r.memory // as it was published, though nothing says so any more
			return nil
		}
		n.warn(name, "notes-base-gone", "the run that wrote it, %s, is gone or damaged: texts that are not in force are on Kept notes", edits.Run)
	}
	r.merge()
	if err := r.putBack(dir, bases); err != nil {
		return err
	}
	r.done()
	return nil
}

// merge takes over the cells of all scopes.
func (r *bookReading) merge() {
	for _, scope := range []string{"row", "customer", "offer", "credit"} {
		r.readScope(scope)
	}
}

// done remembers the workbook.
func (r *bookReading) done() {
	r.warnings()
	r.n.read[r.file.file] = r.memory
	r.n.Books = append(r.n.Books, r.result)
}

// An UnreadableBookError is a workbook that people have saved and that cannot
// be read: publishing would go over what they wrote.
type UnreadableBookError struct {
	File string
	Err  error
}

func (e *UnreadableBookError) Error() string {
	return fmt.Sprintf("notes in %s cannot be read: %v", e.File, e.Err)
}

func (e *UnreadableBookError) Unwrap() error { return e.Err }

// readScope merges the cells of one scope, which may stand on several sheets.
// Rows that share a key are taken together.
func (r *bookReading) readScope(scope string) {
	at := map[string][]copied{}
	var keys []string
	for i := range r.edits.Sheets {
		s := &r.edits.Sheets[i]
		if s.Scope != scope {
			continue
		}
		for k := range s.Rows {
			row := &s.Rows[k]
			if row.Key == "" {
				r.withoutKey(s, row)
				continue
			}
			if at[row.Key] == nil {
				keys = append(keys, row.Key)
			}
			at[row.Key] = append(at[row.Key], copied{row, s.Fields})
		}
	}
	for _, key := range keys {
		if len(at[key]) > 1 && scope != "offer" {
			r.twice++
		}
		for _, field := range fieldsOf(at[key]) {
			r.readCell(noteCell{scope, key, field}, at[key])
		}
	}
}

// copied is one of the rows that share a key, mostly the only one.
type copied struct {
	row    *excel.EditedRow
	fields []string
}

// fieldsOf are the fields that any of the rows has.
func fieldsOf(rows []copied) []string {
	var fields []string
	for _, c := range rows {
		for _, f := range c.fields {
			if !slices.Contains(fields, f) {
				fields = append(fields, f)
			}
		}
	}
	return fields
}

// value is what the row holds in a field; empty if it has no such column.
func (c copied) value(field string) excel.EditedValue {
	for i, f := range c.fields {
		if f == field {
			return c.row.Values[i]
		}
	}
	return excel.EditedValue{}
}

// withoutKey keeps what stands on a row that lost its key.
func (r *bookReading) withoutKey(s *excel.EditedSheet, row *excel.EditedRow) {
	for i, v := range row.Values {
		r.n.keep(r.note(noteCell{s.Scope, "", s.Fields[i]}, v.Text, row), keptNoKey, true)
	}
}

// readCell merges one cell, given the rows that hold it.
func (r *bookReading) readCell(cell noteCell, rows []copied) {
	base := r.base[cell]
	value := winner(rows, cell.field, base)
	for _, c := range rows {
		if v := c.value(cell.field); v.Text != "" && v != value && v.Text != base {
			r.n.keep(r.note(cell, v.Text, c.row), keptKeyTwice, true)
		}
	}
	last, remembered := r.before.cells[cell]
	if !remembered {
		last = excel.EditedValue{Text: base}
	}
	if value.Text == base {
		value.Odd = false // it was written so
	} else {
		r.memory.cells[cell] = value
	}
	if value != last {
		r.changed(cell, value, last, base, rows[len(rows)-1].row)
	}
}

// changed takes over a cell that holds something new.
func (r *bookReading) changed(cell noteCell, value, last excel.EditedValue, base string, row *excel.EditedRow) {
	line := r.note(cell, value.Text, row)
	switch {
	case value.Odd:
		r.odd++
		r.n.keep(line, keptNotUnderstood, true)
		return
	case r.gone:
		r.n.keep(line, keptBaseGone, true)
		return
	}
	e := edit{cell: cell, value: value.Text, before: last.Text, by: line.by, when: line.when, facts: line.facts}
	if last.Odd {
		e.before = base // what was not understood never came into force
	}
	if marked[cell.field] {
		e.before, e.anew = withoutMark(e.before)
		e.value, _ = withoutMark(e.value)
	}
	r.result.Edits++
	r.n.take(e)
}

// marked are the fields whose cells show the mark of what has no effect any more.
var marked = map[string]bool{"decision": true, "offer_wanted": true, "licences_wanted": true}

// withoutMark is a text without the mark, and whether it had one.
func withoutMark(text string) (string, bool) {
	bare, stale := strings.CutSuffix(text, report.StaleMark)
	return strings.TrimSpace(bare), stale
}

// note is a text of this workbook.
func (r *bookReading) note(cell noteCell, value string, row *excel.EditedRow) note {
	return note{cell: cell, value: value, by: r.edits.By, when: r.file.when(), facts: noteFacts{
		Customer: row.Customer, Offer: row.Offer, Subscription: row.Subscription, File: r.file.file,
	}}
}

// winner is the value of a cell whose row was copied: the last that somebody
// wrote, else what was there, else nothing.
func winner(rows []copied, field, base string) excel.EditedValue {
	var best excel.EditedValue
	for _, c := range rows {
		v := c.value(field)
		written := v.Text != "" && v.Text != base
		if written || best.Text == "" {
			best = v
		}
	}
	return best
}

// warnings says, once a workbook, what could not be taken as it stands.
func (r *bookReading) warnings() {
	if r.twice > 0 {
		r.n.warn(r.name, "notes-key-twice", "%d keys stand on more than one row; of each cell the last text counts, the others are on Kept notes", r.twice)
	}
	if r.odd > 0 {
		r.n.warn(r.name, "notes-not-understood", "%d cells hold no word of the list, no whole number of licences from 1, or no day that can be read in one way only; they have no effect and are on Kept notes", r.odd)
	}
	for _, s := range r.edits.Sheets {
		for _, heading := range s.Missing {
			r.n.warnColumn(r.name, heading, "notes-column-missing", fmt.Sprintf("sheet %s has no such column any more; its earlier notes stay in force", s.Name))
		}
	}
}

func (n *Notes) warn(file, code, format string, args ...any) {
	n.warnColumn(file, "", code, fmt.Sprintf(format, args...))
}

func (n *Notes) warnColumn(file, column, code, text string) {
	n.Warnings = append(n.Warnings, RunWarning{File: file, Column: column, Code: code, Text: text})
}
