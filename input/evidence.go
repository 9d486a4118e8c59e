package input

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"cspplan/input/sheet"
)

// Some headings mean one thing here and another there: Contratto is a number,
// an agreement, a term or a date; ライセンス a product or how many of it. The
// cells of the whole column decide, and only if they fit one meaning alone;
// else the column is not read and people are asked to name it.

// evidence is what the cells of a column of open meaning prove.
type evidence struct {
	cells   int
	misfits map[field]int
	ids     map[string]bool
	repeats int // ids that stand twice
}

// take lets one cell speak.
func (e *evidence) take(c *column, cell sheet.Cell) {
	if cell.Kind == sheet.Fault || blank(cell.Text) {
		return
	}
	e.cells++
	for _, f := range c.options {
		if !e.fits(f, c, cell) {
			e.misfits[f]++
		}
	}
}

// fits reports whether one cell can be a value of a field.
func (e *evidence) fits(f field, c *column, cell sheet.Cell) bool {
	ok := false
	switch f {
	case fTerm:
		_, ok = parseTerm(cell.Text)
	case fBilling:
		_, ok = parseBilling(cell.Text)
	case fChannel:
		_, _, ok = parseChannel(cell.Text)
	case fAutoRenew:
		if _, ok = parseTri(cell.Text); !ok {
			_, ok = parseEndOfTerm(cell.Text)
		}
	case fEndOfTerm:
		_, ok = parseEndOfTerm(cell.Text)
	case fAgreement:
		_, ok = parseTri(cell.Text)
	case fSegment:
		_, ok = parseSegment(cell.Text)
	case fCountry:
		_, ok = ParseCountry(cell.Text)
	case fSubscriptionID:
		id := strings.ToLower(cell.Text)
		if ok = isGUID(id); ok && e.ids[id] {
			e.repeats++
		}
		e.ids[id] = true
	case fOffer, fState:
		ok = e.isName(c, cell)
	default:
		switch f.kind() {
		case dateValue:
			found := c.dates.scan(cell)
			ok = found.form == fixedDate || found.form == severalReadings || found.form == never
		case countValue, moneyValue:
			found := c.numbers.scan(cell)
			ok = found.form == plainNumber || found.form == openNumber
		}
	}
	return ok
}

// isName reports whether a cell is words that no other meaning explains.
func (e *evidence) isName(c *column, cell sheet.Cell) bool {
	if cell.Kind != sheet.Text || isGUID(cell.Text) {
		return false
	}
	for _, f := range c.options {
		if f != fOffer && f != fState && e.fits(f, c, cell) {
			return false
		}
	}
	return strings.IndexFunc(cell.Text, unicode.IsLetter) >= 0
}

// decided is the field that the cells of the column fit, all but a few, where
// they fit no other; empty if that is not so.
func (e *evidence) decided(c *column) field {
	var found field
	for _, f := range c.options {
		misfits := e.misfits[f]
		if f == fSubscriptionID && e.repeats > 0 {
			misfits = e.cells // an agreement that several subscriptions share
		}
		switch {
		case fewOf*misfits <= e.cells && found == noField:
			found = f
		case 2*misfits <= e.cells:
			return noField // two meanings, or one and a half
		}
	}
	if e.cells == 0 {
		return noField
	}
	return found
}

// fewOf: one cell in so many may be a slip that is rejected for itself.
const fewOf = 5

// settle gives the columns of open meaning the field that their cells prove,
// unless a column is there that means it for certain.
func (t *table) settle() {
	t.settleNames()
	for i := range t.columns {
		c := &t.columns[i]
		if c.evidence == nil {
			continue
		}
		f := c.evidence.decided(c)
		taken := slices.ContainsFunc(t.columns, func(other column) bool { return f != noField && other.field == f })
		switch {
		case f == noField:
			c.remark = "not read: it may mean " + orList(c.options) + ", and its cells do not tell"
			t.open = append(t.open, i)
		case taken:
			c.remark = "not read: another column is headed " + f.String()
		default:
			c.field, c.remark = f, "by its cells"
		}
		if c.field.kind() != dateValue {
			c.dates = nil
		}
		if k := c.field.kind(); k != countValue && k != moneyValue {
			c.numbers = nil
		}
	}
}

