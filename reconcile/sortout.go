package reconcile

// noRow marks a Fate that leads to no row of the plan.
const noRow = -1

// sortOut gives an outcome to every record that becomes no subscription and
// ranks the others. Of rows whose cells are all equal the first stays; the
// newest of them dates it, because the newest export has confirmed it.
func (p *planning) sortOut() {
	first, repeats := p.firstOfEqual()
	p.exported = make([]Date, len(p.in.Records))
	for i := range p.in.Records {
		p.exported[i] = p.in.Records[i].Exported
	}
	for i := range p.in.Records {
		rec, fate := &p.in.Records[i], &p.plan.Fates[i]
		fate.Row = noRow
		if why := unusable(rec); why != "" {
			fate.Outcome, fate.Why = Rejected, why
			continue
		}
		if repeats[rec.Hash] && int(first[rec.Hash]) != i {
			original := first[rec.Hash]
			fate.Outcome, fate.Why, fate.Other = Duplicate, "duplicate", &p.in.Records[original].Source
			p.exported[original] = max(p.exported[original], rec.Exported)
			continue
		}
		switch rec.Role {
		case RoleReference:
			fate.Outcome, fate.Why = Reference, rec.Note
		case RoleOutOfScope:
			fate.Outcome, fate.Why = OutOfScope, rec.Note
		case RoleInCSP:
			fate.Outcome = InCSP
		}
		p.ranked = append(p.ranked, int32(i))
	}
	p.rank(p.ranked)
}

// firstOfEqual finds, for each hash of a usable row, the row that stands first,
// and the hashes that several rows have. The zero hash is no hash and equals
// nothing.
func (p *planning) firstOfEqual() (first map[[16]byte]int32, repeats map[[16]byte]bool) {
	repeats = make(map[[16]byte]bool)
	first = make(map[[16]byte]int32, len(p.in.Records))
	for i := range p.in.Records {
		rec := &p.in.Records[i]
		if rec.Hash == [16]byte{} || unusable(rec) != "" {
			continue
		}
		original, seen := first[rec.Hash]
		if seen {
			repeats[rec.Hash] = true
		}
		if !seen || compareRecords(rec, &p.in.Records[original]) < 0 {
			first[rec.Hash] = int32(i)
		}
	}
	return first, repeats
}

// unusable says why a record cannot be used, or nothing. Package input gives a
// Problem to each of them; a record that slipped through is rejected all the
// same, so that it is never planned on a guess.
func unusable(rec *Record) string {
	switch {
	case rec.Problem != nil:
		return rec.Problem.Code
	case rec.Role == RoleNone:
		return "not-understood"
	case rec.Role != RoleSubscription && rec.Role != RoleInCSP:
		return ""
	case rec.Sub == nil:
		return "not-understood"
	case rec.Sub.Customer.TenantID == "" && rec.Sub.Customer.Domain == "" && rec.Sub.Customer.Name == "":
		return "no-customer"
	}
	return ""
}
