package report

import (
	"slices"
	"strings"

	"cspplan/reconcile"
)

// withChosen adds to the open offers what people chose and what is therefore
// not proposed any more: the offer that was settled, the candidate that was
// ruled out. Only what stands on the sheet can be taken back there.
func (rep *Report) withChosen(open []openOffer) []openOffer {
	for _, c := range rep.opt.Choices {
		i := slices.IndexFunc(open, func(o openOffer) bool { return titleKey(o.title) == titleKey(c.Offer) })
		if i < 0 {
			settled, ok := rep.settledOffer(c.Offer)
			if !ok {
				continue // nobody holds it now
			}
			i = len(open)
			open = append(open, settled)
		}
		o := &open[i]
		listed := slices.ContainsFunc(o.proposals, func(p proposal) bool { return strings.EqualFold(p.candidate.ID(), c.SKUGUID) })
		if !listed {
			o.proposals = append(o.proposals, proposal{o.matches[0], rep.chosenCandidate(c.SKUGUID, o.matches[0])})
		}
	}
	return open
}

// settledOffer counts the rows of an offer that something is chosen for.
func (rep *Report) settledOffer(title string) (openOffer, bool) {
	var o openOffer
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		if r.Match == nil || !active(r) || titleKey(OfferName(r)) != titleKey(title) {
			continue
		}
		if o.gap.subs == 0 {
			o.title, o.matches = OfferName(r), []*reconcile.OfferMatch{r.Match}
		}
		o.gap.add(r)
	}
	return o, o.gap.subs > 0
}

// chosenCandidate is a candidate that a person decided on, named by its id; it
// has no score.
func (rep *Report) chosenCandidate(id string, m *reconcile.OfferMatch) *reconcile.Candidate {
	guids := strings.Split(id, "+")
	c := &reconcile.Candidate{SKUGUID: guids[0], AddOns: guids[1:], Name: rep.offerNames(guids), Why: []reconcile.Reason{{Code: reconcile.WhyDecision}}}
	if m.Target != nil && strings.EqualFold(m.Target.ID(), id) {
		c.PlansLost, c.Shrinks = m.PlansLost, m.Shrinks
	}
	return c
}

// offerNames names the SKUs of an offer; one that is not known shows its id.
func (rep *Report) offerNames(guids []string) string {
	names := slices.Clone(guids)
	for i, guid := range guids {
		if c := rep.Plan.Catalogue; c != nil && c.SKU(guid) != nil {
			names[i] = c.SKU(guid).Name
		}
	}
	return strings.Join(names, " + ")
}