// settleNames finds the product under a heading of licences: "Lizenzen" beside
// "Anzahl" holds names and not one number.
func (t *table) settleNames() {
	for i := range t.twins {
		w := &t.twins[i]
		a, b := &t.columns[w.first], &t.columns[w.second]
		if a.field != fLicences || a.numbers.readable > 0 || a.numbers.unreadable == 0 || t.layout.name != genericName {
			continue
		}
		b.second, b.numbers = false, w.numbers
		a.field, a.numbers, a.remark = noField, nil, "not read: it holds no number"
		if !slices.ContainsFunc(t.columns, func(c column) bool { return c.field == fOffer }) {
			a.field, a.remark = fOffer, "by its cells"
		}
		t.twins = slices.Delete(t.twins, i, i+1)
		return
	}
}

func orList(fields []field) string {
	var names []string
	for _, f := range fields {
		names = append(names, f.String())
	}
	if len(names) == 1 {
		return names[0] + " or something else"
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// warnOpen asks people to name the columns whose meaning stays open.
func (t *table) warnOpen(w *warnings, file string) {
	for _, i := range t.open {
		c := &t.columns[i]
		w.add(Warning{Sheet: t.sheet.Name, Row: t.headerRow, Column: c.text, Code: "heading-open", Message: fmt.Sprintf(
			"may mean %s, and its cells do not tell: it is not read. Say which in the settings: inputs: [{match: %q, columns: {%s: %q}}]",
			orList(c.options), file, c.options[0], c.text)})
	}
}

// A twin is a second column of one field. Where both hold the same values in
// every row nothing is lost by reading one.
type twin struct {
	first, second int
	rows          int           // in which they differ
	example       int           // the first of these rows
	numbers       *numberColumn // of the second, if it counts: it may turn out to be the one
}

func (w *twin) compare(row sheet.Row) {
	if w.numbers != nil {
		w.numbers.survey(cellAt(row, w.second))
	}
	a, b := cellAt(row, w.first).Text, cellAt(row, w.second).Text
	if a == b || b == "" {
		return
	}
	if w.rows++; w.rows == 1 {
		w.example = row.Number
	}
}

func cellAt(row sheet.Row, i int) sheet.Cell {
	if i >= len(row.Cells) {
		return sheet.Cell{}
	}
	return trimmed(row.Cells[i])
}

// decisive are the fields of which a wrong one of two columns would plan the
// wrong thing without anybody noticing.
var decisive = map[field]bool{fLicences: true, fExpires: true, fSubscriptionID: true, fTenantID: true}

// doubtful is the first pair of columns of which nobody can tell which is
// meant: one heading twice, or, among header words alone, two headings of one
// decisive field, whose values differ.
func (t *table) doubtful() *twin {
	for i := range t.twins {
		w := &t.twins[i]
		a, b := t.columns[w.first], t.columns[w.second]
		if w.rows > 0 && (a.folded == b.folded || decisive[a.field] && t.layout.name == genericName) {
			return w
		}
	}
	return nil
}

// warnTwins mentions columns that were left out though they differ.
func (t *table) warnTwins(w *warnings, file string) {
	for _, pair := range t.twins {
		if pair.rows == 0 {
			continue
		}
		a, b := t.columns[pair.first], t.columns[pair.second]
		w.add(Warning{Sheet: t.sheet.Name, Row: pair.example, Column: b.text, Code: "columns-differ", Message: fmt.Sprintf(
			"is headed %s like column %q and differs from it in %d rows; %q is read. Name the right one in the settings: inputs: [{match: %q, columns: {%s: …}}]",
			b.field, a.text, pair.rows, a.text, file, b.field)})
	}
}
