package shards

import "cspplan/reconcile"

// interned keeps one copy of what many rows repeat, as package input does while
// reading: what is decoded would otherwise stand in memory by itself.
type interned struct {
	texts     map[string]string
	customers map[reconcile.CustomerFacts]*reconcile.CustomerFacts
	offers    map[reconcile.OfferFacts]*reconcile.OfferFacts
}

func newInterned() interned {
	return interned{map[string]string{}, map[reconcile.CustomerFacts]*reconcile.CustomerFacts{}, map[reconcile.OfferFacts]*reconcile.OfferFacts{}}
}

func (k interned) text(s *string) {
	if *s == "" {
		return
	}
	if one, ok := k.texts[*s]; ok {
		*s = one
		return
	}
	k.texts[*s] = *s
}

// one is the first that is equal to what is decoded.
func one[T comparable](known map[T]*T, decoded *T) *T {
	if first, ok := known[*decoded]; ok {
		return first
	}
	known[*decoded] = decoded
	return decoded
}

func (k interned) source(s *reconcile.Source) {
	k.text(&s.File)
	k.text(&s.Sheet)
}

func (k interned) row(r *reconcile.Row) {
	s := r.Sub
	if s == nil || s.Customer == nil || s.OfferFacts == nil {
		return // Join refuses it
	}
	s.Customer, s.OfferFacts = one(k.customers, s.Customer), one(k.offers, s.OfferFacts)
	for _, text := range []*string{
		&s.Owner, &s.State, &s.Currency,
		&r.Money.CSPCurrency, &r.Owner,
	} {
		k.text(text)
	}
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
