package output

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"

	"golang.org/x/sync/errgroup"

	"cspplan/output/excel"
	"cspplan/output/pdf"
)

// written is what the reports were found to hold, files in the order of
// expectedFiles.
type written struct {
	files   []fileTotals
	listed  int // lines of the list of workbooks that say what their workbook holds
	drawn   pdf.Drawn
	letters pdf.Drawn
}

// write fills the work folder. Files are written side by side, one for each
// core: they share nothing but the report, which none of them changes. The
// workbook takes as long as all others together, so it comes first; more of them
// at once would take its core away.
func (job *Job) write(ctx context.Context, work string, want excel.Totals) (written, error) {
	got := written{files: job.expectedFiles(want)}
	job.made = new(madeFiles)
	group, running := errgroup.WithContext(ctx) // one that fails ends the others
	group.SetLimit(max(2, runtime.GOMAXPROCS(0)))
	beside := func(writer string, write func() error) {
		group.Go(func() (err error) {
			defer asError(writer, &err)
			defer job.timed(writer)()
			return write()
		})
	}
	file := func(name string, fill func(io.Writer) error) {
		beside(name, func() error { return job.put(work, name, until(running, fill)) })
	}
	r := job.Report
	var list []excel.PartTotals
	beside("workbook", func() (err error) { got.files[1].Totals, list, err = job.writeWorkbook(running, work); return err })
	beside("plan.csv", func() (err error) { got.files[0].Totals, err = job.writePlanCSV(running, work); return err })
	beside("PDF", func() (err error) { got.drawn, err = job.writePDF(running, work); return err })
	beside("letters", func() (err error) { got.letters, err = job.writeLetters(running, work); return err })
	beside("calendars", func() error { return job.writeCalendars(work) })
	file("rejected-rows.csv", func(w io.Writer) error { return writeRejected(w, r.Plan, job.Ledger, job.Headers) })
	file(notesName, func(w io.Writer) error { return writeNotes(w, job.Notes) })
	file(stateName, func(w io.Writer) error { return writeWorkbookState(w, job.Notes, r) })
	file("first-seen.csv", func(w io.Writer) error { return writeFirstSeen(w, r.Plan.Rows) })
	file(exceptionsName, func(w io.Writer) error { return writeExceptions(w, r) })
	parts := newPartTotals()
	for part := range job.Report.Parts() {
		if running.Err() != nil {
			break
		}
		beside("workbook of "+part.Key, func() error {
			held, err := job.writePart(running, work, part)
			parts.add(partFile(part, ".xlsx"), held)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return got, cmp.Or(ctx.Err(), err)
	}
	got.files[2].Totals = drawnTotals(got.drawn)
	if job.splits() {
		got.files[3].Totals = parts.sum
	}
	if job.Report.RowsInParts() {
		got.files[4].Totals, got.listed = tied(list, parts.byFile)
	}
	return got, job.writeMail(work)
}

// timed is called when a step begins; what it returns, when it is done.
func (job *Job) timed(step string) func() {
	if job.Timed == nil {
		return func() {}
	}
	return job.Timed(step)
}

// writeWorkbook writes csp-plan.xlsx and tells what the file holds: rows of the
// plan, or the list of the workbooks that do.
func (job *Job) writeWorkbook(ctx context.Context, work string) (held excel.Totals, list []excel.PartTotals, err error) {
	held, err = job.putBook(ctx, work, workbookName, func(w io.Writer) error {
		_, err := excel.Write(w, job.Report, excel.Options{Tmp: work, ProtectLists: job.ProtectLists, Progress: job.told(workbookName), Stop: ctx.Err})
		return err
	})
	if err == nil && job.Report.RowsInParts() {
		list, err = excel.ReadParts(ctx, filepath.Join(work, workbookName))
	}
	return held, list, err
}

// writePDF writes csp-plan.pdf and tells what was drawn.
func (job *Job) writePDF(ctx context.Context, work string) (drawn pdf.Drawn, err error) {
	err = job.put(work, pdfName, until(ctx, func(w io.Writer) (err error) {
		drawn, err = pdf.Write(w, job.Report, pdf.Options{Paper: job.Paper, FallbackFont: job.FallbackFont, Progress: job.toldPages(pdfName), Stop: ctx.Err})
		return err
	}))
	return drawn, err
}

// writePlanCSV writes plan.csv and tells what the file holds.
func (job *Job) writePlanCSV(ctx context.Context, work string) (excel.Totals, error) {
	if err := job.put(work, "plan.csv", until(ctx, func(w io.Writer) error { return writePlan(w, job.Report) })); err != nil {
		return excel.Totals{}, err
	}
	return csvTotals(filepath.Join(work, "plan.csv"))
}

// ErrFault means that a writer broke down: a fault of the program, not of what
// it was given.
var ErrFault = errors.New("internal fault")

// asError turns a panic of a writer into an error: it runs beside the other
// one, where nobody else could catch it.
func asError(writer string, err *error) {
	if fault := recover(); fault != nil {
		*err = fmt.Errorf("%w while writing the %s: %v", ErrFault, writer, fault)
	}
}
