package report

import "cspplan/reconcile"

// Kind is the type of a cell or column.
type Kind uint8

const (
	Empty Kind = iota
	Text
	Date       // N = days since 1970-01-01
	Count      // N
	Days       // N, may be negative
	Amount     // N = minor units, Digits after the point
	Difference // like Amount, with its sign
	Score      // N, 0–100
	Bytes      // N
)

// Look is how a cell stands out. Only exceptions do.
type Look uint8

const (
	Plain  Look = iota
	Alarm       // bold vermillion: late, expired, deleted
	Strong      // bold
	Faint       // repeated or secondary value
	BlockedLook
	DataLossLook
	DecideLook
	ReadyLook
	DoneLook
)

// StatusLook is the look of a status cell.
func StatusLook(s reconcile.Status) Look {
	return [...]Look{BlockedLook, DataLossLook, DecideLook, ReadyLook, DoneLook}[s]
}

// A Form is how the content of a cell is written.
type Form struct {
	Kind   Kind
	Look   Look
	Digits uint8 // after the point, of amounts
}

// A Value is one cell. The zero Value is an empty cell: unknown, not nought. It has
// no more than four fields: so the compiler hands it over in registers, which takes
// two thirds of the time for the 55 cells of a row.
type Value struct {
	Form
	N    int64
	Text string
}

// EditKind says what people may type into a column. Empty: nothing, it is
// rewritten every night.
type EditKind string

const (
	EditNone     EditKind = ""
	EditDecision EditKind = "decision" // drop-down of decision.*
	EditOwner    EditKind = "owner"    // drop-down of owners, other text allowed
	EditDate     EditKind = "date"
	EditText     EditKind = "text"
	EditChoice   EditKind = "choice" // drop-down of choice.*
	EditAmount   EditKind = "amount"
	EditCount    EditKind = "count" // a whole number from 1
)

// A Column is one column of a list sheet: one meaning, one unit.
type Column struct {
	Code    string // stable word: the name in plan.csv where there is one
	Heading string // in the language, unique in its table
	Kind    Kind
	Width   float64 // characters
	Edit    EditKind
	ID      bool // an identifier: small and grey
	Wrap    bool
	Indent  bool // text after a right-aligned number
	Link    bool // leads to the table's PlanRow
	Bar     bool // gradient data bar
}

// A Table is one list sheet. Row appends the cells of row i (from 0) to dst and
// returns it; it may be called from several goroutines at once, any number of
// times, and always gives the same.
type Table struct {
	ID      string // English name of the native table and of the sheet's role: Plan, Customers, …
	Sheet   string // sheet name in the language
	Title   string // A1
	Note    string // further line shown in the title row after the title; may be empty
	Empty   string // the one line when there are no rows
	Columns []Column
	Len     int
	Row     func(i int, dst []Value) []Value
	Cell    func(i, column int) Value // one cell of Row, made without the others; nil: it costs as much as the row
	PlanRow func(i int) int           // index on Plan of the row that row i leads to; nil: it leads nowhere

	FreezeColumns int  // columns that stay while scrolling sideways
	PrintColumns  int  // columns on paper, those of Lead included; 0 = all
	Protected     bool // without a password
	GreyRepeats   int  // first n columns turn grey where equal to the row above
	Lead          []Lead
}

// Pick appends the cells of some columns of row i, in ascending order, to dst and
// returns it.
func (t *Table) Pick(i int, columns []int, dst []Value) []Value {
	if t.Cell == nil {
		from := len(dst)
		dst = t.Row(i, dst)
		for k, c := range columns {
			dst[from+k] = dst[from+c] // none is needed again that stood there
		}
		return dst[:from+len(columns)]
	}
	for _, c := range columns {
		dst = append(dst, t.Cell(i, c))
	}
	return dst
}

// Lead is a further small table that stands below the main one on Control
// totals and About: a heading and rows of text.
type Lead struct {
	Title   string
	Columns []Column
	Rows    [][]Value
}
