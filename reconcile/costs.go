package reconcile

import "github.com/govalues/decimal"

// daysInYear is the year that costs are spread over (rules.md §6).
const daysInYear = 365

// setMoney works out the amounts of a row, each rounded by itself. What cannot
// be known stays unknown; nothing is converted.
func (p *planning) setMoney(r *Row, d *draft) {
	year, known := costNow(r.Sub)
	if known {
		r.Money.CostNow = year.share(1, 1, r.Sub.Currency)
		p.setExposure(r, d, year)
	}
	p.setCostCSP(r)
	m := &r.Money
	m.CSPMissing = len(p.prices) > 0 && r.Target != nil && r.Route.needsOffer() && !m.CostCSP.Known()
	if r.Sub.Channel == Direct {
		r.CreditAskedBy = CreditByCustomer
		if r.DelegatedAdmin == Yes {
			r.CreditAskedBy = CreditByPartner
		}
	}
}

// Difference is what CSP costs more in a year: only where both costs are known, in
// one currency, and both are what the customer pays.
func (r *Row) Difference() Amount {
	m := &r.Money
	if !m.CostNow.Known() || !m.CostCSP.Known() || r.Sub.Currency != m.CSPCurrency || r.Sub.Price.Partner {
		return 0
	}
	return MinorUnits(m.CostCSP.Minor() - m.CostNow.Minor())
}

// CreditAtMost is what may be asked back: what is prepaid of something bought
// from Microsoft directly.
func (r *Row) CreditAtMost() Amount {
	if r.Sub.Channel != Direct {
		return 0
	}
	return r.Money.PrepaidLost
}

// A yearCost is what a year costs: the amount divided by the years. The
// division waits until the amount is rounded, since a third of a price is no
// decimal number.
type yearCost struct {
	amount decimal.Decimal
	years  int64
}

// share is num/den of a year's cost, rounded like share.
func (y yearCost) share(num, den int64, currency string) Amount {
	return share(y.amount, num, den*y.years, currency)
}

// forDays is the part of a year's cost that falls on some days, never below 0.
func (y yearCost) forDays(days Date, currency string) Amount {
	return y.share(int64(max(0, days)), daysInYear, currency)
}

// costNow is what the customer pays in a year.
func costNow(s *Subscription) (yearCost, bool) {
	if !s.Licences.Known || s.Currency == "" {
		return yearCost{}, false
	}
	return yearly(s.Price, int64(s.Licences.N))
}

// setExposure works out what early and late moves cost: views of the same money.
func (p *planning) setExposure(r *Row, d *draft, year yearCost) {
	if !r.Sub.Expires.Known() {
		return
	}
	m := &r.Money
	switch {
	case r.Route.isTransfer(), r.Route == RouteLetExpire:
		m.OverlapToday, m.OverlapPlanned = MinorUnits(0), MinorUnits(0)
	case r.Route == RouteBuyReassignEnd:
		m.OverlapToday = year.forDays(r.Sub.Expires-p.in.AsOf, r.Sub.Currency)
		m.OverlapPlanned = year.forDays(r.Sub.Expires-p.moveDate(r, d), r.Sub.Currency)
	}
	if paid := paidUntil(r.Sub, p.in.AsOf); paid.Known() {
		m.PrepaidLost = year.forDays(paid-p.in.AsOf, r.Sub.Currency)
	}
	if r.EndOfTerm == EndRenew && r.Sub.Term != TermUnknown && !r.Expired(p.in.AsOf) {
		m.LockedIn = year.share(int64(r.Sub.Term.Months()), 12, r.Sub.Currency)
	}
}

// paidUntil is the last day of the billing period that is paid today: the
// periods are counted back from the expiry. It is the as-of date once the
// subscription has expired, and zero where the billing is not known.
func paidUntil(s *Subscription, asOf Date) Date {
	months := billingMonths(s)
	if months == 0 || !s.Expires.Known() {
		return 0
	}
	if s.Expires < asOf {
		return asOf
	}
	ey, em, _ := s.Expires.Civil()
	ay, am, _ := asOf.Civil()
	periods := ((ey-ay)*12 + int(em) - int(am)) / months
	end := s.Expires.AddMonths(-periods * months)
	if end < asOf {
		end = s.Expires.AddMonths(-(periods - 1) * months)
	}
	return end
}

