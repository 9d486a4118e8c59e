package catalog

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"cspplan/reconcile"
)

// An OwnTable is a table of the user's: a CSV file with the name and the
// columns of an embedded table, whose rows go before those of that table.
type OwnTable struct {
	Name   string // file name, which says what it is: sale_status.csv
	File   string // as messages show it
	Data   []byte // UTF-8, comma or semicolon, columns in any order
	AsOf   reconcile.Date
	SHA256 string
}

// OwnTableNames are the names that a user's table may have. Successors kept by
// hand go into successors.csv.
func OwnTableNames() []string {
	return slices.DeleteFunc(TableNames(), func(name string) bool { return name == "successors_by_hand.csv" })
}

// maxFaults is how many faults of one table are reported at once.
const maxFaults = 20

// Overlay lays the user's tables over a catalogue and indexes it again. A row
// takes the place of the embedded row with the same key (see ownKey in merge.go), any
// other is added. The error names file, row, column and value of every fault,
// as far as twenty a table; then nothing was changed that can be relied on.
func Overlay(c *reconcile.Catalogue, own []OwnTable) error {
	byName := make(map[string]OwnTable, len(own))
	var errs []error
	for _, t := range own {
		if !slices.Contains(OwnTableNames(), t.Name) {
			errs = append(errs, fmt.Errorf("%s: there is no table of this name; take the file out of the folder, or name it one of %s", t.File, strings.Join(OwnTableNames(), ", ")))
		}
		byName[t.Name] = t
	}
	o := &overlay{to: c, plans: planNumbers{}, counted: map[string]int{}}
	for i := range c.Plans {
		o.plans[c.Plans[i].Code] = int32(i)
	}
	for _, d := range slices.Concat(decoders...) {
		if t, ok := byName[d.table]; ok {
			errs = append(errs, o.lay(t, d.decode))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	c.Index()
	for _, t := range own {
		errs = append(errs, o.checkReferences(t))
	}
	o.date(own)
	return errors.Join(errs...)
}

// An overlay is the laying of one folder of tables.
type overlay struct {
	to      *reconcile.Catalogue
	plans   planNumbers
	counted map[string]int // rows by table
	lines   map[string][]int
	sources []reconcile.TableSource // what the folder's sources.csv says
}

// lay decodes one table and merges its rows.
func (o *overlay) lay(t OwnTable, decoder func(*reconcile.Catalogue, planNumbers) func(*row)) error {
	records, lines, err := ownRecords(t)
	if err != nil {
		return err
	}
	// A table of plans adds to those that are there, because SKUs name plans by their place.
	read := &reconcile.Catalogue{Plans: o.to.Plans[:len(o.to.Plans):len(o.to.Plans)]}
	decode := decoder(read, o.plans)
	var faults []error
	at := row{columns: columns[t.Name]}
	for i, cells := range records {
		if err := at.decode(cells, decode); err != nil && len(faults) < maxFaults {
			faults = append(faults, fmt.Errorf("%s:%d: %w", t.File, lines[i], err))
		}
	}
	if len(faults) > 0 {
		return errors.Join(faults...)
	}
	if o.lines == nil {
		o.lines = map[string][]int{}
	}
	o.counted[t.Name], o.lines[t.Name] = len(records), lines
	return o.merge(t, read)
}

// ownRecords reads the rows of a table in the order of its columns, with the
// line on which each begins. Ids are folded to lower case, as the tables hold them.
func ownRecords(t OwnTable) (records [][]string, lines []int, err error) {
	data := bytes.TrimPrefix(t.Data, []byte("\ufeff"))
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return nil, nil, fmt.Errorf("%s: this is no text in UTF-8; save it as CSV UTF-8", t.File)
	}
	r := csv.NewReader(bytes.NewReader(data))
	first, _, _ := bytes.Cut(data, []byte("\n"))
	if bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(",")) {
		r.Comma = ';'
	}
	header, err := r.Read()
	if err == io.EOF {
		return nil, nil, fmt.Errorf("%s: the file is empty; its first line must be %s", t.File, strings.Join(columns[t.Name], ","))
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s: the header: %w", t.File, err)
	}
	places, err := ownColumns(t, header)
	if err != nil {
		return nil, nil, err
	}
	for {
		cells, err := r.Read()
		if err == io.EOF {
			return records, lines, nil
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", t.File, err)
		}
		line, _ := r.FieldPos(0)
		if ordered := inOrder(t.Name, cells, places); slices.ContainsFunc(ordered, func(cell string) bool { return cell != "" }) {
			records, lines = append(records, ordered), append(lines, line)
		}
	}
}

// ownColumns finds each column of the table in a header.
func ownColumns(t OwnTable, header []string) ([]int, error) {
	for i := range header {
		header[i] = strings.ToLower(strings.TrimSpace(header[i]))
	}
	var places []int
	for _, name := range columns[t.Name] {
		place := slices.Index(header, name)
		if place < 0 {
			return nil, fmt.Errorf("%s:1: no column %q; the first line must be %s", t.File, name, strings.Join(columns[t.Name], ","))
		}
		places = append(places, place)
	}
	for i, name := range header {
		if !slices.Contains(places, i) {
			return nil, fmt.Errorf("%s:1: column %q stands twice or is none of the table's; the first line must be %s", t.File, name, strings.Join(columns[t.Name], ","))
		}
	}
	return places, nil
}

func inOrder(table string, cells []string, places []int) []string {
	ordered := make([]string, len(places))
	for i, place := range places {
		ordered[i] = strings.TrimSpace(cells[place])
		if name := columns[table][i]; strings.HasSuffix(name, "guid") || strings.HasSuffix(name, "guids") || name == "id" || name == "offer_id" || name == "prerequisites" {
			ordered[i] = strings.ToLower(ordered[i])
		}
	}
	return ordered
}

// date lists the tables beside the embedded ones. The folder's own sources.csv
// says of which day they are and where they come from; else the day of the file
// counts.
func (o *overlay) date(own []OwnTable) {
	for _, t := range own {
		if t.Name == Sources {
			continue
		}
		source := reconcile.TableSource{Name: t.File, Rows: o.counted[t.Name], AsOf: t.AsOf, Source: "own table: goes before " + t.Name, SHA256: t.SHA256}
		for _, said := range o.sources {
			if said.Name == t.Name {
				source.AsOf, source.Source = said.AsOf, said.Source
			}
		}
		o.to.Tables = append(o.to.Tables, source)
	}
}
