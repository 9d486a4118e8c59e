package output

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/gocarina/gocsv"

	"cspplan/reconcile"
	"cspplan/report"
)

// newCSV writes the way spreadsheets and RFC 4180 expect: comma, CRLF.
func newCSV(w io.Writer) *csv.Writer {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	return c
}

// writePlan writes plan.csv: one row per planned subscription, in plan order.
func writePlan(w io.Writer, r *report.Report) error {
	c := newCSV(w)
	if err := c.Write(r.PlanHeader()); err != nil {
		return err
	}
	text := r.PlanTextColumns()
	var record []string
	for i := range r.Plan.Rows {
		record = r.PlanRecord(i, record[:0])
		for k, isText := range text {
			if isText {
				record[k] = Neutral(record[k])
			}
		}
		if err := c.Write(record); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// writeRejected writes rejected-rows.csv. Before each file's rows stands one
// line of code `header` with its header cells, so that a corrected row can be
// read again.
func writeRejected(w io.Writer, fates []reconcile.Fate, records []reconcile.Record, headers map[string][]string) error {
	english, err := report.LoadTexts("en") // machine-readable files are invariant
	if err != nil {
		return err
	}
	c := newCSV(w)
	if err := c.Write([]string{"file", "sheet", "row", "column", "value", "code", "reason", "expected", "cells"}); err != nil {
		return err
	}
	file, sheet := "", ""
	for i := range records {
		rec := &records[i]
		p, rejected := fates[i].Problem(rec)
		if !rejected {
			continue
		}
		if rec.Source.File != file || rec.Source.Sheet != sheet {
			file, sheet = rec.Source.File, rec.Source.Sheet
			line := []string{Neutral(file), Neutral(sheet), "", "", "", "header", "", ""}
			if err := c.Write(appendNeutral(line, headers[HeaderKey(file, sheet)])); err != nil {
				return err
			}
		}
		line := []string{Neutral(file), Neutral(sheet), strconv.Itoa(rec.Source.Row), Neutral(p.Column), Neutral(p.Value), p.Code, english.Label("reject." + p.Code), Neutral(p.Expected)}
		if err := c.Write(appendNeutral(line, rec.Cells)); err != nil {
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

// plannedLine is what the totals need of a line of plan.csv. All fields are text:
// gocsv reads an empty number as nought.
type plannedLine struct {
	Key      string `csv:"key"`
	Status   string `csv:"status"`
	Licences string `csv:"licences"`
	Currency string `csv:"currency"`
	CostNow  string `csv:"cost_now_year"`
}

// eachLine calls use for every line of a plan.csv, of which the type names the
// columns that are wanted.
func eachLine[L any](path string, use func(L) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var columns L
	reader, err := gocsv.NewUnmarshaller(csv.NewReader(f), columns)
	if err != nil {
		return fmt.Errorf("reading back %s: %w", filepath.Base(path), err)
	}
	for {
		line, err := reader.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading back %s: %w", filepath.Base(path), err)
		}
		if err := use(line.(L)); err != nil {
			return err
		}
	}
}
