package input

import (
	"fmt"
	"slices"
	"strings"

	"cspplan/reconcile"
)

// report says how the columns are understood.
func (t *table) report() []ColumnReport {
	reports := make([]ColumnReport, 0, len(t.columns))
	for i, c := range t.columns {
		r := ColumnReport{Heading: c.text, Field: c.field.String()}
		switch {
		case c.second:
			r.Field = ""
			r.Convention = t.twinRemark(i)
		case c.field == noField:
			r.Convention = c.remark
		case c.dates != nil:
			r.Convention = c.dates.String()
		case c.numbers != nil:
			r.Convention = c.numbers.String()
			if c.currency != "" {
				r.Convention += ", " + c.currency
			}
		}
		if c.field != noField && c.remark != "" {
			r.Convention = strings.TrimPrefix(r.Convention+", "+c.remark, ", ")
		}
		reports = append(reports, r)
	}
	return reports
}

// twinRemark says how the second column of a field relates to the first.
func (t *table) twinRemark(second int) string {
	i := slices.IndexFunc(t.twins, func(w twin) bool { return w.second == second })
	first := t.columns[t.twins[i].first].text
	if n := t.twins[i].rows; n > 0 {
		return fmt.Sprintf("column %s is read; %d rows differ", first, n)
	}
	return "column " + first + " holds the same in every row"
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
			missing = append(missing, w.field.String()+": "+w.instead)
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
