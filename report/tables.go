package report

import (
	"slices"

	"cspplan/reconcile"
)

// Table finds a list sheet by its English name; nil if there is none.
func (rep *Report) Table(id string) *Table {
	for _, t := range rep.Tables {
		if t.ID == id {
			return t
		}
	}
	return nil
}

// rowTables are the list sheets that are made of the plan and the options alone:
// beside the figures and lists, from which they may read nothing.
type rowTables struct {
	plan, customers, risks, regions, credits, rejected, kept, catalogue *Table
	customerLines                                                       []customerLine // of customers
}

func (rep *Report) rowTables() rowTables {
	rejected, kept := rep.rejectedTable(), rep.keptNotesTable()
	if rep.opt.part != "" {
		rejected.Empty = rep.Text.Label("part.see_whole", "name", rep.opt.part)
		kept.Empty = rejected.Empty
	}
	lines := rep.customerLines()
	return rowTables{
		plan: rep.planTable(), customers: rep.customersTable(lines), customerLines: lines, risks: rep.risksTable(), regions: rep.regionsTable(),
		credits: rep.creditsTable(), rejected: rejected, kept: kept, catalogue: rep.catalogueTable(),
	}
}

// tables puts the list sheets in the order of the workbook, with those that say what
// has been worked out. Start stands before them, Money between Unmatched and Credits.
func (rep *Report) tables(t rowTables) []*Table {
	return []*Table{
		t.plan, t.customers, t.risks, t.regions, rep.licencesTable(),
		rep.unmatchedTable(), t.credits, rep.changesTable(), t.rejected, t.kept,
		rep.controlTable(), t.catalogue, rep.aboutTable(),
	}
}

// newTable starts a table whose labels are sheet.NAME, NAME.title and empty.NAME.
func (rep *Report) newTable(id, name string, columns []Column) *Table {
	t := rep.Text
	return &Table{
		ID: id, Sheet: t.Label("sheet." + name), Title: t.Label(name + ".title"), Empty: t.Label("empty." + name),
		Columns: columns, FreezeColumns: 4,
	}
}

// col is a column whose heading has the label key.
func (rep *Report) col(code, key string, kind Kind, width float64) Column {
	return rep.fitted(Column{Code: code, Heading: rep.Text.Label(key), Kind: kind, Width: width})
}

func (c Column) editable(e EditKind) Column { c.Edit = e; return c.headed() }
func (c Column) identifier() Column         { c.ID = true; return c }
func (c Column) wrapped() Column            { c.Wrap = true; return c }
func (c Column) indented() Column           { c.Indent = true; return c }
func (c Column) linked() Column             { c.Link = true; return c }
func (c Column) barred() Column             { c.Bar = true; return c }

// planTable is one row a subscription, from the column table.
func (rep *Report) planTable() *Table {
	var columns []Column
	var cells []func(*Report, *reconcile.Row) Value
	for i := range planColumns {
		c := &planColumns[i]
		if c.cell == nil {
			continue
		}
		columns = append(columns, rep.fitted(Column{
			Code: c.code, Heading: rep.Text.Label(c.label), Kind: c.kind, Width: c.width, Edit: c.edit, ID: c.id, Indent: c.indent,
		}))
		cells = append(cells, c.cell)
	}
	t := rep.newTable("Plan", "plan", columns)
	t.Note = rep.Text.Label("plan.yours")
	t.PrintColumns = 11
	t.Len = len(rep.Plan.Rows)
	t.Row = func(i int, dst []Value) []Value {
		r, from := &rep.Plan.Rows[i], len(dst)
		dst = slices.Grow(dst, len(cells))[:from+len(cells)]
		row := dst[from:]
		for k, cell := range cells {
			row[k] = cell(rep, r)
		}
		return dst
	}
	t.Cell = func(i, column int) Value { return cells[column](rep, &rep.Plan.Rows[i]) }
	return t
}

// sheetLines is the list of sheets on Start.
func (rep *Report) sheetLines() []SheetLine {
	t := rep.Text
	var lines []SheetLine
	for _, table := range rep.Tables {
		if table.ID == "Credits" {
			lines = append(lines, SheetLine{ID: "Money", Name: t.Label("sheet.money"), Rows: len(rep.Money.Lines), What: t.Label("sheetdesc.money")})
		}
		what := t.Label("sheetdesc." + sheetLabel[table.ID])
		if rep.Elsewhere != "" && slices.Contains(rowTablesOfAll, table.ID) {
			what = rep.Elsewhere
		}
		lines = append(lines, SheetLine{ID: table.ID, Name: table.Sheet, Rows: table.Len, What: what})
	}
	return lines
}

