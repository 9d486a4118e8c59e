package input

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// A table is one sheet that is understood: its header, its layout, and what
// each column means.
type table struct {
	sheet     sheet.Sheet
	layout    *layout
	rule      Rule
	headerRow int
	header    []heading
	width     int // cells of the header row, those without a heading at its end included
	columns   []column
	at        map[field]int // the column of a field
	kept      *kept         // the data rows, if they were kept

	above *table // a table that stands over this one and is not read
	below int    // rows seen under the header while looking for a better one
}

// A column binds a heading to a field.
type column struct {
	heading
	field   field // empty: not used
	dates   *dateColumn
	numbers *numberColumn
	second  bool // another column holds the field already
}

// bind gives every column its field and reports what is missing. The first of
// several columns of one field counts; the same heading twice is a fault,
// because nobody could tell which one is meant.
func (t *table) bind(name string, days calendar) *sheet.Refusal {
	t.at = make(map[field]int)
	t.columns = make([]column, len(t.header))
	for i, h := range t.header {
		c := column{heading: h, field: t.fieldOf(h)}
		if c.field == fOther {
			c.field = ""
		}
		if c.field != "" {
			if earlier, taken := t.at[c.field]; taken {
				if t.header[earlier].folded == h.folded {
					return duplicateColumn(name, t.sheet.Name, t.headerRow, h.text)
				}
				c.second = true
			} else {
				t.at[c.field] = i
			}
		}
		t.columns[i] = c
	}
	t.fallBack()
	if missing := t.missing(); len(missing) > 0 {
		return missingColumn(name, t.sheet.Name, t.headerRow, t.header, missing)
	}
	t.addConventions(days)
	return nil
}

// fieldOf is what a heading means: by the settings, then by the layout.
func (t *table) fieldOf(h heading) field {
	if f, ok := t.rule.fieldOf(h.folded); ok {
		return f
	}
	f := t.layout.fieldOf(h)
	if _, set := t.rule.Columns[string(f)]; set {
		return "" // the settings give that field to another column
	}
	return f
}

// fallBack lets other columns of subscriptions stand in for fields without a
// column. In a price list the validity is a validity.
func (t *table) fallBack() {
	if !t.layout.reads() {
		return
	}
	for _, f := range []field{fExpires, fStart, fOffer} {
		if _, ok := t.at[f]; ok {
			continue
		}
		for _, other := range fallbacks[f] {
			if i, ok := t.at[other]; ok {
				t.at[f] = i
				t.columns[i].field = f
				delete(t.at, other)
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
		_, ok := t.at[f]
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

func (t *table) addConventions(days calendar) {
	for i := range t.columns {
		c := &t.columns[i]
		if c.field == "" || c.second {
			continue
		}
		switch c.field.kind() {
		case dateValue:
			c.dates = newDateColumn(days.forField(c.field))
			c.dates.known, c.dates.stated = t.layout.written, c.order
		case countValue, moneyValue:
			c.numbers = newNumberColumn(c.field.kind() == countValue)
		}
	}
}

// cell is the cell of a field, trimmed; the zero Cell if there is no such
// column or the row ends before it.
func (t *table) cell(row sheet.Row, f field) sheet.Cell {
	i, ok := t.at[f]
	if !ok || i >= len(row.Cells) {
		return sheet.Cell{}
	}
	return trimmed(row.Cells[i])
}

// trimmed takes spaces off a cell, those too that nobody sees: pages and chats
// put them beside what is copied.
func trimmed(c sheet.Cell) sheet.Cell {
	c.Text = strings.TrimSpace(c.Text)
	if n := len(c.Text); n > 0 && (c.Text[0] >= utf8.RuneSelf || c.Text[n-1] >= utf8.RuneSelf) {
		c.Text = strings.TrimFunc(c.Text, func(r rune) bool {
			return unicode.IsSpace(r) || r == '\u200b' || r == '\u2060' || r == '\ufeff'
		})
	}
	if c.Text == "" && c.Kind == sheet.Text {
		c.Kind = sheet.Empty
	}
	return c
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
	_, ok := t.at[f]
	return ok
}

// headingOf is the heading of a field as the file spells it.
func (t *table) headingOf(f field) string {
	if i, ok := t.at[f]; ok {
		return t.header[i].text
	}
	return ""
}

// report says how the columns are understood.
func (t *table) report() []ColumnReport {
	reports := make([]ColumnReport, 0, len(t.columns))
	for _, c := range t.columns {
		r := ColumnReport{Heading: c.text, Field: string(c.field)}
		switch {
		case c.second:
			r.Field = ""
			r.Convention = "not used: column " + t.headingOf(c.field) + " holds the same"
		case c.dates != nil:
			r.Convention = c.dates.String()
		case c.numbers != nil:
			r.Convention = c.numbers.String()
			if c.currency != "" {
				r.Convention += ", " + c.currency
			}
		}
		reports = append(reports, r)
	}
	return reports
}

// wishes lists the fields that a subscription export might hold and this one
// does not, with what is read instead.
func (t *table) wishes() []string {
	if !t.layout.reads() {
		return nil
	}
	var missing []string
	for _, w := range wanted {
		if !t.has(w.field) && !t.knownOtherwise(w.field) {
			missing = append(missing, string(w.field)+": "+w.instead)
		}
	}
	return missing
}

// knownOtherwise reports whether something besides its own column gives a
// field.
func (t *table) knownOtherwise(f field) bool {
	switch f {
	case fPrice:
		return t.hasPrice()
	case fTerm:
		return t.has(fTermBilling)
	case fChannel:
		return t.has(fProgramme) || t.layout.channel != 0 || t.layout.role == reconcile.RoleInCSP || t.rule.Channel != 0
	case fCountry:
		return t.rule.Customer.Country != ""
	}
	return false
}

func (t *table) hasPrice() bool {
	return t.has(fPriceMonth) || t.has(fPriceYear) || t.has(fPriceTerm) || t.has(fCostYear)
}
