package reconcile

import "hash/maphash"

const (
	noRow    = -1 // marks a Fate that leads to no row of the plan
	noRecord = -1 // marks a Fate that has to do with no other record
)

// sortOut gives an outcome to every record that becomes no subscription and
// ranks the others. Of rows whose cells are all equal the first stays; the
// newest of them dates it, because the newest export has confirmed it.
func (p *planning) sortOut() {
	original := p.firstOfEqual()
	p.exported = make([]Date, len(p.in.Records))
	usable := make([]bool, len(p.in.Records))
	InParts(len(p.in.Records), func(from, to int) {
		for i := from; i < to; i++ {
			p.exported[i] = p.in.Records[i].Exported
			usable[i] = p.settle(i, int(original[i]))
		}
	})
	p.ranked = make([]int32, 0, len(p.in.Records))
	for i, k := range original {
		if usable[i] {
			p.ranked = append(p.ranked, int32(i))
		} else if int(k) != i {
			p.exported[k] = max(p.exported[k], p.in.Records[i].Exported)
		}
	}
	p.rank(p.ranked)
}

// settle gives a record its outcome, as far as it can be told from the record
// and the one that it repeats; false if nothing more comes of it.
func (p *planning) settle(i, original int) bool {
	rec, fate := &p.in.Records[i], &p.plan.Fates[i]
	fate.Row, fate.Other = noRow, noRecord
	if why, is := unusable(rec); is {
		fate.Outcome, fate.Why = Rejected, why
		return false
	}
	if original != i {
		fate.Outcome, fate.Why, fate.Other = Duplicate, CauseDuplicate, int32(original)
		return false
	}
	switch rec.Role {
	case RoleReference:
		fate.Outcome = Reference
	case RoleOutOfScope:
		fate.Outcome = OutOfScope
	case RoleInCSP:
		fate.Outcome = InCSP
	}
	return true
}

// firstOfEqual finds, for each record, the usable one of the same hash that
// stands first: itself in most cases. The zero hash is no hash and equals nothing.
func (p *planning) firstOfEqual() []int32 {
	records := p.in.Records
	first := firstEqual(len(records), func(i int) uint64 {
		if rec := &records[i]; rec.Hash != [16]byte{} && usable(rec) {
			return maphash.Bytes(seed, rec.Hash[:]) | 1
		}
		return alone
	}, func(i, k int) bool { return records[i].Hash == records[k].Hash })
	stands := make(map[int32]int32) // of those with several: by the first that was read, the first by its place
	for i, k := range first {
		if int(k) == i {
			continue
		}
		if _, known := stands[k]; !known {
			stands[k] = k
		}
		if compareRecords(&records[i], &records[stands[k]]) < 0 {
			stands[k] = int32(i)
		}
	}
	if len(stands) > 0 {
		for i, k := range first {
			if at, several := stands[k]; several {
				first[i] = at
			}
		}
	}
	return first
}

// unusable says why a record cannot be used; false if it can. Package input gives a
// Problem to each of them; a record that slipped through is rejected all the
// same, so that it is never planned on a guess.
func unusable(rec *Record) (why Cause, is bool) {
	switch {
	case rec.Problem != nil:
		return CauseOfRecord, true
	case rec.Role == RoleNone:
		return CauseNotUnderstood, true
	case rec.Role != RoleSubscription && rec.Role != RoleInCSP:
		return CauseOfRecord, false
	case rec.Sub == nil || rec.Sub.Customer == nil || rec.Sub.OfferFacts == nil:
		return CauseNotUnderstood, true
	case rec.Sub.Customer.TenantID == "" && rec.Sub.Customer.Domain == "" && rec.Sub.Customer.Name == "":
		return CauseNoCustomer, true
	}
	return CauseOfRecord, false
}

func usable(rec *Record) bool {
	_, is := unusable(rec)
	return !is
}
