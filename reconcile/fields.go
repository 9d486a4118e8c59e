package reconcile

import (
	"slices"
	"strconv"
	"strings"

	"github.com/govalues/decimal"
)

// mergeFields takes each field from the first record, by rank, that has it.
func (p *planning) mergeFields(members []int32) *Subscription {
	merged := *p.in.Records[members[0]].Sub
	own := *merged.OfferFacts
	merged.OfferFacts = &own
	for _, i := range members[1:] {
		merged.fillFrom(p.in.Records[i].Sub)
	}
	merged.OfferTitle = p.titleOf(members)
	first := p.in.Records[members[0]].Sub
	if *merged.OfferFacts == *first.OfferFacts {
		merged.OfferFacts = first.OfferFacts
	}
	return &merged
}

// titleOf is the first title by rank. Invoices write titles in capitals; among
// exports of one day, which are equally new, a title as people know it goes
// first.
func (p *planning) titleOf(members []int32) string {
	titled := slices.IndexFunc(members, func(i int32) bool { return p.in.Records[i].Sub.OfferTitle != "" })
	if titled < 0 {
		return ""
	}
	first := p.in.Records[members[titled]].Sub.OfferTitle
	for _, i := range members[titled:] {
		title := p.in.Records[i].Sub.OfferTitle
		if p.exported[i] == p.exported[members[titled]] && title != "" && title != strings.ToUpper(title) {
			return title
		}
	}
	return first
}

// fillFrom fills what s does not say. What only makes sense together is taken
// together: a price with its currency, a product with its SKU.
func (s *Subscription) fillFrom(o *Subscription) {
	s.Customer = s.Customer.with(o.Customer)
	fill(&s.Owner, o.Owner)
	fill(&s.SubscriptionID, o.SubscriptionID)
	s.fillOffer(o)
	fill(&s.AddOn, o.AddOn)
	fill(&s.Trial, o.Trial)
	fill(&s.Promotion, o.Promotion)
	fill(&s.Licences, o.Licences)
	fill(&s.Assigned, o.Assigned)
	fill(&s.Start, o.Start)
	fill(&s.Expires, o.Expires)
	fill(&s.Term, o.Term)
	fill(&s.Billing, o.Billing)
	fill(&s.AutoRenew, o.AutoRenew)
	fill(&s.EndOfTerm, o.EndOfTerm)
	fill(&s.State, o.State)
	fill(&s.Channel, o.Channel)
	fill(&s.Programme, o.Programme)
	s.fillPrice(o)
	fill(&s.MigrationEligible, o.MigrationEligible)
	s.fillRare(o)
}

// fillRare leaves what s shares with the record that it is a copy of as it is.
func (s *Subscription) fillRare(o *Subscription) {
	if o.Rare == nil {
		return
	}
	all := *s.RareFacts()
	fill(&all.IneligibleReason, o.Rare.IneligibleReason)
	fill(&all.ResellerID, o.Rare.ResellerID)
	fill(&all.DamagedID, o.Rare.DamagedID)
	fill(&all.NcePsa, o.Rare.NcePsa)
	fill(&all.BaseID, o.Rare.BaseID)
	fill(&all.MigratedFrom, o.Rare.MigratedFrom)
	s.Rare = &all
}

func (s *Subscription) fillOffer(o *Subscription) {
	fill(&s.OfferTitle, o.OfferTitle)
	fill(&s.OfferID, o.OfferID)
	fill(&s.SKUGUID, o.SKUGUID)
	fill(&s.PartNumber, o.PartNumber)
	fill(&s.Segment, o.Segment)
	if s.ProductID == "" {
		s.ProductID, s.ProductSKU = o.ProductID, o.ProductSKU
	}
}

// fillPrice takes the price of another export where this one has none, or has
// only what the partner pays.
func (s *Subscription) fillPrice(o *Subscription) {
	switch {
	case s.Price.Known && !(s.Price.Partner && o.Price.Known && !o.Price.Partner):
	case o.Price.Known:
		s.Price, s.Currency = o.Price, o.Currency
	default:
		fill(&s.Currency, o.Currency)
	}
}

// compared are the values on which sources must agree: what is moved, when,
// how much of it, and what it costs. Empty means that the record does not say.
var compared = []struct {
	field string
	text  func(*Subscription) string
}{
	{"customer", func(s *Subscription) string { return foldTenant(s.Customer.TenantID) }},
	{"sku_guid", func(s *Subscription) string { return foldID(s.SKUGUID) }},
	{"offer_id", func(s *Subscription) string { return foldID(s.OfferID) }},
	{"product", productText},
	{"licences", func(s *Subscription) string { return countText(s.Licences) }},
	{"expires", func(s *Subscription) string { return s.Expires.String() }},
	{"term", func(s *Subscription) string { return s.Term.String() }},
	{"billing", func(s *Subscription) string { return s.Billing.String() }},
	{"auto_renew", func(s *Subscription) string { return knownText(s.AutoRenew) }},
	{"end_of_term", endText},
	{"country", func(s *Subscription) string { return CountryCode(s.Customer.Country) }},
	{"segment", func(s *Subscription) string { return s.Segment.String() }},
	{"price", priceText},
}

// findConflicts compares each record with the value that was kept, and reports
// each other value once.
func (p *planning) findConflicts(members []int32) []conflict {
	var found []conflict
	for _, f := range compared {
		var values []string
		var kept Source
		for _, i := range members {
			rec := &p.in.Records[i]
			value := f.text(rec.Sub)
			switch {
			case value == "":
			case len(values) == 0:
				values, kept = append(values, value), rec.Source
			case !contains(values, value):
				found = append(found, conflict{f.field, values[0], value, kept, rec.Source})
				values = append(values, value)
			}
		}
	}
	return found
}

func contains(values []string, value string) bool {
	for _, v := range values {
		if v == value {
			return true
		}
	}
	return false
}

func productText(s *Subscription) string {
	if s.ProductID == "" {
		return ""
	}
	return strings.ToUpper(strings.TrimSpace(s.ProductID)) + "/" + strings.ToUpper(PadSKUID(s.ProductSKU))
}

func countText(c Count) string {
	if !c.Known {
		return ""
	}
	return strconv.Itoa(int(c.N))
}

func endText(s *Subscription) string {
	if s.EndOfTerm == EndUnknown {
		return ""
	}
	return s.EndOfTerm.String()
}

func knownText(t Tri) string {
	if t == Unknown {
		return ""
	}
	return t.String()
}

// priceText is the price of a year, so that a monthly and a yearly export of
// one price agree. What the partner pays is another thing than what the
// customer pays, so the two cannot disagree.
func priceText(s *Subscription) string {
	year, ok := yearly(s.Price, 1)
	if !ok || s.Price.Partner {
		return ""
	}
	price, err := year.amount.Quo(whole(year.years))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(s.Currency + " " + trimmed(price))
}

func trimmed(d decimal.Decimal) string { return d.Trim(0).String() }
