package reconcile

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// Who a customer is (rules.md §1): the tenant GUID, else the primary or
// onmicrosoft domain, else the folded name with the country. A weaker key joins
// a tenant only if exactly one has it: two customers of one name stay two.

// How strong the key of a party is, strongest first.
const (
	byTenant = iota
	byDomain
	byName
)

// directory places facts about customers with parties, one a customer.
type directory struct {
	weak    bool // some facts name no tenant: else nobody asks for a domain or a name
	fold    *folder
	parties []party
	keyed   [3]map[string]int32 // party by the strength of its key, and its identity; tenants are told apart beforehand
	domains map[string][]int32  // tenants that have the domain
	names   map[string][]int32  // tenants and parties of a domain or a name, by folded name
	seen    [][]string          // domains of each party, where somebody asks for them
	alone   map[string][]string // by country, a list of no more: few parties are in several, and the others share it
}

// placeFacts finds the party of each of the facts. The result does not depend
// on their order: tenants are placed first, then domains, then names.
func placeFacts(facts []CustomerFacts, fold *folder) ([]party, []int32) {
	weak := slices.ContainsFunc(facts, func(f CustomerFacts) bool { return f.TenantID == "" })
	d := &directory{weak: weak, fold: fold, keyed: [3]map[string]int32{byDomain: {}, byName: {}},
		domains: map[string][]int32{}, names: map[string][]int32{}, parties: make([]party, 0, len(facts)), // mostly one for each: to grow them took half of the time
		alone: map[string][]string{}}
	at := make([]int32, len(facts))
	d.placeTenants(facts, at)
	for _, pass := range []struct {
		takes func(*CustomerFacts) bool
		place func(*CustomerFacts) int32
	}{
		{func(f *CustomerFacts) bool { return f.Domain != "" }, d.domain},
		{func(f *CustomerFacts) bool { return f.Domain == "" && f.Country != "" }, d.name},
		{func(f *CustomerFacts) bool { return f.Domain == "" && f.Country == "" }, d.name},
	} {
		for i := range facts {
			if f := &facts[i]; weak && f.TenantID == "" && pass.takes(f) {
				at[i] = pass.place(f)
			}
		}
	}
	return d.parties, at
}

// placeTenants places the facts that name a tenant.
func (d *directory) placeTenants(facts []CustomerFacts, at []int32) {
	first := firstEqual(len(facts), func(i int) uint64 {
		if facts[i].TenantID == "" {
			return alone
		}
		return hashOfText(facts[i].TenantID)
	}, func(i, k int) bool { return facts[i].TenantID == facts[k].TenantID })
	for i := range facts {
		f := &facts[i]
		switch {
		case f.TenantID == "":
			continue
		case int(first[i]) == i:
			at[i] = d.add(f.TenantID, byTenant)
		default:
			at[i] = at[first[i]]
		}
		n := at[i]
		if d.weak && f.Domain != "" && !slices.Contains(d.domains[f.Domain], n) {
			d.domains[f.Domain] = append(d.domains[f.Domain], n)
			d.seen[n] = append(d.seen[n], f.Domain)
		}
		d.learn(n, f)
	}
}

func (d *directory) domain(f *CustomerFacts) int32 {
	switch tenants := d.domains[f.Domain]; len(tenants) {
	case 1:
		return tenants[0]
	case 0:
		if n, ok := d.only(f, func(n int32) bool { return d.parties[n].strength == byTenant && !d.hasLike(n, f.Domain) }); ok {
			return n
		}
	}
	n := d.party(f.Domain, byDomain)
	d.parties[n].ambiguous = d.parties[n].ambiguous || len(d.domains[f.Domain]) > 1
	d.learn(n, f)
	return n
}

func (d *directory) name(f *CustomerFacts) int32 {
	several := false
	for _, strength := range []uint8{byTenant, byDomain} {
		some := func(n int32) bool { return d.parties[n].strength == strength }
		if n, ok := d.only(f, some); ok {
			return n
		}
		if several = d.any(f, some); several {
			break // none of them is meant for certain
		}
	}
	if f.Country == "" {
		if n, ok := d.only(f, func(n int32) bool { return d.parties[n].strength == byName }); ok {
			return n
		}
	}
	n := d.party(d.fold.name(f.Name)+"\x00"+f.Country, byName)
	d.parties[n].ambiguous = d.parties[n].ambiguous || several
	d.learn(n, f)
	return n
}

