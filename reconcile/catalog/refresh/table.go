package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"cspplan/reconcile/catalog"
)

// A table is one CSV file: named columns and rows of cells.
type table struct {
	name    string
	columns []string
	rows    [][]string
}

// readCSV reads a whole CSV file whose first row names the columns. A byte
// order mark is skipped. A missing file is an empty table.
func readCSV(path string) (table, error) {
	t := table{name: filepath.Base(path)}
	if path == "" {
		return t, nil
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return t, nil
	}
	if err != nil {
		return t, fmt.Errorf("reading %s: %w", path, err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		return t, fmt.Errorf("reading %s: %w", path, err)
	}
	if len(rows) > 0 {
		t.columns, t.rows = rows[0], rows[1:]
	}
	return t, nil
}

// records reads the rows as maps, cells trimmed of blanks, tabs and no-break
// spaces; it fails if a wanted column is missing.
func (t table) records(want ...string) ([]map[string]string, error) {
	for _, w := range want {
		if !slices.Contains(t.columns, w) {
			return nil, fmt.Errorf("%s has no column %q, only %q", t.name, w, t.columns)
		}
	}
	out := make([]map[string]string, len(t.rows))
	for i, row := range t.rows {
		out[i] = make(map[string]string, len(row))
		for j, cell := range row {
			out[i][t.columns[j]] = tidy(cell)
		}
	}
	return out, nil
}

// tidy removes what copying out of web pages leaves behind.
func tidy(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00a0", " ")), " ")
}

func lower(s string) string { return strings.ToLower(tidy(s)) }

// list splits cells that hold several values.
func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

// A tableSet is the embedded tables: as they stand and as they will be.
type tableSet struct {
	dir string
	old map[string]table
	new map[string]table
}

func openTables(dir string) (*tableSet, error) {
	set := &tableSet{dir: dir, old: map[string]table{}, new: map[string]table{}}
	for _, name := range catalog.TableNames() {
		t, err := readCSV(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		if t.columns == nil {
			t.columns = catalog.Columns(name)
		}
		if !slices.Equal(t.columns, catalog.Columns(name)) {
			return nil, fmt.Errorf("%s has columns %q, want %q", name, t.columns, catalog.Columns(name))
		}
		set.old[name], set.new[name] = t, t
	}
	return set, nil
}

// put replaces the rows of a table.
func (s *tableSet) put(name string, rows [][]string) {
	s.new[name] = table{name: name, columns: catalog.Columns(name), rows: rows}
}

// records are the rows of a table as it will be.
func (s *tableSet) records(name string) []map[string]string {
	recs, err := s.new[name].records()
	if err != nil { // no column is asked for
		panic(err)
	}
	return recs
}

// date sets the as-of date and the source of a table in sources.csv.
func (s *tableSet) date(name, asOf, source string) {
	rows := slices.Clone(s.new[catalog.Sources].rows)
	row := []string{name, "", asOf, source}
	i := slices.IndexFunc(rows, func(r []string) bool { return r[0] == name })
	if i < 0 {
		rows = append(rows, row)
	} else {
		rows[i] = row
	}
	slices.SortFunc(rows, slices.Compare)
	s.put(catalog.Sources, rows)
}

// countRows writes the number of rows of every table into sources.csv.
func (s *tableSet) countRows() {
	rows := make([][]string, 0, len(s.new[catalog.Sources].rows))
	for _, row := range s.new[catalog.Sources].rows {
		row = slices.Clone(row)
		row[1] = strconv.Itoa(len(s.new[row[0]].rows))
		rows = append(rows, row)
	}
	s.put(catalog.Sources, rows)
}

// save writes the tables that changed and reports the differences.
func (s *tableSet) save(report io.Writer) error {
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return fmt.Errorf("making the folder of tables: %w", err)
	}
	for _, name := range catalog.TableNames() {
		printDiff(report, s.old[name], s.new[name])
		data, err := encode(s.new[name])
		if err != nil {
			return err
		}
		path := filepath.Join(s.dir, name)
		if had, err := os.ReadFile(path); err == nil && bytes.Equal(had, data) {
			continue
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return fmt.Errorf("writing %s: %w", path, err)
		}
	}
	return nil
}

func encode(t table) ([]byte, error) {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	if err := w.WriteAll(append([][]string{t.columns}, t.rows...)); err != nil {
		return nil, fmt.Errorf("encoding %s: %w", t.name, err)
	}
	return buf.Bytes(), nil
}

// dateOf is the as-of date of a table, "" if it has none.
func (s *tableSet) dateOf(name string) string {
	for _, row := range s.new[catalog.Sources].rows {
		if row[0] == name {
			return row[2]
		}
	}
	return ""
}
