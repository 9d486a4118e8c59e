package output

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"cspplan/output/excel"
	"cspplan/reconcile"
	"cspplan/report"
)

const (
	failedDir     = "failed"
	damagedPrefix = ".damaged-" // of a run folder that the same run, made anew, replaced
	workPrefix    = ".work-"    // of what a run under way writes; what a killed run left is cleared by the next
)

// A Job is everything that Publish writes.
type Job struct {
	Dir          string
	Report       *report.Report
	Ledger       []reconcile.LedgerLine // for rejected-rows.csv
	Headers      map[string][]string    // header cells by HeaderKey
	Notes        *Notes                 // what people wrote; nil: nothing is known of it
	Run          Run                    // run.json but for its outputs and totals
	Newest       string                 // newest as-of date of any good run: an older one leaves the current copies alone
	Before       []RunOutput            // files of the newest good run: what the current copies may be of
	ProtectLists bool                   // protect the list sheets, too: no sorting there
	Calendars    bool                   // write a calendar for each owner
	Paper        string                 // a4, letter
	FallbackFont string                 // path of a TrueType font for scripts that the text font lacks
	MailFolder   string                 // Dir, as readers of the mail reach it; empty: Dir
	// FailedMail is the mail text if the totals differ: the failed folder, below
	// Dir, and why.
	FailedMail func(folder string, cause error) string

	// Progress, unless it is nil, is told now and then how far a file has come.
	// Files are written side by side: it is called from several goroutines.
	Progress func(Progress)

	// Timed, unless it is nil, is called when a file is begun, from several
	// goroutines; what it returns is called when the file is done.
	Timed func(step string) (done func())

	made      *madeFiles // by write
	copyBegun bool       // beginCopy has made a copy of the workbook
}

// A Result says what was published.
type Result struct {
	Run    Run
	Folder string   // of the run, or of the failed run
	Copies []string // current copies that were replaced
	Left   []string // current copies that were left alone: open, or saved since their notes were read
	Exists bool     // this run stood there already: nothing was written
}

// Publish writes the files of a run into a work folder, reads them back, and
// makes them visible by one rename. If a total differs it publishes nothing,
// keeps the marked reports in the failed folder and returns ErrTotals. A run
// that exists already is left as it is, unless a total differs now.
func Publish(ctx context.Context, job Job) (Result, error) {
	removeStaleWork(job.Dir)
	folder := filepath.Join(job.Dir, job.Run.ID)
	if run, err := ReadRun(folder); err == nil && !job.Notes.tookFrom(job.Run.ID) && job.Report.Agree {
		res := Result{Run: run, Folder: folder, Exists: true}
		return res, refreshCopies(&res, &job)
	}
	work := filepath.Join(job.Dir, fmt.Sprintf("%s%d", workPrefix, os.Getpid()))
	if err := os.MkdirAll(work, 0o700); err != nil {
		return Result{}, fmt.Errorf("making the work folder: %w", err)
	}
	defer os.RemoveAll(work)
	defer os.Remove(growing(job.Dir, workbookName)) // unless it took its place

	want := plannedTotals(job.Report.Plan)
	job.expectChecks(want)
	got, err := job.write(ctx, work, want)
	if err != nil {
		return Result{}, err
	}
	if differ := job.differences(want, got); differ != nil {
		return job.publishMarked(ctx, work, want, differ)
	}
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	return job.finish(work, folder, got)
}

// ErrCopies means that the run is published, but a current copy of it could not
// be put in its place.
var ErrCopies = errors.New("refreshing the current copy")

// differences lists the checks of the written files if any of them differs, or
// if a total that was worked out before writing did.
func (job *Job) differences(want excel.Totals, got written) []report.Check {
	agree := job.Report.Agree && got.listed == job.listedBooks()
	for _, t := range got.files {
		agree = agree && t.want.Equal(t.Totals)
	}
	if agree {
		return nil
	}
	return job.compare(want, got)
}

// finish describes the files, writes run.json and lets the run appear.
func (job *Job) finish(work, folder string, got written) (Result, error) {
	job.Run.Warnings = append(job.Run.Warnings, glyphWarnings(pdfName, got.drawn)...)
	job.Run.Warnings = append(job.Run.Warnings, glyphWarnings(lettersName, got.letters)...)
	names, err := planFiles(work)
	if err != nil {
		return Result{}, err
	}
	names = append(names, "plan.csv", "rejected-rows.csv", notesName, stateName, "first-seen.csv", exceptionsName, mailName)
	if job.Calendars {
		names = append(names, calendarState)
	}
	if job.Report.Letters() != nil {
		names = append(names, lettersList)
	}
	if job.Run.Outputs, err = job.describeAll(work, names); err != nil {
		return Result{}, err
	}
	for i := range job.Run.Outputs {
		switch o := &job.Run.Outputs[i]; o.Name {
		case pdfName:
			o.Pages = got.drawn.Pages
		case lettersName:
			o.Pages = got.letters.Pages
		}
	}
	job.Run.Checks = runChecks(job.Report.Checks)
	if err := job.Run.Write(work); err != nil {
		return Result{}, err
	}
	syncDir(work)
	if err := setAside(folder); err != nil {
		return Result{}, err
	}
	if err := os.Rename(work, folder); err != nil {
		return Result{}, fmt.Errorf("publishing %s: %w", job.Run.ID, err)
	}
	syncDir(job.Dir)
	res := Result{Run: job.Run, Folder: folder}
	defer job.timed("refreshing the current copies")()
	return res, refreshCopies(&res, job)
}

// describeAll tells what the finished files are.
func (job *Job) describeAll(work string, names []string) ([]RunOutput, error) {
	outputs := make([]RunOutput, len(names))
	for i, name := range names {
		var err error
		var made bool
		if outputs[i], made = job.made.of(name); !made {
			if outputs[i], err = describe(work, name); err != nil {
				return nil, err
			}
		}
	}
	return outputs, nil
}

// setAside hides a damaged folder that stands where this run belongs: its notes
// have been recovered, and whoever wants to look at the rest can.
func setAside(folder string) error {
	if _, err := os.Stat(folder); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	hidden := filepath.Join(filepath.Dir(folder), damagedPrefix+filepath.Base(folder))
	for n := 1; ; n++ {
		to := fmt.Sprintf("%s-%d", hidden, n)
		if _, err := os.Stat(to); errors.Is(err, os.ErrNotExist) {
			return os.Rename(folder, to)
		}
	}
}

// removeStaleWork clears what killed runs left. The lock is held, so no other
// run is writing.
func removeStaleWork(dir string) {
	stale, _ := filepath.Glob(filepath.Join(dir, workPrefix+"*"))
	for _, folder := range stale {
		os.RemoveAll(folder)
	}
}
