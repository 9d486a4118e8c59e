package reconcile

import (
	"hash/fnv"
	"strconv"
)

// Written is a number over what people wrote about a row: their decision, its
// planned day, the offer and the licences they want, and what they chose for
// its offer. Equal words give equal numbers, in every run and version.
func Written(decision, planned, offer, licences, basis string) uint64 {
	if basis != basisDecision && basis != basisAlias {
		basis = "" // no person's
	}
	h := fnv.New64a()
	for _, word := range []string{decision, planned, offer, licences, basis} {
		h.Write([]byte(word))
		h.Write([]byte{0})
	}
	return h.Sum64()
}

// Written is that number of the row.
func (r *Row) Written() uint64 {
	licences, basis := "", ""
	if r.Wish().Licences.Known {
		licences = strconv.Itoa(int(r.Wish().Licences.N))
	}
	if r.Match != nil {
		basis = r.Match.Basis
	}
	return Written(r.Decision.String(), r.Planned.String(), r.Wish().Offer, licences, basis)
}
