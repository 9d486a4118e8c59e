package reconcile

// A LedgerLine accounts for one row that was read, once it is planned: where it
// stands, and what it counts in the control totals. The rows of the plan hold their
// facts themselves; of what led to none of them the record stays, as far as reports
// ask for it (Record.Slim).
type LedgerLine struct {
	Source   Source
	Licences Count
	Record   *Record // nil where it led to a row of the plan, or nothing is asked of it
}

// newLedger accounts for the place and the licences of records.
func newLedger(records []Record) []LedgerLine {
	lines := make([]LedgerLine, len(records))
	eachOf(len(records), func(i int) {
		lines[i].Source, lines[i].Licences = records[i].Source, records[i].Licences
	})
	return lines
}

// keepRecords keeps, of records that led to no row, what reports ask for. The fates
// hold on to no record after it.
func (p *Plan) keepRecords(ledger []LedgerLine, records []Record) {
	for i := range records {
		rec, fate := &records[i], &p.Fates[i]
		if fate.Row != noRow {
			continue
		}
		if rec.Sub != nil || fate.Outcome == Rejected {
			kept := *rec
			kept.Slim(fate)
			ledger[i].Record = &kept
		}
		if fate.Other != nil {
			fate.Other = new(*fate.Other)
		}
	}
}

// Ledger accounts for the records of a plan that was joined, in their order:
// parallel to Fates. The plan holds on to none of the records after it, nor to
// what was read of them, so that they can be let go.
func (p *Plan) Ledger(records []Record) []LedgerLine {
	lines := newLedger(records)
	p.keepRecords(lines, records)
	for i := range p.Fates {
		if fate := &p.Fates[i]; fate.Row != noRow && fate.Outcome == Planned {
			p.Rows[fate.Row].From = &lines[i].Source
		}
	}
	for i := range p.Fates {
		if fate := &p.Fates[i]; fate.Other != nil && fate.Row != noRow {
			fate.Other = p.Rows[fate.Row].From
		}
	}
	p.gather()
	return lines
}
