package report

import "cspplan/reconcile"

// ageBands are the last days of the age bands; the last band has none.
var ageBands = [...]int{30, 60, 90}

// AgeBands is how many bands of ages there are: 0–30, 31–60, 61–90, over 90 days.
const AgeBands = len(ageBands) + 1

// Ages is how long exceptions have been open. A subscription stands in the band
// of its oldest exception, so that its licences and its money count once; money
// is cost now a year, and no currency is added to another.
type Ages struct {
	Exceptions    [AgeBands]int
	Subscriptions [AgeBands]int
	Licences      [AgeBands]int64
	Money         []CurrencyAges // in the order of Money.Lines, those with any

	AcceptedExceptions    int // accepted until a day: in no band
	AcceptedSubscriptions int
	AcceptedLicences      int64
}

// CurrencyAges is the cost now a year of one currency, in minor units.
type CurrencyAges struct {
	Currency string
	Bands    [AgeBands]int64
	Accepted int64
}

// Any tells whether any cost is in this currency.
func (c *CurrencyAges) Any() bool { return c.Accepted != 0 || c.Bands != [AgeBands]int64{} }

// Open is the sum of the bands.
func (c *CurrencyAges) Open() int64 {
	var sum int64
	for _, minor := range c.Bands {
		sum += minor
	}
	return sum
}

// ageBand is the index of the band of an age in days.
func ageBand(days int) int {
	for i, last := range ageBands {
		if days <= last {
			return i
		}
	}
	return len(ageBands)
}

// AgeBandNames are the headings of the bands.
func (t *Texts) AgeBandNames() [AgeBands]string {
	var names [AgeBands]string
	first := 0
	for i, last := range ageBands {
		names[i] = t.Label("rf.days", "a", t.Count(int64(first)), "b", t.Count(int64(last)))
		first = last + 1
	}
	names[AgeBands-1] = t.Label("rf.days_over", "a", t.Count(int64(first-1)))
	return names
}

// addAges counts a row with the exceptions it has: in the band of the oldest
// one, or among what is accepted.
func (b *rollBuilder) addAges(r *reconcile.Row, exceptions []exception) {
	if len(exceptions) == 0 {
		return
	}
	a := &b.ages
	if r.Accepted().InForce {
		a.AcceptedExceptions += len(exceptions)
		a.AcceptedSubscriptions++
		a.AcceptedLicences += licences(r)
		if m := b.currencyAges(r); m != nil {
			m.Accepted += r.Money.CostNow.Minor()
		}
		return
	}
	oldest := b.rep.AsOf
	for i := range exceptions {
		a.Exceptions[ageBand(int(b.rep.AsOf-exceptions[i].since))]++
		oldest = min(oldest, exceptions[i].since)
	}
	band := ageBand(int(b.rep.AsOf - oldest))
	a.Subscriptions[band]++
	a.Licences[band] += licences(r)
	if m := b.currencyAges(r); m != nil {
		m.Bands[band] += r.Money.CostNow.Minor()
	}
}

// currencyAges is where the cost of a row counts; nil if it is not known.
func (b *rollBuilder) currencyAges(r *reconcile.Row) *CurrencyAges {
	if !r.Money.CostNow.Known() {
		return nil
	}
	at, ok := b.money[r.Sub.Currency]
	if !ok {
		return nil // Money has no such line: the check of the money differs
	}
	return &b.ages.Money[at]
}
