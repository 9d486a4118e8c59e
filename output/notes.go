package output

import (
	"cmp"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"cspplan/output/excel"
	"cspplan/reconcile"
)

// Notes is everything that people wrote into workbooks, merged: what is in
// force, what has no place any more, what was put back. Nothing a person wrote
// leaves it unseen: a text is in force, was replaced by somebody who saw it and
// stands in an earlier run's notes.csv, or is kept.
type Notes struct {
	Books    []NotesBook  // workbooks that were read because they were saved since they were written
	Warnings []RunWarning // places that people should look at
	From     string       // id of the run whose notes are carried on; empty: there is none

	Recovered []string // damaged runs whose notes were taken from the workbooks that they wrote

	asOf     reconcile.Date
	until    reconcile.Date // how long a text kept tonight is listed
	inForce  map[noteCell]note
	kept     []note
	keptOnce map[keptText]bool
	putBack  []note
	fresh    map[noteCell]bool     // changed since the last run
	read     map[string]bookMemory // by file
	hashes   map[string]string     // of the workbooks in the output folder, by file
	listed   map[string][]string   // workbooks of parts, by the damaged run whose workbook of all lists them
	parts    []string              // current copies of parts, as they were published
	found    int                   // texts found less those replaced: what must be in force or kept
}

// A NotesBook is a workbook that was read for notes.
type NotesBook struct {
	File  string // within the output folder
	Base  string // id of the run that wrote it; that run's notes are what it is compared with
	Edits int    // cells that people changed since it was last read
}

// NotesOptions say how notes are collected.
type NotesOptions struct {
	AsOf reconcile.Date
	Keep int // days for which a text without a place is listed
}

// noteCell names a cell that people write in, wherever it stands.
type noteCell struct {
	scope string // row, customer, offer, credit
	key   string // of the row, of the customer; for offers the folded title, "|", the candidate's SKU
	field string // decision, owner, planned_date, note, offer_wanted, licences_wanted, accepted_until, choice, asked_on, case_number, credit_granted
}

func (c noteCell) compare(d noteCell) int {
	return cmp.Or(strings.Compare(c.scope, d.scope), strings.Compare(c.key, d.key), strings.Compare(c.field, d.field))
}

// A note is what stands in such a cell, or stood there.
type note struct {
	cell  noteCell
	value string // empty: somebody cleared the cell
	by    string // who saved the workbook last
	when  string // time of the file
	state string
	why   string
	facts noteFacts
}

// The states of a note in notes.csv.
const (
	stateInForce = "in-force"
	stateStale   = "stale"    // the facts it was made on have changed
	stateKept    = "kept"     // has no place any more
	statePutBack = "put-back" // an edit of a column that is rewritten every night
)

// Why a note is kept.
const (
	keptGone          = "gone"
	keptOverwritten   = "overwritten"
	keptNoKey         = "no_key"
	keptKeyTwice      = "key_twice"
	keptBaseGone      = "base_gone"
	keptNotUnderstood = "not_understood"
)

// CollectNotes merges what earlier runs hold with what people have written into
// workbooks since: the copies in the output folder and those of every run, if
// their bytes are not those that were published. Runs are all good ones, the
// newest last. Where the newest run's notes are damaged, they are taken from the
// newest whole ones and from the workbooks that the damaged run wrote. It is an
// error if there is no such workbook, or if any workbook that people have saved
// cannot be read: the night must not go over them.
func CollectNotes(dir string, runs []Run, opt NotesOptions) (*Notes, error) {
	n := &Notes{
		asOf: opt.AsOf, until: opt.AsOf + reconcile.Date(opt.Keep), inForce: map[noteCell]note{},
		keptOnce: map[keptText]bool{}, fresh: map[noteCell]bool{}, read: map[string]bookMemory{}, hashes: map[string]string{}, listed: map[string][]string{},
	}
	known, err := findHistory(dir, runs)
	if err != nil {
		return nil, err
	}
	n.From = known.newest.ID
	n.carryOn(known.newest, known.lines)
	books, err := findBooks(dir, known.whole, known.damagedFolders()...)
	if err != nil {
		return nil, err
	}
	for _, b := range books {
		n.hashes[b.file] = b.hash
		if b.ownPart {
			n.parts = append(n.parts, b.file)
		}
	}
	if err := n.readBooks(dir, slices.DeleteFunc(books, func(b notesFile) bool { return b.pristine }), known); err != nil {
		return nil, err
	}
	if err := n.recovered(dir, known); err != nil {
		return nil, err
	}
	if err := n.warnFormats(dir, runs); err != nil {
		return nil, err
	}
	n.warnChoices()
	return n, nil
}

