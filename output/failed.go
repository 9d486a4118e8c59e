package output

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"cspplan/output/excel"
	"cspplan/report"
)

// publishMarked writes the reports once more, now saying that the totals
// differ, and puts them where failed runs are kept.
func (job *Job) publishMarked(ctx context.Context, work string, want excel.Totals, checks []report.Check) (Result, error) {
	for _, c := range checks {
		job.Report.AddCheck(c)
	}
	job.Report.Agree = false
	job.Report.Headline = job.Report.Text.Label("headline.totals_differ")
	job.Report.Alarm = true
	if _, err := job.write(ctx, work, want); err != nil {
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
