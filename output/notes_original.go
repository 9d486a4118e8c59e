package output

import (
	"path/filepath"
	"strings"

	"cspplan/output/excel"
)

// original finds the workbook that an edited one was made of, as its run published
// it, and reads it. That is the one of its name; who renamed a copy has that of the
// part whose rows it holds, else the one of all. The path is empty if nobody has it
// any more as it was.
func (b *bases) original(name string, edited excel.Edits) (path string, was excel.Edits, err error) {
	run, ok := b.run(edited.Run)
	if !ok {
		return "", was, nil
	}
	if o, own := run.output(name); own {
		return b.untouched(run, o)
	}
	keys := planKeys(edited)
	for _, o := range run.Outputs {
		if len(keys) == 0 || !strings.HasPrefix(o.Name, partPrefix) || filepath.Ext(o.Name) != ".xlsx" {
			continue
		}
		path, was, err := b.untouched(run, o)
		if err != nil || path != "" && holdsAll(was, keys) {
			return path, was, err
		}
	}
	o, _ := run.output(workbookName)
	return b.untouched(run, o)
}

// untouched reads a workbook of a run if it stands in its folder, or as the current
// copy, as it was published.
func (b *bases) untouched(run Run, o RunOutput) (string, excel.Edits, error) {
	for _, path := range []string{filepath.Join(b.dir, run.ID, o.Name), filepath.Join(b.dir, o.Name)} {
		if hash, err := hashFile(path); err == nil && hash == o.SHA256 {
			was, err := excel.ReadEdits(path, filepath.ToSlash(path))
			return path, was, err
		}
	}
	return "", excel.Edits{}, nil
}

// planKeys are the keys of the rows on Plan.
func planKeys(e excel.Edits) map[string]bool {
	keys := map[string]bool{}
	for _, s := range e.Sheets {
		if excel.Scope(s.Table) != "row" {
			continue
		}
		for i := range s.Rows {
			if key := s.Rows[i].Key; key != "" {
				keys[key] = true
			}
		}
	}
	return keys
}

// holdsAll tells whether a workbook has rows with all of the keys on Plan.
func holdsAll(e excel.Edits, keys map[string]bool) bool {
	held := planKeys(e)
	for key := range keys {
		if !held[key] {
			return false
		}
	}
	return true
}
