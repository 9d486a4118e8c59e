package catalog

import (
	"slices"
	"strings"

	"cspplan/reconcile"
)

// planNumbers maps the number that skus.csv names a service plan by to its
// place in Catalogue.Plans.
type planNumbers map[string]int32

func decodePlans(c *reconcile.Catalogue, plans planNumbers) func(*row) {
	return func(r *row) {
		plans[r.text()] = int32(len(c.Plans))
		c.Plans = append(c.Plans, reconcile.ServicePlan{ID: r.guid(), Code: r.text(), Name: r.text()})
	}
}

func decodeSKUs(c *reconcile.Catalogue, plans planNumbers) func(*row) {
	return func(r *row) {
		s := reconcile.SKU{GUID: r.guid(), PartNumber: r.text(), OtherParts: r.list(), Name: r.text(), Former: r.list(),
			Current: r.yes(), FirstSeen: r.date(), LastSeen: r.date()}
		for _, number := range r.list() {
			place, ok := plans[number]
			if !ok {
				r.fail("%q is no service plan of plans.csv", number)
			}
			s.Plans = append(s.Plans, place)
		}
		slices.Sort(s.Plans)
		c.SKUs = append(c.SKUs, s)
	}
}

func decodeOffers(c *reconcile.Catalogue, _ planNumbers) func(*row) {
	return func(r *row) {
		c.Offers = append(c.Offers, reconcile.LegacyOffer{ID: r.offerID(), Name: r.text(), ProductGUID: r.guid(), ProductName: r.text(),
			InTable: r.yes(), AddOn: r.yes(), Trial: r.yes(), Max: int32(r.number()),
			Segment: parsed(r, reconcile.ParseSegment), Prerequisites: r.guids()})
	}
}

func decodeProducts(c *reconcile.Catalogue, _ planNumbers) func(*row) {
	return func(r *row) {
		c.Products = append(c.Products, reconcile.Product{ProductID: r.text(), SKUID: r.text(), Title: r.text(), SKUTitle: r.text(),
			Segment: parsed(r, reconcile.ParseSegment), Terms: r.terms(), Trial: r.yes(), EST: r.yes(), SKUGUID: r.guid()})
	}
}

// terms reads P1Y/monthly|P1M/: a term, and the billing plan if it has one.
func (r *row) terms() []reconcile.TermBilling {
	var out []reconcile.TermBilling
	for _, pair := range r.list() {
		termWord, billingWord, _ := strings.Cut(pair, "/")
		term, okTerm := reconcile.ParseTerm(termWord)
		billing, okBilling := reconcile.ParseBilling(billingWord)
		if !okTerm || !okBilling {
			r.fail("%q is not a term and billing plan", pair)
		}
		out = append(out, reconcile.TermBilling{Term: term, Billing: billing})
	}
	return out
}

func decodePairs(c *reconcile.Catalogue, _ planNumbers) func(*row) {
	return func(r *row) {
		c.Pairs = append(c.Pairs, reconcile.OfferPair{OfferID: r.guid(), ProductID: r.text(), SKUID: r.text(), SKUGUID: r.guid(),
			Kind: r.oneOf("official", "derived", "user"), Source: r.text()})
	}
}

func decodeSuccessors(c *reconcile.Catalogue, _ planNumbers) func(*row) {
	return func(r *row) {
		c.Successors = append(c.Successors, reconcile.Successor{OldName: r.text(), OldGUID: r.guid(), NewName: r.text(), NewGUIDs: r.guids(),
			Kind: r.text(), Countries: r.list(), From: r.date(), When: r.text(), Source: r.text(), Confidence: r.oneOf("high", "medium", "low")})
	}
}
