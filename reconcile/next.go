package reconcile

// A step is one line of the table by which Do next is found: what to do, and
// whether it fits the row.
type step func(*planning, *Row, *draft) (Next, bool)

// steps is the table (rules.md §8): the first line that fits is what a person
// can do now. Questions that keep a row from being Ready come before the work,
// each as its own step.
var steps = []step{
	nextDone, nextAccepted, nextBarrier, nextDeleted, nextStays, nextWish, nextExpired, nextOffer, nextAssigned,
	nextQuestion, nextWait, nextRelationship, nextAnother, nextMigration, nextProvision, nextEnd,
}

// next is what to do now, as a text key with its arguments. N and Of are
// licences; for next.more_assigned they are the assigned ones and the licences.
// Rows without an expiry have no date in their step.
func (p *planning) next(r *Row, d *draft) Next {
	for _, line := range steps {
		if n, fits := line(p, r, d); fits {
			return n
		}
	}
	return Next{Code: NextNothingBefore, Date: r.Sub.Expires}
}

// nextDone names the day only where the CSP side or the person who said so
// does: exports of the batch tool do not.
func nextDone(_ *planning, r *Row, d *draft) (Next, bool) {
	date := d.moved
	fill(&date, d.decisions.when)
	return Next{Code: NextDone, Date: date}, r.Progress == ProgressDone
}

// nextBarrier: nothing of this customer can come to us.
func nextBarrier(_ *planning, _ *Row, d *draft) (Next, bool) {
	code := [...]NextCode{byRegion: NextStopRegion, byCloud: NextStopCloud, byProvider: NextStopProvider}[d.barrier]
	return Next{Code: code}, code != NextUnknown
}

func nextDeleted(p *planning, r *Row, _ *draft) (Next, bool) {
	return Next{Code: NextDataDeleted, Date: r.DataDeleted}, r.DataGone(p.in.AsOf)
}

// nextStays: the customer leaves, a person decided against the move, or there
// is no licence to move. People who are assigned one all the same use something
// that nobody has counted.
func nextStays(p *planning, r *Row, d *draft) (Next, bool) {
	if r.RouteWhy == WhyNothingToProvision && !r.Has("expired") {
		if n, uncounted := nextAssigned(p, r, d); uncounted {
			return n, true
		}
	}
	return Next{Code: NextNotMoved}, r.Route == RouteLetExpire
}

// nextWish: what a person wrote into the row was not carried out.
func nextWish(_ *planning, r *Row, d *draft) (Next, bool) {
	return Next{Code: NextWish}, d.impossible && !r.Has("expired")
}

// nextExpired: the clock is running. Once CSP holds enough licences there is
// nothing more to provision, and while the batch tool has it in hand, whoever
// provisions buys twice: what came of that is the first thing to find out.
func nextExpired(p *planning, r *Row, d *draft) (Next, bool) {
	fits := r.Has("expired") && r.Progress != ProgressProvisioned
	switch {
	case fits && r.Has("migration-pending"):
		return nextMigration(p, r, d)
	case r.Target == nil:
		return Next{Code: NextExpiredChoose, Date: r.DataDeleted}, fits
	}
	return r.about(NextExpired, r.DataDeleted), fits
}

// nextOffer: nothing to buy is known, several things are, or one that a person
// has to confirm.
func nextOffer(p *planning, r *Row, _ *draft) (Next, bool) {
	switch {
	case r.Has("no-equivalent") && len(r.Match.Candidates) == 0:
		return Next{Code: NextFind, Date: p.notPast(r.DecideBy)}, true
	case r.Target == nil:
		return Next{Code: NextChoose, N: int32(len(r.Match.Candidates))}, true
	case r.Has("equivalent-unconfirmed") || r.Has("services-lost"):
		return r.about(NextConfirm, 0), true
	}
	return Next{}, false
}

func nextAssigned(_ *planning, r *Row, _ *draft) (Next, bool) {
	return Next{Code: NextMoreAssigned, N: r.Sub.Assigned.N, Of: r.Needed().N}, r.Has("more-assigned-than-licences")
}

// questions are the steps of findings that ask somebody something, in the order
// of Rules. What else makes a row Decide has a line of its own: an offer to
// choose or confirm, the relationship, an expiry to find out beside the work.
var questions = []struct {
	finding string
	code    NextCode
}{
	{"orphaned-add-on", NextMoveBase},
	{"planned-after-end", NextPlanBeforeEnd},
	{"region-unknown", NextFindCountry},
	{"cloud-unverified", NextFindCloud},
	{"tenant-ambiguous", NextFindTenant},
	{"id-damaged", NextExportAgain},
	{"licences-differ", NextAgreeLicences},
	{"sources-disagree", NextClarifySources},
	{"facts-contradict", NextClarifyFacts},
	{"expiry-implausible", NextFindExpiry},
	{"trial", NextAskTrial},
	{"segment-unverified", NextVerifySegment},
	{"base-unknown", NextFindBase},
	{"family-split", NextSettleFamily},
	{"seat-cap", NextSplitSeats},
	{"subscription-limit", NextMergeOrders},
	{"sale-status-unknown", NextCheckSale},
	{"agreement-missing", NextAgreement},
	{"partner-id-invalid", NextPartnerID},
	{"planned-after-renewal", NextPlanBeforeRenewal},
	{"decision-stale", NextDecideAgain},
}

