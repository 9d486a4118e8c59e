package output

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"cspplan/output/excel"
)

// recover takes the notes of a damaged run from a workbook that it wrote. What
// it showed and the newest whole run did not, somebody wrote between the two;
// texts that had no place there are on its sheet Kept notes.
func (r *bookReading) recover(dir string, bases *bases) error {
	r.base = bases.newest()
	if !slices.ContainsFunc(r.edits.Sheets, func(s excel.EditedSheet) bool { return s.Scope != "" }) {
		return &UnreadableBookError{File: r.name, Err: fmt.Errorf("it has none of the sheets that people write on")}
	}
	r.merge()
	listed, err := excel.ReadListed(filepath.Join(dir, filepath.FromSlash(r.file.file)), r.name)
	if err != nil {
		return &UnreadableBookError{File: r.name, Err: err}
	}
	r.n.listed[r.edits.Run] = append(r.n.listed[r.edits.Run], listed...)
	kept, err := excel.ReadKept(filepath.Join(dir, filepath.FromSlash(r.file.file)), r.name)
	if err != nil {
		return &UnreadableBookError{File: r.name, Err: err}
	}
	for _, k := range kept {
		r.n.keepAgain(k, r.file.file)
	}
	r.done()
	return nil
}

// keepAgain sets a text of a sheet Kept notes aside, unless it is known.
func (n *Notes) keepAgain(k excel.KeptText, file string) {
	same := func(line note) bool {
		return line.value == k.Text && line.facts.Customer == k.Customer && line.facts.Subscription == k.Subscription
	}
	for _, line := range n.inForce {
		if same(line) {
			return
		}
	}
	if slices.ContainsFunc(n.kept, same) {
		return
	}
	line := note{cell: noteCell{field: k.Field}, value: k.Text, by: k.Who, when: k.When, facts: noteFacts{
		Customer: k.Customer, Offer: k.Offer, Subscription: k.Subscription,
	}}
	if line.by == "" {
		line.facts.File = file
	}
	n.keep(line, k.Why, true)
}

// recovered says which notes were recovered. It is an error if no workbook of a
// damaged run could be read, or not all of those that hold its rows: then what
// people wrote before it would be lost.
func (n *Notes) recovered(dir string, known history) error {
	for _, l := range known.lost {
		folder := filepath.ToSlash(filepath.Join(dir, l.id))
		var from []string
		for file, m := range n.read {
			if m.run == l.id {
				from = append(from, filepath.ToSlash(filepath.Join(dir, filepath.FromSlash(file))))
			}
		}
		if len(from) == 0 {
			return fmt.Errorf("run folder %s is damaged, its notes may be the newest, and there is no workbook of that run to take them from: %w", folder, l.cause)
		}
		if missing := n.missing(l.id, from); len(missing) > 0 {
			return fmt.Errorf("run folder %s is damaged, its notes may be the newest, and %d of the workbooks to take them from are not there, such as %s: %w",
				folder, len(missing), missing[0], l.cause)
		}
		slices.Sort(from)
		last := "no earlier run"
		if known.newest.ID != "" {
			last = "run " + known.newest.ID
		}
		n.Recovered = append(n.Recovered, l.id)
		n.warn(folder, "notes-recovered", "the run is damaged (%v); its notes were taken from %s and from %s; look through Kept notes",
			l.cause, last, strings.Join(from, ", "))
	}
	slices.Sort(n.Recovered)
	return nil
}

// missing are the workbooks that the workbook of all of a run lists and that are
// not among those that were read.
func (n *Notes) missing(run string, read []string) []string {
	return slices.DeleteFunc(slices.Clone(n.listed[run]), func(listed string) bool {
		return slices.ContainsFunc(read, func(file string) bool { return path.Base(file) == listed })
	})
}

// tookFrom tells whether a run is damaged and its notes were recovered.
func (n *Notes) tookFrom(id string) bool { return n != nil && slices.Contains(n.Recovered, id) }