// party returns the party with the key, made if need be.
func (d *directory) party(key string, strength uint8) int32 {
	n, ok := d.keyed[strength][key]
	if !ok {
		n = d.add(key, strength)
		d.keyed[strength][key] = n
	}
	return n
}

// add makes a party.
func (d *directory) add(key string, strength uint8) int32 {
	n := len(d.parties)
	d.parties = append(d.parties, party{identity: key, strength: strength})
	if d.weak {
		d.seen = append(d.seen, nil)
	}
	return int32(n)
}

// learn lets weaker keys find the party.
func (d *directory) learn(n int32, f *CustomerFacts) {
	if countries := &d.parties[n].countries; f.Country != "" && !slices.Contains(*countries, f.Country) {
		if len(*countries) == 0 {
			*countries = d.inOne(f.Country)
		} else {
			*countries = append(*countries, f.Country)
		}
	}
	if !d.weak {
		return
	}
	if folded := d.fold.name(f.Name); folded != "" && !slices.Contains(d.names[folded], n) {
		d.names[folded] = append(d.names[folded], n)
	}
}

// inOne is the list of one country.
func (d *directory) inOne(country string) []string {
	list := d.alone[country]
	if list == nil {
		list = []string{country}
		d.alone[country] = list
	}
	return list
}

// hasLike tells whether the party is known by another domain of the same sort,
// which contradicts this one: a tenant has one onmicrosoft.com domain, and is
// named by one primary domain.
func (d *directory) hasLike(n int32, domain string) bool {
	return slices.ContainsFunc(d.seen[n], func(other string) bool {
		return isOnMicrosoft(other) == isOnMicrosoft(domain)
	})
}

func isOnMicrosoft(domain string) bool { return strings.HasSuffix(domain, ".onmicrosoft.com") }

// only returns the one party that has the name, is in the country if one is
// named, and is accepted.
func (d *directory) only(f *CustomerFacts, accept func(int32) bool) (int32, bool) {
	found, has, maybe := int32(0), 0, false
	for _, n := range d.names[d.fold.name(f.Name)] {
		switch {
		case !accept(n):
		case d.isIn(n, f.Country):
			found = n
			has++
		case len(d.parties[n].countries) == 0:
			maybe = true // it could be this one as well
		}
	}
	return found, has == 1 && !maybe
}

func (d *directory) any(f *CustomerFacts, accept func(int32) bool) bool {
	return slices.ContainsFunc(d.names[d.fold.name(f.Name)], func(n int32) bool {
		return accept(n) && d.isIn(n, f.Country)
	})
}

// isIn tells whether the party is known to be in the country, which is half of
// the key by name. A party whose country nobody knows has no such key: taking it
// for one's own would give a whole tenant the country of a row that shares no
// more than its name.
func (d *directory) isIn(n int32, country string) bool {
	return country == "" || slices.Contains(d.parties[n].countries, country)
}

// identifyCustomers finds the party of each ranked record that names one, and
// lets registers and the records themselves say what is known of it. Exports
// repeat what they say of a customer in each of its rows: that is folded and
// placed once.
func (p *planning) identifyCustomers() {
	said, saidOf := p.distinctFacts()
	InParts(len(said), func(from, to int) {
		for n := from; n < to; n++ {
			said[n] = foldFacts(said[n])
		}
	})
	first := firstEqual(len(said), func(n int) uint64 { return said[n].hash() }, func(i, k int) bool { return said[i] == said[k] })
	partyOf := p.placeSaid(said, first)
	p.partyOf = make([]int32, len(saidOf))
	for i, n := range saidOf {
		if p.partyOf[i] = noParty; n != noParty {
			p.partyOf[i] = partyOf[first[n]]
		}
	}
	p.describeParties(saidOf, make([]bool, len(said)))
}