// billingMonths is the length of the billing period, 0 if unknown.
func billingMonths(s *Subscription) int {
	if s.Billing == BillingUnknown && s.Term == P1M {
		return 1
	}
	return [...]int{BillingUnknown: 0, Monthly: 1, Annual: 12, Triennial: 36}[s.Billing]
}

// setCostCSP prices in CSP what the row is to end with, on the day of the order.
// An offer of several parts has a price if each of them has one, all in one
// currency.
func (p *planning) setCostCSP(r *Row) {
	if len(p.prices) == 0 || r.Target == nil || !r.Route.needsOffer() || !r.Needed().Known {
		return
	}
	var cost partsCost
	if !cost.add(p, r, r.Target) {
		return
	}
	for i := range r.Target.AddOns {
		if !cost.add(p, r, &r.Target.AddOns[i]) {
			return
		}
	}
	m := &r.Money
	m.CSPCurrency, m.CSPBasis = cost.currency, cost.basis
	m.CostCSP = share(cost.threeYears, 1, 3, m.CSPCurrency)
	m.FirstPaymentCSP = share(cost.first, 1, maxTermMonths, m.CSPCurrency)
}

// maxTermMonths is the longest term. Amounts are added up in multiples of it,
// since a third of a price is no decimal number.
const maxTermMonths = 36

// partsCost adds up what the parts of an offer cost.
type partsCost struct {
	currency   string
	basis      PriceBasis
	threeYears decimal.Decimal
	first      decimal.Decimal // first payments, times maxTermMonths
}

// add prices one part; false if it has no price, or one in another currency.
func (c *partsCost) add(p *planning, r *Row, part *Target) bool {
	term, billing := r.CSPTerm, r.CSPBilling
	if r.Route != RoutePartnerTransfer {
		term, billing = offered(part.Terms, TermBilling{Term: term, Billing: billing})
	}
	if part.ProductID == "" || billing == BillingUnknown {
		return false
	}
	line, ok := p.prices.find(p.in.Catalogue, p.priceQuestion(r, part, TermBilling{Term: term, Billing: billing}))
	if !ok || c.currency != "" && c.currency != line.Currency {
		return false
	}
	price, basis := line.value()
	months := int64(term.Months())
	total, err := price.Mul(whole(int64(r.Needed().N)))
	if err == nil {
		err = c.plus(total, maxTermMonths/months, min(int64(paymentMonths(billing)), months)*(maxTermMonths/months))
	}
	if c.basis != BasisUnknown && c.basis != basis {
		basis = BasisERP // one part at the retail price makes the sum no sell price
	}
	c.currency, c.basis = line.Currency, basis
	return err == nil // else beyond any price: 19 digits
}

// plus adds an amount for each of some terms in three years, and for its share
// of the first payment.
func (c *partsCost) plus(total decimal.Decimal, terms, first int64) error {
	for _, sum := range []struct {
		to    *decimal.Decimal
		times int64
	}{{&c.threeYears, terms}, {&c.first, first}} {
		amount, err := total.Mul(whole(sum.times))
		if err == nil {
			*sum.to, err = sum.to.Add(amount)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func paymentMonths(b Billing) int { return [...]int{0, 1, 12, 36}[b] }

func (p *planning) priceQuestion(r *Row, part *Target, w TermBilling) priceQuestion {
	country := CountryCode(r.Sub.Customer.Country)
	if country == "" {
		country = CountryCode(p.partnerCountry())
	}
	market, _ := p.in.Catalogue.Country(country)
	q := priceQuestion{
		product: part.ProductID, sku: part.SKUID, term: w.Term, billing: w.Billing,
		at: p.in.AsOf, country: country, region: market.Region,
		currencies: [2]string{r.Sub.Currency, market.Currency},
	}
	if r.CSPStart.Known() {
		q.at = r.CSPStart
	}
	return q
}

// yearly is the price of n licences for a year.
func yearly(u UnitPrice, n int64) (yearCost, bool) {
	total, err := u.Value.Mul(whole(n))
	years := int64(1)
	switch u.Per {
	case PerMonth:
		if err == nil {
			total, err = total.Mul(whole(12))
		}
	case PerThreeYears:
		years = 3
	case PeriodUnknown:
		return yearCost{}, false
	}
	return yearCost{total, years}, u.Known && err == nil
}

// whole is n as a decimal; every int64 that occurs here has one.
func whole(n int64) decimal.Decimal { return decimal.MustNew(n, 0) }
