package output

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"cspplan/reconcile"
	"cspplan/report"
)

// writeRejected writes rejected-rows.csv. Before each file's rows stands one
// line of code `header` with its header cells, so that a corrected row can be
// read again.
func writeRejected(w io.Writer, plan *reconcile.Plan, ledger []reconcile.LedgerLine, headers map[string][]string) error {
	english, err := report.LoadTexts("en") // machine-readable files are invariant
	if err != nil {
		return err
	}
	c := newCSV(w)
	if err := c.Write([]string{"file", "sheet", "row", "column", "value", "code", "reason", "expected", "cells"}); err != nil {
		return err
	}
	file, sheet := "", ""
	for i := range ledger {
		read := &ledger[i]
		p, rejected := plan.Fates[i].Problem(read.Record)
		if !rejected {
			continue
		}
		source := plan.Source(read.At)
		if source.File != file || source.Sheet != sheet {
			file, sheet = source.File, source.Sheet
			line := []string{Neutral(file), Neutral(sheet), "", "", "", "header", "", ""}
			if err := c.Write(appendNeutral(line, headers[HeaderKey(file, sheet)])); err != nil {
				return err
			}
		}
		line := []string{Neutral(file), Neutral(sheet), strconv.Itoa(source.Row), Neutral(p.Column), Neutral(p.Value), p.Code, english.Label("reject." + p.Code), Neutral(p.Expected)}
		if err := c.Write(appendNeutral(line, read.Record.Cells())); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// HeaderKey names the header row of one sheet of one file.
func HeaderKey(file, sheet string) string { return file + "\x00" + sheet }

func appendNeutral(line, cells []string) []string {
	for _, cell := range cells {
		line = append(line, Neutral(cell))
	}
	return line
}

// eachPlanned calls use for every line of a plan.csv with the cells of the named
// columns, which are good until use returns. A column that an older plan.csv does
// not have is empty.
func eachPlanned(path string, columns []string, use func(cells [][]byte) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := eachOfPlan(newCSVRecords(f), columns, use); err != nil {
		return fmt.Errorf("reading back %s: %w", filepath.Base(path), err)
	}
	return nil
}

func eachOfPlan(records *csvRecords, columns []string, use func(cells [][]byte) error) error {
	header, err := records.next()
	if err != nil {
		return err
	}
	at := make([]int, len(columns))
	for i, name := range columns {
		at[i] = slices.IndexFunc(header, func(cell []byte) bool { return string(cell) == name })
	}
	chosen := make([][]byte, len(columns))
	for {
		cells, err := records.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		for i, k := range at {
			if k >= 0 {
				chosen[i] = cells[k]
			}
		}
		if err := use(chosen); err != nil {
			return err
		}
	}
}
