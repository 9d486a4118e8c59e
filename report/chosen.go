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
	settled := rep.settledOffers()
	for _, c := range rep.opt.Choices {
		i := slices.IndexFunc(open, func(o openOffer) bool { return titleKey(o.title) == titleKey(c.Offer) })
		if i < 0 {
			offer := settled[titleKey(c.Offer)]
			if offer == nil || offer.gap.subs == 0 {
				continue // nobody holds it now
			}
			i = len(open)
			open = append(open, *offer)
		}
		o := &open[i]
		listed := slices.ContainsFunc(o.proposals, func(p proposal) bool { return strings.EqualFold(p.candidate.ID(), c.SKUGUID) })
		if !listed {
			o.proposals = append(o.proposals, proposal{o.matches[0], rep.chosenCandidate(c.SKUGUID, o.matches[0])})
		}
	}
	return open
}

// settledOffers counts the rows of the offers that something is chosen for, by
// titleKey, in one pass over the plan: people choose for hundreds of offers.
func (rep *Report) settledOffers() map[string]*openOffer {
	settled := make(map[string]*openOffer)
	for _, c := range rep.opt.Choices {
		settled[titleKey(c.Offer)] = new(openOffer)
	}
	if len(settled) == 0 {
		return nil
	}
	written := make(map[string]*openOffer) // by title as it is written; nil: nobody chose for it
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		if r.Match == nil || !active(r) {
			continue
		}
		title := OfferName(r)
		o, known := written[title]
		if !known {
			o = settled[titleKey(title)]
			written[title] = o
		}
		if o == nil {
			continue
		}
		if o.gap.subs == 0 {
			o.title, o.matches = title, []*reconcile.OfferMatch{r.Match}
		}
		o.gap.add(r)
	}
	return settled
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
