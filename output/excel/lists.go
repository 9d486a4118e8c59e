package excel

import (
	"fmt"
	"strconv"

	"cspplan/report"
)

// The hidden sheet Lists makes the workbook readable by the next run, in any
// language and after columns were moved. Row 1 holds English headings; below
// stand three blocks of text, each ending at its first blank row:
//
//	A, B      property and value: run, as_of, language, version
//	D, E, F   list (decision, choice, owner), word, and the label that people see;
//	          F is the source of the drop-downs
//	H … M     sheet, table, column (number from 1), heading, field (column code), edit kind
const (
	propertyColumn = 1
	wordColumn     = 4
	fieldColumn    = 8

	firstListRow    = 2
	propertyHeading = "property" // A1, by which the sheet is known
)

// Lists of words in the block D to F, in this order.
var wordLists = []struct {
	edit   report.EditKind
	prefix string // of the labels
	words  []string
}{
	{report.EditDecision, "decision.", []string{"move", "early", "wait", "no", "leaves", "done"}},
	{report.EditChoice, "choice.", []string{"use", "never"}},
}

// writeLists fills the sheet Lists.
func (b *book) writeLists() error {
	err := b.fillBlocks(b.lists, []block{
		{propertyColumn, []string{propertyHeading, "value"}, b.properties()},
		{wordColumn, []string{"list", "word", "label"}, b.words()},
		{fieldColumn, []string{"sheet", "table", "column", "heading", "field", "edit"}, b.fields()},
	})
	if err != nil {
		return fmt.Errorf("sheet %s: %w", b.lists, err)
	}
	return b.protect(b.lists)
}

// A block is a table on a hidden sheet: its first column, headings and rows.
type block struct {
	column   int
	headings []string
	rows     [][]string
}

// fillBlocks writes blocks side by side. Every cell is text.
func (b *book) fillBlocks(sheet string, blocks []block) error {
	for _, k := range blocks {
		for i, row := range append([][]string{k.headings}, k.rows...) {
			for j, text := range row {
				if err := b.f.SetCellStr(sheet, cellName(k.column+j, i+1), b.plain(text)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// properties say where the workbook comes from. The run id names the notes.csv
// that holds what was written into it.
func (b *book) properties() [][]string {
	return [][]string{
		{"run", b.r.RunID}, {"as_of", b.r.AsOf.String()}, {"language", b.r.Text.Lang}, {"version", b.r.Version},
	}
}

// words are the entries of the drop-downs.
func (b *book) words() [][]string {
	var rows [][]string
	for _, list := range wordLists {
		for _, word := range list.words {
			rows = append(rows, []string{string(list.edit), word, b.r.Text.Label(list.prefix + word)})
		}
	}
	for _, owner := range b.r.Owners {
		rows = append(rows, []string{string(report.EditOwner), owner, owner})
	}
	return rows
}

// dropDown is the range that holds the labels of a list, as a reference; false
// if the list is empty.
func (b *book) dropDown(kind report.EditKind) (string, bool) {
	first, last := 0, 0
	for i, row := range b.words() {
		if row[0] != string(kind) {
			continue
		}
		if first == 0 {
			first = firstListRow + i
		}
		last = firstListRow + i
	}
	column := columnName(wordColumn + 2)
	return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted(b.lists), column, first, column, last), first > 0
}

// fields map the headings of every list sheet to the columns' codes.
func (b *book) fields() [][]string {
	var rows [][]string
	for _, s := range b.sheets {
		for i, c := range s.table.Columns {
			rows = append(rows, []string{s.name, s.table.ID, strconv.Itoa(i + 1), headingOf(c), c.Code, string(c.Edit)})
		}
	}
	return rows
}
