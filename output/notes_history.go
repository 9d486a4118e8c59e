package output

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"time"
)

// A history is what can be known of earlier runs' notes.
type history struct {
	whole  []Run     // runs whose run.json can be read, but for those whose notes must be recovered
	newest Run       // whose notes are carried on; zero: there is none
	lines  []note    // of the newest
	lost   []lostRun // newest damaged ones
	old    []string  // damaged folders that no run needs any more
}

// A lostRun is one whose notes are damaged and may be the newest: nothing else
// has carried them on.
type lostRun struct {
	id    string
	cause error
}

var runFolder = regexp.MustCompile(`^\d{4}-\d\d-\d\d-[0-9a-f]{8}$`)

// findHistory finds the newest notes that are whole, and the runs after them
// whose notes are not.
func findHistory(dir string, runs []Run) (history, error) {
	h := history{whole: slices.Clone(runs)}
	if err := h.findDamaged(dir); err != nil {
		return h, err
	}
	for {
		newest, ok := newestNotes(h.whole)
		if !ok {
			return h, nil
		}
		lines, err := readNotes(dir, newest)
		if err == nil {
			h.newest, h.lines = newest, lines
			return h, nil
		}
		h.lost = append(h.lost, lostRun{newest.ID, err})
		h.whole = slices.DeleteFunc(h.whole, func(r Run) bool { return r.ID == newest.ID })
	}
}

// findDamaged looks for run folders whose run.json cannot be read. One is lost
// if it may be the newest: its date is not before that of every good run, and
// none of them carried its notes on.
func (h *history) findDamaged(dir string) error {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("looking for notes: %w", err)
	}
	newest := ""
	carriedOn := map[string]bool{}
	for _, r := range h.whole {
		newest = max(newest, r.AsOf)
		carriedOn[r.NotesOf] = true
		for _, id := range r.Recovered {
			carriedOn[id] = true
		}
	}
	for _, e := range entries {
		id := e.Name()
		if !e.IsDir() || !runFolder.MatchString(id) || slices.ContainsFunc(h.whole, func(r Run) bool { return r.ID == id }) {
			continue
		}
		if carriedOn[id] || id[:len(time.DateOnly)] < newest {
			h.old = append(h.old, id)
			continue
		}
		holds, err := os.ReadDir(filepath.Join(dir, id))
		if err == nil && len(holds) == 0 { // no run left it so: it has nothing to lose
			continue
		}
		run, err := ReadRun(filepath.Join(dir, id))
		if err == nil {
			err = fmt.Errorf("run.json is that of run %s", run.ID)
		}
		h.lost = append(h.lost, lostRun{id, err})
	}
	return nil
}

// damagedFolders are those that do not stand among the whole runs.
func (h history) damagedFolders() []string {
	folders := slices.Clone(h.old)
	for _, l := range h.lost {
		folders = append(folders, l.id)
	}
	return folders
}

// mustRecover tells whether a run is one whose notes are lost.
func (h history) mustRecover(id string) bool {
	return slices.ContainsFunc(h.lost, func(l lostRun) bool { return l.id == id })
}

// ignored tells whether a file stands in a damaged folder that others carried
// on: what it holds is of no use, but nobody removes it either.
func (h history) ignored(file string) bool { return slices.Contains(h.old, path.Dir(file)) }
