package reconcile

import "strings"

// An accepted exception: a person knows what keeps the row from moving and
// wants to hear of it again after a day. Until then the row says so instead of
// asking; it keeps its status, is counted and listed. Only where that person
// decided to move it as well, and what is accepted may be answered for, it can
// move.

// An Acceptance is until when, by whom and since when the findings of a row are
// accepted. The zero Acceptance accepts nothing.
type Acceptance struct {
	Until   Date
	By      string
	When    Date
	InForce bool // the day has not passed, and no finding has come up since
}

// liftable are the findings of severity Decide that a person may answer for:
// everything the plan needs is known, and what is doubted is not the offer, the
// region or the date. All others keep the status whoever accepts them.
var liftable = map[string]bool{
	"licences-differ": true, "sources-disagree": true, "seat-cap": true, "subscription-limit": true,
	"sale-status-unknown": true, "relationship-late": true, "segment-unverified": true, "csp-offer-differs": true,
}

// acceptance is what a person wrote about the findings that the row has so far;
// the rules that give a status stand before the notes.
func (p *planning) acceptance(r *Row, d *draft) Acceptance {
	if d.accepted == nil {
		return Acceptance{}
	}
	until, err := ParseDate(d.accepted.text)
	if err != nil || !until.Known() {
		return Acceptance{}
	}
	open := r.openCodes()
	return Acceptance{Until: until, By: d.accepted.by, When: d.accepted.when,
		InForce: p.in.AsOf <= until && len(open) > 0 && r.NoteStands("accepted_until", d.accepted.facts) && r.Progress != ProgressDone}
}

// accept settles the exceptions of a row once its findings are known.
func (p *planning) accept(r *Row, d *draft) {
	if accepted := p.acceptance(r, d); accepted != (Acceptance{}) {
		r.tell().Accepted = accepted
	}
	moves := d.decisions.choice == ChoiceMove || d.decisions.choice == ChoiceEarly
	if r.Accepted().InForce && moves && r.Status == Decide && r.Sub.Licences.Known && allLiftable(r.openCodes()) {
		r.Status = Ready
	}
}

// answered tells whether somebody answers for all that kept the row from
// moving, so that nothing of it is asked any more.
func (r *Row) answered() bool { return r.Accepted().InForce && r.Status == Ready }

func allLiftable(codes []string) bool {
	for _, code := range codes {
		if !liftable[code] {
			return false
		}
	}
	return true
}

func exceptionAccepted(c *ruleContext, r *Row) bool { return c.acceptance(r, c.draft).InForce }

func evidenceAccepted(c *ruleContext, r *Row) []string {
	a := c.acceptance(r, c.draft)
	return []string{"until", a.Until.String(), "by", a.By, "since", a.When.String(), "accepted", strings.Join(r.openCodes(), "|")}
}

// nextAccepted: a person has accepted what keeps the row from moving. Whatever
// it is, the status goes on to show it.
func nextAccepted(_ *planning, r *Row, _ *draft) (Next, bool) {
	return Next{Code: NextAccepted, Date: r.Accepted().Until}, r.Accepted().InForce && !r.answered()
}
