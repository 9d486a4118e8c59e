package input

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cspplan/input/sheet"
)

// A table is one table of a sheet that is understood: its header, its layout,
// and what each column means.
type table struct {
	sheet     sheet.Sheet
	layout    *layout
	rule      Rule
	top       int // first row of its header
	headerRow int // last row of its header
	header    []heading
	width     int // cells of the header row, those without a heading at its end included
	score     int
	why       string // it is of this layout
	columns   []column
	at        places // the columns of the fields

	data    int     // rows below that look like data
	records int     // rows that became records
	last    int     // the last of them
	shapes  []shape // of the rows below, until the header is known to be one
	repeats []int   // rows in which the header stands again
	naming  []int   // the columns that name a subscription, an offer or a tenant
	whole   bool    // the header has all that its layout needs

	ragged   bool // rows end with their last cell: a workbook's
	followed bool // another table stands below
	twins    []twin
	open     []int          // columns of open meaning that the cells do not decide
	fault    *sheet.Refusal // why its rows cannot be read

	// The last row of data, for subtotals. It is lent like the row: keepPrevious.
	previous []sheet.Cell
	lent     bool
	before   []sheet.Cell // what previous is at its first row in the second walk
	seeded   bool         // previous is known, also if there is none
	asked    bool         // for previous, before it was known

	totals memo[bool] // which texts of cells that name something may be totals
}

// A column binds a heading to a field.
type column struct {
	heading
	field    field // noField: not used
	dates    *dateColumn
	numbers  *numberColumn
	evidence *evidence // of a column of open meaning
	remark   string    // how it came to its field, or why it has none
	second   bool      // another column holds the field already
}

// prepare gives the columns the fields that their headings name, and what they
// need to learn from their cells.
func (t *table) prepare(days calendar) {
	t.columns = make([]column, len(t.header))
	first := make(map[field]int)
	for i, h := range t.header {
		f, options := t.fieldOf(h)
		c := column{heading: h, field: f}
		c.options = options
		if c.field == fOther {
			c.field = noField
		}
		if len(options) > 0 {
			c.evidence = &evidence{misfits: make(map[field]int), ids: make(map[string]bool)}
			c.dates, c.numbers = t.newDates(h, days.forField(f)), newNumberColumn(true)
		}
		if earlier, taken := first[c.field]; taken && c.field != noField {
			c.second = true
			pair := twin{first: earlier, second: i}
			if c.field == fLicences {
				pair.numbers = newNumberColumn(true)
			}
			t.twins = append(t.twins, pair)
		} else {
			first[c.field] = i
			switch c.field.kind() {
			case dateValue:
				c.dates = t.newDates(h, days.forField(f))
			case countValue, moneyValue:
				c.numbers = newNumberColumn(c.field.kind() == countValue)
			}
		}
		t.columns[i] = c
	}
}

func (t *table) newDates(h heading, days calendar) *dateColumn {
	dates := newDateColumn(days)
	dates.known, dates.stated = t.layout.written, h.order
	return dates
}

// learn lets the columns see one row below the header.
func (t *table) learn(row sheet.Row) {
	cells := cellsUpTo(row, 2)
	if cells == 0 {
		return
	}
	if !t.whole && len(t.shapes) <= maxTitle {
		t.shapes = append(t.shapes, shapeOf(row)) // it may be a title yet
	}
	if t.special(row) != "" {
		return
	}
	if cells > 1 {
		t.data++
		t.last = row.Number
	}
	if row.Fault != "" {
		return
	}
	for i := range t.columns {
		if i >= len(row.Cells) {
			break
		}
		if c := &t.columns[i]; c.dates != nil || c.numbers != nil || c.evidence != nil {
			c.learn(trimmed(row.Cells[i]))
		}
	}
	for i := range t.twins {
		t.twins[i].compare(row)
	}
}

func (c *column) learn(cell sheet.Cell) {
	if c.evidence != nil {
		c.evidence.take(c, cell)
	}
	if c.dates != nil {
		c.dates.survey(cell)
	}
	if c.numbers != nil {
		c.numbers.survey(cell)
	}
}

// forGoroutine is the table with what changes while rows are read of its own.
func (t *table) forGoroutine() *table {
	own := *t
	own.before, own.totals = t.previous, memo[bool]{}
	own.columns = slices.Clone(t.columns)
	for i := range own.columns {
		c := &own.columns[i]
		c.dates, c.numbers = c.dates.forGoroutine(), c.numbers.forGoroutine()
	}
	return &own
}

// complete reports whether a header has all that its layout needs. A column of
// open meaning may turn out to be what is missing.
func (t *table) complete() bool {
	t.locate()
	return !slices.ContainsFunc(t.missing(), func(f field) bool {
		return !slices.ContainsFunc(t.columns, func(c column) bool { return slices.Contains(c.options, f) })
	})
}

// locate finds the column of each field; other columns stand in for what has
// none.
func (t *table) locate() {
	t.at = places{}
	t.naming = nil
	for i := range t.columns {
		c := &t.columns[i]
		if c.field != noField && !c.second {
			t.at.put(c.field, i)
		}
		if c.field == fSubscriptionID || c.field == fTenantID || c.field == fDomain || c.field.identifies() {
			t.naming = append(t.naming, i)
		}
	}
	t.fallBack()
}

