package input

import (
	"fmt"
	"slices"
	"strings"

	"cspplan/input/sheet"
)

// leastKnown is how many known headings make a row a header; two are enough
// for a row that holds nothing else.
const leastKnown = 3

// knownExport is what the header of a known export weighs: more than any
// number of known words.
const knownExport = 1000

// A candidate is a row that may be a header, read as one.
type candidate struct {
	row    int // where it stands; of a header of two rows the lower one
	top    int // its first row
	width  int // cells of the row, those without a heading at its end included
	header []heading
	layout *layout
	score  int
}

// newCandidate reads a row as a header, alone and together with the row above
// it, which may hold the headings of groups of columns. It returns nil if
// neither is a header.
func newCandidate(above, row sheet.Row, rule Rule) *candidate {
	best := candidateOf(newHeader(row, rule), row.Number, row, rule)
	if above.Number == 0 || rule.HeaderRow > 0 && above.Number != row.Number-1 {
		return best
	}
	if joined := joinedHeader(above, row, rule); joined != nil {
		if both := candidateOf(joined, above.Number, row, rule); both != nil && (best == nil || both.score > best.score) {
			return both
		}
	}
	return best
}

func candidateOf(header []heading, top int, row sheet.Row, rule Rule) *candidate {
	l, score := recognise(header, rule)
	if l == nil {
		return nil
	}
	return &candidate{row: row.Number, top: top, width: len(row.Cells), header: header, layout: l, score: score}
}

// newHeader reads the cells of a row as headings. Blank cells at its end are no
// columns. Headings that the settings name get the field they name.
func newHeader(row sheet.Row, rule Rule) []heading {
	var header []heading
	for _, c := range row.Cells {
		header = append(header, ruledHeading(strings.Clone(c.Text), rule))
	}
	for len(header) > 0 && header[len(header)-1].text == "" {
		header = header[:len(header)-1]
	}
	return header
}

func ruledHeading(text string, rule Rule) heading {
	h := newHeading(text)
	if f, ok := rule.fieldOf(h.folded); ok {
		h.field, h.options = f, nil
	}
	return h
}

// joinedHeader reads two rows as one header: a heading that is not known takes
// the heading of its group before it (Customer over Name), and a cell left
// empty that of the cell above it, as two merged cells leave it. It returns nil
// if the row above says something else than groups do: a title, a filter.
func joinedHeader(above, row sheet.Row, rule Rule) []heading {
	var header []heading
	group, foreign, filled := "", 0, 0
	for i := range max(len(above.Cells), len(row.Cells)) {
		over, own := squeezed(above, i), squeezed(row, i)
		if over != "" {
			group = over
			if label := ruledHeading(over, rule); label.unknown() {
				foreign++
			}
		}
		h := ruledHeading(own, rule)
		switch {
		case own == "" && over != "":
			if h = ruledHeading(over, rule); !h.unknown() {
				filled++
			}
		case h.unknown() && group != "":
			h = inGroup(group, h, rule)
		}
		header = append(header, h)
	}
	for len(header) > 0 && header[len(header)-1].text == "" {
		header = header[:len(header)-1]
	}
	if filled > 0 && (foreign >= filled || !headsGroups(above, row)) {
		return nil
	}
	return header
}

// inGroup reads a heading with the heading of its group before or behind it.
func inGroup(group string, h heading, rule Rule) heading {
	for _, text := range []string{group + " " + h.text, h.text + " " + group} {
		if both := ruledHeading(text, rule); !both.unknown() {
			return both
		}
	}
	return h
}

// headsGroups reports whether every cell of a row stands over a cell left empty, or
// over the first of several columns: what a heading of a group does.
func headsGroups(above, row sheet.Row) bool {
	for i := range above.Cells {
		if squeezed(above, i) == "" || squeezed(row, i) == "" {
			continue
		}
		if squeezed(above, i+1) != "" || squeezed(row, i+1) == "" {
			return false
		}
	}
	return true
}

func squeezed(row sheet.Row, i int) string {
	if i >= len(row.Cells) {
		return ""
	}
	return strings.Join(strings.Fields(row.Cells[i].Text), " ")
}

// recognise gives the layout of a header and how sure it is.
func recognise(header []heading, rule Rule) (*layout, int) {
	known := knownHeadings(header)
	if rule.Layout != "" {
		if known == 0 && rule.HeaderRow == 0 {
			return nil, 0
		}
		return layoutNamed(rule.Layout), known
	}
	if l := findLayout(header); l != nil {
		return l, knownExport + known
	}
	switch {
	case known < leastKnown && !(known == 2 && texts(header) == 2) && (rule.HeaderRow == 0 || known == 0):
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
		switch {
		case len(h.options) > 0:
			fields[h.options[0]] = true
		case h.field == fOther:
			unused++
		case h.field != noField:
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
			if h.field.identifies() || h.might(fLicences) || h.might(fOffer) {
				return false
			}
			facts = facts || h.might(fAgreement)
		}
	}
	return identified > 1 || identified == 1 && facts
}

func texts(header []heading) int {
	n := 0
	for _, h := range header {
		if h.text != "" {
			n++
		}
	}
	return n
}

// wordy reports whether a row holds words and no figures, as headers do and
// rows of data hardly ever: the quick question before a row is looked up.
func wordy(row sheet.Row) bool {
	words := 0
	for _, c := range row.Cells {
		switch {
		case c.Kind == sheet.Number || c.Kind == sheet.Date || c.Kind == sheet.Bool:
			return false
		case c.Text == "":
		case c.Text[0] >= '0' && c.Text[0] <= '9' && c.Text[len(c.Text)-1] >= '0' && c.Text[len(c.Text)-1] <= '9':
			return false
		default:
			words++
		}
	}
	return words > 0
}

// isHeader reports whether a candidate below rows of data is a header for
// sure: most of what it says is known.
func (c *candidate) isHeader() bool {
	return c.score >= knownExport || 2*c.score > texts(c.header)
}

// sameColumns reports whether a header stands over the same columns as the one
// of a table: the same words again, or the same in another language.
func (c *candidate) sameColumns(t *table) bool {
	if len(c.header) != len(t.header) {
		return false
	}
	for i, h := range c.header {
		if h.folded != t.header[i].folded && (h.unknown() || h.field != t.header[i].field || !slices.Equal(h.options, t.header[i].options)) {
			return false
		}
	}
	return true
}

// why says by what a layout was chosen.
func (c *candidate) why(rule Rule) string {
	switch {
	case rule.Layout != "":
		return "named in the settings"
	case c.score >= knownExport:
		return "known by its headings " + strings.Join(c.layout.signs(c.header), ", ")
	}
	return fmt.Sprintf("%d headings are known words", c.score)
}
