package output

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"cspplan/output/excel"
	"cspplan/output/pdf"
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
	Records      []reconcile.Record  // for rejected-rows.csv
	Headers      map[string][]string // header cells by HeaderKey
	Notes        *Notes              // what people wrote; nil: nothing is known of it
	Run          Run                 // run.json but for its outputs and totals
	Newest       string              // newest as-of date of any good run: an older one leaves the current copies alone
	Before       []RunOutput         // files of the newest good run: what the current copies may be of
	ProtectLists bool                // protect the list sheets, too: no sorting there
	SplitBy      string              // SplitNone, SplitOwner, SplitCustomer
	Calendars    bool                // write a calendar for each owner
	Paper        string              // a4, letter
	FallbackFont string              // path of a TrueType font for scripts that the text font lacks
	MailFolder   string              // Dir, as readers of the mail reach it; empty: Dir
	// FailedMail is the mail text if the totals differ: the failed folder, below
	// Dir, and why.
	FailedMail func(folder string, cause error) string

	// Progress, unless it is nil, is told now and then how far a file has come.
	// Files are written side by side: it is called from several goroutines.
	Progress func(Progress)
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
		return res, refreshCopies(&res, job)
	}
	work := filepath.Join(job.Dir, fmt.Sprintf("%s%d", workPrefix, os.Getpid()))
	if err := os.MkdirAll(work, 0o700); err != nil {
		return Result{}, fmt.Errorf("making the work folder: %w", err)
	}
	defer os.RemoveAll(work)

	want := plannedTotals(job.Report.Plan)
	job.expectChecks(want)
	got, err := job.write(ctx, work)
	if err != nil {
		return Result{}, err
	}
	if differ := job.differences(want, got); differ != nil {
		return job.publishMarked(ctx, work, differ)
	}
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	return job.finish(work, folder, got)
}

// written is what the reports were found to hold, in the order of checkedFiles.
type written struct {
	files   []fileTotals
	drawn   pdf.Drawn
	letters pdf.Drawn
}

// write fills the work folder. All files are written side by side: they share
// nothing but the report, which none of them changes.
func (job *Job) write(ctx context.Context, work string) (written, error) {
	var got written
	for _, name := range job.checkedFiles() {
		got.files = append(got.files, fileTotals{name: name})
	}
	group, running := errgroup.WithContext(ctx) // one that fails ends the others
	beside := func(writer string, write func() error) {
		group.Go(func() (err error) {
			defer asError(writer, &err)
			return write()
		})
	}
	file := func(name string, fill func(io.Writer) error) {
		beside(name, func() error { return writeTo(filepath.Join(work, name), until(running, fill)) })
	}
	r := job.Report
	beside("workbook", func() (err error) { got.files[1].Totals, err = job.writeWorkbook(running, work); return err })
	beside("PDF", func() (err error) { got.drawn, err = job.writePDF(running, work); return err })
	beside("plan.csv", func() (err error) { got.files[0].Totals, err = job.writePlanCSV(running, work); return err })
	beside("letters", func() (err error) { got.letters, err = job.writeLetters(running, work); return err })
	beside("calendars", func() error { return job.writeCalendars(work) })
	file("rejected-rows.csv", func(w io.Writer) error { return writeRejected(w, r.Plan.Fates, job.Records, job.Headers) })
	file(notesName, func(w io.Writer) error { return writeNotes(w, job.Notes) })
	file(stateName, func(w io.Writer) error { return writeWorkbookState(w, job.Notes, r) })
	file("first-seen.csv", func(w io.Writer) error { return writeFirstSeen(w, r.Plan.Rows) })
	file(exceptionsName, func(w io.Writer) error { return writeExceptions(w, r) })
	if err := group.Wait(); err != nil {
		return got, cmp.Or(ctx.Err(), err)
	}
	got.files[2].Totals = drawnTotals(got.drawn)
	if len(got.files) > 3 {
		var err error
		if got.files[3].Totals, err = job.writeParts(ctx, work); err != nil {
			return got, err
		}
	}
	return got, job.writeMail(work)
}

