package input

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// TestValues reads testdata/values.csv: cells as exports hold them, the other
// cells of their column, what else is given, and the value that is wanted.
//
//	kind    how the cell is read: date, count, price, yesno, country, id …
//	stored  the kind of cell: text unless it says number, date, bool or fault
//	column  other cells of the column, parted by |; = stands before a text
//	        among stored cells
//	given   heading, settings or others (cells of another column, parted by ;)
//	want    the value; a code if the row is rejected; none, never or ?
func TestValues(t *testing.T) {
	file, err := os.Open("testdata/values.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 500 {
		t.Errorf("got %d cells, want a table of five hundred", len(rows))
	}
	for _, r := range rows[1:] {
		c := valueCase{kind: r[0], stored: r[1], column: split(r[2], "|"), given: r[3], cell: r[4]}
		read, ok := valueReaders[c.kind]
		if !ok {
			t.Fatalf("nothing reads a cell of kind %q", c.kind)
		}
		if got := read(c); got != r[5] {
			t.Errorf("%s %s %q in a column of %q, given %q: got %q, want %q (%s)", c.kind, c.stored, c.cell, c.column, c.given, got, r[5], r[6])
		}
	}
}

// A valueCase is one row of the table.
type valueCase struct {
	kind, stored string
	column       []string
	given, cell  string
}

var valueReaders = map[string]func(valueCase) string{
	"date": valueCase.date, "count": valueCase.count, "price": valueCase.price, "yesno": valueCase.yesNo, "country": valueCase.country,
	"id": valueCase.id, "sku": valueCase.sku, "product": valueCase.product,
	"state":        valueCase.state,
	"addon":        vocabularyOf(parseAddOn),
	"trial":        vocabularyOf(parseTrial),
	"promotion":    vocabularyOf(parsePromotion),
	"term":         vocabularyOf(parseTerm),
	"billing":      vocabularyOf(parseBilling),
	"relationship": vocabularyOf(parseRelationship),
	"programme":    vocabularyOf(parseProgramme),
	"segment":      vocabularyOf(parseSegment),
	"end":          vocabularyOf(parseEndOfTerm),
	"channel": vocabularyOf(func(text string) (reconcile.Channel, bool) {
		channel, _, ok := parseChannel(text)
		return channel, ok
	}),
}

func split(text, mark string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, mark)
}

// givenAs is what a case gives under a word.
func (c valueCase) givenAs(word string) string {
	value, ok := strings.CutPrefix(c.given, word+" ")
	if !ok {
		return ""
	}
	return value
}

var storedKinds = map[string]sheet.CellKind{"": sheet.Text, "number": sheet.Number, "date": sheet.Date, "bool": sheet.Bool, "fault": sheet.Fault}

func (c valueCase) of(text string) sheet.Cell {
	kind := storedKinds[c.stored]
	if plain, ok := strings.CutPrefix(text, "="); ok {
		kind, text = sheet.Text, plain
	}
	return trimmed(sheet.Cell{Kind: kind, Text: text})
}

func (c valueCase) date() string {
	days := calendar{date1904: c.given == "1904", asOf: reconcile.NewDate(2026, 11, 23)}
	column := newDateColumn(days.forField(fExpires))
	column.stated = parseDateOrder(c.givenAs("heading"))
	for _, text := range append(c.column, c.cell) {
		column.survey(c.of(text))
	}
	columns := []*dateColumn{column}
	for _, text := range split(c.givenAs("others"), ";") {
		other := newDateColumn(days.forField(fStart))
		other.survey(textCell(text))
		columns = append(columns, other)
	}
	decideDates(columns, parseDateOrder(c.givenAs("settings")), orderOpen)
	day, result := column.read(c.of(c.cell))
	switch result {
	case dateRead:
		return day.String()
	case dateMissing:
		return "none"
	case dateNever:
		return "never"
	case dateBad:
		return "bad-date"
	}
	return "ambiguous-date"
}

// numberTable is a sheet of one number column and others.
func (c valueCase) numberTable(f field) *builder {
	t := &table{header: []heading{{text: "x", field: f}}, columns: []column{{field: f, numbers: newNumberColumn(f.kind() == countValue)}}}
	t.at.put(f, 0)
	for _, text := range append(c.column, c.cell) {
		t.columns[0].numbers.survey(c.of(text))
	}
	columns := []*numberColumn{t.columns[0].numbers}
	for _, text := range split(c.givenAs("others"), ";") {
		other := newNumberColumn(false)
		other.survey(textCell(text))
		columns = append(columns, other)
	}
	decideNumbers(columns, Rule{Decimal: strings.TrimPrefix(c.givenAs("settings"), "decimal=")}.decimalMark(), 0)
	return &builder{table: t, warnings: newWarnings()}
}

func (c valueCase) count() string {
	count, problem := c.numberTable(fLicences).count(sheet.Row{Cells: []sheet.Cell{c.of(c.cell)}}, fLicences)
	if problem != nil {
		return problem.Code
	}
	return strconv.Itoa(int(count.N))
}

func (c valueCase) price() string {
	b := c.numberTable(fPrice)
	value, currency, ok := b.amount(sheet.Row{Cells: []sheet.Cell{c.of(c.cell)}}, fPrice)
	switch {
	case ok:
		return strings.TrimSpace(value.String() + " " + currency)
	case len(b.warnings.list()) > 0:
		return "unread"
	}
	return "none"
}

func (c valueCase) yesNo() string { return vocabularyOf(parseTri)(c) }

// vocabularyOf reads a cell by a vocabulary; ? is a word that nobody knows.
func vocabularyOf[T interface{ String() string }](parse func(string) (T, bool)) func(valueCase) string {
	return func(c valueCase) string {
		value, ok := parse(c.of(c.cell).Text)
		if !ok {
			return "?"
		}
		return value.String()
	}
}

func (c valueCase) state() string {
	value, ok := lookUp(stateWords, c.cell)
	if !ok {
		return "?"
	}
	return value
}

func (c valueCase) country() string {
	code, ok := ParseCountry(c.cell)
	if !ok {
		return "?"
	}
	return code
}

func (c valueCase) id() string {
	text, damaged := readID(c.of(c.cell), false)
	if damaged {
		return "damaged"
	}
	return plainID(text)
}

func (c valueCase) sku() string {
	text, damaged := readSKUID(c.of(c.cell))
	if damaged {
		return "damaged"
	}
	sub := reconcile.Subscription{OfferFacts: new(reconcile.OfferFacts)}
	identify(&sub, newIDText(text), &sub.SKUGUID)
	return sub.ProductSKU
}

func (c valueCase) product() string {
	sub := reconcile.Subscription{OfferFacts: new(reconcile.OfferFacts)}
	identify(&sub, newIDText(c.cell), &sub.SKUGUID)
	return sub.ProductID + "/" + sub.ProductSKU
}
