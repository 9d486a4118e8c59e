package reconcile

// The day for which a move is fixed: by a person, who plans a date, or by
// Microsoft's batch tool, which was given one or told to wait for the renewal.

// scheduledFor is the day on which the batch tool is to migrate the row, zero if
// it is not scheduled. "On renewal" is the first day of the next term: Microsoft
// carries such a migration out on the day after the end.
func (r *Row) scheduledFor() Date {
	m := r.Migration()
	switch {
	case m.State != MigrationScheduled:
		return 0
	case m.OnRenewal && r.Sub.Expires.Known():
		return r.Sub.Expires + 1
	}
	return m.On
}

// plannedFor is the day the move is fixed for. Where a person and the batch tool
// name one, the later counts: before it nobody may rely on the move.
func (r *Row) plannedFor() Date { return max(r.Planned, r.scheduledFor()) }

// overdue tells whether the day that the batch tool was given is over and it
// still calls the migration scheduled: whether it was carried out, nobody knows.
func (r *Row) overdue(asOf Date) bool {
	on := r.scheduledFor()
	return on.Known() && on < asOf
}

// lastMoveDay is the last day on which the replacement may start without a gap.
// An Enterprise Agreement renews into CSP, and so does a subscription that the
// batch tool converts: there it is the day after the end.
func lastMoveDay(r *Row) Date {
	if r.Route == RouteChannelTransfer || convertsAtRenewal(r) {
		return r.Sub.Expires + 1
	}
	return r.Sub.Expires
}

// convertsAtRenewal tells whether the batch tool may convert the subscription on
// the day it renews: the old one runs on until the new one is provisioned, and
// neither is paid twice (Partner Center, "Migrate subscriptions to new
// commerce", 2023-10-13). In the last 24 hours of a term the tool refuses most
// migrations, so that day is where it puts them itself. One that does not renew
// has no such day; a schedule for the renewal shows that there is one where the
// export says nothing.
func convertsAtRenewal(r *Row) bool {
	scheduled := r.Migration().State == MigrationScheduled
	if r.Route != RouteBAM && !scheduled {
		return false
	}
	return r.EndOfTerm == EndRenew || scheduled && r.Migration().OnRenewal && r.EndOfTerm == EndUnknown
}

func goesOn(r *Row) bool { return r.EndOfTerm == EndRenew || r.EndOfTerm == EndEST }

// plannedAfterEnd: between the end of the old subscription and the planned day
// users have nothing. Where nobody knows what happens at the end, it ends.
func plannedAfterEnd(_ *ruleContext, r *Row) bool {
	return r.plannedFor() > lastMoveDay(r) && !goesOn(r)
}

// plannedAfterRenewal: it renews before the planned day, which locks the
// customer in for another term, or goes on as the dearer extended term.
func plannedAfterRenewal(_ *ruleContext, r *Row) bool {
	return r.plannedFor() > lastMoveDay(r) && goesOn(r)
}

// plannedLate: after the last safe day, so that nothing may go wrong. The tool's
// own day of renewal is none that anybody has to be early for.
func plannedLate(_ *ruleContext, r *Row) bool {
	day := r.plannedFor()
	atRenewal := convertsAtRenewal(r) && day == r.scheduledFor() && day == lastMoveDay(r)
	return day > r.ActBy && day <= lastMoveDay(r) && !atRenewal
}

func evidencePlanned(r *Row) []string {
	return append(evidenceRenewal(r), "planned", r.Planned.String(), "scheduled", r.scheduledFor().String(), "act_by", r.ActBy.String())
}

var ifUnplanned = exemption{"unplanned", func(_ *ruleContext, r *Row) bool { return !r.plannedFor().Known() }}
