// Package sheet turns a file into rows of cells, before any meaning. It tells
// the kind of a file from its bytes, never from its name; it accounts for every
// line of a CSV and every <row> of a workbook; and it refuses a file that it
// cannot read completely, with a stable code and the way out.
package sheet

import (
	"iter"
	"strings"
)

// CellKind is what the file says about a cell.
type CellKind uint8

const (
	Empty  CellKind = iota
	Text            // everything in a CSV is text
	Number          // Text holds the digits as stored
	Date            // a number that a date style shows; Text is YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS
	Bool            // Text is TRUE or FALSE
	Fault           // #N/A, #REF! …; Text is the fault
)

// A Cell is one cell as read.
type Cell struct {
	Kind CellKind
	Text string
}

// A Row is one row of cells. Number is what a person sees: the spreadsheet's
// row, or the line on which a CSV record begins. Fault is set if the row could
// not be split into cells; Cells then holds the line as one cell. Cells are
// valid until the next row is asked for, and not to be changed; their texts stay, but share memory with
// their neighbours, so that a few kept out of many are better cloned.
type Row struct {
	Number int
	Cells  []Cell
	Fault  string
}

// A Refusal is why a whole file cannot be read. Code is one of the stable words
// of the program's interface; the Code constants hold those given here.
type Refusal struct {
	Code    string `json:"code"`
	Message string `json:"message"` // names the file, the place and the way out; logs hold it, so it holds no cell
	Found   string `json:"-"`       // what stood there, cells among it: for people only; may be empty
}

// Shown is the message for a person: what was found stands below its first line.
func (r *Refusal) Shown() string {
	if r.Found == "" {
		return r.Message
	}
	what, way, _ := strings.Cut(r.Message, "\n")
	return what + "\n  " + r.Found + "\n" + way
}

func (r *Refusal) Error() string { return r.Message }

// A Book is an open file.
type Book struct {
	Kind      string // csv, xlsx
	Packing   Packing
	Encoding  string // csv only
	Delimiter rune   // csv only
	Sheets    []Sheet
	Date1904  bool

	// EncodingGuessed is set if the encoding was found by looking at the letters,
	// not by a byte order mark, by valid UTF-8 or by the settings.
	EncodingGuessed bool

	src   *source
	owned *File // that the book was opened with, and closes
}

// A Sheet is one table of a book. Rows walks it from the top, blank rows left
// out, and can be walked any number of times; it yields an error, at most once
// and last, if the sheet turns out to be unreadable.
type Sheet struct {
	Name   string // empty for CSV
	Number int    // as its tab stands among those of the worksheets, from 1
	Hidden bool
	Rows   func() iter.Seq2[Row, error]

	blocks func() *blocks                          // the same rows for Each
	rows   func(only []bool) iter.Seq2[Row, error] // of a workbook, with the values of these columns; nil: of all
}

// Only is a sheet whose Rows make the values of some columns, counted from 0. Every
// other cell is checked as ever, and is blank if it is so, but if it is not its text
// may be Unread: to make a value is most of the work on a cell. What is no workbook,
// and Each, know no difference.
func (s Sheet) Only(columns ...int) Sheet {
	if s.rows == nil {
		return s
	}
	only := []bool{}
	for _, c := range columns {
		only = append(only, make([]bool, max(0, c+1-len(only)))...)
		only[c] = true
	}
	s.Rows = func() iter.Seq2[Row, error] { return s.rows(only) }
	return s
}

// all is a sheet of a workbook whose Rows make all values.
func (s Sheet) all() Sheet {
	s.Rows = func() iter.Seq2[Row, error] { return s.rows(nil) }
	return s
}

// Limits bound what one file may ask of the machine. The zero value of a field
// means its default.
type Limits struct {
	CSVBytes      int64 // 8 GiB
	XLSXBytes     int64 // 512 MiB on disk
	InflatedBytes int64 // 2 GiB, streamed
	Ratio         int64 // 100:1 after the first 1 MiB
	Entries       int   // 1,000 in a zip
	Cells         int64 // 40 M in a worksheet
	Rows          int   // 1,048,576 in a worksheet
	Columns       int   // 256
	CellChars     int   // 32,767
	RecordBytes   int   // 1 MiB a CSV record
	Seconds       int   // 120 for each started 16 MiB of the file, see SecondsFor
}

// Options are what the settings may know of a file; zero values are found out.
type Options struct {
	Encoding  string // IANA name
	Delimiter string
	Limits    Limits
	Formulas  bool // a formula whose value is not stored, or an error, reads as its text, =A1+1

	// OnFormula, unless it is nil, is told of each cell of a workbook that holds a
	// formula, whatever its value; sheets that are walked side by side call it so.
	OnFormula func()
}
