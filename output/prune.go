package output

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// Prune removes the oldest run folders until keep are left, and as many of
// failed runs. It leaves a run whose notes nothing has carried on yet, one that
// wrote a workbook which people have saved, one whose folder holds a workbook
// that was saved since its notes were read, and the run that changes are
// counted from. Runs are all good ones, this one's among them, oldest first. It
// returns the folders that are gone; an error is one folder that could not be
// removed, the others are.
func Prune(dir string, keep int, runs []Run, notes *Notes) (gone []string, err error) {
	needed := neededRuns(runs, notes)
	for _, r := range runs[:max(0, len(runs)-keep)] {
		if needed[r.ID] || notes.savedSince(dir, r) {
			continue
		}
		gone, err = remove(gone, err, dir, r.ID)
	}
	failed, _ := os.ReadDir(filepath.Join(dir, failedDir)) // in order of time: their names are times
	for _, e := range failed[:max(0, len(failed)-keep)] {
		gone, err = remove(gone, err, dir, path.Join(failedDir, e.Name()))
	}
	return gone, err
}

// neededRuns are those that the next night reads: the end of the chain of
// notes, the run that changes are counted from, and the runs that wrote
// workbooks which people have saved.
func neededRuns(runs []Run, notes *Notes) map[string]bool {
	needed := map[string]bool{}
	if r, ok := newestNotes(runs); ok {
		needed[r.ID] = true
	}
	if len(runs) > 0 {
		newest := runs[len(runs)-1]
		needed[newest.ID] = true
		if r, ok := Previous(runs, newest.AsOf); ok {
			needed[r.ID] = true
		}
	}
	for file, memory := range notes.read {
		if path.Dir(file) != memory.run { // one in its own folder goes with it: it has been read
			needed[memory.run] = true
		}
	}
	return needed
}

// savedSince tells whether a run's folder holds a workbook that is neither as
// it was published nor as it was when its notes were read, or one whose notes
// cannot be read.
func (n *Notes) savedSince(dir string, r Run) bool {
	names, err := workbooksIn(filepath.Join(dir, r.ID))
	if err != nil {
		return true
	}
	if copies, err := unreadCopies(dir, r.ID); err != nil || len(copies) > 0 {
		return true
	}
	for _, name := range names {
		wrote, _ := r.output(name)
		b, err := describeBook(dir, path.Join(r.ID, name), wrote)
		published := slices.ContainsFunc(r.Outputs, func(o RunOutput) bool { return o.SHA256 == b.hash })
		if err != nil || !published && b.hash != n.hashes[b.file] {
			return true
		}
	}
	return false
}

// remove takes a folder out of sight by one rename before it is emptied: a
// killed run leaves no half run folder, and the next one clears the rest.
func remove(gone []string, before error, dir, name string) ([]string, error) {
	hidden := filepath.Join(dir, fmt.Sprintf("%s%d-gone", workPrefix, os.Getpid()))
	if err := os.Rename(filepath.Join(dir, filepath.FromSlash(name)), hidden); err != nil {
		return gone, fmt.Errorf("removing the old run %s: %w", name, err)
	}
	if err := os.RemoveAll(hidden); err != nil {
		return gone, fmt.Errorf("removing the old run %s: %w", name, err)
	}
	return append(gone, name), before
}