// sheetLabel is the last part of the labels of a sheet.
var sheetLabel = map[string]string{
	"Workbooks": "workbooks", "Plan": "plan", "Customers": "customers", "Risks": "risks", "Regions": "regions", "Licences": "licences",
	"Unmatched": "unmatched", "Credits": "credits", "Changes": "changes", "RejectedRows": "rejected",
	"KeptNotes": "kept_notes", "ControlTotals": "control", "OfferCatalogue": "catalogue", "About": "about",
}

// rowsWhere are the indexes of the rows that fit, in the order of the plan.
func (rep *Report) rowsWhere(fits func(*reconcile.Row) bool) []int32 {
	var rows []int32
	for i := range rep.Plan.Rows {
		if fits(&rep.Plan.Rows[i]) {
			rows = append(rows, int32(i))
		}
	}
	return rows
}

// risksTable is Blocked and Data-loss risk, by the day to decide.
func (rep *Report) risksTable() *Table {
	t := rep.newTable("Risks", "risks", []Column{
		rep.col("status", "status", Text, 17),
		rep.col("decide_by", "col.decide_by", Date, 12.5),
		rep.col("expires", "col.expires", Date, 12.5),
		rep.col("customer", "col.customer", Text, 42).indented(),
		rep.col("current_offer", "col.current_offer", Text, 32),
		rep.col("licences", "col.licences", Count, 9),
		rep.col("why", "col.reason", Text, 50).indented().wrapped(),
		rep.col("lifts", "col.lifts", Text, 60).wrapped(),
		rep.col("data_at_risk", "col.data_at_risk", Text, 44).wrapped(),
		rep.col("decision", "col.decision", Text, 13),
		rep.col("cost_now_year", "col.cost_now", Amount, 14),
		rep.col("currency", "col.currency", Text, 9).indented(),
		rep.col("key", "col.key", Text, 18).identifier(),
	})
	t.PrintColumns = 9
	rows := rep.rowsWhere(func(r *reconcile.Row) bool { return r.Status.Part() == reconcile.CannotMove })
	slices.SortStableFunc(rows, func(a, b int32) int {
		return compareDates(rep.decideBy(&rep.Plan.Rows[a]), rep.decideBy(&rep.Plan.Rows[b]))
	})
	t.Len = len(rows)
	t.Row = func(i int, dst []Value) []Value {
		r := &rep.Plan.Rows[rows[i]]
		return append(dst,
			rep.Text.statusCell(r.Status),
			rep.decideByCell(r),
			dateCell(r.Sub.Expires).when(burning(r), Alarm),
			textCell(rep.CustomerName(r)),
			textCell(OfferName(r)),
			countCell(r.Sub.Licences),
			textCell(rep.why(r)),
			textCell(rep.lifts(r)),
			textCell(rep.dataAtRisk(r)),
			textCell(rep.Text.choice(r.Decision)),
			amountCell(r.Money.CostNow, r.Sub.Currency),
			textCell(r.Sub.Currency),
			textCell(r.Key),
		)
	}
	return t
}

// decideByCell says "now" once the day is over.
func (rep *Report) decideByCell(r *reconcile.Row) Value {
	by := rep.decideBy(r)
	if by.Known() && by < rep.AsOf {
		return textCell(rep.Text.Label("now")).with(Alarm)
	}
	return dateCell(by)
}

// creditsTable is the worklist of subscriptions bought direct from Microsoft.
func (rep *Report) creditsTable() *Table {
	t := rep.newTable("Credits", "credits", []Column{
		rep.col("expires", "col.expires", Date, 12.5),
		rep.col("customer", "col.customer", Text, 42).indented(),
		rep.col("current_offer", "col.current_offer", Text, 32),
		rep.col("credit_asked_by", "col.credit_who", Text, 33),
		rep.col("delegated_admin", "col.dap", Text, 11),
		rep.col("credit_at_most", "col.unused", Amount, 14),
		rep.col("currency", "col.currency", Text, 9).indented(),
		rep.col("asked_on", "col.asked_on", Date, 12.5).editable(EditDate),
		rep.col("case_number", "col.case", Text, 20).editable(EditText).indented(),
		rep.col("credit_granted", "col.credit_granted", Amount, 14).editable(EditAmount),
		rep.col("key", "col.key", Text, 18).identifier().indented(),
	})
	t.Note = rep.Text.Label("credits.decides")
	t.FreezeColumns, t.PrintColumns = 2, 10
	rows := rep.rowsWhere(func(r *reconcile.Row) bool { return active(r) && r.Sub.Channel == reconcile.Direct })
	notes := rep.noted(creditScope)
	t.Len = len(rows)
	t.Row = func(i int, dst []Value) []Value {
		r := &rep.Plan.Rows[rows[i]]
		return append(dst,
			dateCell(r.Sub.Expires).when(burning(r), Alarm),
			textCell(rep.CustomerName(r)),
			textCell(OfferName(r)),
			textCell(rep.Text.creditBy(r.CreditAskedBy)),
			textCell(rep.Text.tri(r.DelegatedAdmin)),
			amountCell(r.CreditAtMost(), r.Sub.Currency),
			textCell(r.Sub.Currency),
			notedDate(notes[noteCell{r.Key, "asked_on"}]),
			textCell(notes[noteCell{r.Key, "case_number"}]),
			notedAmount(notes[noteCell{r.Key, "credit_granted"}], r.Sub.Currency),
			textCell(r.Key),
		)
	}
	return t
}

