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

// lineOfRegister is what a row says about its customer besides who it is; nil
// if it says nothing. Subscription exports may carry such columns too.
func (b *builder) lineOfRegister(row sheet.Row, facts reconcile.CustomerFacts, owner string) *reconcile.RegisterLine {
	line := &reconcile.RegisterLine{
		Customer:       facts,
		Relationship:   b.relationship(row),
		DelegatedAdmin: word(b, row, fDelegatedAdmin, parseTri),
		Agreement:      word(b, row, fAgreement, parseTri),
		Owner:          owner,
		OwnList:        b.layout.own,
	}
	says := line.OwnList || line.Relationship != reconcile.RelationshipUnknown ||
		line.DelegatedAdmin != reconcile.Unknown || line.Agreement != reconcile.Unknown
	if !says && !b.layout.register {
		return nil
	}
	if b.layout.register { // elsewhere it may be the language of a product
		line.Language = word(b, row, fLanguage, parseLanguage)
	}
	return line
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