// writeWorkbook writes csp-plan.xlsx and tells what the file holds.
func (job *Job) writeWorkbook(ctx context.Context, work string) (excel.Totals, error) {
	path := filepath.Join(work, workbookName)
	err := writeTo(path, until(ctx, func(w io.Writer) error {
		_, err := excel.Write(w, job.Report, excel.Options{Tmp: work, ProtectLists: job.ProtectLists, Progress: job.told(workbookName), Stop: ctx.Err})
		return err
	}))
	if err != nil {
		return excel.Totals{}, err
	}
	return excel.ReadBack(ctx, path)
}

// writePDF writes csp-plan.pdf and tells what was drawn.
func (job *Job) writePDF(ctx context.Context, work string) (drawn pdf.Drawn, err error) {
	err = writeTo(filepath.Join(work, pdfName), until(ctx, func(w io.Writer) (err error) {
		drawn, err = pdf.Write(w, job.Report, pdf.Options{Paper: job.Paper, FallbackFont: job.FallbackFont, Progress: job.toldPages(pdfName), Stop: ctx.Err})
		return err
	}))
	return drawn, err
}

// writePlanCSV writes plan.csv and tells what the file holds.
func (job *Job) writePlanCSV(ctx context.Context, work string) (excel.Totals, error) {
	path := filepath.Join(work, "plan.csv")
	if err := writeTo(path, until(ctx, func(w io.Writer) error { return writePlan(w, job.Report) })); err != nil {
		return excel.Totals{}, err
	}
	return csvTotals(path)
}

// ErrCopies means that the run is published, but a current copy of it could not
// be put in its place.
var ErrCopies = errors.New("refreshing the current copy")

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

// differences lists the checks of the written files if any of them differs, or
// if a total that was worked out before writing did.
func (job *Job) differences(want excel.Totals, got written) []report.Check {
	agree := job.Report.Agree
	for _, t := range got.files {
		agree = agree && want.Equal(t.Totals)
	}
	if agree {
		return nil
	}
	return compare(job.Report, want, got.files)
}

// publishMarked writes the reports once more, now saying that the totals
// differ, and puts them where failed runs are kept.
func (job *Job) publishMarked(ctx context.Context, work string, checks []report.Check) (Result, error) {
	for _, c := range checks {
		job.Report.AddCheck(c)
	}
	job.Report.Agree = false
	job.Report.Headline = job.Report.Text.Label("headline.totals_differ")
	job.Report.Alarm = true
	if _, err := job.write(ctx, work); err != nil {
		return Result{}, err
	}
	marked, err := planFiles(work)
	if err != nil {
		return Result{}, err
	}
	for _, name := range marked {
		ext := filepath.Ext(name)
		marked := strings.TrimSuffix(name, ext) + ".do-not-use" + ext
		if err := os.Rename(filepath.Join(work, name), filepath.Join(work, marked)); err != nil {
			return Result{}, err
		}
	}
	job.Run.Checks = runChecks(job.Report.Checks)
	job.Run.Exit, job.Run.Error = 4, ErrTotals.Error()
	folder := failedFolder(job.Dir, job.Run.Started)
	differ := fmt.Errorf("%w: %s", ErrTotals, firstDifference(job.Report.Checks))
	if err := errors.Join(job.Run.Write(work), writeText(work, job.FailedMail(folder, differ))); err != nil {
		return Result{}, err
	}
	if err := keepFailed(work, folder); err != nil {
		return Result{}, err
	}
	return Result{Run: job.Run, Folder: folder}, differ
}

