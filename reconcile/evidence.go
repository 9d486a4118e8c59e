package reconcile

import (
	"cmp"
	"strconv"
	"strings"
)

// What a finding rests on: name, value, name, value. It is gathered for rules
// that fire, and for all rules of a row that somebody asks to be explained, so
// nothing may be taken for granted here.

// Evidence is what a finding of the row rests on: name, value, name, value …
func (r *Row) Evidence(f Finding) []string {
	if rule := ruleOf(f.Code); f.Args == nil && rule != nil && rule.evidence != nil {
		return rule.evidence(r)
	}
	return f.Args
}

// evidenceRegion: a country that is in no CSP region has the region none.
func evidenceRegion(c *ruleContext, r *Row) []string {
	region := c.region()
	if region == "" && r.SameRegion == No {
		region = "none"
	}
	return []string{"region", region, "country", r.Sub.Customer.Country, "ours", strings.Join(c.ourRegions(), "|")}
}

func evidenceCountries(c *ruleContext, r *Row) []string {
	return append(evidenceRegion(c, r), "countries", strings.Join(c.parties[c.draft.party].countries, "|"))
}

func evidenceCloud(c *ruleContext, r *Row) []string {
	return []string{"cloud", c.draft.cloud.String(), "domain", r.Sub.Customer.Domain, "title", r.Sub.OfferTitle}
}

func evidenceProvider(c *ruleContext, r *Row) []string {
	p := c.in.Partner.Provider
	region, _ := c.in.Catalogue.RegionOf(p.Country)
	return []string{"region", c.region(), "provider", strings.TrimSpace(p.Name + " " + p.Country), "provider_region", region}
}

func evidenceTenant(c *ruleContext, r *Row) []string {
	if r.SameRegion != Yes {
		return nil
	}
	return []string{"tenant", c.tenant().describe(), "region", c.region()}
}

func evidenceCustomer(r *Row) []string {
	f := r.Sub.Customer
	return []string{"name", f.Name, "domain", f.Domain}
}

func evidenceExpiry(r *Row) []string {
	return []string{"expires", r.Sub.Expires.String(), "state", cmp.Or(r.Sub.State, r.Sub.RareFacts().IneligibleReason)}
}

// evidenceEnd adds until when users work and data is kept; where sources
// conflict both are the earliest.
func evidenceEnd(r *Row) []string {
	return append(evidenceExpiry(r), "access_lost", r.AccessLost.String(), "data_deleted", r.DataDeleted.String())
}

func evidenceRenewal(r *Row) []string {
	return append(evidenceExpiry(r), "end_of_term", r.EndOfTerm.String())
}

func evidenceTerm(r *Row) []string {
	return append(evidenceRenewal(r), "term", r.Sub.Term.String())
}

func evidenceMatch(r *Row) []string {
	return []string{"match", r.Match.Class.String(), "title", r.Sub.OfferTitle, "candidates", strconv.Itoa(len(r.Match.Candidates))}
}

func evidenceOffer(r *Row) []string {
	if r.Target == nil {
		return nil
	}
	return []string{"offer", r.Target.Name, "plans", strconv.Itoa(len(r.PlansLost()))}
}

// evidenceLost names what is lost, plan by plan and size by size.
func evidenceLost(r *Row) []string {
	if r.Target == nil {
		return nil
	}
	args := []string{"offer", r.Target.Name, "lost", strings.Join(r.PlansLost(), "|")}
	for _, s := range r.Shrinks() {
		args = append(args, "less", s.What+" "+strconv.Itoa(s.From)+" "+strconv.Itoa(s.To))
	}
	return args
}

// evidenceAssigned: over is how many people would lose their licence.
func evidenceAssigned(r *Row) []string {
	args := []string{"a", countText(r.Sub.Assigned), "n", countText(r.Needed())}
	if moreAssigned(nil, r) {
		args = append(args, "over", strconv.Itoa(int(r.Sub.Assigned.N-r.Needed().N)))
	}
	return args
}

// evidenceUnused: by is the last day on which fewer can be bought.
func evidenceUnused(r *Row) []string {
	return append(evidenceAssigned(r), "date", r.ActBy.String())
}

func evidenceBase(r *Row) []string { return []string{"base", r.Sub.RareFacts().BaseID} }

func evidenceFamily(c *ruleContext, r *Row) []string { return []string{"base", familyOf(r, c.draft)} }

func evidenceState(r *Row) []string { return []string{"state", r.Sub.State} }