// bind settles what each column means, after all rows were seen, and reports
// what is missing or cannot be told.
func (t *table) bind(name string) *sheet.Refusal {
	t.settle()
	t.locate()
	if w := t.doubtful(); w != nil {
		return doubtfulColumns(name, t, w)
	}
	if missing := t.missing(); len(missing) > 0 && !t.mayYetBe() {
		return missingColumn(name, t, missing)
	}
	for f := range fieldCount {
		if i, ok := t.at.of(f); ok {
			t.columns[i].field = f // also of what stands in
		}
	}
	t.decide()
	return nil
}

// mayYetBe reports whether a table without rows has columns of open meaning
// for all that is missing.
func (t *table) mayYetBe() bool { return t.data == 0 && t.complete() }

// decide settles the conventions of the columns.
func (t *table) decide() {
	var dates []*dateColumn
	var numbers []*numberColumn
	for _, c := range t.columns {
		if c.dates != nil && c.field != noField {
			dates = append(dates, c.dates)
		}
		if c.numbers != nil && c.field != noField {
			numbers = append(numbers, c.numbers)
		}
	}
	decideDates(dates, t.rule.dateOrder(), t.layout.order)
	decideNumbers(numbers, t.rule.decimalMark(), t.layout.decimal)
}

// fieldOf is what a heading means: by the settings, then by the layout.
// That a heading may mean several fields is left to the column's cells.
func (t *table) fieldOf(h heading) (field, []field) {
	if f, ok := t.rule.fieldOf(h.folded); ok {
		return f, nil
	}
	f, options := t.layout.fieldOf(h)
	if _, set := t.rule.Columns[f.String()]; set {
		return noField, nil // the settings give that field to another column
	}
	return f, options
}

// fallBack lets other columns of subscriptions stand in for fields without a
// column. In a price list the validity is a validity.
func (t *table) fallBack() {
	if !t.layout.reads() {
		return
	}
	for _, f := range []field{fExpires, fStart, fOffer} {
		if t.has(f) {
			continue
		}
		for _, other := range fallbacks[f] {
			if t.has(other) {
				t.at[f], t.at[other] = t.at[other], 0
				break
			}
		}
	}
}

// missing lists the needed fields that no column holds. An id names an offer
// as well as a title does.
func (t *table) missing() []field {
	var missing []field
	for _, f := range t.layout.must {
		ok := t.has(f)
		if !ok && f == fOffer || !ok && f == fPartNumber {
			ok = t.identifiesOffers()
		}
		if !ok {
			missing = append(missing, f)
		}
	}
	return missing
}

func (t *table) identifiesOffers() bool {
	return slices.ContainsFunc(t.columns, func(c column) bool { return c.field.identifies() })
}

// cell is the cell of a field, trimmed; the zero Cell if there is no such
// column or the row ends before it.
func (t *table) cell(row sheet.Row, f field) sheet.Cell {
	i, ok := t.at.of(f)
	if !ok || i >= len(row.Cells) {
		return sheet.Cell{}
	}
	return trimmed(row.Cells[i])
}

// trimmed takes spaces off a cell, and what nobody sees: pages and chats put such
// beside what is copied, and Windows puts marks of direction before dates.
func trimmed(c sheet.Cell) sheet.Cell {
	if n := len(c.Text); n > 0 && plainEdge(c.Text[0]) && plainEdge(c.Text[n-1]) {
		return c // nearly always
	}
	c.Text = strings.TrimSpace(c.Text)
	if n := len(c.Text); n > 0 && (c.Text[0] >= utf8.RuneSelf || c.Text[n-1] >= utf8.RuneSelf) {
		c.Text = strings.TrimFunc(c.Text, func(r rune) bool {
			return unicode.IsSpace(r) || strings.ContainsRune(invisible, r)
		})
	}
	if c.Text == "" && c.Kind == sheet.Text {
		c.Kind = sheet.Empty
	}
	return c
}

// plainEdge tells what is no space and nothing that nobody sees.
func plainEdge(c byte) bool { return c > ' ' && c < utf8.RuneSelf }

// invisible are a space without width, a joiner, a byte order mark, and the marks
// that turn the direction of what follows.
const invisible = "\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

// column is the column of a field that has one.
func (t *table) column(f field) *column {
	i, _ := t.at.of(f)
	return &t.columns[i]
}

// text is the text of a field's cell; faults such as #N/A are no text.
func (t *table) text(row sheet.Row, f field) string {
	c := t.cell(row, f)
	if c.Kind == sheet.Fault {
		return ""
	}
	return c.Text
}

// has reports whether a field has a column.
func (t *table) has(f field) bool {
	_, ok := t.at.of(f)
	return ok
}

// headingOf is the heading of a field as the file spells it.
func (t *table) headingOf(f field) string {
	if i, ok := t.at.of(f); ok {
		return t.header[i].text
	}
	return ""
}
