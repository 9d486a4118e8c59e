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

// Ledger accounts for the records that the plan was made of, in their order:
// parallel to Fates. The plan holds on to none of the records after it, nor to
// what was read of them, so that they can be let go.
func (p *Plan) Ledger(records []Record) []LedgerLine {
	lines := make([]LedgerLine, len(records))
	for i := range records {
		rec, fate := &records[i], &p.Fates[i]
		line := &lines[i]
		line.Source, line.Licences = rec.Source, rec.Licences
		switch {
		case fate.Row != noRow && fate.Outcome == Planned:
			p.Rows[fate.Row].From = &line.Source
		case fate.Row == noRow && (rec.Sub != nil || fate.Outcome == Rejected):
			kept := *rec
			kept.Slim(fate)
			line.Record = &kept
		}
	}
	for i := range p.Fates {
		switch fate := &p.Fates[i]; {
		case fate.Other != nil && fate.Row != noRow:
			fate.Other = p.Rows[fate.Row].From
		case fate.Other != nil:
			other := *fate.Other
			fate.Other = &other
		}
	}
	p.gather()
	return lines
}
