package reconcile

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strconv"
)

// keyOf is the 16 hex digits by which people's notes find their row again
// (rules.md §1).
func keyOf(parts ...string) string { return keyText(keyNumber(parts...)) }

// keyText writes the number of a key. Keys sort as their numbers do.
func keyText(key uint64) string {
	var number [8]byte
	binary.BigEndian.PutUint64(number[:], key)
	return hex.EncodeToString(number[:])
}

func keyNumber(parts ...string) uint64 {
	text := make([]byte, 0, 128) // without an allocation for the keys of rows
	for i, part := range parts {
		if i > 0 {
			text = append(text, 0)
		}
		text = append(text, part...)
	}
	sum := sha256.Sum256(text)
	return binary.BigEndian.Uint64(sum[:])
}

// SubscriptionKey is the key of the row that a subscription with this id has, or
// would have.
func SubscriptionKey(id string) string { return keyOf("sub", foldID(id)) }

// nameRows gives each draft its offer and its key (rules.md §1). Without an id
// the key counts the customer's rows of one offer; the expiry is not part of it,
// so that notes survive a renewal.
func (p *planning) nameRows() {
	p.titles = distinctTexts(len(p.drafts), func(i int) string { return p.drafts[i].sub.OfferTitle })
	p.offers = foldNames(p.titles.texts)
	called := p.callCustomers()
	InParts(len(p.drafts), func(from, to int) {
		for i := from; i < to; i++ {
			d := &p.drafts[i]
			d.offer, d.name = p.offers.of[p.titles.of[i]], p.names.of[called[i]]
			if id := d.id(); id != "" {
				d.key = keyNumber("sub", id)
			}
		}
	})
	var nameless []int32
	for i := range p.drafts {
		if p.drafts[i].id() == "" {
			nameless = append(nameless, int32(i))
		}
	}
	identity := make(map[int32]string, len(nameless))
	for _, i := range nameless {
		identity[i] = p.offerIdentity(p.drafts[i].sub)
	}
	slices.SortFunc(nameless, func(a, b int32) int { return p.compareNameless(a, b, identity) })
	n := 0
	for k, i := range nameless {
		d := &p.drafts[i]
		if k > 0 && p.drafts[nameless[k-1]].party == d.party && identity[nameless[k-1]] == identity[i] {
			n++
			p.suspectRepeat(&p.drafts[nameless[k-1]], d)
		} else {
			n = 1
		}
		d.key = keyNumber("row", p.parties[d.party].identity, identity[i], strconv.Itoa(n))
	}
}

// callCustomers folds what customers are called: in the drafts, which may differ
// from row to row, and by themselves. It tells which of the names is whose, those
// of the drafts first.
func (p *planning) callCustomers() []int32 {
	rows := len(p.drafts)
	called := distinctTexts(rows+len(p.parties), func(i int) string {
		if i < rows {
			return p.customerName(&p.drafts[i])
		}
		return p.parties[i-rows].facts.Title()
	})
	p.names = foldNames(called.texts)
	p.partyName = make([]int32, len(p.parties))
	for n := range p.partyName {
		p.partyName[n] = p.names.of[called.of[rows+n]]
	}
	return called.of
}

// customerName is what the draft is sorted by: what its customer is called.
func (p *planning) customerName(d *draft) string {
	return cmp.Or(d.sub.Customer.Name, p.parties[d.party].facts.Title())
}

func (p *planning) compareNameless(a, b int32, identity map[int32]string) int {
	x, y := &p.drafts[a], &p.drafts[b]
	return cmp.Or(
		cmp.Compare(p.parties[x.party].identity, p.parties[y.party].identity),
		cmp.Compare(x.party, y.party),
		cmp.Compare(identity[a], identity[b]),
		compareExpiry(x.sub.Expires, y.sub.Expires),
		cmp.Compare(x.sub.Licences.N, y.sub.Licences.N),
		compareRecords(&p.in.Records[x.record], &p.in.Records[y.record]),
	)
}

// suspectRepeat marks two rows without an id that may be one subscription in
// exports of different days. Which of them is right nobody can tell from the
// files, so both stay and a person decides.
func (p *planning) suspectRepeat(a, b *draft) {
	older, newer := p.exported[a.record], p.exported[b.record]
	if !older.Known() || !newer.Known() || older == newer {
		return
	}
	p.conflictOfDays(a, b)
	p.conflictOfDays(b, a)
}

// offerIdentity is the strongest name that a row gives its offer.
func (p *planning) offerIdentity(s *Subscription) string {
	switch {
	case s.SKUGUID != "":
		return foldID(s.SKUGUID)
	case s.OfferID != "":
		return foldID(s.OfferID)
	case s.ProductID != "":
		return foldID(s.ProductID + "/" + PadSKUID(s.ProductSKU))
	case s.PartNumber != "":
		return foldID(s.PartNumber)
	}
	return p.fold.name(s.OfferTitle)
}