func evidenceChannel(r *Row) []string {
	return []string{"channel", r.Sub.Channel.String()}
}

func evidenceReseller(r *Row) []string {
	return []string{"reseller_id", r.Sub.RareFacts().ResellerID, "reason", r.Sub.RareFacts().IneligibleReason}
}

func evidenceAgreement(c *ruleContext, r *Row) []string {
	return []string{"agreement", c.agreement().String(), "relationship", r.Relationship.String()}
}

func evidenceAdmin(r *Row) []string {
	return []string{"delegated_admin", r.DelegatedAdmin.String()}
}

func evidenceContradiction(r *Row) []string {
	var args []string
	for _, c := range contradictions {
		if c.holds(r.Sub) {
			args = append(args, c.facts(r.Sub)...)
		}
	}
	return args
}

func evidenceTrial(r *Row) []string {
	return []string{"title", r.Sub.OfferTitle, "offer", targetName(r)}
}

func evidencePromotion(r *Row) []string {
	return []string{"title", r.Sub.OfferTitle, "reason", r.Sub.RareFacts().IneligibleReason}
}

func evidenceBilled(c *ruleContext, r *Row) []string {
	return []string{"csp_currency", r.Money.CSPCurrency, "billed_in", c.billingCurrency()}
}

func evidenceDamage(r *Row) []string { return []string{"column", r.Sub.RareFacts().DamagedID} }

func evidenceSeen(c *ruleContext, r *Row) []string {
	return []string{"licences", countText(r.Sub.Licences), "seen", strconv.Itoa(int(r.Seen)), "unexplained", strconv.Itoa(int(c.draft.unexplained))}
}

func evidenceConflicts(c *ruleContext, _ *Row) []string {
	var args []string
	for _, d := range c.draft.conflicts {
		args = append(args, "field", d.field, "value", d.kept, "source", place(d.from), "other", d.other, "other_source", place(d.to))
	}
	return args
}

func evidenceSegment(r *Row) []string {
	return []string{"segment", segmentOf(r).String()}
}

func evidenceSeats(c *ruleContext, r *Row) []string {
	return []string{"seats", strconv.Itoa(c.seats(r).total()), "limit", strconv.Itoa(c.in.Policy.SeatCap)}
}

func evidenceHeld(c *ruleContext, _ *Row) []string {
	return []string{"subscriptions", strconv.Itoa(c.holdings().subscriptions), "limit", strconv.Itoa(c.in.Policy.SubscriptionCap)}
}

func evidenceSale(c *ruleContext, r *Row) []string {
	if r.Target == nil {
		return nil
	}
	if t := c.draft.ended; t != nil && c.sale(r) != SaleElsewhere {
		return []string{"offer", t.Name, "sale", c.in.Catalogue.worstSale(t, r.Sub.Customer.Country, c.in.AsOf), "instead", r.Target.Name}
	}
	return []string{"offer", r.Target.Name, "sale", c.sale(r), "reason", r.Sub.RareFacts().IneligibleReason}
}

func evidenceRelationship(r *Row) []string {
	return []string{"relationship", r.Relationship.String(), "date", r.RelationshipBy.String()}
}

func evidenceStale(c *ruleContext, r *Row) []string {
	if !decisionStale(c, r) {
		return []string{"decision", r.Decision.String()}
	}
	var args []string
	for _, facts := range c.draft.changed {
		args = append(args, "was", facts[0], "now", facts[1])
	}
	if staleChoice(r) {
		args = append(args, "was", r.Match.Choice.Was, "now", r.Match.Choice.Facts)
	}
	return args
}

func evidenceSide(r *Row) []string {
	switch {
	case !noPrice(nil, r):
		return []string{"price", r.Money.CostNow.Text(r.Sub.Currency), "currency", r.Sub.Currency}
	case r.Money.CostNow.Known():
		return []string{"side", "csp"}
	case r.Money.CSPMissing:
		return []string{"side", "both"}
	}
	return []string{"side", "now"}
}

func evidenceCurrencies(r *Row) []string {
	return []string{"currency", r.Sub.Currency, "csp_currency", r.Money.CSPCurrency}
}

func evidencePrepaid(r *Row) []string {
	return []string{"amount", r.Money.PrepaidLost.Text(r.Sub.Currency), "currency", r.Sub.Currency}
}

func evidenceCredit(r *Row) []string {
	return []string{"who", r.CreditAskedBy.String(), "amount", r.CreditAtMost().Text(r.Sub.Currency), "currency", r.Sub.Currency}
}
