package reconcile

// setEndOfTerm tells what happens when the term ends and nobody acts, and, once
// the end is certain, when access and data are lost. The days are those of the
// lifecycle table.
func (p *planning) setEndOfTerm(r *Row) {
	s := r.Sub
	days, known := p.in.Catalogue.Days(s.Channel, s.Programme, lastRenewal(s), s.Expires)
	switch {
	case s.EndOfTerm != EndUnknown:
		r.EndOfTerm = s.EndOfTerm
	case s.AutoRenew == Yes:
		r.EndOfTerm = EndRenew
	case s.AutoRenew == No && known:
		r.EndOfTerm = endWithoutRenewal(r, days)
	}
	switch over := r.Expired(p.in.AsOf); {
	case !known || !s.Expires.Known():
	case ended(s) && !over: // since when, nobody says; the last day of the term tells nothing
	case over || r.EndOfTerm == EndCancel:
		r.AccessLost = s.Expires + Date(days.WorkingDays)
		r.DataDeleted = r.AccessLost + Date(days.AdminDays)
	}
}

// endWithoutRenewal tells what "auto-renew off" means. Since the Extended
// Service Term it ends the subscription only where that term does not apply;
// trials have none. Where the programme is not known, nobody can say.
func endWithoutRenewal(r *Row, days LifecycleRule) EndOfTerm {
	s := r.Sub
	switch {
	case s.Channel == ChannelUnknown, s.Channel == Direct && s.Programme == ProgrammeUnknown:
		return EndUnknown
	case days.EST && !isTrial(r):
		return EndEST
	}
	return EndCancel
}

func isTrial(r *Row) bool { return r.Sub.Trial == Yes || r.Match.Flags.Trial }

// lastRenewal is the first day of the current term. Without the term it is not
// known: the start may be that of a purchase which has been renewed since. A
// start in the current term is taken as it stands: exports name as its end the
// last day, or the same day of the next year.
func lastRenewal(s *Subscription) Date {
	switch {
	case s.Term == TermUnknown || !s.Expires.Known():
		return 0
	case s.Start.Known() && s.Start >= s.Expires.AddMonths(-s.Term.Months()):
		return s.Start
	}
	return (s.Expires + 1).AddMonths(-s.Term.Months())
}
