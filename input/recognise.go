package input

import (
	"strings"

	"cspplan/input/sheet"
)

// headerDepth is how many rows from the top may be title before the header.
const headerDepth = 30

// leastKnown is how many known headings make a row a header; two are enough
// for a row that holds nothing else.
const leastKnown = 3

// findHeader looks for the header among the first rows: the row whose layout
// is the most particular, else the row with the most known headings. Once a
// header is complete, another of its layout is a further table. It returns nil
// and the first rows' text if there is none.
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
		if l == nil || score <= bestScore {
			if best != nil && len(header) > 0 {
				best.below++
			}
			continue
		}
		t := &table{sheet: s, layout: l, rule: rule, headerRow: row.Number, header: header, width: len(row.Cells)}
		if best != nil && best.complete() {
			if best.layout == l {
				best.below++
				continue
			}
			if best.below > 0 {
				t.above = best
			}
		}
		best, bestScore = t, score
		if l.corrects {
			break // below it stand the headers of other files
		}
	}
	return best, seen, nil
}

// complete reports whether a header has all that its layout needs.
func (t *table) complete() bool {
	trial := table{layout: t.layout, rule: t.rule, header: t.header, sheet: t.sheet}
	return trial.bind("", calendar{}) == nil
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

func texts(header []heading) int {
	n := 0
	for _, h := range header {
		if h.text != "" {
			n++
		}
	}
	return n
}
