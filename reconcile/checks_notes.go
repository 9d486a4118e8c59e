package reconcile

// The checks of notes: worth knowing, but they never change the status.

// autoRenewOn: the term renews soon and locks in. Monthly terms renew every
// month and are told apart, or they would drown what matters.
func autoRenewOn(c *ruleContext, r *Row) bool {
	soon := r.Sub.Expires.Known() && r.DaysLeft >= 0 && int(r.DaysLeft) <= c.in.Policy.WarnDays
	return soon && r.EndOfTerm == EndRenew
}

func estDefault(_ *ruleContext, r *Row) bool { return r.EndOfTerm == EndEST }

// noPrice: what the customer pays is not known, or the price list at hand does
// not price what is to be bought.
func noPrice(_ *ruleContext, r *Row) bool { return !r.Money.CostNow.Known() || r.Money.CSPMissing }

func currencyDiffers(_ *ruleContext, r *Row) bool {
	m := &r.Money
	return m.CostNow.Known() && m.CostCSP.Known() && r.Sub.Currency != m.CSPCurrency
}

// billingCurrencyDiffers: Microsoft bills a partner in the currency of its own
// CSP tenant, whatever the customer's price list is in.
func billingCurrencyDiffers(c *ruleContext, r *Row) bool {
	bills := c.billingCurrency()
	return r.Money.CostCSP.Known() && bills != "" && bills != r.Money.CSPCurrency
}

// billingCurrency is what the partner is billed in for the row's customer.
func (c *ruleContext) billingCurrency() string {
	country, _ := c.in.Catalogue.Country(CountryCode(c.tenant().Country))
	return country.Currency
}

var (
	needBillingCurrency = need{"fact.billing_currency", func(c *ruleContext, _ *Row) bool { return c.billingCurrency() != "" }}
	ifOwnPrice          = exemption{"own-price", func(_ *ruleContext, r *Row) bool { return r.Money.CSPBasis == BasisSell }}
)

func noOrderID(_ *ruleContext, r *Row) bool {
	return r.Target != nil && (r.Target.lacksOrderID() || r.Match.Flags.NoOrderID)
}

func prepaidLost(_ *ruleContext, r *Row) bool {
	return r.Money.PrepaidLost.Known() && r.Money.PrepaidLost.Minor() > 0
}

// creditPossible: bought direct, and something paid is still unused as far as
// anybody can tell.
func creditPossible(c *ruleContext, r *Row) bool {
	credit := r.CreditAtMost()
	return r.CreditAskedBy != CreditNone && !r.Expired(c.in.AsOf) && (!credit.Known() || credit.Minor() > 0)
}

var ifNotDirect = exemption{"not-direct", func(_ *ruleContext, r *Row) bool {
	return r.Sub.Channel != Direct && r.Sub.Channel != ChannelUnknown
}}

func unusedSeats(_ *ruleContext, r *Row) bool {
	return r.Sub.Assigned.Known && r.Needed().Known && r.Sub.Assigned.N < r.Needed().N
}

func monthlyRenewal(_ *ruleContext, r *Row) bool {
	return r.Sub.Term == P1M && r.EndOfTerm == EndRenew
}

func promotion(_ *ruleContext, r *Row) bool {
	return r.Sub.Promotion == Yes || r.Match.Flags.Promotion || r.Sub.barred("promotion")
}

// channelUnknown: the route is then the manual path, which always works, and
// the days after the end are the shortest of all.
func channelUnknown(_ *ruleContext, r *Row) bool { return r.Sub.Channel == ChannelUnknown }

func stateUnknown(_ *ruleContext, r *Row) bool {
	return r.Sub.State != "" && !ended(r.Sub) && !isActive(r.Sub)
}

var needState = need{"evidence.state", func(_ *ruleContext, r *Row) bool { return r.Sub.State != "" }}
