package reconcile

// setDates works out, for each row, by when somebody must act (rules.md §4) and
// what happens when the term ends.
func (p *planning) setDates() {
	p.eachRow(func(i int) {
		r := &p.plan.Rows[i]
		p.setDeadlines(r)
		p.setEndOfTerm(r)
	})
}

// setDeadlines counts back from the expiry. Rows without one have no deadlines.
func (p *planning) setDeadlines(r *Row) {
	if !r.Sub.Expires.Known() {
		return
	}
	r.DaysLeft = int32(r.Sub.Expires - p.in.AsOf)
	r.ActBy = max(p.workingDay(r.Sub.Expires-Date(p.in.Policy.LeadDays)), p.in.AsOf)
	r.RelationshipBy = r.ActBy - Date(p.in.Policy.RelationshipDays)
	r.DecideBy = r.Sub.Expires - Date(p.in.Policy.DecideDays)
}

// setStopRenewal finds the last day on which the renewal of the source can
// safely be stopped: a working day before its last day, because on that day the
// switch may be locked (a term ends at midnight UTC), and never before the day
// on which its replacement is provisioned. Transfers stop nothing, and what is
// not moved is not ours to end.
func (p *planning) setStopRenewal(r *Row) {
	ends := r.EndOfTerm == EndCancel || r.EndOfTerm == EndUnknown && (r.Sub.Channel == Volume || r.Sub.Channel == LegacyCSP)
	if ends || !r.Sub.Expires.Known() || r.Expired(p.in.AsOf) || r.Route != RouteBuyReassignEnd || ended(r.Sub) || r.Progress == ProgressDone {
		return
	}
	if r.Migration().State == MigrationScheduled {
		return // the tool ends it; without its renewal it may not even migrate it
	}
	r.RenewalOffEnds = r.EndOfTerm != EndEST && p.endsByRenewalOff(r.Sub)
	r.StopRenewalBy = max(p.workingDay(r.Sub.Expires-1), r.ActBy)
}

// workingDay is d, or the last day before it on which people work. A calendar
// without any leaves d as it is.
func (p *planning) workingDay(d Date) Date {
	for day := d; day > d-366; day-- {
		if p.works(day) {
			return day
		}
	}
	return d
}

func (p *planning) works(d Date) bool {
	if p.in.Policy.Weekend[d.weekday()] {
		return false
	}
	for _, holiday := range p.in.Policy.Holidays {
		if holiday == d {
			return false
		}
	}
	return true
}
