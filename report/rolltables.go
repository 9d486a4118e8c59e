package report

import "cspplan/reconcile"

// rollLeads are the tables of the roll-forward, as the PDF prints them; none on
// a first run.
func (rep *Report) rollLeads() []Lead {
	if rep.RollForward.First {
		return nil
	}
	return []Lead{rep.kindsLead(), rep.agesLead()}
}

// kindsLead is a line for each kind of exception, then all of them.
func (rep *Report) kindsLead() Lead {
	rf := &rep.RollForward
	l := Lead{Title: rep.Text.Label("rf.title"), Columns: []Column{
		rep.col("what", "col.what", Text, 60).wrapped(),
		rep.col("before", "rf.before", Count, 16),
		rep.col("opened", "rf.opened", Count, 16),
		rep.col("closed", "rf.closed", Count, 14),
		rep.col("rolled", "rf.rolled", Count, 14),
		rep.col("open", "rf.open", Count, 12),
		rep.col("accepted", "rf.accepted", Count, 12),
		rep.col("oldest", "rf.oldest", Count, 12),
	}}
	line := func(k *KindOfException, what string, look Look) {
		oldest := Value{}
		if k.Oldest >= 0 {
			oldest = numberCell(int64(k.Oldest))
		}
		row := []Value{textCell(what).with(look)}
		for _, n := range []int{k.Before, k.Opened, k.Closed, k.Rolled, k.Open, k.Accepted} {
			row = append(row, numberCell(int64(n)).with(look))
		}
		l.Rows = append(l.Rows, append(row, oldest.with(look)))
	}
	for i := range rf.Kinds {
		line(&rf.Kinds[i], Mark(rf.Kinds[i].Status)+" "+rf.Kinds[i].What, Plain)
	}
	line(&rf.Total, rf.Total.What, Strong)
	return l
}

// agesLead is how long the exceptions have been open, with the money behind
// them, a line a currency.
func (rep *Report) agesLead() Lead {
	t, a := rep.Text, &rep.RollForward.Ages
	l := Lead{Title: t.Label("rf.ages"), Columns: []Column{rep.col("what", "col.what", Text, 60)}}
	for _, name := range t.AgeBandNames() {
		l.Columns = append(l.Columns, rep.fitted(Column{Code: name, Heading: name, Kind: Count, Width: 14}))
	}
	l.Columns = append(l.Columns, rep.col("open", "rf.open", Count, 12), rep.col("accepted", "rf.accepted", Count, 12))
	line := func(what string, bands [AgeBands]int64, accepted int64, cell func(int64) Value) {
		row, open := []Value{textCell(what)}, int64(0)
		for _, n := range bands {
			row = append(row, cell(n))
			open += n
		}
		l.Rows = append(l.Rows, append(row, cell(open).with(Strong), cell(accepted)))
	}
	line(t.Label("pdf.exceptions"), wide(a.Exceptions), int64(a.AcceptedExceptions), numberCell)
	line(t.Label("col.subscriptions"), wide(a.Subscriptions), int64(a.AcceptedSubscriptions), numberCell)
	line(t.Label("col.licences"), a.Licences, a.AcceptedLicences, numberCell)
	for i := range a.Money {
		if m := &a.Money[i]; m.Any() {
			line(t.Named(t.Label("col.cost_now"), m.Currency), m.Bands, m.Accepted, func(minor int64) Value {
				return amountCell(reconcile.MinorUnits(minor), m.Currency)
			})
		}
	}
	return l
}

func wide(bands [AgeBands]int) (figures [AgeBands]int64) {
	for i, n := range bands {
		figures[i] = int64(n)
	}
	return figures
}
