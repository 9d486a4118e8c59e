package reconcile

import (
	"slices"
	"strings"
)

// The checks of where the customer is and of what must be settled before
// anything can be ordered: region, cloud, provider, relationship, agreement.
// What is not known never fires a rule about itself, but the rule that asks
// for it.

func regionMismatch(_ *ruleContext, r *Row) bool { return r.SameRegion == No }

func regionUnknown(_ *ruleContext, r *Row) bool { return r.SameRegion == Unknown }

// otherCloud: the tenant or the offer is in a cloud in which the partner has no
// CSP tenant.
func otherCloud(c *ruleContext, _ *Row) bool {
	return c.draft.cloud != Worldwide && !c.isIn(c.draft.cloud)
}

func providerRegion(c *ruleContext, r *Row) bool {
	return r.SameRegion == Yes && c.providerElsewhere(&c.parties[c.draft.party])
}

var ifNoProvider = exemption{"no-provider", func(c *ruleContext, _ *Row) bool { return c.in.Partner.Provider.Country == "" }}

// cloudUnverified: tenants in China are as a rule in the cloud that 21Vianet
// operates; only a first domain of the worldwide cloud shows that one is not.
func cloudUnverified(c *ruleContext, r *Row) bool {
	return c.draft.cloud == Worldwide && CountryCode(r.Sub.Customer.Country) == "CN" && !isOnMicrosoft(foldDomain(r.Sub.Customer.Domain))
}

var ifOtherRegion = exemption{"other-region", func(_ *ruleContext, r *Row) bool { return r.SameRegion == No }}

// otherTenant: not the partner's first CSP tenant serves the customer's region.
func otherTenant(c *ruleContext, r *Row) bool {
	return r.SameRegion == Yes && *c.tenant() != c.tenantsOfPartner[0]
}

var ifOneTenant = exemption{"one-tenant", func(c *ruleContext, _ *Row) bool { return len(c.tenantsOfPartner) < 2 }}

// tenant is the partner's CSP tenant that serves the row's customer; the zero
// Tenant if none is known to.
func (c *ruleContext) tenant() *Tenant {
	if t := c.parties[c.draft.party].tenant; t != nil {
		return t
	}
	return new(Tenant)
}

// tenantUnknown: the subscription must be put on the tenant that holds the data
// today, and a name alone does not say which that is.
func tenantUnknown(_ *ruleContext, r *Row) bool {
	return r.Sub.Customer.TenantID == "" && r.Sub.Customer.Domain == ""
}

func tenantAmbiguous(c *ruleContext, _ *Row) bool { return c.parties[c.draft.party].ambiguous }

func relationshipLate(c *ruleContext, r *Row) bool {
	return r.RelationshipBy.Known() && c.in.AsOf > r.RelationshipBy
}

func relationshipPending(c *ruleContext, r *Row) bool { return !relationshipLate(c, r) }

// agreementMissing: without the Microsoft Customer Agreement nothing can be
// ordered. It is accepted together with the relationship, so that rule comes
// first.
func agreementMissing(c *ruleContext, _ *Row) bool { return c.agreement() == No }

func (c *ruleContext) agreement() Tri { return c.parties[c.draft.party].agreement }

var (
	needAgreement       = need{"fact.agreement", func(c *ruleContext, _ *Row) bool { return c.agreement() != Unknown }}
	ifRelationshipFirst = exemption{"relationship-first", func(_ *ruleContext, r *Row) bool { return r.Relationship != RelationshipAccepted }}
)

// partnerIDInvalid: since 2025-12-01 the PartnerID of the reseller on record
// must be valid for changes, transfers and migrations. Exports write none as
// nothing, 0 or -1.
func partnerIDInvalid(_ *ruleContext, r *Row) bool {
	id := strings.TrimSpace(r.Sub.RareFacts().ResellerID)
	noNumber := id != "" && id != "-1" && strings.Trim(id, "0123456789") != ""
	return noNumber || r.Sub.barred("partner id", "partnerid", "partner on record", "partner of record", "mpn")
}

var needReseller = need{"fact.reseller_id", func(_ *ruleContext, r *Row) bool {
	return r.Sub.RareFacts().ResellerID != "" || r.Sub.MigrationEligible != Unknown
}}

func noDelegatedAdmin(_ *ruleContext, r *Row) bool { return r.DelegatedAdmin == No }

var needDelegatedAdmin = need{"col.dap", func(_ *ruleContext, r *Row) bool { return r.DelegatedAdmin != Unknown }}

// ourRegions lists the regions of the partner's CSP tenants with the tenants in
// them: Europe: Cirrus (IT).
func (p *planning) ourRegions() []string {
	var regions []string
	for _, t := range p.tenantsOfPartner {
		if region, known := p.in.Catalogue.RegionOf(t.Country); known && region != "" {
			regions = append(regions, region+": "+t.describe())
		}
	}
	return slices.Compact(regions)
}

// region is the CSP region of the row's tenant; empty if it is not known.
func (c *ruleContext) region() string { return c.parties[c.draft.party].region }