// nextQuestion: something has to be found out or settled before anything is
// bought or ended, also where licences are in CSP already: as long as the status
// asks for a decision, no step goes beyond it. Only a number that is not reached
// yet answers itself, by provisioning the rest. Where somebody answers for what
// is left open, nothing is asked.
func nextQuestion(_ *planning, r *Row, d *draft) (Next, bool) {
	if r.answered() {
		return Next{}, false
	}
	for _, q := range questions {
		switch {
		case !r.Has(q.finding):
		case q.finding == "licences-differ" && d.unexplained > 0:
			return Next{Code: NextSettleCSP, N: d.unexplained}, true
		case q.finding == "licences-differ" && r.Progress == ProgressPartly:
		default:
			return Next{Code: q.code, Date: r.Sub.Expires}, true
		}
	}
	return Next{}, false
}

// nextWait: a person decided to wait, until the planned date or until the
// relationship or the move itself cannot wait any longer.
func nextWait(p *planning, r *Row, d *draft) (Next, bool) {
	if d.decisions.choice != ChoiceWait || r.Progress >= ProgressPartly {
		return Next{}, false
	}
	until := r.ActBy
	switch {
	case r.Planned.Known():
		until = r.Planned
	case r.Relationship != RelationshipAccepted:
		until = r.RelationshipBy
	}
	return p.nothingBefore(until)
}

func nextRelationship(_ *planning, r *Row, _ *draft) (Next, bool) {
	code := NextRequest
	if r.Relationship == RelationshipRequested {
		code = NextChase
	}
	return Next{Code: code, Date: r.RelationshipBy}, r.Relationship != RelationshipAccepted
}

// nextAnother: CSP holds a different offer than was planned. Whether its
// licences are enough, only a person can tell.
func nextAnother(_ *planning, r *Row, d *draft) (Next, bool) {
	return r.about(NextOtherOffer, 0), d.another != nil && !r.answered()
}

var migrationSteps = [...]NextCode{
	MigrationFailed: NextMigrationFailed, MigrationVanished: NextMigrationVanished,
	MigrationRunning: NextMigrationRunning, MigrationReported: NextMigrationRunning,
	MigrationScheduled: NextMigrationScheduled, MigrationCompleted: NextUnknown,
}

// nextMigration: the batch tool has the subscription in hand, or should have.
// Once the day it was scheduled for is over, only its status tells more.
func nextMigration(p *planning, r *Row, _ *draft) (Next, bool) {
	code := migrationSteps[r.Migration().State]
	on := r.scheduledFor()
	if r.overdue(p.in.AsOf) {
		on = 0
	}
	return Next{Code: code, Date: on}, code != NextUnknown && r.Progress < ProgressProvisioned && r.Route.needsOffer()
}

func nextProvision(p *planning, r *Row, d *draft) (Next, bool) {
	if !r.Provision.Known {
		return Next{}, false
	}
	code := NextProvision
	if r.Route == RouteChannelTransfer || r.Route == RoutePartnerTransfer {
		code = NextTransfer
	}
	n := r.about(code, p.moveDate(r, d))
	n.N = r.Provision.N
	return n, true
}

// nextEnd: the replacement is there, and the old one is to end in its own way.
// Volume and legacy subscriptions run out by themselves. A transfer between
// partners takes the subscription along: whoever then cancelled "the old one"
// would end the new one. A day that is over is no deadline: the old one has gone
// on, if it has not ended. A day that nobody knows is found out first.
func nextEnd(p *planning, r *Row, _ *draft) (Next, bool) {
	there := r.Progress == ProgressProvisioned
	switch {
	case r.Route == RoutePartnerTransfer:
		return r.about(NextTransferred, 0), there
	case r.Expired(p.in.AsOf):
		return r.about(NextEndOver, r.Sub.Expires), there
	case r.Has("expiry-missing"):
		return Next{Code: NextFindExpiry}, there
	}
	code := [...]NextCode{EndRenew: NextAutorenew, EndEST: NextEndEST, EndCancel: NextEndSet, EndUnknown: NextVerifyEnd}[r.EndOfTerm]
	switch renews := r.EndOfTerm == EndRenew; {
	case r.EndOfTerm == EndUnknown && (r.Sub.Channel == Volume || r.Sub.Channel == LegacyCSP):
		code = NextEndSet
	case (renews || r.EndOfTerm == EndUnknown) && p.endsByRenewalOff(r.Sub):
		code = NextEndRenewal
	}
	return r.about(code, r.Sub.Expires), there
}

// endsByRenewalOff tells whether switching the renewal off ends it: it does
// where no Extended Service Term follows, and "Cancel at end of term" is then no
// choice that anybody has. An unknown channel may be new commerce.
func (p *planning) endsByRenewalOff(s *Subscription) bool {
	days, known := p.in.Catalogue.Days(s.Channel, s.Programme, lastRenewal(s), s.Expires)
	switch s.Channel {
	case Direct:
		return known && !days.EST && s.Programme != ProgrammeUnknown
	case Volume, LegacyCSP:
		return true
	}
	return false
}

// nothingBefore fits only days to come.
func (p *planning) nothingBefore(date Date) (Next, bool) {
	return Next{Code: NextNothingBefore, Date: date}, date > p.in.AsOf
}

// notPast is the date, or today if it is over; no date stays none.
func (p *planning) notPast(date Date) Date {
	if !date.Known() {
		return 0
	}
	return max(date, p.in.AsOf)
}

// about is a step whose sentence names the offer to buy, with the licences it is about.
func (r *Row) about(code NextCode, date Date) Next {
	return Next{Code: code, Date: date, N: r.Sub.Licences.N, Of: r.Sub.Licences.N}
}

func targetName(r *Row) string {
	if r.Target == nil {
		return ""
	}
	return r.Target.Name
}
