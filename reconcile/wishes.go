package reconcile

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// What a person wants otherwise than the plan proposes: another CSP offer for
// one row, another number of licences to order. Both hold as long as the facts
// they were written on.

// A Wish is what a person wrote into the cells of a row that change the move.
type Wish struct {
	Offer    string // the CSP offer to buy, as it was written: a name or an id
	Licences Count  // to be ordered in all
	By       string // who saved the workbook last

	OfferStale, LicencesStale bool // the facts have changed since: no effect
}

// written tells whether a person wrote anything.
func (w *Wish) written() bool { return w.Offer != "" || w.Licences.Known }

// offerHolds tells whether the offer that a person wrote is the one to buy.
func (w *Wish) offerHolds() bool { return w.Offer != "" && !w.OfferStale }

// Needed is how many licences the move is to end with: what a person wrote,
// else as many as today.
func (r *Row) Needed() Count {
	if r.Wish().Licences.Known && !r.Wish().LicencesStale {
		return r.Wish().Licences
	}
	return r.Sub.Licences
}

// wishLimit bounds the licences that a cell may ask for, as input does.
const wishLimit = 1_000_000

// parseLicences reads a whole number of licences to order; none is no order.
func parseLicences(text string) Count {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 1 || n > wishLimit {
		return Count{}
	}
	return Whole(n)
}

// applyWishes lets what a person wrote change what is bought. A transfer
// between partners moves the subscription as it is, so nothing can be changed
// there; the batch tool and the agreement's renewal know of no other offer.
func (p *planning) applyWishes(r *Row, d *draft, n *note) {
	w := Wish{Offer: n.offer.text, Licences: parseLicences(n.licences.text), By: cmp.Or(n.offer.by, n.licences.by)}
	if !w.written() {
		return
	}
	wish := &r.tell().Wish
	*wish = w
	if w.Licences.Known {
		wish.LicencesStale = d.compare(n.licences.facts, r.licenceFacts())
	}
	if w.Offer != "" {
		wish.OfferStale = d.compare(n.offer.facts, r.offerFacts())
	}
	if r.Route == RoutePartnerTransfer {
		d.own().impossible = true
		wish.LicencesStale, wish.OfferStale = true, true // no effect either
		return
	}
	if w.Offer == "" || wish.OfferStale {
		return
	}
	m, understood := p.wishedOffer(r, d)
	if !understood {
		d.own().impossible, wish.OfferStale = true, true
		return
	}
	r.Match, r.Target = m, m.Target
	if d.ended != nil {
		d.own().ended = nil // what was to be bought instead is not in question any more
	}
	if r.Route.isTransfer() && !sameTarget(m.Target, p.matchOf(d).Target) {
		r.Route, r.RouteWhy = RouteBuyReassignEnd, WhyOtherOffer
	}
}

// compare tells whether a wish is stale, and remembers what changed.
func (d *draft) compare(was, now string) bool {
	if was == "" || was == now {
		return false
	}
	d.own().changed = append(d.changed, [2]string{was, now})
	return true
}

// licenceFacts are what a number of licences is chosen on.
func (r *Row) licenceFacts() string {
	return "licences=" + countText(r.Sub.Licences) + "; assigned=" + countText(r.Sub.Assigned)
}

// offerFacts are what an offer is chosen on: what the row has today.
func (r *Row) offerFacts() string {
	return "title=" + r.Sub.OfferTitle + "; sku_guid=" + skuOf(r)
}