// creditScope is the scope of the notes on Credits.
const creditScope = "credit"

// noteCell names one cell that people write: the key of its row, and the field.
type noteCell struct{ key, field string }

// noted are the notes in force of one scope.
func (rep *Report) noted(scope string) map[noteCell]string {
	notes := make(map[noteCell]string)
	for _, d := range rep.opt.Decisions {
		if d.Scope == scope && d.State != "kept" {
			notes[noteCell{d.Key, d.Field}] = d.Value
		}
	}
	return notes
}

// notedDate shows a date, or the text as it was written where it is none.
func notedDate(s string) Value {
	d, err := reconcile.ParseDate(s)
	if err != nil {
		return textCell(s)
	}
	return dateCell(d)
}

func notedAmount(s, currency string) Value {
	a, err := reconcile.ParseAmount(s, currency)
	if err != nil {
		return textCell(s)
	}
	return amountCell(a, currency)
}

// rejectedTable is the rows that could not be used, in the order they were read.
func (rep *Report) rejectedTable() *Table {
	t := rep.newTable("RejectedRows", "rejected", []Column{
		rep.col("file", "col.file", Text, 36),
		rep.col("row", "col.row", Count, 8),
		rep.col("column", "col.column", Text, 20).indented(),
		rep.col("value", "col.value", Text, 30),
		rep.col("reason", "col.reason", Text, 50).wrapped(),
		rep.col("expected", "col.expected", Text, 40).wrapped(),
		rep.col("customer", "col.customer", Text, 42),
		rep.col("raw", "col.raw_row", Text, 80),
	})
	t.FreezeColumns, t.PrintColumns = 2, 7
	rows := slices.Clone(rep.rejected)
	slices.SortStableFunc(rows, func(a, b int32) int {
		return comparePlaces(rep.opt.Ledger[a].Record, rep.opt.Ledger[b].Record)
	})
	t.Len = len(rows)
	t.Row = func(i int, dst []Value) []Value {
		rec, p := rep.opt.Ledger[rows[i]].Record, rep.problem(int(rows[i]))
		return append(dst,
			textCell(fileAndSheet(rec.Source)),
			numberCell(int64(rec.Source.Row)),
			textCell(p.Column),
			textCell(p.Value),
			textCell(rep.Text.Rejection(p.Code)),
			textCell(rep.expected(p.Expected)),
			textCell(readCustomer(rec)),
			textCell(rawRow(rec.Cells())),
		)
	}
	return t
}

// fieldLabels are the headings of the columns people write in, by the word of
// notes.csv.
var fieldLabels = map[string]string{
	"decision": "col.decision", "owner": "col.owner", "planned_date": "col.planned", "note": "col.note", "choice": "col.choice",
	"offer_wanted": "col.offer_wanted", "licences_wanted": "col.licences_wanted", "accepted_until": "col.accepted_until",
	"asked_on": "col.asked_on", "case_number": "col.case", "credit_granted": "col.credit_granted",
}

// field is the heading of a column people write in.
func (t *Texts) field(word string) string {
	if key, ok := fieldLabels[word]; ok {
		return t.Label(key)
	}
	return word
}

// keptNotesTable is what people wrote that has no row any more.
func (rep *Report) keptNotesTable() *Table {
	t := rep.newTable("KeptNotes", "kept_notes", []Column{
		rep.col("when", "col.when", Date, 12.5),
		rep.col("who", "col.who", Text, 24).indented(),
		rep.col("customer", "col.customer", Text, 42),
		rep.col("current_offer", "col.current_offer", Text, 32),
		rep.col("subscription_id", "col.subscription_id", Text, 37).identifier(),
		rep.col("field", "col.field", Text, 16),
		rep.col("text", "col.text", Text, 50).wrapped(),
		rep.col("why", "col.why_kept", Text, 40),
		rep.col("until", "col.kept_until", Date, 12.5),
	})
	t.FreezeColumns = 2
	notes := rep.opt.KeptNotes
	t.Len = len(notes)
	t.Row = func(i int, dst []Value) []Value {
		n := &notes[i]
		return append(dst, dateCell(n.When), textCell(n.Who), textCell(n.Customer), textCell(n.Offer), textCell(n.SubscriptionID),
			textCell(rep.Text.field(n.Field)), textCell(n.Text), textCell(rep.Text.labelOr("kept."+n.Why, n.Why)), dateCell(n.Until))
	}
	return t
}
