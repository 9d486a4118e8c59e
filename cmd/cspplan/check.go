package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"cspplan/input"
	"cspplan/input/sheet"
	"cspplan/reconcile"
	"cspplan/reconcile/catalog"
)

type checkCmd struct {
	Files  []string `arg:"" optional:"" help:"Files, folders or patterns; default ./exports." sep:"none"`
	Config string   `short:"c" help:"Settings file (default: ./cspplan.yaml if it exists)." placeholder:"FILE"`
	AsOf   string   `name:"as-of" help:"Business date; default today." placeholder:"YYYY-MM-DD"`
	JSON   bool     `name:"json" help:"One JSON object a file."`
}

// Run says what is understood of each file. Exit 1 if a row cannot be used, 3
// if no file can.
func (c *checkCmd) Run(ctx context.Context, term terminal) error {
	s, err := loadSettings(c.Config)
	if err != nil {
		return err
	}
	asOf, err := asOfDate(c.AsOf, &s, term.Now())
	if err != nil {
		return err
	}
	list, err := listInputs(&s, c.Files)
	if err != nil {
		return err
	}
	batch, err := input.Read(ctx, list.files, s.readOptions(asOf))
	if err != nil {
		return interrupted(err)
	}
	rejected := map[string][]*reconcile.Record{}
	corrected := reconcile.CorrectedRows(batch.Records)
	for i := range batch.Records {
		if rec := &batch.Records[i]; rec.Problem != nil && !corrected[rec.Source] {
			rejected[rec.Source.File] = append(rejected[rec.Source.File], rec)
		}
	}
	if c.JSON {
		err = printChecksJSON(term.Out, batch.Files, rejected)
	} else {
		for _, f := range batch.Files {
			printCheck(term.Out, f, rejected[f.Name])
		}
		printLeftOut(term.Out, list.leftOut)
		err = printSettingsLine(term.Out, &s)
	}
	if err != nil {
		return err
	}
	return c.verdict(term, batch, rejected)
}

func (c *checkCmd) verdict(term terminal, batch input.Batch, rejected map[string][]*reconcile.Record) error {
	usable, files, unusable := 0, 0, 0
	for _, f := range batch.Files {
		switch {
		case f.Refused != nil:
			files++
		case !f.Ignored() && !f.Archive():
			files++
			usable++
		}
		unusable += len(rejected[f.Name])
	}
	code := exitOK
	switch {
	case usable == 0:
		code = exitInput
	case unusable > 0 || usable < files:
		code = exitWarnings
	}
	if !c.JSON {
		fmt.Fprintf(term.Out, "\n%d of %d files can be used, %d rows cannot. Nothing was written. Exit %d.\n", usable, files, unusable, code)
	}
	if code != exitOK {
		return quiet(code)
	}
	return nil
}

// printCheck shows one file: kind, where the header stands, each column with
// the field it became, and the rows that cannot be used.
func printCheck(w io.Writer, f input.FileReport, rejected []*reconcile.Record) {
	if f.Refused != nil {
		fmt.Fprintf(w, "%s    refused: %s\n  %s\n", f.Name, f.Refused.Code, f.Refused.Shown())
		return
	}
	switch {
	case f.Ignored():
		fmt.Fprintf(w, "%s    ignored: the settings say so\n", f.Name)
		return
	case f.Archive():
		fmt.Fprintf(w, "%s    zip archive of %d files, each as follows\n", f.Name, f.Holds)
		printLeftOut(w, f.LeftOut)
		return
	}
	kind := f.Kind
	if f.Kind == "csv" {
		kind = fmt.Sprintf("csv, %s, delimiter %q", f.Encoding, f.Delimiter)
	}
	if f.Packing == sheet.InGzip {
		kind += ", unpacked from gzip"
	}
	fmt.Fprintf(w, "%s    %s, %d rows\n", f.Name, kind, f.Rows)
	for _, s := range f.Sheets {
		printSheetCheck(w, s)
	}
	for _, warning := range f.Warnings {
		more := ""
		if warning.Rows > 1 && warning.Row > 0 {
			more = fmt.Sprintf(" (%d rows)", warning.Rows)
		}
		fmt.Fprintf(w, "  ? %s%s\n", strings.TrimSpace(fmt.Sprintf("%s %s %s", rowPlace(warning.Sheet, warning.Row), warning.Column, warning.Message)), more)
	}
	for _, rec := range rejected {
		p := rec.Problem
		fmt.Fprintf(w, "  ! %s   %s   %s   found %q, expected %s\n", rowPlace(rec.Source.Sheet, rec.Source.Row), p.Column, p.Code, p.Value, p.Expected)
	}
}

// printLeftOut names what was not opened, since it is nobody's export.
func printLeftOut(w io.Writer, files []input.LeftOut) {
	for _, l := range files {
		fmt.Fprintf(w, "%s    left out: %s\n", l.Name, l.Why)
	}
}

func rowPlace(sheet string, row int) string {
	switch {
	case row == 0:
		return ""
	case sheet != "":
		return fmt.Sprintf("sheet %q row %d", sheet, row)
	}
	return fmt.Sprintf("row %d", row)
}