// wishedOffer finds the offer that a person named in a row, by the same rules
// as offers of exports: an id, or a name of which every part agrees. Only what
// is on sale as it stands is taken; nothing is guessed.
func (p *planning) wishedOffer(r *Row, d *draft) (*OfferMatch, bool) {
	found := p.matcher.Match(p.matcher.Question(p.wishQuery(r.Wish().Offer, d)))
	if found.Target == nil || found.Class != MatchSame && found.Class != MatchRenamed || found.Flags.TitleIDDisagree {
		return nil, false
	}
	m := *p.matchOf(d)
	m.Target, m.Basis, m.Score = found.Target, basisDecision, scoreID
	m.Flags.NoOrderID, m.Flags.SaleUnknown, m.Flags.Discontinued = found.Flags.NoOrderID, found.Flags.SaleUnknown, false
	has := skuOf(r)
	switch {
	case has == "" || has != foldID(m.Target.SKUGUID):
		m.Class = MatchEquivalent
	case m.Class != MatchSame:
		m.Class = MatchRenamed
	}
	m.PlansLost, m.Shrinks, m.Choice, m.NotHeld = nil, nil, nil, nil
	if c := p.in.Catalogue; m.Class == MatchEquivalent && c.SKU(has) != nil && c.SKU(m.Target.SKUGUID) != nil {
		m.PlansLost, m.Shrinks = p.matcher.lost(has, m.Target.GUIDs())
	}
	return &m, true
}

// wishQuery asks for what a person wrote: the id of a SKU, a product and SKU,
// a part number, or a title as it is sold today.
func (p *planning) wishQuery(text string, d *draft) OfferQuery {
	q := OfferQuery{Wanted: true, Segment: d.sub.Segment, Country: p.parties[d.party].facts.Country, At: p.in.AsOf}
	product, sku, isPair := strings.Cut(strings.ReplaceAll(text, ":", "/"), "/")
	switch {
	case p.in.Catalogue.SKU(text) != nil:
		q.SKUGUID = text
	case isPair && p.in.Catalogue.Product(product, sku) != nil:
		q.ProductID, q.ProductSKU = product, sku
	case len(p.in.Catalogue.SKUsByPart(text)) > 0:
		q.PartNumber = text
	default:
		q.Title = text
	}
	return q
}

func sameTarget(a, b *Target) bool {
	return a != nil && b != nil && foldID(a.SKUGUID) == foldID(b.SKUGUID) && a.ProductID == b.ProductID && a.SKUID == b.SKUID
}

// NoteFacts are the facts that what a person wrote into a field of the row was
// written on; false for fields that hold whatever changes. Who writes notes
// stores them as Decision.Facts.
func (r *Row) NoteFacts(field string) (string, bool) {
	switch field {
	case "decision":
		return r.Stamp(), true
	case "licences_wanted":
		return r.licenceFacts(), true
	case "offer_wanted":
		return r.offerFacts(), true
	case "accepted_until":
		return "findings=" + strings.Join(r.openCodes(), "|"), true
	}
	return "", false
}

// NoteStands tells whether a text of a field is still in force on a row, given
// the facts it was written on. An accepted exception stands as long as no
// finding has come up that nobody accepted.
func (r *Row) NoteStands(field, facts string) bool {
	now, bound := r.NoteFacts(field)
	if !bound || facts == "" {
		return true
	}
	switch field {
	case "accepted_until":
		return accepts(facts, r.openCodes())
	case "decision":
		return r.Decision.standsOn(facts, now)
	}
	return facts == now
}

// openCodes are the findings that keep the row from being Ready.
func (r *Row) openCodes() []string {
	var open []string
	for _, f := range r.Findings() {
		if f.Severity < Ready {
			open = append(open, f.Code)
		}
	}
	return open
}

// accepts tells whether all codes are among those that were accepted.
func accepts(facts string, codes []string) bool {
	accepted := strings.Split(strings.TrimPrefix(facts, "findings="), "|")
	return !slices.ContainsFunc(codes, func(code string) bool { return !slices.Contains(accepted, code) })
}

func wishImpossible(c *ruleContext, _ *Row) bool { return c.draft.impossible }

// changedByHand tells of a row that a person changed and that the plan follows.
func changedByHand(_ *ruleContext, r *Row) bool {
	return r.Wish().Licences.Known && !r.Wish().LicencesStale || r.Wish().offerHolds()
}

func evidenceWish(r *Row) []string {
	return []string{"wanted", r.Wish().Offer, "licences", countText(r.Wish().Licences), "by", r.Wish().By, "route", r.Route.String()}
}
