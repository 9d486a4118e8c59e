package input

import (
	"time"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// A File is one file to read.
type File struct {
	Path string // where it, or the archive that it is in, lies
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

	// MostRows is how many rows all files may hold together; 0 is no bound.
	MostRows int
	room     *room

	alone    bool // the file is the only one
	twoWalks bool // makes no records before all rows have been seen (walkEarly), for tests

	// Progress, unless it is nil, is told now and then how many rows of a file
	// have been read, and of how many; 0 where that is not known yet. A file is
	// walked several times. It is called from several goroutines.
	Progress func(file string, rows, total int)
}

// A Rule is one entry of the settings' `inputs`. The first whose Match fits a
// file's Name, or that of the archive it is in, applies.
type Rule struct {
	Match     string // glob with ** for folders
	Ignore    bool
	Layout    string // name of a layout, instead of finding it by the header
	Side      string // legacy, csp
	Sheet     string
	HeaderRow int    // row number a person sees; 0 = find it
	Encoding  string // IANA name
	Delimiter string
	DateOrder string            // day-first, month-first, year-first
	Decimal   string            // , or .
	Columns   map[string]string // field → heading

	Customer  reconcile.CustomerFacts // whose rows these are
	Currency  string
	Owner     string
	Channel   reconcile.Channel
	Programme reconcile.Programme

	number int // among the rules, from 1
}

// A Batch is everything that was read.
type Batch struct {
	Files   []FileReport
	Records []reconcile.Record    // every data row of every readable file, in file order then row order
	Prices  []reconcile.PriceLine // of price lists; their rows are also reference records
	Copies  map[string][]string   // by file that was read: those refused as copies of it, in order
}

// A FileReport says what was understood of one file.
type FileReport struct {
	Name      string
	Kind      string // csv, xlsx; zip for an archive; ignored if the settings say so
	Packing   sheet.Packing
	Encoding  string // csv: IANA name
	Delimiter string // csv: the character
	SHA256    string // hex
	Bytes     int64
	Modified  time.Time // UTC
	Sheets    []SheetReport
	Holds     int            // files in an archive, each with a report of its own
	LeftOut   []LeftOut      // files in an archive that are nobody's export
	Refused   *sheet.Refusal // the file as a whole was not read; it has no records then

	// Counted while reading, independently of what becomes of the records.
	Rows     int
	Licences int64
	Warnings []Warning
}

// ignored is the kind of a file that the settings leave out.
const ignored = "ignored"

// Ignored reports whether the settings leave the file out.
func (f FileReport) Ignored() bool { return f.Kind == ignored }

// Archive reports whether the file is an archive of files. It has no rows of its
// own.
func (f FileReport) Archive() bool { return f.Kind == archiveKind }

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
	Row     int    // the first of which it is true
	Rows    int    // how many rows say the same
	Column  string
	Code    string
	Message string // names the value
}
