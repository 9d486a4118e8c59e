package input

import (
	"slices"
	"strings"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// headerDepth is how many rows from the top may be title before the header.
const headerDepth = 30

// leastKnown is how many known headings make a row a header.
const leastKnown = 3

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
}

// A column binds a heading to a field.
type column struct {
	heading
	field   field // empty: not used
	dates   *dateColumn
	numbers *numberColumn
	second  bool // another column holds the field already
}

// findHeader looks for the header among the first rows: the row whose layout
// is the most particular, else the row with the most known headings. It
// returns nil and the first rows' text if there is none.
func findHeader(s sheet.Sheet, rule Rule) (*table, []string, error) {
	var best *table
	var seen []string
	bestScore, depth := 0, 0
	for row, err := range s.Rows() {
		if err != nil {
			return nil, nil, err
		}
		if depth++; depth > headerDepth {
			break
		}
		if row.Fault != "" || rule.HeaderRow > 0 && row.Number != rule.HeaderRow {
			continue
		}
		header := newHeader(row, rule)
		if len(seen) < 3 {
			seen = append(seen, shorten(listHeadings(header), 120))
		}
		l, score := recognise(header, rule)
		if l != nil && score > bestScore {
			best = &table{sheet: s, layout: l, rule: rule, headerRow: row.Number, header: header, width: len(row.Cells)}
			bestScore = score
		}
	}
	return best, seen, nil
}

// newHeader reads the cells of a row as headings. Blank cells at its end are no
// columns. Headings that the settings name get the field they name.
func newHeader(row sheet.Row, rule Rule) []heading {
	var header []heading
	for _, c := range row.Cells {
		header = append(header, newHeading(strings.Clone(c.Text)))
	}
	for len(header) > 0 && header[len(header)-1].text == "" {
		header = header[:len(header)-1]
	}
	for i := range header {
		if f, ok := rule.fieldOf(header[i].folded); ok {
			header[i].field = f
		}
	}
	return header
}

// recognise gives the layout of a header and how sure it is: a known export
// weighs more than any number of known words.
func recognise(header []heading, rule Rule) (*layout, int) {
	known := knownHeadings(header)
	if rule.Layout != "" {
		return layoutNamed(rule.Layout), known
	}
	if l := findLayout(header); l != nil {
		return l, 1000 + known
	}
	switch {
	case known < leastKnown && (rule.HeaderRow == 0 || known == 0):
		return nil, 0
	case isRegister(header):
		return layoutNamed("customer-register"), known
	}
	return layoutNamed("generic"), known
}

// knownHeadings counts the different fields of a header; headings that are
// known and not used count half.
func knownHeadings(header []heading) int {
	fields := make(map[field]bool)
	unused := 0
	for _, h := range header {
		switch h.field {
		case "":
		case fOther:
			unused++
		default:
			fields[h.field] = true
		}
	}
	return len(fields) + unused/2
}

// isRegister reports whether a header is about customers and not about what
// they bought: it identifies them and says something about them, or identifies
// them twice.
func isRegister(header []heading) bool {
	identified, facts := 0, false
	for _, h := range header {
		switch h.field {
		case fCustomer, fCustomerID, fTenant, fTenantID, fDomain:
			identified++
		case fRelationship, fDelegatedAdmin, fAgreement, fOwner, fCountry:
			facts = true
		case fLicences, fExpires, fRenews, fSubscriptionID, fAssigned, fTerm, fBilling, fPrice:
			return false
		default:
			if h.field.identifies() {
				return false
			}
		}
	}
	return identified > 1 || identified == 1 && facts
}

// bind gives every column its field and reports what is missing. The first of
// several columns of one field counts; the same heading twice is a fault,
// because nobody could tell which one is meant.
func (t *table) bind(name string, date1904 bool) *sheet.Refusal {
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
	t.addConventions(date1904)
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

// fallBack lets other columns stand in for fields without a column.
func (t *table) fallBack() {
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

func (t *table) addConventions(date1904 bool) {
	for i := range t.columns {
		c := &t.columns[i]
		if c.field == "" || c.second {
			continue
		}
		switch c.field.kind() {
		case dateValue:
			c.dates = newDateColumn(date1904)
			c.dates.known = t.layout.written
		case countValue, moneyValue:
			c.numbers = newNumberColumn()
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

func trimmed(c sheet.Cell) sheet.Cell {
	c.Text = strings.TrimSpace(c.Text)
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
