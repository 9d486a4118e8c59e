package output

import (
	"maps"
	"path/filepath"
	"slices"

	"cspplan/output/excel"
)

// maxPutBack bounds the list of edits on columns that are rewritten: after a
// replace-all over the whole sheet nobody needs each of them.
const maxPutBack = 1000

// putBack lists edits on the columns of Plan that the input alone decides. What
// stood there is read from the same run's workbook as it was published; if
// nobody has that any more, the edits cannot be told.
func (r *bookReading) putBack(dir string, bases *bases) error {
	original, ok := bases.original(r.edits.Run)
	if !ok {
		if !r.gone {
			r.n.warn(r.name, "put-back-unknown", "edits on columns that are not yellow cannot be listed: run %s's own workbook was changed too", r.edits.Run)
		}
		return nil
	}
	was, err := excel.ReadEdits(original, filepath.ToSlash(original))
	if err != nil {
		return err
	}
	keys := differing(r.edits, was)
	if len(keys) == 0 {
		return nil
	}
	if len(keys) > maxPutBack {
		r.n.warn(r.name, "put-back-many", "columns that are not yellow were changed on %d rows; the first %d are listed", len(keys), maxPutBack)
		keys = keys[:maxPutBack]
	}
	wanted := map[string]bool{}
	for _, key := range keys {
		wanted[key] = true
	}
	before, err := excel.ReadFixed(original, filepath.ToSlash(original), wanted)
	if err != nil {
		return err
	}
	after, err := excel.ReadFixed(filepath.Join(dir, filepath.FromSlash(r.file.file)), r.name, wanted)
	if err != nil {
		return &UnreadableBookError{File: r.name, Err: err}
	}
	for _, key := range keys {
		r.putBackRow(key, before[key], after[key])
	}
	return nil
}

// putBackRow lists the cells of one row that differ.
func (r *bookReading) putBackRow(key string, before, after map[string]excel.FixedCell) {
	for _, code := range slices.Sorted(maps.Keys(after)) {
		now, was := after[code], before[code]
		if now.Text == was.Text {
			continue
		}
		line := note{
			cell: noteCell{"row", key, code}, value: now.Text, by: r.edits.By, when: r.file.when(),
			state: statePutBack, why: was.Text, facts: noteFacts{Heading: now.Heading, File: r.file.file},
		}
		known := slices.ContainsFunc(r.n.putBack, func(p note) bool { return p.cell == line.cell && p.value == line.value })
		if !known {
			r.n.putBack = append(r.n.putBack, line)
		}
	}
}

// differing are the keys of the rows of Plan whose other cells are not what
// they were, in the order of the edited workbook. Rows that the run did not
// write are people's own.
func differing(edited, original excel.Edits) []string {
	sums := map[string]uint64{}
	for _, s := range original.Sheets {
		if s.Scope == "row" {
			for i := range s.Rows {
				sums[s.Rows[i].Key] = s.Rows[i].Fixed
			}
		}
	}
	var keys []string
	seen := map[string]bool{}
	for _, s := range edited.Sheets {
		if s.Scope != "row" {
			continue
		}
		for i := range s.Rows {
			row := &s.Rows[i]
			if sum, ok := sums[row.Key]; ok && sum != row.Fixed && !seen[row.Key] {
				seen[row.Key] = true
				keys = append(keys, row.Key)
			}
		}
	}
	return keys
}

// original is the path of a run's workbook if it is as it was published.
func (b *bases) original(id string) (string, bool) {
	run, ok := b.run(id)
	if !ok {
		return "", false
	}
	path := filepath.Join(b.dir, id, workbookName)
	hash, err := hashFile(path)
	if err != nil {
		return "", false
	}
	for _, o := range run.Outputs {
		if o.Name == workbookName && o.SHA256 == hash {
			return path, true
		}
	}
	return "", false
}
