package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"cspplan/input"
	"cspplan/input/sheet"
)

type catCmd struct {
	File   string `arg:"" help:"CSV or XLSX file, or a zip archive of them."`
	Config string `short:"c" help:"Settings file (default: ./cspplan.yaml if it exists), for limits, encoding and delimiter." placeholder:"FILE"`
	JSON   bool   `name:"json" help:"The same: JSON Lines is the only form."`
}

// catRow is one line of `cat`: a row as it is read, before any meaning.
type catRow struct {
	File  string   `json:"file"`
	Sheet string   `json:"sheet"`
	Row   int      `json:"row"`
	Cells []string `json:"cells"`
	Fault string   `json:"fault,omitempty"`
}

// Run prints every row of every sheet, hidden sheets included. Of an archive
// every file is printed, those that cannot be read as their refusals.
func (c *catCmd) Run(ctx context.Context, term terminal) error {
	s, err := loadSettings(c.Config)
	if err != nil {
		return err
	}
	opt := s.readOptions(0)
	name := s.shown(c.File)
	f, err := sheet.OpenFile(ctx, c.File, name, opt.Limits)
	if err != nil {
		return refusedFile(term, name, err, true)
	}
	defer f.Close()
	files, archive, err := f.Files()
	switch {
	case err != nil:
		return refusedFile(term, name, err, true)
	case !archive:
		files = []*sheet.File{f}
	}
	var refused error
	for _, file := range files {
		if archive && input.WhyLeftOutOfArchive(strings.TrimPrefix(file.Name(), name+"/")) != "" {
			continue
		}
		rule := opt.RuleFor(file.Name(), name)
		err := catBook(term, file, sheet.Options{Encoding: rule.Encoding, Delimiter: rule.Delimiter})
		var refusal *sheet.Refusal
		switch {
		case errors.As(err, &refusal):
			refused = refusedFile(term, file.Name(), err, true)
		case err != nil:
			return err
		}
	}
	return refused
}

// catBook prints the rows of one file.
func catBook(term terminal, f *sheet.File, opt sheet.Options) error {
	book, err := f.Book(opt)
	if err != nil {
		return err
	}
	defer book.Close()
	w := bufio.NewWriterSize(term.Out, 64<<10)
	defer w.Flush()
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, s := range book.Sheets {
		for row, err := range s.Rows() {
			if err != nil {
				return err
			}
			line := catRow{File: f.Name(), Sheet: s.Name, Row: row.Number, Cells: make([]string, len(row.Cells)), Fault: row.Fault}
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
