package output

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

// pdfName is the PDF in a run's folder and its current copy.
const pdfName = "csp-plan.pdf"

// planFiles are the reports of a run's folder that people open: the workbook
// and the PDF that cover everybody first, then those of parts, calendars, letters.
func planFiles(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	names := []string{workbookName, pdfName}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), partPrefix) || isLetters(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// isPlanFile tells a report that people open from the files that programs read.
func isPlanFile(name string) bool {
	return name == workbookName || name == pdfName || strings.HasPrefix(name, partPrefix) || isLetters(name)
}

// copiesAtOnce is how many current copies are replaced side by side: one that waits
// for the disk leaves the other time, and no more than two need room beside what
// they replace.
const copiesAtOnce = 2

// refreshCopies replaces the current copies in the output folder, each whole. A
// copy that is open in a spreadsheet program is left alone, and so is a workbook
// that somebody saved while the run was under way: the run folder has the new one,
// and what was written is read the next night.
func refreshCopies(res *Result, job *Job) error {
	if job.Run.AsOf < job.Newest {
		return nil
	}
	var names []string
	for _, o := range res.Run.Outputs {
		if isPlanFile(o.Name) {
			names = append(names, o.Name)
		}
	}
	left := make([]bool, len(names))
	group, running := errgroup.WithContext(context.Background()) // after one that fails no other is begun
	group.SetLimit(copiesAtOnce)
	for n, name := range names {
		group.Go(func() (err error) {
			defer asError("copy of "+name, &err)
			if left[n] = job.leavesAlone(name); left[n] || running.Err() != nil {
				return nil
			}
			return job.refreshCopy(res.Folder, name)
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for n, name := range names {
		if left[n] {
			res.Left = append(res.Left, name)
		} else {
			res.Copies = append(res.Copies, name)
		}
	}
	removeOldParts(res, job)
	removeOldFiles(res, job)
	syncDir(job.Dir)
	return nil
}

// refreshCopy replaces one current copy. One that people saved is kept.
func (job *Job) refreshCopy(folder, name string) error {
	if err := keepSaved(folder, job, name); err != nil {
		return fmt.Errorf("keeping the copy that people saved: %w", err)
	}
	if err := job.replaceCopy(folder, name); err != nil {
		return fmt.Errorf("%w: %w", ErrCopies, err)
	}
	return nil
}

// beginCopy copies the workbook of the work folder already, to where the current
// copy grows: the last step of a run would have but one processor and the disk to
// wait for. What goes wrong here goes wrong again, and is told, when the copies are
// refreshed. Where the plan is split, much is still to be written, and must find
// room on the disk first.
func (job *Job) beginCopy(work string) {
	if job.splits() || job.Run.AsOf < job.Newest || job.leavesAlone(workbookName) {
		return
	}
	err := copyFile(filepath.Join(work, workbookName), growing(job.Dir, workbookName))
	job.copyBegun = err == nil
}

// replaceCopy puts a file of the run's folder in the place of its current copy.
func (job *Job) replaceCopy(folder, name string) error {
	if name == workbookName && job.copyBegun {
		job.copyBegun = false
		return takePlace(growing(job.Dir, name), filepath.Join(job.Dir, name))
	}
	return replace(filepath.Join(folder, name), filepath.Join(job.Dir, name), job.Dir)
}

// savedDir is where a run's folder keeps the workbooks that people had saved and
// whose place it took.
const savedDir = "saved"

// keepSaved puts a current copy that people saved into the run's folder before
// it is replaced. What they wrote in the yellow columns is in the notes; sheets
// of their own, comments and remarks beside the lists stand nowhere else.
func keepSaved(folder string, job *Job, name string) error {
	if job.Notes == nil {
		return nil
	}
	read, ok := job.Notes.read[name]
	if !ok {
		return nil
	}
	to := filepath.Join(folder, savedDir)
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	return replace(filepath.Join(job.Dir, name), filepath.Join(to, read.hash[:8]+"-"+name), job.Dir)
}

// leavesAlone tells whether a current copy stays what it is: somebody has it
// open, or saved it since its notes were read.
func (job *Job) leavesAlone(name string) bool {
	return isOpen(job.Dir, name) || strings.HasSuffix(name, ".xlsx") && job.Notes.unread(job.Dir, name)
}

// removeOldParts takes away the current copies of parts that this run does not
// have, such as those of an owner who left: they would look current. One that
// somebody has written in, or has open, stays.
func removeOldParts(res *Result, job *Job) {
	for _, name := range job.Notes.publishedParts() {
		current := slices.ContainsFunc(res.Run.Outputs, func(o RunOutput) bool { return o.Name == name })
		if !current && !isOpen(job.Dir, name) && !job.Notes.unread(job.Dir, name) {
			os.Remove(filepath.Join(job.Dir, name))
		}
	}
}

// removeOldFiles takes away the current copies of calendars and letters that this
// run does not have. A file that is not what the newest run wrote is somebody's own.
func removeOldFiles(res *Result, job *Job) {
	for _, o := range job.Before {
		path := filepath.Join(job.Dir, o.Name)
		if _, current := res.Run.output(o.Name); current || !isPlanFile(o.Name) || filepath.Ext(o.Name) == ".xlsx" || isOpen(job.Dir, o.Name) {
			continue
		}
		if hash, err := hashFile(path); err == nil && hash == o.SHA256 {
			os.Remove(path)
		}
	}
}

// isOpen looks for the files by which Excel and LibreOffice say that somebody
// has a document open.
func isOpen(dir, name string) bool {
	for _, mark := range []string{"~$" + name, ".~lock." + name + "#"} {
		if _, err := os.Stat(filepath.Join(dir, mark)); err == nil {
			return true
		}
	}
	return false
}
