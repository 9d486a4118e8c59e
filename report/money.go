package report

import (
	"slices"
	"strconv"
	"strings"

	"cspplan/reconcile"
)

// moneyMonths is how many months the table of costs by month shows.
const moneyMonths = 12

// CanMoveDifference is what the rows that can move cost more (or, negative,
// less) a year in CSP, where both prices are in this currency.
func (l CurrencyLine) CanMoveDifference() int64 { return l.CanMoveCSP - l.CanMoveNow }

// CanMoveCompared tells whether any row that can move has both prices, or none
// has to: else what they would cost in CSP is not known, which is not nought.
func (l CurrencyLine) CanMoveCompared() bool {
	return l.CanMove == 0 || l.CanMoveNow != 0 || l.CanMoveCSP != 0
}

type currencySums struct {
	line   CurrencyLine
	months []int64 // by slot of the calendar
}

// A moneyBuilder adds up by currency. Amounts are minor units, rounded per row
// before; done rows are in no sum. Subscriptions and licences of a line are those
// with a price in its currency: together with the rows without a price they are all.
type moneyBuilder struct {
	cal      calendar
	lines    map[string]*currencySums
	used     [moneyMonths + 3]bool // slots with a priced row
	noPrice  int
	noPriceL int64
}

func (b *moneyBuilder) start(asOf reconcile.Date) {
	b.cal, b.lines = newCalendar(asOf, moneyMonths), make(map[string]*currencySums)
}

func (b *moneyBuilder) of(currency string) *currencySums {
	s := b.lines[currency]
	if s == nil {
		s = &currencySums{line: CurrencyLine{Currency: currency}, months: make([]int64, b.cal.slots())}
		b.lines[currency] = s
	}
	return s
}

// add adds a row that is not done.
func (b *moneyBuilder) add(r *reconcile.Row) {
	m := &r.Money
	if m.CostNow.Known() {
		b.addCost(r)
	} else {
		b.noPrice++
		b.noPriceL += licences(r)
	}
	if m.CostCSP.Known() {
		l := &b.of(m.CSPCurrency).line
		l.CSPRows++
		l.CostCSP += m.CostCSP.Minor()
	}
	if r.Sub.Currency == "" {
		return
	}
	l := &b.of(r.Sub.Currency).line
	if difference := r.Difference(); difference.Known() {
		l.BothPrices++
		l.Difference += difference.Minor()
		if r.Status.Part() == reconcile.CanMove {
			l.CanMoveNow += m.CostNow.Minor()
			l.CanMoveCSP += m.CostCSP.Minor()
		}
	}
	l.OverlapToday += m.OverlapToday.Minor()
	l.OverlapPlanned += m.OverlapPlanned.Minor()
	if approvable(r) {
		l.OverlapReady += m.OverlapPlanned.Minor()
	}
	l.PrepaidLost += m.PrepaidLost.Minor()
	l.LockedIn += m.LockedIn.Minor()
	switch r.CreditAskedBy {
	case reconcile.CreditByPartner:
		l.CreditWe += r.CreditAtMost().Minor()
	case reconcile.CreditByCustomer:
		l.CreditCustomer += r.CreditAtMost().Minor()
	}
}

// approvable rows are the moves that finance is asked to approve. What runs out
// because the customer leaves, or has no licences, is no move.
func approvable(r *reconcile.Row) bool {
	return r.Status == reconcile.Ready && r.Relationship == reconcile.RelationshipAccepted && r.Route != reconcile.RouteLetExpire
}

func (b *moneyBuilder) addCost(r *reconcile.Row) {
	s := b.of(r.Sub.Currency)
	cost := r.Money.CostNow.Minor()
	s.line.Subscriptions++
	s.line.Licences += licences(r)
	s.line.CostNow += cost
	switch r.Status.Part() {
	case reconcile.CannotMove:
		s.line.Cannot += cost
	case reconcile.ToDecide:
		s.line.ToDecide += cost
	case reconcile.CanMove:
		s.line.CanMove += cost
	}
	slot := b.cal.slot(r.Sub.Expires)
	b.used[slot] = true
	s.months[slot] += cost
}

