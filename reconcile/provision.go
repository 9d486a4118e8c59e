package reconcile

import "slices"

// setProvisioning says what is to be bought: how many licences, for which term,
// billed how, from when; and whom the change of SKU concerns.
func (p *planning) setProvisioning(r *Row, d *draft) {
	if r.Target == nil || !r.Route.needsOffer() {
		return
	}
	if open := missing(r); r.Needed().Known && open > 0 && r.Progress != ProgressDone {
		r.Provision = Whole(open)
	}
	w := wish(r.Sub)
	r.CSPTerm, r.CSPBilling = w.Term, w.Billing
	if r.Route != RoutePartnerTransfer { // which moves the subscription as it is, whatever is sold today
		r.CSPTerm, r.CSPBilling = offered(r.Target.Terms, w)
	}
	r.MoveOn = p.moveDate(r, d)
	switch there := r.Progress >= ProgressProvisioned; {
	case there && !d.moved.Known():
		r.MoveOn = 0 // it is over, and nobody says since when
	case !there && r.overdue(p.in.AsOf) && !r.Planned.Known():
		r.MoveOn = 0 // it may have been migrated on that day, or not at all
	case !there && r.DataGone(p.in.AsOf) && !r.Planned.Known():
		r.MoveOn = 0 // first the backup: a new subscription brings nothing back
	}
	r.CSPStart = r.MoveOn
	if r.Route == RouteChannelTransfer && r.Sub.Expires.Known() && !r.Planned.Known() && r.Progress < ProgressProvisioned {
		r.CSPStart = r.Sub.Expires + 1 // the agreement renews into CSP
	}
	p.setReassignment(r)
}

// setReassignment: licences are assigned by SKU, so another SKU GUID always
// means to assign them again, whoever chose it. A transfer between partners
// leaves the subscription and its assignments as they are.
func (p *planning) setReassignment(r *Row) {
	switch {
	case r.Route == RoutePartnerTransfer || r.Match.Class == MatchSame || r.Match.Class == MatchRenamed:
		r.Reassign = No
	case r.Match.Identified == nil || r.Match.Identified.SKUGUID == "" || r.Target.SKUGUID == "":
		r.Reassign = Unknown
	default:
		r.Reassign = TriOf(foldID(r.Match.Identified.SKUGUID) != foldID(r.Target.SKUGUID))
	}
	if r.Reassign != No {
		r.Loses = true
	}
	if r.Reassign == Yes {
		r.UsersToReassign = r.Sub.Assigned
	}
}

// moveDate is the day on which the row is to be moved: as it is planned or
// scheduled, now if it is to be moved early, else the last safe day. It is never in the
// past, unless CSP has it all already, and not known for rows without an expiry
// that nobody planned.
func (p *planning) moveDate(r *Row, d *draft) Date {
	switch {
	case r.Progress >= ProgressProvisioned && d.moved.Known():
		return d.moved
	case r.plannedFor().Known():
		return max(r.plannedFor(), p.in.AsOf)
	case d.decisions.choice == ChoiceEarly:
		return p.in.AsOf
	}
	return r.ActBy
}

// wish is the term and billing to ask for: those of today. Where the export
// names no term it is a year, which is what Microsoft's own migration of legacy
// subscriptions takes (Partner Center, "Migrate subscriptions to new
// commerce", 2023-10-13). Where it names no billing, the price tells.
func wish(s *Subscription) TermBilling {
	w := TermBilling{Term: s.Term, Billing: s.Billing}
	if w.Term == TermUnknown {
		w.Term = P1Y
	}
	if w.Billing == BillingUnknown && s.Price.Known {
		w.Billing = [...]Billing{PeriodUnknown: BillingUnknown, PerMonth: Monthly, PerYear: Annual, PerThreeYears: Triennial}[s.Price.Per]
	}
	return w
}

// offered is what comes nearest to the wish among what is on sale: the same
// term if it is sold at all, else a year. An offer whose terms the catalogue
// does not know is taken to be sold as wished. Where the billing is not known
// and the term is sold with several, it stays open: they differ in price.
func offered(terms []TermBilling, w TermBilling) (Term, Billing) {
	if len(terms) == 0 || slices.Contains(terms, w) {
		return w.Term, w.Billing
	}
	for _, term := range []Term{w.Term, P1Y} {
		billings := billingsOf(terms, term)
		switch {
		case len(billings) == 0:
		case len(billings) == 1:
			return term, billings[0]
		case w.Billing == BillingUnknown:
			return term, BillingUnknown
		case slices.Contains(billings, w.Billing):
			return term, w.Billing
		case w.Billing == Monthly:
			return term, slices.Min(billings)
		default: // paid in advance today, as far in advance as is sold
			return term, slices.Max(billings)
		}
	}
	return terms[0].Term, terms[0].Billing
}

// billingsOf lists how a term may be paid.
func billingsOf(terms []TermBilling, term Term) []Billing {
	var billings []Billing
	for _, t := range terms {
		if t.Term == term {
			billings = append(billings, t.Billing)
		}
	}
	return billings
}