func firstDifference(checks []report.Check) string {
	for _, c := range checks {
		if !c.Agrees() {
			return fmt.Sprintf("%s: in %s, out %s", c.What, shownTotal(c, c.In), shownTotal(c, c.Out))
		}
	}
	return "a written file does not hold the planned rows"
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
	for _, name := range names {
		o, err := describe(work, name)
		if err != nil {
			return Result{}, err
		}
		switch name {
		case pdfName:
			o.Pages = got.drawn.Pages
		case lettersName:
			o.Pages = got.letters.Pages
		}
		job.Run.Outputs = append(job.Run.Outputs, o)
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
	return res, refreshCopies(&res, *job)
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

// glyphsShown is how many characters a warning names: a font that is missing
// lacks thousands.
const glyphsShown = 40

// glyphWarnings says which characters a PDF could not show. The workbook
// shows them all.
func glyphWarnings(file string, d pdf.Drawn) []RunWarning {
	var list []RunWarning
	if n := len(d.MissingGlyphs); n > 0 {
		shown := string(d.MissingGlyphs[:min(n, glyphsShown)])
		if n > glyphsShown {
			shown += "…"
		}
		list = append(list, RunWarning{File: file, Code: "missing-glyphs", Text: fmt.Sprintf(
			"%d characters that no font has (%s) are drawn as a box; name a TrueType font that has them in output.font_fallback", n, shown)})
	}
	if d.Replaced > 0 {
		list = append(list, RunWarning{File: file, Code: "glyphs-beyond", Text: fmt.Sprintf(
			"characters above U+FFFF, such as emoji and rare ideographs, are drawn as a box: %d; the workbook shows them", d.Replaced)})
	}
	if d.Unshaped > 0 {
		list = append(list, RunWarning{File: file, Code: "unshaped-names", Text: fmt.Sprintf(
			"%d names in scripts whose letters are not joined here; the domain, where it is known, stands behind them", d.Unshaped)})
	}
	return list
}

func runChecks(checks []report.Check) []RunCheck {
	var list []RunCheck
	for _, c := range checks {
		list = append(list, RunCheck{What: c.What, In: shownTotal(c, c.In), Out: shownTotal(c, c.Out), Agrees: c.Agrees()})
	}
	return list
}

// shownTotal prints a total with the digits of its currency, invariant.
func shownTotal(c report.Check, n int64) string {
	if c.Digits == 0 {
		return fmt.Sprint(n)
	}
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	s := fmt.Sprintf("%0*d", c.Digits+1, n)
	return sign + s[:len(s)-c.Digits] + "." + s[len(s)-c.Digits:]
}

// Fail keeps run.json and the mail text of a run that published nothing. The
// text may name the folder, which is returned.
func Fail(dir string, run Run, mail func(folder string) string) (string, error) {
	work := filepath.Join(dir, fmt.Sprintf("%s%d", workPrefix, os.Getpid()))
	if err := os.MkdirAll(work, 0o700); err != nil {
		return "", err
	}
	defer os.RemoveAll(work)
	folder := failedFolder(dir, run.Started)
	if err := errors.Join(run.Write(work), writeText(work, mail(folder))); err != nil {
		return "", err
	}
	return folder, keepFailed(work, folder)
}

// failedFolder is failed/<UTC time>; two failures within one second get a
// counter. The lock is held, so the name stays free.
func failedFolder(dir string, started time.Time) string {
	name := filepath.Join(dir, failedDir, started.UTC().Format("2006-01-02T150405Z"))
	folder := name
	for n := 2; ; n++ {
		if _, err := os.Stat(folder); err != nil { // a file in the way of the parent shows when it is made
			return folder
		}
		folder = fmt.Sprintf("%s-%d", name, n)
	}
}

// keepFailed moves a work folder to where failed runs are kept.
func keepFailed(work, folder string) error {
	if err := refuseLink(filepath.Dir(folder)); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(folder), 0o700); err != nil {
		return err
	}
	if err := os.Rename(work, folder); err != nil {
		return err
	}
	syncDir(filepath.Dir(folder))
	return nil
}

// removeStaleWork clears what killed runs left. The lock is held, so no other
// run is writing.
func removeStaleWork(dir string) {
	stale, _ := filepath.Glob(filepath.Join(dir, workPrefix+"*"))
	for _, folder := range stale {
		os.RemoveAll(folder)
	}
}
