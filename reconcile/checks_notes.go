package reconcile

// The checks of notes: worth knowing, but they never change the status.

func relationshipPending(c *ruleContext, r *Row) (bool, []string) {
	late, _ := relationshipLate(c, r)
	return waitsForRelationship(r) && !late, []string{"date", r.RelationshipBy.String()}
}

// autoRenewOn: the term renews soon and locks in. Monthly terms renew every
// month and are told apart, or they would drown what matters.
func autoRenewOn(c *ruleContext, r *Row) (bool, []string) {
	soon := r.Sub.Expires.Known() && r.DaysLeft >= 0 && r.DaysLeft <= c.in.Policy.WarnDays
	return soon && r.EndOfTerm == EndRenew && r.Sub.Term != P1M, []string{"date", r.Sub.Expires.String()}
}

func estDefault(_ *ruleContext, r *Row) (bool, []string) {
	return r.EndOfTerm == EndEST, []string{"date", r.Sub.Expires.String()}
}

// noPrice: what the customer pays is not known, or the price list at hand does
// not price what is to be bought.
func noPrice(c *ruleContext, r *Row) (bool, []string) {
	csp := len(c.prices) > 0 && r.Target != nil && r.Route.needsOffer() && !r.Money.CostCSP.Known
	switch {
	case !r.Money.CostNow.Known && csp:
		return true, []string{"side", "both"}
	case !r.Money.CostNow.Known:
		return true, []string{"side", "now"}
	}
	return csp, []string{"side", "csp"}
}

func currencyDiffers(_ *ruleContext, r *Row) (bool, []string) {
	m := &r.Money
	return m.CostNow.Known && m.CostCSP.Known && m.Currency != m.CSPCurrency,
		[]string{"currency", m.Currency, "csp_currency", m.CSPCurrency}
}

func noOrderID(_ *ruleContext, r *Row) (bool, []string) {
	return r.Target != nil && r.Route.needsOffer() && (r.Target.ProductID == "" || r.Match.Flags.NoOrderID),
		[]string{"offer", targetName(r)}
}

func prepaidLost(_ *ruleContext, r *Row) (bool, []string) {
	m := &r.Money
	return m.PrepaidLost.Known && m.PrepaidLost.Minor > 0, []string{"amount", m.PrepaidLost.Text(m.Currency), "currency", m.Currency}
}

// creditPossible: bought direct, and something paid is still unused as far as
// anybody can tell.
func creditPossible(c *ruleContext, r *Row) (bool, []string) {
	m := &r.Money
	fires := r.CreditAskedBy != CreditNone && !r.Expired(c.in.AsOf) && (!m.CreditAtMost.Known || m.CreditAtMost.Minor > 0)
	return fires, []string{"who", r.CreditAskedBy.String(), "amount", m.CreditAtMost.Text(m.Currency), "currency", m.Currency}
}

func unusedSeats(_ *ruleContext, r *Row) (bool, []string) {
	s := &r.Sub
	return s.Assigned.Known && s.Licences.Known && s.Assigned.N < s.Licences.N,
		[]string{"a", countText(s.Assigned), "n", countText(s.Licences)}
}

func monthlyRenewal(_ *ruleContext, r *Row) (bool, []string) {
	return r.Sub.Term == P1M && r.EndOfTerm == EndRenew, []string{"date", r.Sub.Expires.String()}
}

func promotion(_ *ruleContext, r *Row) (bool, []string) {
	return r.Sub.Promotion == Yes || r.Match.Flags.Promotion, nil
}
