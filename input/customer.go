package input

import (
	"fmt"
	"strings"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// customerOf is whose row it is: by its columns, else by the settings, else by the
// sub-folder.
func (b *builder) customerOf(row sheet.Row) *reconcile.CustomerFacts {
	w := b.whoseRow(row)
	b.borrowed = b.borrowed || w.borrowed
	if w.strange {
		b.warn(row, fCountry, "country-unknown", fmt.Sprintf("%q is no country that is known; the tenant's region stays unknown", b.text(row, fCountry)))
	}
	return w.facts
}

// readCustomer reads the columns of the customer, of a row whose texts stay.
func (b *builder) readCustomer(row sheet.Row) (w whose) {
	facts := reconcile.CustomerFacts{
		Domain: b.domain(b.text(row, fDomain)),
		Name:   b.name(b.text(row, fCustomer)),
	}
	tenant, tenantDamaged := readID(b.cell(row, fTenantID), true)
	number, numberDamaged := readID(b.cell(row, fCustomerID), false)
	b.tenantID(tenant, &facts)
	b.tenantColumn(row, &facts)
	if number != "" {
		switch id := usualGUID(number); {
		case id != "" && facts.TenantID == "":
			facts.TenantID = id
		case facts == (reconcile.CustomerFacts{}):
			facts.Name = b.name(number) // the exporter's number is all that tells customers apart
		}
	}
	facts.Country, w.strange = b.country(row)
	facts, w.borrowed = b.fillFromFile(facts)
	w.facts = b.people.keep(facts)
	w.names = tenant != "" || number != "" || b.hasCustomer(row)
	switch {
	case tenantDamaged:
		w.damaged = fTenantID
	case numberDamaged && !w.names:
		w.damaged = fCustomerID // it counts where nothing else names the customer
	}
	return w
}

// name squeezes the line breaks of a name. Words such as "n/a" are no name:
// they would throw customers together.
func (b *builder) name(text string) string {
	if blank(text) {
		return ""
	}
	if strings.IndexByte(text, '\n') >= 0 || strings.IndexByte(text, '\r') >= 0 || strings.IndexByte(text, '\t') >= 0 {
		text = squeeze(text)
	}
	return text
}

// tenantID reads the column of the tenant's id, where people write its domain
// too. A damaged id would throw customers together and is left out.
func (b *builder) tenantID(text string, facts *reconcile.CustomerFacts) {
	if text == "" {
		return
	}
	switch id := usualGUID(text); {
	case id != "":
		facts.TenantID = id
	case domainName.MatchString(text):
		facts.Domain = firstOf(facts.Domain, b.domain(text))
	default:
		facts.TenantID = text
	}
}

// tenantColumn reads a column that is headed Tenant and no more: a GUID, a
// domain or a name.
func (b *builder) tenantColumn(row sheet.Row, facts *reconcile.CustomerFacts) {
	text := b.text(row, fTenant)
	if blank(text) {
		return
	}
	switch id := usualGUID(text); {
	case id != "":
		facts.TenantID = firstOf(facts.TenantID, id)
	case domainName.MatchString(text):
		facts.Domain = firstOf(facts.Domain, b.domain(text))
	default:
		facts.Name = firstOf(facts.Name, b.name(text))
	}
}

func (b *builder) domain(text string) string {
	if blank(text) {
		return ""
	}
	return strings.ToLower(strings.TrimSuffix(text, "."))
}

// country reads the country; strange of a text that is none.
func (b *builder) country(row sheet.Row) (code string, strange bool) {
	text := b.text(row, fCountry)
	if text == "" {
		return "", false
	}
	if code = b.once(fCountry, text, countryCode); code == unknownCountry {
		return "", true
	}
	return code, false
}

// unknownCountry stands for texts that are no country.
const unknownCountry = "?"

func countryCode(text string) string {
	code, ok := ParseCountry(text)
	if !ok {
		return unknownCountry
	}
	return code
}

// fillFromFile completes a row's facts. A row without any gets those of the
// settings, else the sub-folder's name. A row that names its customer gets the
// settings' facts too, unless they name another customer; the sub-folder's
// name says nothing about such a row.
func (b *builder) fillFromFile(facts reconcile.CustomerFacts) (_ reconcile.CustomerFacts, borrowed bool) {
	if facts.TenantID == "" && facts.Domain == "" && facts.Name == "" {
		country := facts.Country
		facts = b.context
		facts.Country = firstOf(country, facts.Country)
		return facts, true
	}
	settings := b.rule.Customer
	if disagree(facts, settings) {
		return facts, false
	}
	facts.TenantID = firstOf(facts.TenantID, settings.TenantID)
	facts.Domain = firstOf(facts.Domain, strings.ToLower(settings.Domain))
	facts.Country = firstOf(facts.Country, settings.Country)
	return facts, false
}

// namesCustomer reports whether a row says itself whose it is.
func (b *builder) namesCustomer(row sheet.Row) bool { return b.whoseRow(row).names }

// hasCustomer reports whether a row says so by anything but an id.
func (b *builder) hasCustomer(row sheet.Row) bool {
	return !blank(b.text(row, fDomain)) || !blank(b.text(row, fCustomer)) || !blank(b.text(row, fTenant))
}

// damagedCustomer is the column whose damaged id would have said whose row it
// is; noField if there is none.
func (b *builder) damagedCustomer(row sheet.Row) field { return b.whoseRow(row).damaged }

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
