package reconcile

import (
	"cmp"
	"strconv"
)

// What a finding rests on: name, value, name, value. It is gathered only for
// rules that fire.

func evidenceRegion(_ *ruleContext, r *Row) []string {
	return []string{"region", r.Region, "country", r.Sub.Customer.Country}
}

func evidenceExpiry(_ *ruleContext, r *Row) []string {
	return []string{"expires", r.Sub.Expires.String(), "state", cmp.Or(r.Sub.State, r.Sub.IneligibleReason)}
}

func evidenceMatch(_ *ruleContext, r *Row) []string {
	return []string{"match", r.Match.Class.String(), "title", r.Sub.OfferTitle, "candidates", strconv.Itoa(len(r.Match.Candidates))}
}

func evidenceOffer(_ *ruleContext, r *Row) []string {
	return []string{"offer", r.Target.Name, "plans", strconv.Itoa(len(r.PlansLost))}
}

func evidenceAssigned(_ *ruleContext, r *Row) []string {
	return []string{"a", countText(r.Sub.Assigned), "n", countText(r.Needed())}
}

// evidenceUnused says until when fewer licences can be agreed: the day of the
// order, or for a transfer the last day of the term.
func evidenceUnused(_ *ruleContext, r *Row) []string {
	until := r.ActBy
	if r.Route == RoutePartnerTransfer {
		until = r.Sub.Expires
	}
	return []string{"a", countText(r.Sub.Assigned), "n", countText(r.Needed()), "until", until.String()}
}

func evidenceBase(_ *ruleContext, r *Row) []string { return []string{"base", r.Sub.BaseID} }

func evidenceDamage(_ *ruleContext, r *Row) []string { return []string{"column", r.Sub.DamagedID} }

func evidenceSeen(c *ruleContext, r *Row) []string {
	return []string{"licences", countText(r.Sub.Licences), "seen", strconv.Itoa(r.Seen), "unexplained", strconv.Itoa(c.draft.unexplained)}
}

func evidenceConflicts(c *ruleContext, _ *Row) []string {
	var args []string
	for _, d := range c.draft.conflicts {
		args = append(args, "field", d.field, "value", d.kept, "source", place(d.from), "other", d.other, "other_source", place(d.to))
	}
	return args
}

func evidenceSegment(_ *ruleContext, r *Row) []string {
	return []string{"segment", segmentOf(r).String()}
}

func evidenceSeats(c *ruleContext, r *Row) []string {
	return []string{"seats", strconv.Itoa(c.seats(r).total()), "limit", strconv.Itoa(c.rule.Limit)}
}

func evidenceHeld(c *ruleContext, _ *Row) []string {
	return []string{"subscriptions", strconv.Itoa(c.held[c.draft.party]), "limit", strconv.Itoa(c.rule.Limit)}
}

func evidenceSale(c *ruleContext, r *Row) []string {
	if t := c.draft.ended; t != nil {
		return []string{"offer", t.Name, "sale", c.in.Catalogue.worstSale(t, r.Sub.Customer.Country, c.in.AsOf), "instead", r.Target.Name}
	}
	return []string{"offer", r.Target.Name, "sale", c.sale(r), "reason", r.Sub.IneligibleReason}
}

func evidenceRelationship(_ *ruleContext, r *Row) []string {
	return []string{"relationship", r.Relationship.String(), "date", r.RelationshipBy.String()}
}

func evidenceStale(c *ruleContext, r *Row) []string {
	var args []string
	if c.draft.decisions.stale {
		args = append(args, "was", c.draft.decisions.was, "now", r.Stamp())
	}
	for _, facts := range c.draft.decisions.changed {
		args = append(args, "was", facts[0], "now", facts[1])
	}
	return args
}

func evidenceSide(c *ruleContext, r *Row) []string {
	switch {
	case r.Money.CostNow.Known:
		return []string{"side", "csp"}
	case c.cspPriceMissing(r):
		return []string{"side", "both"}
	}
	return []string{"side", "now"}
}

func evidenceCurrencies(_ *ruleContext, r *Row) []string {
	return []string{"currency", r.Money.Currency, "csp_currency", r.Money.CSPCurrency}
}

func evidencePrepaid(_ *ruleContext, r *Row) []string {
	return []string{"amount", r.Money.PrepaidLost.Text(r.Money.Currency), "currency", r.Money.Currency}
}

func evidenceCredit(_ *ruleContext, r *Row) []string {
	return []string{"who", r.CreditAskedBy.String(), "amount", r.Money.CreditAtMost.Text(r.Money.Currency), "currency", r.Money.Currency}
}
