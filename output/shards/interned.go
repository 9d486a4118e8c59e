package shards

import "cspplan/reconcile"

// interned keeps one copy of texts that many rows repeat, as package input does
// while reading: each decoded text would otherwise stand in memory by itself.
type interned map[string]string

func (k interned) text(s *string) {
	if *s == "" {
		return
	}
	if one, ok := k[*s]; ok {
		*s = one
		return
	}
	k[*s] = *s
}

func (k interned) source(s *reconcile.Source) {
	k.text(&s.File)
	k.text(&s.Sheet)
}

func (k interned) row(r *reconcile.Row) {
	if r.Sub == nil || r.From == nil {
		return // Join refuses it
	}
	s := r.Sub
	for _, text := range []*string{
		&s.Customer.TenantID, &s.Customer.Domain, &s.Customer.Name, &s.Customer.Country, &s.Owner,
		&s.OfferTitle, &s.OfferID, &s.SKUGUID, &s.PartNumber, &s.ProductID, &s.ProductSKU, &s.State, &s.Currency,
		&r.Region, &r.RouteWhy, &r.Money.Currency, &r.Money.CSPCurrency, &r.Money.CSPBasis, &r.Next.Code, &r.Next.Offer, &r.Owner,
	} {
		k.text(text)
	}
	k.source(r.From)
	if t := r.Told; t != nil {
		for i := range t.Sources {
			k.source(&t.Sources[i])
		}
		for i := range t.Origins {
			k.text(&t.Origins[i].Field)
			k.source(&t.Origins[i].Source)
		}
	}
	for i := range r.Findings {
		k.text(&r.Findings[i].Code)
		for n := range r.Findings[i].Args {
			k.text(&r.Findings[i].Args[n])
		}
	}
}
