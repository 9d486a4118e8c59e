package input

import (
	"fmt"
	"strings"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// customerOf reads whose row it is: from its columns, else from the settings,
// else from the sub-folder.
func (b *builder) customerOf(row sheet.Row) reconcile.CustomerFacts {
	facts := reconcile.CustomerFacts{
		TenantID: b.tenantID(row),
		Domain:   b.domain(b.text(row, fDomain)),
		Name:     b.intern(b.text(row, fCustomer)),
	}
	b.tenantColumn(row, &facts)
	if number := b.text(row, fCustomerID); number != "" {
		switch {
		case isGUID(number) && facts.TenantID == "":
			facts.TenantID = b.intern(bareGUID(number))
		case facts == (reconcile.CustomerFacts{}):
			facts.Name = b.intern(number) // the exporter's number is all that tells customers apart
		}
	}
	facts.Country = b.country(row)
	return b.fillFromFile(facts)
}

func (b *builder) tenantID(row sheet.Row) string {
	cell := b.cell(row, fTenantID)
	if cell.Kind == sheet.Fault || blank(cell.Text) || damaged(cell, true) {
		return "" // a damaged id would throw customers together
	}
	return b.intern(bareGUID(cell.Text))
}

// tenantColumn reads a column that is headed Tenant and no more: a GUID, a
// domain or a name.
func (b *builder) tenantColumn(row sheet.Row, facts *reconcile.CustomerFacts) {
	text := b.text(row, fTenant)
	switch {
	case blank(text):
	case isGUID(text):
		facts.TenantID = firstOf(facts.TenantID, b.intern(bareGUID(text)))
	case domainName.MatchString(text):
		facts.Domain = firstOf(facts.Domain, b.domain(text))
	default:
		facts.Name = firstOf(facts.Name, b.intern(text))
	}
}

func (b *builder) domain(text string) string {
	if blank(text) {
		return ""
	}
	return b.intern(strings.ToLower(strings.TrimSuffix(text, ".")))
}

func (b *builder) country(row sheet.Row) string {
	text := b.text(row, fCountry)
	if text == "" {
		return ""
	}
	if code, ok := b.countries[text]; ok {
		return code
	}
	code, ok := parseCountry(text)
	if !ok {
		b.warn(row, fCountry, "country-unknown", fmt.Sprintf("%q is no country that is known; the tenant's region stays unknown", text))
		return ""
	}
	b.countries[strings.Clone(text)] = code
	return code
}

// fillFromFile completes a row's facts. A row without any gets those of the
// settings, else the sub-folder's name. A row that names its customer gets the
// settings' facts too, unless they name another customer; the sub-folder's
// name says nothing about such a row.
func (b *builder) fillFromFile(facts reconcile.CustomerFacts) reconcile.CustomerFacts {
	if facts.TenantID == "" && facts.Domain == "" && facts.Name == "" {
		country := facts.Country
		facts = b.context
		facts.Country = firstOf(country, facts.Country)
		return facts
	}
	settings := b.rule.Customer
	if disagree(facts, settings) {
		return facts
	}
	facts.TenantID = firstOf(facts.TenantID, settings.TenantID)
	facts.Domain = firstOf(facts.Domain, strings.ToLower(settings.Domain))
	facts.Country = firstOf(facts.Country, settings.Country)
	return facts
}

// disagree reports whether a row names another customer than the settings do.
func disagree(row, settings reconcile.CustomerFacts) bool {
	return differ(row.TenantID, settings.TenantID) || differ(row.Domain, settings.Domain) ||
		settings.Name != "" && fold(row.Name) != fold(settings.Name)
}

func differ(a, b string) bool { return a != "" && b != "" && !strings.EqualFold(a, b) }

// fileContext is the customer that a file as a whole stands for.
func fileContext(rule Rule, folder string) reconcile.CustomerFacts {
	facts := rule.Customer
	if facts.TenantID == "" && facts.Domain == "" && facts.Name == "" {
		facts.Name = folder
	}
	facts.Domain = strings.ToLower(facts.Domain)
	return facts
}
