package output

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"cspplan/output/excel"
	"cspplan/report"
)

// stateName is the file of a run that tells later runs which cells of a
// workbook are edits. It has the columns of notes.csv and no decision in it.
const stateName = "workbook-state.csv"

// The states of its lines.
const (
	stateShown = "shown" // what this run's workbook shows where that is not the note in force
	stateRead  = "read"  // what an edited workbook was found to hold
)

// writeWorkbookState writes what later runs need to tell edits from what was
// there before.
func writeWorkbookState(w io.Writer, n *Notes, r *report.Report) error {
	if n == nil {
		n = &Notes{}
	}
	c, err := newNoteWriter(w)
	if err != nil {
		return err
	}
	for _, line := range n.memories() {
		if err := c.write(&line); err != nil {
			return err
		}
	}
	// A line for nearly every row of the plan: each is written as it comes, since
	// all of them at once would take as much memory as the plan.
	var failed error
	line := note{state: stateShown}
	err = excel.Shown(r, func(scope, key, field, value string) {
		line.cell, line.value = noteCell{scope, key, field}, value
		now := n.inForce[line.cell]
		if now.state == stateKept {
			now.value = ""
		}
		if now.value != value && failed == nil {
			failed = c.write(&line)
		}
	})
	if err = errors.Join(err, failed); err != nil {
		return fmt.Errorf("noting what the workbook shows: %w", err)
	}
	return c.flush()
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
