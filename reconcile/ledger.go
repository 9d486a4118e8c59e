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

// gather puts the facts of the rows one behind another in the order of the rows,
// and lets go those that no record holds any more. Records stand as exports list
// them and rows by expiry, and all that is written goes through the rows, several
// times: now the facts of the next row are near.
func (p *Plan) gather() {
	InParts(len(p.Rows), func(from, to int) {
		near := make([]Subscription, to-from)
		for i := range near {
			row := &p.Rows[from+i]
			near[i] = *row.Sub
			row.Sub = &near[i]
		}
	})
}