// readBooks merges the workbooks that are not as they were published, oldest
// first, but for those that have not changed since they were read.
func (n *Notes) readBooks(dir string, books []notesFile, known history) error {
	bases := newBases(dir, known)
	memory, byHash := n.read, map[string]bookMemory{}
	for _, m := range memory {
		byHash[m.hash] = m
	}
	n.read = map[string]bookMemory{}
	for _, b := range books {
		was, read := memory[b.file]
		if same, ok := byHash[b.hash]; ok {
			n.read[b.file] = same // read already, perhaps under another name
			continue
		}
		err := n.readBook(dir, b, bases, was)
		name := filepath.ToSlash(filepath.Join(dir, b.file))
		switch {
		case err == nil || b.foreign && errors.Is(err, excel.ErrNotWritten):
		case known.ignored(b.file):
			n.warn(name, "notes-unreadable", "its run folder is damaged and so is this workbook: %v", err)
		case b.foreign && !read:
			n.warn(name, "notes-not-read", "if it is a copy of the plan, what was written in it has no effect: %v", err)
		default:
			return err
		}
	}
	return nil
}

// newestNotes is the run whose notes no other run carried on: the end of the
// chain. Clocks may go back, two runs may start in one second, and a run for an
// earlier day reads notes too. Where folders are missing and the chain has
// several ends, the latest as-of date counts, then the start.
func newestNotes(runs []Run) (Run, bool) {
	carriedOn := map[string]bool{}
	for _, r := range runs {
		carriedOn[r.NotesOf] = true
		for _, id := range r.Recovered {
			carriedOn[id] = true
		}
	}
	for _, r := range slices.Backward(runs) {
		if !carriedOn[r.ID] {
			return r, true
		}
	}
	return Run{}, false
}

// carryOn takes over what the newest run knew.
func (n *Notes) carryOn(newest Run, lines []note) {
	for _, line := range lines {
		switch line.state {
		case stateInForce, stateStale:
			n.carry(line)
		case stateKept:
			switch {
			case line.facts.expired(n.asOf):
			case line.why == keptGone:
				n.carry(line) // in force again if its row comes back
			default:
				n.kept = append(n.kept, line)
				n.keptOnce[keptText{line.cell, line.value, line.why}] = true
				n.found++
			}
		case statePutBack:
			if newest.AsOf == n.asOf.String() {
				n.putBack = append(n.putBack, line)
			}
		case stateRead:
			m := n.read[line.facts.File]
			m.learn(line)
			n.read[line.facts.File] = m
		}
	}
}

func (n *Notes) carry(line note) {
	n.inForce[line.cell] = line
	if line.value != "" {
		n.found++
	}
}

// Settle looks at the notes with the plan at hand: a note whose row is gone is
// kept and comes into force again with its row; a decision remembers the facts
// it was made on, and is stale once they have changed.
func (n *Notes) Settle(p *reconcile.Plan) {
	if len(n.inForce) == 0 { // as on most nights of who writes nothing
		return
	}
	rows := make(map[string]*reconcile.Row) // that notes are about: few
	customers := make(map[string]*reconcile.Customer)
	for cell := range n.inForce {
		rows[cell.key], customers[cell.key] = nil, nil
	}
	for i := range p.Rows {
		if _, noted := rows[p.Rows[i].Key]; noted {
			rows[p.Rows[i].Key] = &p.Rows[i]
		}
	}
	for i := range p.Customers {
		if _, noted := customers[p.Customers[i].Key]; noted {
			customers[p.Customers[i].Key] = &p.Customers[i]
		}
	}
	for cell, line := range n.inForce {
		present := true
		switch cell.scope {
		case "row", "credit":
			r := rows[cell.key]
			if present = r != nil; present {
				line.settle(p, r)
			}
		case "customer":
			c := customers[cell.key]
			if present = c != nil; present {
				line.facts.Customer = c.Facts.Name
				line.hold()
			}
		default:
			line.hold()
			line.settleChoice(p)
		}
		if !present && line.state != stateKept {
			line.state, line.why, line.facts.Until = stateKept, keptGone, n.until.String()
		}
		n.inForce[cell] = line
	}
}