// distinctFacts lists what ranked records say of customers, each once, as it is
// written, and tells for each record which of it: noParty if it says nothing.
func (p *planning) distinctFacts() (said []CustomerFacts, saidOf []int32) {
	facts := func(k int) *CustomerFacts { return p.in.Records[p.ranked[k]].customerFacts() }
	firsts, number := numbered(firstEqual(len(p.ranked), func(k int) uint64 {
		f := facts(k)
		if f == nil {
			return alone
		}
		return f.hash()
	}, func(i, k int) bool { return *facts(i) == *facts(k) }))
	said = make([]CustomerFacts, len(firsts))
	for n, k := range firsts {
		if f := facts(int(k)); f != nil {
			said[n] = *f
		}
	}
	saidOf = make([]int32, len(p.in.Records))
	for i := range saidOf {
		saidOf[i] = noParty
	}
	for k, i := range p.ranked {
		saidOf[i] = number[k]
	}
	return said, saidOf
}

// placeSaid makes the parties of what is said, each of those that equal none
// before, and tells whose each of them is: noParty where nobody is named. The
// parties do not depend on the order of what is said.
func (p *planning) placeSaid(said []CustomerFacts, first []int32) (partyOf []int32) {
	type sortKey struct {
		begins uint64
		n      int32
	}
	order := make([]sortKey, 0, len(said)) // nearly as many
	partyOf = make([]int32, len(said))
	for n := range said {
		if partyOf[n] = noParty; int(first[n]) == n && said[n].nameSomebody() {
			order = append(order, sortKey{said[n].begins(), int32(n)})
		}
	}
	sortSideBySide(order, func(a, b sortKey) int {
		if c := cmp.Compare(a.begins, b.begins); c != 0 {
			return c
		}
		return compareFacts(&said[a.n], &said[b.n])
	})
	sorted := make([]CustomerFacts, len(order))
	for k := range order {
		sorted[k] = said[order[k].n]
	}
	parties, at := placeFacts(sorted, p.fold)
	for k := range order {
		partyOf[order[k].n] = at[k]
	}
	p.parties = parties
	return partyOf
}

// customerFacts is what the record says of its customer; nil if it names none.
func (rec *Record) customerFacts() *CustomerFacts {
	switch {
	case rec.Sub != nil:
		return rec.Sub.Customer
	case rec.Customer != nil:
		return rec.Customer.Customer
	}
	return nil
}

// foldFacts makes facts comparable, but for the name as it is written.
func foldFacts(f CustomerFacts) CustomerFacts {
	f.TenantID, f.Domain, f.Country = foldTenant(f.TenantID), foldDomain(f.Domain), CountryCode(f.Country)
	return f
}

// with is f with what only others says: one of the two themselves where that is
// all of it.
func (f *CustomerFacts) with(others *CustomerFacts) *CustomerFacts {
	all := *f
	fill(&all.TenantID, others.TenantID)
	fill(&all.Domain, others.Domain)
	fill(&all.Name, others.Name)
	fill(&all.Country, others.Country)
	switch all {
	case *f:
		return f
	case *others:
		return others
	}
	return &all
}

func (f *CustomerFacts) nameSomebody() bool {
	return f.TenantID != "" || f.Domain != "" || strings.TrimSpace(f.Name) != ""
}

// begins is how folded facts begin, as a number: smaller ones sort first, and most
// are told apart by it, without a look at their texts.
func (f *CustomerFacts) begins() uint64 {
	of, text := uint64(0), f.Name
	switch {
	case f.TenantID != "":
		of, text = 2, f.TenantID
	case f.Domain != "":
		of, text = 1, f.Domain
	}
	var start [8]byte
	copy(start[1:], text)
	return of<<56 | binary.BigEndian.Uint64(start[:])
}

// hash is never alone.
func (f *CustomerFacts) hash() uint64 {
	return mixed(mixed(hashOfText(f.TenantID), hashOfText(f.Domain)), mixed(hashOfText(f.Name), hashOfText(f.Country)))
}

func compareFacts(a, b *CustomerFacts) int {
	return cmp.Or(cmp.Compare(a.TenantID, b.TenantID), cmp.Compare(a.Domain, b.Domain),
		cmp.Compare(a.Name, b.Name), cmp.Compare(a.Country, b.Country))
}
