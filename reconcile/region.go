package reconcile

// The partner and the customer's tenant must be in the same CSP region
// (Partner Center, "Move license-based customers", 2020-06-30, note). What
// counts is the country of the tenant, not where its users sit.

// partnerCountry is the country of the partner's first CSP tenant.
func (p *planning) partnerCountry() string {
	if p.in.Partner.Country != "" || len(p.in.Partner.Tenants) == 0 {
		return p.in.Partner.Country
	}
	return p.in.Partner.Tenants[0].Country
}

// partnerServes tells whether one of the partner's CSP tenants is in the region.
func (p *planning) partnerServes(region string) Tri {
	answer := Unknown
	for n := -1; n < len(p.in.Partner.Tenants); n++ {
		country := p.in.Partner.Country
		if n >= 0 {
			country = p.in.Partner.Tenants[n].Country
		}
		own, known := p.in.Catalogue.RegionOf(country)
		switch {
		case !known || own == "":
		case own == region:
			return Yes
		default:
			answer = No
		}
	}
	return answer
}

// settleRegion compares the regions. Where sources name countries in several
// regions, the question stays open unless the answer is the same for all.
func (p *planning) settleRegion(c *party) {
	if len(c.countries) == 0 {
		return
	}
	for n, country := range c.countries {
		region, known := p.in.Catalogue.RegionOf(country)
		same := Unknown
		if known {
			same = p.partnerServes(region)
		}
		if n == 0 {
			c.region, c.same = region, same
			continue
		}
		if region != c.region {
			c.region = ""
		}
		if same != c.same {
			c.same = Unknown
		}
	}
}
