package reconcile

// A LedgerLine accounts for one row that was read, once it is planned: where it
// stands, and what it counts in the control totals. The rows of the plan hold their
// facts themselves; of what led to none of them the record stays, as far as reports
// ask for it (Record.Slim).
type LedgerLine struct {
	At       Spot
	Licences Count
	Record   *Record // nil where it led to a row of the plan, or nothing is asked of it
}

// newLedger accounts for the place and the licences of records.
func (p *Plan) newLedger(records []Record) []LedgerLine {
	lines := make([]LedgerLine, len(records))
	places := newPlaceFinder(p)
	for i := range records {
		lines[i].At, lines[i].Licences = places.spot(&records[i].Source), records[i].Licences
	}
	return lines
}

// keepRecords keeps, of records that led to no row, what reports ask for.
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
	}
}

// Ledger accounts for the records of a plan that was joined, in their order:
// parallel to Fates. The plan holds on to nothing of what was read of them after it,
// so that they can be let go.
func (p *Plan) Ledger(records []Record) []LedgerLine {
	lines := p.newLedger(records)
	p.keepRecords(lines, records)
	p.gather()
	return lines
}
