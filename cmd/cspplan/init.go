package main

import (
	"bytes"
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"cspplan/reconcile"
)

// example is a folder that works at once. Its files are templates: dates stand
// in braces and are laid out around the day of init, so that the example never
// grows stale; a file ending in .xlsx.tsv becomes a workbook.
//
//go:embed all:example
var example embed.FS

type initCmd struct {
	Dir  string `arg:"" help:"New folder to write."`
	AsOf string `name:"as-of" help:"Lay the example's dates out around this day; default today." placeholder:"YYYY-MM-DD"`
}

// Run writes the example. It never overwrites: an existing folder that holds
// anything is left alone.
func (c *initCmd) Run(term terminal) error {
	s := defaults()
	asOf, err := asOfDate(c.AsOf, &s, term.Now())
	if err != nil {
		return err
	}
	entries, err := os.ReadDir(c.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return usage(fmt.Errorf("init: %w", err), "name a new folder")
	}
	if len(entries) > 0 {
		return usage(fmt.Errorf("init: %s exists and is not empty", c.Dir), "nothing was written; name a new folder")
	}
	n, err := writeExample(c.Dir, asOf)
	if err != nil {
		return fail(exitOutput, fmt.Errorf("init: %w", err), fmt.Sprintf("check that %s can be written", c.Dir))
	}
	fmt.Fprintf(term.Out, "Wrote %d files to %s: settings, exports of several real formats, a price list, an offer alias.\nNext:  cd %s && cspplan run\n", n, c.Dir, c.Dir)
	return nil
}

// writeExample fills dir and returns the number of files. Each file is dated to
// the as-of day, since the date of an export decides which source is newer.
func writeExample(dir string, asOf reconcile.Date) (files int, err error) {
	err = fs.WalkDir(example, "example", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := example.ReadFile(name)
		if err != nil {
			return err
		}
		target := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(name, "example/")))
		b = fillDates(b, asOf)
		if base, ok := strings.CutSuffix(target, ".tsv"); ok {
			target = base
			if b, err = workbookOf(b, path.Base(filepath.ToSlash(base)), asOf); err != nil {
				return err
			}
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(target, b, 0o600); err != nil {
			return err
		}
		files++
		return os.Chtimes(target, asOf.Time(), asOf.Time())
	})
	return files, err
}

// placeholder is {style:expression}: a date in the writing of one export.
// Expressions are days from the as-of day (+24, -4), or the end or start of a
// month from now (eom+2, som-1), each optionally less 365 days. {year+1} is a
// year, {month+4} a month and its year.
var placeholder = regexp.MustCompile(`\{(?:(\w+):)?(eom|som|year|month)?([+-]\d+)?(-365)?\}`)

// dateStyles is how each kind of export writes a day.
var dateStyles = map[string]string{
	"iso": "2006-01-02", "it": "02/01/2006", "de": "02.01.2006",
	"us": "1/2/2006 15:04", "bam": "01/02/2006 15:04:05", "z": "2006-01-02T15:04:05.0000000Z",
}

func fillDates(b []byte, asOf reconcile.Date) []byte {
	return placeholder.ReplaceAllFunc(b, func(found []byte) []byte {
		parts := placeholder.FindSubmatch(found)
		unit := string(parts[2])
		n, _ := strconv.Atoi(string(parts[3]))
		day := moved(asOf, unit, n)
		if len(parts[4]) > 0 {
			day -= 365
		}
		switch layout, known := dateStyles[string(parts[1])]; {
		case unit == "year":
			return strconv.AppendInt(nil, int64(asOf.Time().Year()+n), 10)
		case unit == "month":
			return []byte(asOf.FirstOfMonth().AddMonths(n).Time().Format("01/2006"))
		case known:
			return []byte(day.Time().Format(layout))
		}
		return []byte(day.String()) // xl: workbookOf turns it into a date cell
	})
}

func moved(asOf reconcile.Date, unit string, n int) reconcile.Date {
	switch unit {
	case "som":
		return asOf.FirstOfMonth().AddMonths(n)
	case "eom":
		return asOf.FirstOfMonth().AddMonths(n+1) - 1
	}
	return asOf + reconcile.Date(n)
}

// workbookOf makes a workbook of a tab-separated template: numbers and days
// become real ones, as a person's spreadsheet holds them.
func workbookOf(tsv []byte, name string, asOf reconcile.Date) ([]byte, error) {
	reader := csv.NewReader(bytes.NewReader(tsv))
	reader.Comma, reader.FieldsPerRecord, reader.LazyQuotes = '\t', -1, true
	rows, err := reader.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("example %s: %w", name, err)
	}
	f := excelize.NewFile()
	defer f.Close()
	const sheet = "Abos"
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return nil, err
	}
	format := "dd.mm.yyyy"
	dates, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return nil, err
	}
	for r, row := range rows {
		for c, cell := range row {
			ref, _ := excelize.CoordinatesToCellName(c+1, r+1)
			if err := setExampleCell(f, sheet, ref, cell, dates); err != nil {
				return nil, fmt.Errorf("example %s, %s: %w", name, ref, err)
			}
		}
	}
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "cspplan", Created: asOf.Time().Format(time.RFC3339), Modified: asOf.Time().Format(time.RFC3339)}); err != nil {
		return nil, err
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// setExampleCell writes {num:…} as a number and a day as a date cell.
func setExampleCell(f *excelize.File, sheet, ref, cell string, dates int) error {
	if number, ok := strings.CutPrefix(cell, "{num:"); ok {
		v, err := strconv.ParseFloat(strings.TrimSuffix(number, "}"), 64)
		if err != nil {
			return err
		}
		return f.SetCellFloat(sheet, ref, v, -1, 64)
	}
	if day, err := reconcile.ParseDate(cell); err == nil && day.Known() {
		if err := f.SetCellValue(sheet, ref, day.Time()); err != nil {
			return err
		}
		return f.SetCellStyle(sheet, ref, ref, dates)
	}
	if cell == "" {
		return nil
	}
	return f.SetCellStr(sheet, ref, cell)
}
