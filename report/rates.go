package report

import (
	"strings"

	"github.com/govalues/decimal"

	"cspplan/reconcile"
)

// Rates is the dated table of exchange rates of the settings. Nothing is
// converted without one, and no total that is not marked as converted ever is.
type Rates struct {
	To     string // ISO 4217 code of the currency to convert into
	Date   reconcile.Date
	Source string                     // where the rates come from, for people
	Rate   map[string]decimal.Decimal // by ISO 4217 code: what one unit of it is in To
}

// of is the rate of a currency; one for the currency itself.
func (r *Rates) of(currency string) (decimal.Decimal, bool) {
	if currency == r.To {
		return decimal.One, true
	}
	rate, ok := r.Rate[currency]
	return rate, ok
}

// A Converted line is all currencies that have a rate in one, each amount
// converted from the total of its currency and rounded half up before it is
// added. It stands beside the lines by currency and is in no other total.
type Converted struct {
	Line     CurrencyLine
	Label    string // All, in EUR at rates of 20 Nov 2026
	Note     string // what it is made of, and what it leaves out
	Converts int    // currencies in it, To not counted
}

// convert adds up the lines in the currency of the rates; nil without rates or
// without anything to convert.
func (rep *Report) convert() *Converted {
	rates := rep.opt.Rates
	if rates == nil || len(rep.Money.Lines) == 0 {
		return nil
	}
	c := &Converted{Line: CurrencyLine{Currency: rates.To}}
	var used, without []string
	for i := range rep.Money.Lines {
		l := &rep.Money.Lines[i]
		rate, ok := rates.of(l.Currency)
		if !ok || !c.add(l, rate) {
			without = append(without, l.Currency)
			continue
		}
		if l.Currency != rates.To {
			c.Converts++
			used = append(used, l.Currency+"\u00a0"+rep.Text.plainDecimal(rate))
		}
	}
	if c.Converts == 0 {
		return nil
	}
	t, key := rep.Text, "money.converted"
	if len(without) > 0 {
		key = "money.converted_part"
	}
	c.Label = t.Label(key, "cur", rates.To, "date", t.Day(rates.Date))
	c.Note = t.Label("money.converted_note", "cur", rates.To, "rates", strings.Join(used, " · "), "date", t.Day(rates.Date), "source", first(rates.Source, "–"))
	if len(without) > 0 {
		c.Note += " " + t.Label("money.converted_without", "list", strings.Join(without, ", "))
	}
	return c
}

// add converts one line; false if an amount is too large, and then nothing of
// it counts. The sum of the three parts is the cost, as on every other line.
func (c *Converted) add(l *CurrencyLine, rate decimal.Decimal) bool {
	sum := c.Line
	sum.Subscriptions += l.Subscriptions
	sum.Licences += l.Licences
	sum.BothPrices += l.BothPrices
	sum.CSPRows += l.CSPRows
	for _, part := range []struct {
		into *int64
		from int64
	}{
		{&sum.Cannot, l.Cannot}, {&sum.ToDecide, l.ToDecide}, {&sum.CanMove, l.CanMove},
		{&sum.CanMoveNow, l.CanMoveNow}, {&sum.CanMoveCSP, l.CanMoveCSP},
		{&sum.CostCSP, l.CostCSP}, {&sum.Difference, l.Difference},
		{&sum.OverlapToday, l.OverlapToday}, {&sum.OverlapPlanned, l.OverlapPlanned}, {&sum.OverlapReady, l.OverlapReady},
		{&sum.PrepaidLost, l.PrepaidLost}, {&sum.LockedIn, l.LockedIn},
		{&sum.CreditWe, l.CreditWe}, {&sum.CreditCustomer, l.CreditCustomer},
	} {
		minor, ok := inCurrency(part.from, l.Currency, rate, sum.Currency)
		if !ok {
			return false
		}
		*part.into += minor
	}
	sum.CostNow = sum.Cannot + sum.ToDecide + sum.CanMove
	c.Line = sum
	return true
}

// inCurrency converts minor units of one currency into those of another.
func inCurrency(minor int64, from string, rate decimal.Decimal, to string) (int64, bool) {
	product, err := reconcile.MinorUnits(minor).Decimal(from).Mul(rate)
	if err != nil {
		return 0, false
	}
	a, err := reconcile.RoundHalfUp(product, to)
	return a.Minor(), err == nil
}

// plainDecimal is a rate with the decimal mark of the language.
func (t *Texts) plainDecimal(d decimal.Decimal) string {
	return strings.Replace(d.Trim(0).String(), ".", t.point, 1)
}
