package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"path/filepath"

	"cspplan/input/sheet"
)

type catCmd struct {
	File string `arg:"" help:"CSV or XLSX file."`
	JSON bool   `name:"json" help:"The same: JSON Lines is the only form."`
}

// catRow is one line of `cat`: a row as it is read, before any meaning.
type catRow struct {
	File  string   `json:"file"`
	Sheet string   `json:"sheet"`
	Row   int      `json:"row"`
	Cells []string `json:"cells"`
	Fault string   `json:"fault,omitempty"`
}

// Run prints every row of every sheet, hidden sheets included.
func (c *catCmd) Run(term terminal) error {
	name := filepath.ToSlash(c.File)
	book, err := sheet.Open(c.File, name, sheet.Options{})
	if err != nil {
		return refusedFile(term, name, err, true)
	}
	defer book.Close()
	w := bufio.NewWriter(term.Out)
	defer w.Flush()
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, s := range book.Sheets {
		for row, err := range s.Rows() {
			if err != nil {
				w.Flush()
				return refusedFile(term, name, err, true)
			}
			line := catRow{File: name, Sheet: s.Name, Row: row.Number, Cells: make([]string, len(row.Cells)), Fault: row.Fault}
			for i, cell := range row.Cells {
				line.Cells[i] = cell.Text
			}
			if err := enc.Encode(line); err != nil {
				return fmt.Errorf("printing rows: %w", err)
			}
		}
	}
	return nil
}

// refusedFile reports a file that cannot be read, as JSON on standard output
// where that was asked for, and always on standard error.
func refusedFile(term terminal, name string, err error, asJSON bool) error {
	refusal := asRefusal(err)
	if asJSON {
		json.NewEncoder(term.Out).Encode(map[string]any{"file": name, "refused": refusal})
	}
	return &failure{code: exitInput, err: err, hint: "Nothing was written.", word: refusal.Code}
}
