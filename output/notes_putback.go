package output

import (
	"maps"
	"path"
	"path/filepath"
	"slices"

	"cspplan/output/excel"
)

// maxPutBack bounds the list of edits on columns that are rewritten: after a
// replace-all over the whole sheet nobody needs each of them.
const maxPutBack = 1000

// putBack lists edits on the cells that the input alone decides, on every sheet
// whose rows have a key. What stood there is read from the same run's workbook
// as it was published; if nobody has that any more, the edits cannot be told.
func (r *bookReading) putBack(dir string, bases *bases) error {
	original, was, err := bases.original(path.Base(r.file.file), r.edits)
	if err != nil {
		return err
	}
	if original == "" {
		if !r.gone {
			r.n.warn(r.name, "put-back-unknown", "edits on columns that are not yellow cannot be listed: run %s's own workbook was changed too", r.edits.Run)
		}
		return nil
	}
	rows := differing(r.edits, was)
	if len(rows) == 0 {
		return nil
	}
	if len(rows) > maxPutBack {
		r.n.warn(r.name, "put-back-many", "columns that are not yellow were changed on %d rows; the first %d are listed", len(rows), maxPutBack)
		rows = rows[:maxPutBack]
	}
	wanted := map[excel.RowID]bool{}
	for _, id := range rows {
		wanted[id] = true
	}
	before, err := excel.ReadFixed(original, filepath.ToSlash(original), wanted)
	if err != nil {
		return err
	}
	after, err := excel.ReadFixed(filepath.Join(dir, filepath.FromSlash(r.file.file)), r.name, wanted)
	if err != nil {
		return &UnreadableBookError{File: r.name, Err: err}
	}
	for _, id := range rows {
		for _, cells := range after[id] {
			r.putBackRow(id, before[id][0], cells)
		}
	}
	return nil
}

// putBackRow lists the cells of one row that differ.
func (r *bookReading) putBackRow(id excel.RowID, before, after map[string]excel.FixedCell) {
	for _, code := range slices.Sorted(maps.Keys(after)) {
		now, was := after[code], before[code]
		if now.Text == was.Text {
			continue
		}
		line := note{
			cell: noteCell{excel.Scope(id.Table), id.Key, code}, value: now.Text, by: r.edits.By, when: r.file.when(),
			state: statePutBack, why: was.Text, facts: noteFacts{
				Heading: now.Heading, File: r.file.file, Table: id.Table, Customer: before["customer"].Text, Offer: before["current_offer"].Text,
			},
		}
		known := slices.ContainsFunc(r.n.putBack, func(p note) bool {
			return p.cell == line.cell && p.value == line.value && p.facts.Table == line.facts.Table
		})
		if !known {
			r.n.putBack = append(r.n.putBack, line)
		}
	}
}

// differing are the rows whose fixed cells are not what they were, in the order
// of the edited workbook. Rows that the run did not write are people's own; of
// rows that share a key it cannot be told which is which.
func differing(edited, original excel.Edits) []excel.RowID {
	sums, twice := map[excel.RowID]uint64{}, map[excel.RowID]bool{}
	for _, s := range original.Sheets {
		for i := range s.Rows {
			id := excel.RowID{Table: s.Table, Key: s.Rows[i].Key}
			_, twice[id] = sums[id]
			sums[id] = s.Rows[i].Fixed
		}
	}
	var rows []excel.RowID
	seen := map[excel.RowID]bool{}
	for _, s := range edited.Sheets {
		for i := range s.Rows {
			id := excel.RowID{Table: s.Table, Key: s.Rows[i].Key}
			if sum, ok := sums[id]; ok && sum != s.Rows[i].Fixed && !seen[id] && !twice[id] {
				seen[id] = true
				rows = append(rows, id)
			}
		}
	}
	return rows
}