// hold puts a note in force, again if it was kept while its row was gone.
func (line *note) hold() {
	if line.state == stateKept || line.state == "" {
		line.state, line.why, line.facts.Until = stateInForce, "", ""
	}
}

// settle holds a note about a row and looks whether its facts still stand.
func (line *note) settle(p *reconcile.Plan, r *reconcile.Row) {
	line.hold()
	line.facts.about(p, r)
	now, bound := r.NoteFacts(line.cell.field)
	if !bound || line.value == "" || line.cell.scope != "row" {
		return
	}
	if line.facts.MadeOn == "" {
		line.facts.MadeOn = now
	}
	switch {
	case !r.NoteStands(line.cell.field, line.facts.MadeOn):
		line.state, line.why = stateStale, "now "+now
	case line.state == stateStale:
		line.state, line.why = stateInForce, ""
	}
}

// Decisions are the notes in the form in which the plan is made with them.
// Notes of rows that were gone are among them: they bear only on their row.
func (n *Notes) Decisions() []reconcile.Decision {
	var list []reconcile.Decision
	for _, line := range n.sorted() {
		if line.cell.scope != "offer" {
			list = append(list, line.decision())
		}
	}
	return append(list, n.chosen()...)
}

func (line *note) decision() reconcile.Decision {
	return reconcile.Decision{
		Scope: line.cell.scope, Key: line.cell.key, Field: line.cell.field, Value: line.value,
		By: line.by, When: line.when, State: stateInForce, Facts: line.facts.MadeOn,
	}
}

// sorted are the notes in force and those of rows that are gone, in order.
func (n *Notes) sorted() []note {
	return slices.SortedFunc(maps.Values(n.inForce), func(a, b note) int { return a.cell.compare(b.cell) })
}

// InForce counts the texts that are in force.
func (n *Notes) InForce() int {
	count := 0
	for _, line := range n.inForce {
		if line.value != "" && line.state != stateKept {
			count++
		}
	}
	return count
}

// Carried counts the texts in force that nobody changed since the last run.
func (n *Notes) Carried() int {
	count := 0
	for cell, line := range n.inForce {
		if line.value != "" && line.state != stateKept && !n.fresh[cell] {
			count++
		}
	}
	return count
}

// Kept counts the texts that have no place.
func (n *Notes) Kept() int { return len(n.keptLines()) }

// New counts the cells that people changed since the last run.
func (n *Notes) New() int {
	count := 0
	for _, b := range n.Books {
		count += b.Edits
	}
	return count
}

// keptLines are the texts without a place, oldest first.
func (n *Notes) keptLines() []note {
	lines := slices.Clone(n.kept)
	for _, line := range n.inForce {
		if line.state == stateKept && line.value != "" {
			lines = append(lines, line)
		}
	}
	slices.SortFunc(lines, func(a, b note) int {
		return cmp.Or(strings.Compare(a.when, b.when), a.cell.compare(b.cell), strings.Compare(a.value, b.value), strings.Compare(a.why, b.why))
	})
	return lines
}

// unread tells whether the current copy was saved after its notes were read, or
// came up since: it must not be replaced.
func (n *Notes) unread(dir, name string) bool {
	if n == nil {
		return false
	}
	hash, err := hashFile(filepath.Join(dir, name))
	return err == nil && hash != n.hashes[name]
}

// publishedParts are the current copies of parts in which nobody has written.
func (n *Notes) publishedParts() []string {
	if n == nil {
		return nil
	}
	return n.parts
}
