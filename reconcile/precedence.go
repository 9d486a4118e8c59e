package reconcile

import (
	"cmp"
	"strconv"
)

// comparePlaces orders sources as a person would look them up. It makes "the
// first row" mean the same whatever the order in which files were read.
func comparePlaces(a, b Source) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row))
}

// compareRecords orders rows as they follow each other in their files. The sheets
// of a workbook stand in the order that people gave them, not in that of their
// names.
func compareRecords(a, b *Record) int {
	return cmp.Or(cmp.Compare(a.Source.File, b.Source.File), cmp.Compare(a.SheetAt, b.SheetAt), comparePlaces(a.Source, b.Source))
}

// place is file!sheet:row, the way messages name a row.
func place(s Source) string {
	at := s.File
	if s.Sheet != "" {
		at += "!" + s.Sheet
	}
	return at + ":" + strconv.Itoa(s.Row)
}

// rank sorts the usable records so that a value stands before those it
// overrules: the newest export first, and within one file the first row.
func (p *planning) rank(records []int32) {
	compare := func(a, b int32) int {
		x, y := &p.in.Records[a], &p.in.Records[b]
		if c := cmp.Compare(p.exported[b], p.exported[a]); c != 0 {
			return c
		}
		return cmp.Or(compareRecords(x, y), cmp.Compare(a, b))
	}
	if !sortedSideBySide(records, compare) {
		sortSideBySide(records, compare)
	}
}
