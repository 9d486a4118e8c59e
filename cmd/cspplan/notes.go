package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"cspplan/output"
)

// readNotes collects what people wrote into earlier workbooks, before anything
// is planned. A workbook that they saved and that cannot be read stops the run:
// publishing would go over it.
func (j *job) readNotes(context.Context) (err error) {
	j.notes, err = output.CollectNotes(j.dir, j.runs, output.NotesOptions{AsOf: j.asOf, Keep: j.settings.Output.Keep})
	if err == nil {
		return nil
	}
	wayOut := "Restore that folder from a backup, or move it away if nothing that people wrote is in it."
	var unreadable *output.UnreadableBookError
	if errors.As(err, &unreadable) {
		wayOut = "Open the file and save it again as an Excel workbook (.xlsx); if nothing that people wrote is in it, move it away."
	}
	return fail(exitOutput, err, fmt.Sprintf("Nothing was published, nothing was overwritten; %s\n%s", j.lastPlan(), wayOut))
}

// settleNotes looks at the notes with the plan at hand and tells what was read.
func (j *job) settleNotes() {
	j.notes.Settle(&j.plan)
	for _, w := range j.notes.Warnings {
		j.log.Warn("notes", "file", w.File, "column", w.Column, "reason", w.Code)
		j.warn(w)
	}
	books := j.notes.Books
	if len(books) == 0 {
		books = []output.NotesBook{{}} // nothing was saved since the last run
	}
	for _, b := range books {
		j.log.Info("notes read", "file", b.File, "base", b.Base, "kept", j.notes.Carried(), "new", b.Edits, "orphaned", j.notes.Kept())
	}
}

// printNotes says how many notes are carried on and what is new, workbook by
// workbook.
func (j *job) printNotes(w io.Writer) {
	carried, fresh, without := j.notes.Carried(), j.notes.New(), j.notes.Kept()
	if len(j.notes.Books) == 0 && carried+without == 0 {
		return
	}
	line := fmt.Sprintf("%s kept, %s new since the last run", j.count(int64(carried)), j.count(int64(fresh)))
	if without > 0 {
		line += fmt.Sprintf("; without a place %s: sheet Kept notes", j.count(int64(without)))
	}
	label := "Notes     "
	if len(j.notes.Books) == 1 {
		fmt.Fprintf(w, "%s%s   %s\n", label, j.notes.Books[0].File, line)
		return
	}
	for _, b := range j.notes.Books {
		fmt.Fprintf(w, "%s%s   %s new\n", label, b.File, j.count(int64(b.Edits)))
		label = "          "
	}
	fmt.Fprintf(w, "%s%s\n", label, line)
}
