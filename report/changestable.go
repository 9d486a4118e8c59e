package report

// changesTable is what is different since the run before, then the exceptions
// that opened, closed and were rolled forward since.
func (rep *Report) changesTable() *Table {
	t := rep.newTable("Changes", "changes", []Column{
		rep.col("change", "col.change", Text, 16),
		rep.col("expires", "col.expires", Date, 12.5),
		rep.col("customer", "col.customer", Text, 42).indented(),
		rep.col("current_offer", "col.current_offer", Text, 32),
		rep.col("what", "col.what", Text, 44).wrapped(),
		rep.col("before", "col.before", Text, 24),
		rep.col("now", "col.now", Text, 24),
		rep.col("source", "col.source", Text, 26),
		rep.col("open_since", "col.open_since", Date, 12.5),
		rep.col("days_open", "col.days_open", Count, 9),
		rep.col("decide_by", "col.decide_by", Date, 12.5),
		rep.col("licences", "col.licences", Count, 9),
		rep.col("cost_now_year", "col.cost_now", Amount, 14),
		rep.col("currency", "col.currency", Text, 9).indented(),
	})
	t.Title = rep.ChangesNote
	t.Empty = rep.Text.Label("empty.changes")
	rf := &rep.RollForward
	if rf.First {
		t.Title, t.Empty = t.Sheet, rep.ChangesNote
	} else {
		t.Note = rep.Text.Named(rep.Text.Label("pdf.exceptions"), rep.RollForwardTie())
	}
	t.FreezeColumns = 3
	t.PrintColumns = 10
	changes, opened, closed := len(rep.Changes), rf.Opened(), rf.Closed()
	t.Len = changes + opened + closed + rf.Rolled()
	t.Row = func(i int, dst []Value) []Value {
		switch {
		case i < changes:
			return rep.changeCells(&rep.Changes[i], dst)
		case i < changes+opened:
			return rep.exceptionCells("▲", "rf.opened", rep.OpenedLine(i-changes), dst)
		case i < changes+opened+closed:
			return rep.exceptionCells("●", "rf.closed", rep.ClosedLine(i-changes-opened), dst)
		}
		return rep.exceptionCells("→", "rf.rolled", rep.RolledLine(i-changes-opened-closed), dst)
	}
	return t
}

func (rep *Report) changeCells(c *Change, dst []Value) []Value {
	kind := textCell(changeMarks[c.Kind]+" "+rep.Text.Label("change."+c.Kind)).when(c.Kind == changeWorse, Alarm)
	return append(dst, kind, dateCell(c.Expires), textCell(c.Customer), textCell(c.Offer),
		textCell(c.What), textCell(c.Before), textCell(c.Now), textCell(c.Source),
		Value{}, Value{}, Value{}, Value{}, Value{}, Value{})
}

// exceptionCells show an exception: one that is open stood there before unless
// it has just opened.
func (rep *Report) exceptionCells(mark, kind string, l ExceptionLine, dst []Value) []Value {
	open := rep.Text.Label("rf.is_open")
	before, now := textCell(open), textCell(open)
	switch {
	case l.How != "":
		now = textCell(l.How)
	case kind == "rf.opened":
		before = Value{}
	}
	return append(dst, textCell(mark+" "+rep.Text.Label(kind)), dateCell(l.Expires), textCell(l.Customer), textCell(l.Offer),
		textCell(l.What), before, now, textCell(l.Source),
		dateCell(l.Since), numberCell(int64(l.Days)), dateCell(l.DecideBy).when(l.Late, Alarm),
		countCell(l.Licences), amountCell(l.Cost, l.Currency), textCell(l.Currency))
}
