package report

import (
	"cspplan/reconcile"
)

// keyFigures are the four numbers of the PDF's first page. Amounts are in the
// currency with most subscriptions, rounded to its main unit.
func (rep *Report) keyFigures() [4]KeyFigure {
	t, main := rep.Text, rep.Money.in(rep.Money.Main)
	n, until := rep.decideThisMonth()
	less, difference := "kf.less", main.CanMoveDifference()
	if difference > 0 {
		less = "kf.more"
	}
	change := rep.wholeMoney(max(difference, -difference))
	if main.CanMoveNow == 0 && main.CanMoveCSP == 0 { // no row that can move has both prices
		change = "–"
	}
	return [4]KeyFigure{
		{Number: t.Count(int64(n)), What: t.Label("kf.decide", "date", t.Day(until)),
			How: t.Label("kf.decide.how", "n", t.Count(int64(rep.Windows.Rows[reconcile.Decide].Total))), Alarm: n > 0},
		{Number: rep.wholeMoney(main.CanMove), What: t.Label("kf.can_move"), How: t.Label("kf.can_move.how")},
		{Number: change, What: t.Label(less), How: t.Label("kf.less.how")},
		{Number: rep.wholeMoney(main.OverlapToday - main.OverlapPlanned), What: t.Label("kf.saved"), How: t.Label("kf.saved.how")},
	}
}

// decideThisMonth counts the rows with status Decide whose day falls into the
// month of the as-of date or is over, and gives the last day of that month. An
// accepted exception is not asked for before its day.
func (rep *Report) decideThisMonth() (n int, until reconcile.Date) {
	next := rep.AsOf.FirstOfMonth().AddMonths(1)
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		if by := rep.decideBy(r); r.Status == reconcile.Decide && by.Known() && by < next && !r.Accepted().InForce {
			n++
		}
	}
	return n, next - 1
}

// decideBy is the last day to decide; none without an expiry date.
func (rep *Report) decideBy(r *reconcile.Row) reconcile.Date {
	if r.DecideBy.Known() || !r.Sub.Expires.Known() {
		return r.DecideBy
	}
	return r.Sub.Expires - reconcile.Date(rep.Plan.Policy.DecideDays)
}

// wholeMoney prints an amount of the main currency without its minor digits,
// rounded half away from zero; a dash if nothing has a price.
func (rep *Report) wholeMoney(minor int64) string {
	main := rep.Money.Main
	if main == "" {
		return "–"
	}
	unit := int64(1)
	for range reconcile.MinorDigits(main) {
		unit *= 10
	}
	half := unit / 2
	if minor < 0 {
		half = -half
	}
	return main + "\u00a0" + rep.Text.Count((minor+half)/unit)
}

// askFinance says in at most three sentences what finance should do. {page}
// stays in the text for the PDF writer.
func (rep *Report) askFinance() []string {
	t, m := rep.Text, &rep.Money
	var approve, cannot, decide int64
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		switch {
		case approvable(r):
			approve++
		case active(r) && r.Status.Part() == reconcile.CannotMove:
			cannot++
		case r.Status == reconcile.Decide:
			decide++
		}
	}
	var sentences []string
	if approve > 0 {
		amount := m.amounts(t, func(l CurrencyLine) int64 { return l.OverlapReady })
		sentences = append(sentences, t.Label("pdf.ask_approve", "n", t.Count(approve), "amount", first(amount, "–")))
	}
	note := ""
	if cannot > 0 {
		amount := m.amounts(t, func(l CurrencyLine) int64 { return l.Cannot })
		note = t.Label("pdf.ask_note", "n", t.Count(cannot), "amount", first(amount, "–"))
	}
	if decide > 0 {
		amount := m.amounts(t, func(l CurrencyLine) int64 { return l.ToDecide })
		if note != "" {
			note += " "
		}
		note += t.Label("pdf.ask_decide", "n", t.Count(decide), "amount", first(amount, "–"))
	}
	if note != "" {
		sentences = append(sentences, note)
	}
	if credit := m.amounts(t, func(l CurrencyLine) int64 { return l.CreditWe + l.CreditCustomer }); credit != "" {
		sentences = append(sentences, t.Label("pdf.ask_credit", "amount", credit))
	}
	if len(sentences) == 0 {
		return []string{t.Label("pdf.ask_nothing")}
	}
	return sentences
}
