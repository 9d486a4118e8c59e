package input

import (
	"fmt"
	"strings"

	"github.com/govalues/decimal"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// A priceRow is one row of a new commerce price list as text. UnitPrice and
// ERP are for the whole term; SkuIds come without their leading zeros. The
// tags are the canonical headings that openTable hands to gocsv.
type priceRow struct {
	ProductID string `csv:"productid"`
	SKUID     string `csv:"skuid"`
	Title     string `csv:"skutitle"`
	Segment   string `csv:"segment"`
	Term      string `csv:"termduration"`
	Billing   string `csv:"billingplan"`
	Market    string `csv:"market"`
	Currency  string `csv:"currency"`
	UnitPrice string `csv:"unitprice"`
	ERP       string `csv:"erpprice"`
	From      string `csv:"effectivestartdate"`
	To        string `csv:"effectiveenddate"`
}

// invariant is a price as price lists write it. A thousands comma has no place
// here: a list with other marks was saved by a spreadsheet and is refused by
// the row, never guessed.
var invariant = newPattern(`^\d+(\.\d+)?$`)

// otherTerm is a term that no licence has and that stands in price lists all
// the same: five years of a reservation.
var otherTerm = newPattern(`^P\d+[DMY]$`)

// line turns the text into a price line, or names the column at fault.
func (p priceRow) line(days func(string) (reconcile.Date, bool)) (reconcile.PriceLine, *reconcile.Problem) {
	line := reconcile.PriceLine{ProductID: p.ProductID, SKUID: reconcile.PadSKUID(p.SKUID), Currency: currencyCode(p.Currency), Market: p.Market, Title: p.Title}
	if p.ProductID == "" || p.SKUID == "" {
		return line, &reconcile.Problem{Code: "no-offer", Column: "ProductId", Value: p.ProductID, Expected: "a product id and a SKU id"}
	}
	var ok bool
	if line.Term, ok = reconcile.ParseTerm(p.Term); !ok || line.Term == reconcile.TermUnknown {
		return line, &reconcile.Problem{Code: "bad-price", Column: "TermDuration", Value: p.Term, Expected: "P1M, P1Y or P3Y"}
	}
	if line.Billing, ok = parseBilling(p.Billing); !ok {
		return line, &reconcile.Problem{Code: "bad-price", Column: "BillingPlan", Value: p.Billing, Expected: "Monthly, Annual, Triennial or None"}
	}
	if line.Currency == "" {
		return line, &reconcile.Problem{Code: "bad-price", Column: "Currency", Value: p.Currency, Expected: "a currency code of ISO 4217"}
	}
	line.Segment, _ = reconcile.ParseSegment(strings.ToLower(p.Segment)) // a list may have none, or call it otherwise
	if line.UnitPrice, ok = parsePrice(p.UnitPrice); !ok && p.UnitPrice != "" || p.UnitPrice == "" && p.ERP == "" {
		return line, &reconcile.Problem{Code: "bad-price", Column: "UnitPrice", Value: p.UnitPrice, Expected: "a number with a decimal dot"}
	}
	if line.ERP, line.HasERP = parsePrice(p.ERP); !line.HasERP && p.ERP != "" {
		return line, &reconcile.Problem{Code: "bad-price", Column: "ERP Price", Value: p.ERP, Expected: "a number with a decimal dot"}
	}
	if line.From, ok = days(p.From); !ok {
		return line, &reconcile.Problem{Code: "bad-date", Column: "EffectiveStartDate", Value: p.From, Expected: "a date"}
	}
	if line.To, ok = days(p.To); !ok {
		return line, &reconcile.Problem{Code: "bad-date", Column: "EffectiveEndDate", Value: p.To, Expected: "a date"}
	}
	return line, nil
}

// parsePrice reads an invariant number.
func parsePrice(text string) (decimal.Decimal, bool) {
	if !invariant.MatchString(text) {
		return decimal.Decimal{}, false
	}
	d, err := decimal.Parse(text)
	return d, err == nil
}

// price reads a row of a price list that lies among the exports, by the
// conventions of its columns.
func (b *builder) price(row sheet.Row, rec *reconcile.Record) {
	p := priceRow{
		ProductID: b.text(row, fProductID), SKUID: b.text(row, fSKUID), Title: b.text(row, fOffer), Segment: b.text(row, fSegment), Term: b.text(row, fTerm), Billing: b.text(row, fBilling),
		Market: b.text(row, fMarket), Currency: b.text(row, fCurrency),
		UnitPrice: b.settled(row, fPrice), ERP: b.settled(row, fERPPrice),
	}
	line, problem := p.line(func(string) (reconcile.Date, bool) { return 0, true })
	for _, day := range []struct {
		into *reconcile.Date
		from field
	}{{&line.From, fValidFrom}, {&line.To, fValidTo}} {
		var bad *reconcile.Problem
		if *day.into, bad = b.validity(row, day.from); problem == nil {
			problem = bad
		}
	}
	if problem != nil {
		b.reject(rec, row, *problem)
		if line.ProductID == "" || line.SKUID == "" || otherTerm.MatchString(p.Term) && line.Term == reconcile.TermUnknown {
			return
		}
		line.Unread = true // an older price must not pass for the one that nobody can read
	}
	for _, s := range []*string{&line.ProductID, &line.SKUID, &line.Market, &line.Currency, &line.Title} {
		*s = b.store.keep(*s)
	}
	line.Source = rec.Source
	b.prices = append(b.prices, line)
}

// settled is a number by its column's convention, as invariant text; what
// cannot be read stays as it is and fails by name later.
func (b *builder) settled(row sheet.Row, f field) string {
	if !b.has(f) {
		return ""
	}
	cell, numbers := b.cell(row, f), b.column(f).numbers
	if text, _, ok := numbers.read(cell); ok {
		return text
	}
	if numbers.missing(cell) {
		return ""
	}
	return cell.Text
}

// validity reads a date of a price list; 9999 and its like are open ends.
func (b *builder) validity(row sheet.Row, f field) (reconcile.Date, *reconcile.Problem) {
	if !b.has(f) {
		return 0, nil
	}
	cell := b.cell(row, f)
	day, result := b.column(f).dates.read(cell)
	if result == dateBad || result == dateAmbiguous {
		code := map[dateResult]string{dateBad: "bad-date", dateAmbiguous: "ambiguous-date"}[result]
		return 0, &reconcile.Problem{Code: code, Column: b.headingOf(f), Value: cell.Text, Expected: "a date with one reading"}
	}
	return day, nil
}

// alone reads a date that has one reading without its column.
func alone(text string) (reconcile.Date, bool) {
	found := calendar{}.scanDate(sheet.Cell{Kind: sheet.Text, Text: text})
	switch {
	case found.form == fixedDate:
		return found.day, true
	case found.form == severalReadings && usDate(text):
		return found.readings[monthFirst], true
	}
	return 0, found.form == noDate || found.form == never
}

// at says where a fault of a table stands.
func at(name string, line int, problem *reconcile.Problem) error {
	return fmt.Errorf("%s:%d: column %s: %q, expected %s", name, line, problem.Column, problem.Value, problem.Expected)
}
