package shards

import (
	"encoding/binary"

	"cspplan/reconcile"
)

// interned keeps one copy of what many rows repeat, as package input does while
// reading: what is decoded would otherwise stand in memory by itself.
type interned struct {
	texts     map[string]string
	customers map[reconcile.CustomerFacts]*reconcile.CustomerFacts
	offers    map[reconcile.OfferFacts]*reconcile.OfferFacts
	findings  map[string]*[]reconcile.Finding // by all that they say
}

func newInterned() interned {
	return interned{map[string]string{}, map[reconcile.CustomerFacts]*reconcile.CustomerFacts{}, map[reconcile.OfferFacts]*reconcile.OfferFacts{}, map[string]*[]reconcile.Finding{}}
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
	k.findingsOf(r)
}

// mostFindings is how many lists of findings are remembered: rows repeat few, but for
// those that name what differs from row to row.
const mostFindings = 4096

func (k interned) findingsOf(r *reconcile.Row) {
	if r.Found == nil {
		return
	}
	var key []byte
	for _, f := range *r.Found {
		key = binary.AppendUvarint(append(key, byte(f.Severity)), uint64(len(f.Args)))
		for _, text := range append([]string{f.Code}, f.Args...) { // lengths go before, since texts may hold anything
			key = append(binary.AppendUvarint(key, uint64(len(text))), text...)
		}
	}
	if shared, known := k.findings[string(key)]; known {
		r.Found = shared
		return
	}
	for i := range *r.Found {
		k.text(&(*r.Found)[i].Code)
	}
	if len(k.findings) < mostFindings {
		k.findings[string(key)] = r.Found
	}
}
