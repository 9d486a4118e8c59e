package reconcile

import (
	"cmp"
	"slices"
	"strings"
)

// The partner and the customer's tenant must be in the same CSP region
// (Partner Center, "Move license-based customers", 2020-06-30, note). What
// counts is the country of the tenant, not where its users sit. A partner may
// have a CSP tenant in each of several regions and clouds: the first that
// serves the customer is the one to use.

// cspTenants lists the partner's CSP tenants, that of partner.country first. It
// may stand among the others with its id; one without a country is it.
func (p *Partner) cspTenants() []Tenant {
	if p.Country == "" {
		return p.Tenants
	}
	isFirst := func(t Tenant) bool {
		return t.Cloud == Worldwide && CountryCode(cmp.Or(t.Country, p.Country)) == CountryCode(p.Country)
	}
	first, others := Tenant{}, p.Tenants
	if i := slices.IndexFunc(p.Tenants, isFirst); i >= 0 {
		first, others = p.Tenants[i], slices.Concat(p.Tenants[:i], p.Tenants[i+1:])
	}
	fill(&first.Name, p.Name)
	fill(&first.Country, p.Country)
	return append([]Tenant{first}, others...)
}

// partnerCountry is the country of the partner's first CSP tenant.
func (p *planning) partnerCountry() string {
	if p.in.Partner.Country != "" || len(p.in.Partner.Tenants) == 0 {
		return p.in.Partner.Country
	}
	return p.in.Partner.Tenants[0].Country
}

// serving finds the partner's CSP tenant for customers of a region in a cloud.
// Its answer is Unknown if no tenant's region is known.
func (p *planning) serving(region string, cloud Cloud) (*Tenant, Tri) {
	answer := Unknown
	for i := range p.tenantsOfPartner {
		t := &p.tenantsOfPartner[i]
		own, known := p.in.Catalogue.RegionOf(t.Country)
		switch {
		case !known || own == "" || t.Cloud != cloud:
		case own == region:
			return t, Yes
		default:
			answer = No
		}
	}
	return nil, answer
}

// settleRegion compares the regions. Where sources name countries in several
// regions, the question stays open unless the answer is the same for all.
func (p *planning) settleRegion(c *party) {
	for n, country := range c.countries {
		region, known := p.in.Catalogue.RegionOf(country)
		var tenant *Tenant
		same := Unknown
		if known {
			tenant, same = p.serving(region, p.cloudWeServe(cloudOfDomain(c.facts.Domain)))
		}
		if n == 0 {
			c.region, c.same, c.tenant = region, same, tenant
			continue
		}
		if region != c.region {
			c.region = ""
		}
		if same != c.same {
			c.same = Unknown
		}
	}
	if c.same != Yes {
		c.tenant = nil
	}
}

// cloudWeServe is the cloud by whose tenants the region is compared: the
// customer's, or the worldwide one where the partner has none there, so that a
// customer in another cloud is told so and not that its region is unknown.
func (p *planning) cloudWeServe(cloud Cloud) Cloud {
	if p.isIn(cloud) {
		return cloud
	}
	return Worldwide
}

// isIn tells whether the partner has a CSP tenant in the cloud.
func (p *planning) isIn(cloud Cloud) bool {
	return slices.ContainsFunc(p.tenantsOfPartner, func(t Tenant) bool { return t.Cloud == cloud })
}

// A barrier is what keeps a customer's subscriptions from coming to the partner
// at all.
type barrier uint8

const (
	noBarrier barrier = iota // nothing is known to
	byRegion
	byCloud
	byProvider
)

func (p *planning) barrier(r *Row, d *draft) barrier {
	switch {
	case d.cloud != Worldwide && !p.isIn(d.cloud):
		return byCloud
	case r.SameRegion == No:
		return byRegion
	case r.SameRegion == Yes && p.providerElsewhere(&p.parties[d.party]):
		return byProvider
	}
	return noBarrier
}

// providerElsewhere: provider, reseller and customer must be in one region
// (Partner Center, "CSP supported partner relationships", 2023-01-11,
// scenarios 7 and 8).
func (p *planning) providerElsewhere(c *party) bool {
	region, known := p.in.Catalogue.RegionOf(p.in.Partner.Provider.Country)
	return known && region != c.region && c.region != ""
}

// describe names the tenant as people know it: its name, else its id, and its
// country.
func (t Tenant) describe() string {
	return strings.TrimSpace(cmp.Or(t.Name, t.ID) + " (" + CountryCode(t.Country) + ")")
}