func (b *moneyBuilder) money(t *Texts) Money {
	m := Money{NoPrice: b.noPrice, NoPriceL: b.noPriceL}
	sums := make([]*currencySums, 0, len(b.lines))
	for _, s := range b.lines {
		if s.line != (CurrencyLine{Currency: s.line.Currency}) {
			sums = append(sums, s)
		}
	}
	slices.SortFunc(sums, func(x, y *currencySums) int {
		if x.line.Subscriptions != y.line.Subscriptions {
			return y.line.Subscriptions - x.line.Subscriptions
		}
		return strings.Compare(x.line.Currency, y.line.Currency)
	})
	slots := b.shownSlots()
	for _, slot := range slots {
		m.Months = append(m.Months, b.heading(t, slot))
	}
	for _, s := range sums {
		m.Lines = append(m.Lines, s.line)
		byMonth := CurrencyMonths{Currency: s.line.Currency, Cost: make([]int64, len(slots))}
		for i, slot := range slots {
			byMonth.Cost[i] = s.months[slot]
		}
		m.ByMonth = append(m.ByMonth, byMonth)
	}
	if len(sums) > 0 && sums[0].line.Subscriptions > 0 {
		m.Main = sums[0].line.Currency
	}
	return m
}

func (b *moneyBuilder) shownSlots() []int {
	var slots []int
	for slot := range b.cal.slots() {
		if !b.cal.optional(slot) || b.used[slot] {
			slots = append(slots, slot)
		}
	}
	return slots
}

// heading is Nov 26, expired, later or no date.
func (b *moneyBuilder) heading(t *Texts, slot int) string {
	label := b.cal.label(t, slot)
	if b.cal.optional(slot) {
		return label
	}
	return label + " " + strconv.Itoa(b.cal.month(slot).Time().Year()%100)
}

// moneyNotes says what the sums leave out.
func (rep *Report) moneyNotes() []string {
	t := rep.Text
	notes := []string{t.Label("money.no_fx")}
	if rep.Converted != nil {
		notes = []string{t.Label("money.fx")}
	}
	if n := rep.Money.NoPrice; n > 0 {
		notes = append(notes, t.Label("pdf.no_price", "n", t.Count(int64(n)), "lic", t.Count(rep.Money.NoPriceL)))
	}
	noCSP, twoCurrencies, ours := 0, 0, 0
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		switch {
		case !active(r) || !r.Money.CostNow.Known():
		case r.Sub.Price.Partner:
			ours++
		case !r.Money.CostCSP.Known():
			noCSP++
		case r.Money.CSPCurrency != r.Sub.Currency:
			twoCurrencies++
		}
	}
	if noCSP > 0 {
		notes = append(notes, t.Label("money.no_csp_price", "n", t.Count(int64(noCSP))))
	}
	if twoCurrencies > 0 {
		notes = append(notes, t.Label("money.two_currencies", "n", t.Count(int64(twoCurrencies))))
	}
	if ours > 0 {
		notes = append(notes, t.Label("money.partner_cost", "n", t.Count(int64(ours))))
	}
	if rep.Converted != nil {
		notes = append(notes, rep.Converted.Note)
	}
	return append(notes, t.Label("money.views"))
}

// in finds the line of a currency; the zero line if there is none.
func (m *Money) in(currency string) CurrencyLine {
	for _, l := range m.Lines {
		if l.Currency == currency {
			return l
		}
	}
	return CurrencyLine{Currency: currency}
}

// amounts lists an amount of every currency that has one, the currency with
// most subscriptions first; nothing if there is none.
func (m *Money) amounts(t *Texts, of func(CurrencyLine) int64) string {
	var parts []string
	for _, l := range m.Lines {
		if n := of(l); n != 0 {
			parts = append(parts, t.Money(n, l.Currency))
		}
	}
	return strings.Join(parts, " · ")
}
