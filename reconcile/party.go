package reconcile

import "slices"

// A party is a customer while the plan is made, with or without rows.
type party struct {
	identity string // tenant GUID, domain, or folded name and country
	strength uint8

	facts     *CustomerFacts // nil until some source names it
	countries []string       // every country that some source names
	region    string
	same      Tri
	tenant    *Tenant // of the partner that serves the customer; nil if none is known to
	ambiguous bool    // its name or domain is also that of several tenants

	listed       bool // on the partner's own side: customer list, CSP export
	legacy       bool // holds legacy CSP subscriptions in the partner's tenant
	relationship Relationship
	admin        Tri
	agreement    Tri
	language     string
	owner        string // of a register, else of the first subscription that names one
	registered   bool   // the owner is that of a register
}

// key is that of the customer (rules.md §1).
func (c *party) key() string { return keyOf("customer", c.identity) }

// ownerOfRegister goes before who a subscription names.
func (c *party) ownerOfRegister() string {
	if !c.registered {
		return ""
	}
	return c.owner
}

// describeParties gathers what the records say, registers first and then the
// newest export; the first that says something stands.
//
// Records whose facts have been told before have nothing to add: saidOf numbers
// them, told tells which have been. What is said of one customer is said of no
// other.
func (p *planning) describeParties(saidOf []int32, told []bool) {
	recordsOf := p.recordsOfParties()
	p.compareRegisters()
	p.tenantsOfPartner = p.in.Partner.cspTenants()
	InParts(len(p.parties), func(from, to int) {
		for n := from; n < to; n++ {
			party := &p.parties[n]
			p.gather(party, recordsOf[n], saidOf, told)
			party.settleRelationship()
			slices.Sort(party.countries)
			p.settleRegion(party)
		}
	})
	p.plan.Region, _ = p.in.Catalogue.RegionOf(p.partnerCountry())
}

// recordsOfParties lists the ranked records of each party, in their order.
func (p *planning) recordsOfParties() [][]int32 {
	members, parties := make([]int32, 0, len(p.ranked)), make([]int32, 0, len(p.ranked))
	counts := make([]int32, len(p.parties))
	for _, i := range p.ranked {
		if n := p.partyOf[i]; n != noParty {
			members, parties = append(members, i), append(parties, n)
			counts[n]++
		}
	}
	return split(members, parties, counts)
}

// gather takes what the records of a party say of it.
func (p *planning) gather(party *party, records, saidOf []int32, told []bool) {
	describe := func(i int32, facts *CustomerFacts) {
		if rec := &p.in.Records[i]; *facts != *rec.customerFacts() {
			party.describe(facts)
		} else if !told[saidOf[i]] {
			party.describe(facts)
			told[saidOf[i]] = true
		}
	}
	for _, i := range records {
		if rec := &p.in.Records[i]; rec.Customer != nil {
			describe(i, rec.Customer.Customer)
			party.register(rec.Customer)
		}
	}
	for _, i := range records {
		if rec := &p.in.Records[i]; rec.Sub != nil {
			describe(i, rec.Sub.Customer)
			party.subscription(rec)
		}
	}
}

func (c *party) register(line *RegisterLine) {
	c.listed = c.listed || line.OwnList
	fill(&c.relationship, line.Relationship)
	fill(&c.admin, line.DelegatedAdmin)
	fill(&c.agreement, line.Agreement)
	fill(&c.language, line.Language)
	fill(&c.owner, line.Owner)
	c.registered = c.owner != ""
}

func (c *party) subscription(rec *Record) {
	c.listed = c.listed || rec.Role == RoleInCSP
	c.legacy = c.legacy || rec.Role == RoleSubscription && rec.Sub.Channel == LegacyCSP
	fill(&c.owner, rec.Sub.Owner)
}

func (c *party) describe(f *CustomerFacts) {
	said := f
	if folded := foldFacts(*f); folded != *f {
		said = &folded
	}
	if c.facts == nil {
		c.facts = said
	} else {
		c.facts = c.facts.with(said)
	}
	if said.Country != "" && !slices.Contains(c.countries, said.Country) {
		c.countries = append(c.countries, said.Country)
	}
}

// settleRelationship: who is in the partner's own customer list or already has
// CSP subscriptions has accepted. Legacy CSP subscriptions say so as well,
// unless a register knows better: a list made by hand may call any old offer
// legacy.
func (c *party) settleRelationship() {
	if c.listed || c.legacy && c.relationship == RelationshipUnknown {
		c.relationship = RelationshipAccepted
	}
}

// fill sets what is not known yet.
func fill[T comparable](into *T, value T) {
	var unknown T
	if *into == unknown {
		*into = value
	}
}
