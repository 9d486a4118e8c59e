package input

import (
	"fmt"
	"maps"
	"slices"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// count reads a number of licences by its column's convention. A column that
// the sheet lacks is no problem; a cell without a number is one.
func (b *builder) count(row sheet.Row, f field) (reconcile.Count, *reconcile.Problem) {
	if !b.has(f) {
		return reconcile.Count{}, nil
	}
	cell, numbers := b.cell(row, f), b.column(f).numbers
	if count, ok := quickCount(cell); ok {
		return count, nil
	}
	cell = enabledUnits(cell)
	text, _, ok := numbers.read(cell)
	if ok && !numbers.scan(cell).signs {
		if count, whole := parseCount(text); whole {
			return count, nil
		}
	}
	problem := &reconcile.Problem{Code: "no-licences", Column: b.headingOf(f), Value: cell.Text, Expected: "a whole number from 0 to 1,000,000"}
	if objectText(cell.Text) {
		problem.Expected = "a number, not the name of an object: export the number itself, for example Get-MgSubscribedSku | Select-Object SkuPartNumber, SkuId, ConsumedUnits, @{n='Enabled'; e={$_.PrepaidUnits.Enabled}}"
	}
	if numbers.ambiguous(cell) {
		problem.Expected = "a number that is either thousands or decimals: say which in the settings, decimal: \",\" or \".\""
	}
	return reconcile.Count{}, problem
}

// assigned reads the number of assigned users; it never rejects a row.
func (b *builder) assigned(row sheet.Row) reconcile.Count {
	count, problem := b.count(row, fAssigned)
	if problem != nil && !b.column(fAssigned).numbers.missing(b.cell(row, fAssigned)) {
		b.warn(row, fAssigned, "count-not-read", fmt.Sprintf("%q is not read as a number of users", shorten(problem.Value, 40)))
	}
	return count
}

// expiry reads the date that the plan is ordered by. Empty is a fact; a text
// that is no date is a problem, and so is a date with two readings.
func (b *builder) expiry(row sheet.Row) (reconcile.Date, *reconcile.Problem) {
	if !b.has(fExpires) {
		return 0, nil
	}
	cell := b.cell(row, fExpires)
	day, result := b.column(fExpires).dates.read(cell)
	switch result {
	case dateBad:
		return 0, &reconcile.Problem{Code: "bad-date", Column: b.headingOf(fExpires), Value: cell.Text, Expected: "a date such as 2026-12-31, or nothing"}
	case dateAmbiguous:
		return 0, &reconcile.Problem{Code: "ambiguous-date", Column: b.headingOf(fExpires), Value: cell.Text,
			Expected: "a date with one reading: say in the settings which comes first, date_order: day-first, month-first or year-first"}
	case dateNever:
		b.warn(row, fExpires, "no-end-date", fmt.Sprintf("%q stands for no date", shorten(cell.Text, 40)))
	case dateMissing:
		if cell.Kind == sheet.Fault {
			b.warn(row, fExpires, "cell-fault", cell.Text+" reads as an empty cell")
		}
	}
	return day, nil
}

// start reads the first day; it never rejects a row.
func (b *builder) start(row sheet.Row) reconcile.Date {
	if !b.has(fStart) {
		return 0
	}
	cell := b.cell(row, fStart)
	day, result := b.column(fStart).dates.read(cell)
	switch result {
	case dateBad:
		b.warn(row, fStart, "date-not-read", fmt.Sprintf("%q is no date; the row has no first day", shorten(cell.Text, 40)))
	case dateAmbiguous:
		b.warn(row, fStart, "date-not-read", fmt.Sprintf("%q has more than one reading; the row has no first day: say in the settings which comes first, date_order", shorten(cell.Text, 40)))
	}
	return day
}

func (b *builder) offerProblem(sub *reconcile.Subscription) *reconcile.Problem {
	if sub.OfferTitle != "" || sub.OfferID != "" || sub.SKUGUID != "" || sub.PartNumber != "" || sub.ProductID != "" {
		return nil
	}
	column := b.headingOf(fOffer)
	for _, f := range []field{fPartNumber, fOfferID, fSKUID, fProductID} {
		column = firstOf(column, b.headingOf(f))
	}
	return &reconcile.Problem{Code: "no-offer", Column: column, Expected: "the name or the id of the offer"}
}

func (b *builder) customerProblem(sub *reconcile.Subscription) *reconcile.Problem {
	c := sub.Customer
	if c.TenantID != "" || c.Domain != "" || c.Name != "" {
		return nil
	}
	column := firstOf(b.headingOf(fCustomer), firstOf(b.headingOf(fTenantID), b.headingOf(fDomain)))
	expected := "a customer"
	if column != "" {
		expected = "a customer in every row (of merged cells only the first has one); if the whole file is one customer's"
	}
	return &reconcile.Problem{Code: "no-customer", Column: column, Expected: expected + fmt.Sprintf(
		": name it in the settings, inputs: [{match: %q, customer: …}], or put the file into a sub-folder with the customer's name", b.source.File)}
}

// allAmbiguous refuses a file whose dates leave no row to plan.
func (b *builder) allAmbiguous(records []reconcile.Record) *sheet.Refusal {
	var first *reconcile.Problem
	for _, rec := range records {
		switch {
		case rec.Problem != nil && rec.Problem.Code == "ambiguous-date":
			if first == nil {
				first = rec.Problem
			}
		case rec.Role != reconcile.RoleReference:
			return nil
		}
	}
	if first == nil {
		return nil
	}
	return ambiguousDates(b.source.File, first.Column, first.Value)
}

func sortedFields(columns map[string]string) []string { return slices.Sorted(maps.Keys(columns)) }

// Fields lists the words that the settings' `columns` accepts.
func Fields() []string {
	seen := make(map[string]bool)
	for _, m := range headingFields() {
		seen[m.field.String()] = true
		for _, f := range m.options {
			seen[f.String()] = true
		}
	}
	delete(seen, noField.String())
	delete(seen, fOther.String())
	return slices.Sorted(maps.Keys(seen))
}
