package input

import (
	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// register reads a row of a customer register or customer list.
func (b *builder) register(row sheet.Row, rec *reconcile.Record) {
	facts := b.customerOf(row)
	if f := b.damagedCustomer(row); f != noField {
		b.warnDamaged(row, f)
	}
	rec.Customer = b.lineOfRegister(row, facts, b.owner(row))
	if facts.TenantID == "" && facts.Domain == "" && facts.Name == "" {
		rec.Customer = nil
		b.reject(rec, row, reconcile.Problem{Code: "no-customer", Column: b.headingOf(fCustomer), Expected: "a tenant id, a domain or a name"})
	}
}

// registerColumns say something about a customer besides who it is.
var registerColumns = [...]field{fRelationship, fDelegatedAdmin, fAgreement}

// lineOfRegister is what a row says about its customer besides who it is; nil
// if it says nothing. Subscription exports may carry such columns too.
func (b *builder) lineOfRegister(row sheet.Row, facts *reconcile.CustomerFacts, owner string) *reconcile.RegisterLine {
	relationship := b.relationship(row)
	admin := word(b, row, fDelegatedAdmin, parseTri)
	agreement := word(b, row, fAgreement, parseTri)
	says := b.layout.own || relationship != reconcile.RelationshipUnknown || admin != reconcile.Unknown || agreement != reconcile.Unknown
	if !says && !b.layout.register {
		return nil
	}
	line := reconcile.RegisterLine{Customer: facts, Relationship: relationship, DelegatedAdmin: admin, Agreement: agreement, Owner: owner, OwnList: b.layout.own}
	if b.layout.register { // elsewhere it may be the language of a product
		line.Language = b.language(row)
	}
	if b.described == nil || *b.described != line { // the rows of one customer say the same
		b.described = b.lines.keep(line)
	}
	return b.described
}

// language reads in which language a customer is written to.
func (b *builder) language(row sheet.Row) string {
	text := b.text(row, fLanguage)
	code, ok := parseLanguage(text)
	if !ok {
		b.warnUnknown(row, fLanguage, text)
	}
	return b.store.keep(code)
}

// relationship reads the relationship. In the partner's own customer list the
// column holds its kind, such as Cloud Reseller; being listed is what counts.
func (b *builder) relationship(row sheet.Row) reconcile.Relationship {
	if b.layout.own {
		value, _ := parseRelationship(b.text(row, fRelationship))
		if value == reconcile.RelationshipUnknown {
			value = reconcile.RelationshipAccepted
		}
		return value
	}
	return word(b, row, fRelationship, parseRelationship)
}
