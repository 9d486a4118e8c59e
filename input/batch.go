package input

import (
	"time"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// A File is one file to read.
type File struct {
	Path string // where it lies
	Name string // as it is shown, with forward slashes, relative to the settings' folder

	// Folder is the sub-folder below the folder of exports. It names the
	// customer of a file that names none; empty: there is none.
	Folder string
}

// Options are the conventions that settings give; the zero Options read what
// can be understood without any.
type Options struct {
	Rules  []Rule
	Limits sheet.Limits
	AsOf   reconcile.Date
}

// A Rule is one entry of the settings' `inputs`. The first whose Match fits a
// file's Name applies.
type Rule struct {
	Match     string // glob with ** for folders
	Ignore    bool
	Layout    string // name of a layout, instead of finding it by the header
	Side      string // legacy, csp
	Sheet     string
	HeaderRow int    // row number a person sees; 0 = find it
	Encoding  string // IANA name
	Delimiter string
	DateOrder string            // day-first, month-first
	Decimal   string            // , or .
	Columns   map[string]string // field → heading

	Customer  reconcile.CustomerFacts // whose rows these are
	Currency  string
	Owner     string
	Channel   reconcile.Channel
	Programme reconcile.Programme
}

// A Batch is everything that was read.
type Batch struct {
	Files   []FileReport
	Records []reconcile.Record    // every data row of every readable file, in file order then row order
	Prices  []reconcile.PriceLine // of price lists; their rows are also reference records
}

// A FileReport says what was understood of one file.
type FileReport struct {
	Name      string
	Kind      string // csv, xlsx; ignored if the settings say so
	Encoding  string // csv: IANA name
	Delimiter string // csv: the character
	SHA256    string // hex
	Bytes     int64
	Modified  time.Time // UTC
	Sheets    []SheetReport
	Refused   *sheet.Refusal // the file as a whole was not read; it has no records then

	// Counted while reading, independently of what becomes of the records.
	Rows     int
	Licences int64
	Warnings []Warning
}

// Ignored reports whether the settings leave the file out.
func (f FileReport) Ignored() bool { return f.Kind == ignored }

// A SheetReport says how one table of a sheet was understood. A sheet of
// several tables has a report for each.
type SheetReport struct {
	Sheet     string // empty for CSV
	Layout    string // bam-subscriptions-v3, admin-center, recon-legacy, generic, …
	Why       string // by what the layout was chosen
	Role      reconcile.Role
	HeaderRow int
	Columns   []ColumnReport
	Missing   []string // fields that the layout would like and the file lacks, with what will be read instead
	Rows      int
	Skipped   string // why the sheet holds no rows for us: hidden, empty, no header known
}

// A ColumnReport binds one column to a field.
type ColumnReport struct {
	Heading    string
	Field      string // empty: not used
	Convention string // dates as 23/11/2026 (day first, by the column); decimal comma …
}

// A Warning is about a place in a file and changes no outcome.
type Warning struct {
	Sheet   string // empty for CSV
	Row     int
	Column  string
	Code    string
	Message string
}