func printSheetCheck(w io.Writer, s input.SheetReport) {
	name := "  "
	if s.Sheet != "" {
		name = fmt.Sprintf("  sheet %q, ", s.Sheet)
	}
	if s.Skipped != "" {
		fmt.Fprintf(w, "%snot read: %s\n", name, s.Skipped)
		return
	}
	fmt.Fprintf(w, "%slayout %s, header in row %d, %d rows (%s)\n", name, s.Layout, s.HeaderRow, s.Rows, s.Why)
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, c := range s.Columns {
		field := c.Field
		if field == "" {
			field = "not used"
		}
		fmt.Fprintf(tw, "    %s\t-> %s\t%s\n", strings.Join(strings.Fields(c.Heading), " "), field, c.Convention)
	}
	tw.Flush()
	for _, m := range s.Missing {
		fmt.Fprintf(w, "    ? missing: %s\n", m)
	}
}

func printSettingsLine(w io.Writer, s *Settings) error {
	cat, err := catalog.Load()
	if err != nil {
		return fmt.Errorf("loading the embedded tables: %w", err)
	}
	region, _ := cat.RegionOf(s.partner().Country)
	if region == "" {
		region = "not known: set partner.country"
	}
	fmt.Fprintf(w, "settings    partner.country %s (region %s), policy.lead_days %d, output.language %s\n",
		s.partner().Country, region, s.Policy.LeadDays, s.Output.Language)
	return nil
}

// checkJSON is one file of `check --json`.
type checkJSON struct {
	File      string          `json:"file"`
	Kind      string          `json:"kind,omitempty"`
	Encoding  string          `json:"encoding,omitempty"`
	Delimiter string          `json:"delimiter,omitempty"`
	SHA256    string          `json:"sha256,omitempty"`
	Rows      int             `json:"rows"`
	Licences  int64           `json:"licences"`
	Sheets    []checkSheet    `json:"sheets,omitempty"`
	Rejected  []checkRejected `json:"rejected,omitempty"`
	Warnings  []checkWarning  `json:"warnings,omitempty"`
	Refused   *sheet.Refusal  `json:"refused,omitempty"`
}

type checkSheet struct {
	Sheet     string        `json:"sheet"`
	Layout    string        `json:"layout,omitempty"`
	Why       string        `json:"why,omitempty"`
	HeaderRow int           `json:"header_row,omitempty"`
	Columns   []checkColumn `json:"columns,omitempty"`
	Missing   []string      `json:"missing,omitempty"`
	Rows      int           `json:"rows"`
	Skipped   string        `json:"skipped,omitempty"`
}

type checkColumn struct {
	Heading    string `json:"heading"`
	Field      string `json:"field"`
	Convention string `json:"convention,omitempty"`
}

type checkRejected struct {
	Row      int    `json:"row"`
	Sheet    string `json:"sheet,omitempty"`
	Column   string `json:"column"`
	Value    string `json:"value"`
	Code     string `json:"code"`
	Expected string `json:"expected"`
}

type checkWarning struct {
	Sheet   string `json:"sheet,omitempty"`
	Row     int    `json:"row,omitempty"`
	Rows    int    `json:"rows,omitempty"`
	Column  string `json:"column,omitempty"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func printChecksJSON(w io.Writer, files []input.FileReport, rejected map[string][]*reconcile.Record) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, f := range files {
		c := checkJSON{File: f.Name, Kind: f.Kind, Encoding: f.Encoding, Delimiter: f.Delimiter, SHA256: f.SHA256, Rows: f.Rows, Licences: f.Licences}
		if f.Refused != nil {
			c.Refused = &sheet.Refusal{Code: f.Refused.Code, Message: f.Refused.Shown()}
		}
		for _, s := range f.Sheets {
			cs := checkSheet{Sheet: s.Sheet, Layout: s.Layout, Why: s.Why, HeaderRow: s.HeaderRow, Missing: s.Missing, Rows: s.Rows, Skipped: s.Skipped}
			for _, col := range s.Columns {
				cs.Columns = append(cs.Columns, checkColumn(col))
			}
			c.Sheets = append(c.Sheets, cs)
		}
		for _, rec := range rejected[f.Name] {
			p := rec.Problem
			c.Rejected = append(c.Rejected, checkRejected{Row: rec.Source.Row, Sheet: rec.Source.Sheet, Column: p.Column, Value: p.Value, Code: p.Code, Expected: p.Expected})
		}
		for _, warning := range f.Warnings {
			c.Warnings = append(c.Warnings, checkWarning(warning))
		}
		if err := enc.Encode(c); err != nil {
			return fmt.Errorf("printing the check: %w", err)
		}
	}
	return nil
}

// asRefusal finds the refusal in an error; what is none was a fault of reading.
func asRefusal(err error) *sheet.Refusal {
	var r *sheet.Refusal
	if errors.As(err, &r) {
		return r
	}
	return &sheet.Refusal{Code: "unreadable", Message: err.Error()}
}
