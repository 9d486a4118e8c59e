package report

import (
	"slices"
	"strings"

	"cspplan/reconcile"
)

// maxCandidates is how many candidates a title shows.
const maxCandidates = 5

// An openOffer is a title that nothing is chosen for. Rows with one title may
// have several matches, where their ids or segments differ; a choice is stored
// by title, so they stand together.
type openOffer struct {
	title     string // as the first row writes it
	gap       gap
	matches   []*reconcile.OfferMatch
	proposals []proposal // best first
}

// A proposal is one candidate for an open offer, from the match that names it.
type proposal struct {
	match     *reconcile.OfferMatch
	candidate *reconcile.Candidate
}

// openOffers are in the order in which they first expire.
func (rep *Report) openOffers() []openOffer {
	at := make(map[string]int)      // by titleKey
	written := make(map[string]int) // by title as it is written: to fold it for each row takes longer than all else here
	var open []openOffer
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		if r.Match == nil || r.Target != nil || !active(r) {
			continue
		}
		title := OfferName(r)
		n, ok := written[title]
		if !ok {
			key := titleKey(title)
			if n, ok = at[key]; !ok {
				n = len(open)
				at[key] = n
				open = append(open, openOffer{title: title})
			}
			written[title] = n
		}
		open[n].gap.add(r)
		open[n].propose(r.Match)
	}
	return open
}

// titleKey tells titles apart as recorded choices do; one without letters and
// digits is itself.
func titleKey(title string) string { return first(reconcile.FoldTitle(title), title) }

// propose adds the candidates of a match that no earlier one of the title has.
// The order of a single match stands, since its id may weigh more than a score.
func (o *openOffer) propose(m *reconcile.OfferMatch) {
	if slices.Contains(o.matches, m) {
		return
	}
	o.matches = append(o.matches, m)
	known := len(o.proposals)
	for i := range m.Candidates {
		c := &m.Candidates[i]
		if !slices.ContainsFunc(o.proposals, func(p proposal) bool { return sameCandidate(p.candidate, c) }) {
			o.proposals = append(o.proposals, proposal{m, c})
		}
	}
	if known > 0 && len(o.proposals) > known {
		slices.SortStableFunc(o.proposals, func(a, b proposal) int { return b.candidate.Score - a.candidate.Score })
	}
	o.proposals = o.proposals[:min(len(o.proposals), maxCandidates)]
}

// sameCandidate compares ids, and names where neither has one.
func sameCandidate(a, b *reconcile.Candidate) bool {
	return strings.EqualFold(a.ID(), b.ID()) && (a.SKUGUID != "" || a.Name == b.Name)
}

// A candidateLine is a row of Unmatched; one without a proposal stands for an
// offer that has none.
type candidateLine struct {
	offer *openOffer
	rank  int // from 1; 0: no proposal
}

func candidateLines(open []openOffer) []candidateLine {
	var lines []candidateLine
	for i := range open {
		if len(open[i].proposals) == 0 {
			lines = append(lines, candidateLine{offer: &open[i]})
		}
		for rank := range open[i].proposals {
			lines = append(lines, candidateLine{&open[i], rank + 1})
		}
	}
	return lines
}

// unmatchedTable is the ranked candidates. The choice is stored by offer.
func (rep *Report) unmatchedTable() *Table {
	t := rep.newTable("Unmatched", "unmatched", []Column{
		rep.col("current_offer", "col.current_offer", Text, 34),
		rep.col("subscriptions", "col.subscriptions", Count, 13),
		rep.col("licences", "col.licences", Count, 9),
		rep.col("customers", "col.customers", Count, 11),
		rep.col("expires", "col.first_expiry", Date, 12.5),
		rep.col("cost_now_year", "col.cost_now", Text, 24).indented(),
		rep.col("rank", "col.rank", Count, 8),
		rep.col("candidate", "col.candidate", Text, 36).indented(),
		rep.col("score", "col.score", Score, 8),
		rep.col("score_bar", "col.score_bar", Score, 18).barred(),
		rep.col("why", "col.why", Text, 54).indented().wrapped(),
		rep.col("data_at_risk", "col.data_at_risk", Text, 44).wrapped(),
		rep.col("choice", "col.choice", Text, 14).editable(EditChoice),
		rep.col("csp_sku_guid", "col.candidate_id", Text, 37).identifier(),
		rep.col("alias", "col.alias_line", Text, 60).identifier(),
	})
	t.Note = rep.Text.Label("unmatched.how")
	if solved := rep.solvedNote(); solved != "" {
		t.Note = solved + " " + t.Note
	}
	t.FreezeColumns, t.PrintColumns = 1, 13
	t.GreyRepeats = 6
	lines := candidateLines(rep.withChosen(rep.openOffers()))
	choices := rep.choices()
	t.Len = len(lines)
	t.Row = func(i int, dst []Value) []Value {
		o, rank := lines[i].offer, lines[i].rank
		dst = append(dst, textCell(o.title), numberCell(int64(o.gap.subs)), numberCell(o.gap.licences),
			numberCell(int64(len(o.gap.customers))), dateCell(o.gap.first), textCell(o.gap.money(rep.Text)))
		if rank == 0 {
			return append(dst, Value{}, textCell(rep.Text.Label("unmatched.none")), Value{}, Value{},
				Value{}, textCell(rep.Text.Label("data.unknown")).with(Alarm), Value{}, Value{}, textCell(aliasLine(o, nil)))
		}
		p := o.proposals[rank-1]
		c := p.candidate
		score := Value{}
		if c.Score > 0 {
			score = Value{Form: Form{Kind: Score}, N: int64(c.Score)}
		}
		return append(dst, numberCell(int64(rank)), textCell(c.Name), score, score, textCell(rep.Text.Why(c.Why)),
			rep.candidateRisk(p.match, c), textCell(choices[choiceOf(o.title, c.ID())]), textCell(c.ID()), textCell(aliasLine(o, &p)))
	}
	return t
}

// offerChoice is an offer and a candidate for it, both folded.
type offerChoice struct{ offer, skuGUID string }

func choiceOf(offer, skuGUID string) offerChoice {
	return offerChoice{titleKey(offer), strings.ToLower(skuGUID)}
}

// choices are the words people chose on earlier runs and that stand.
func (rep *Report) choices() map[offerChoice]string {
	chosen := make(map[offerChoice]string)
	for _, c := range rep.opt.Choices {
		label := rep.Text.Label("choice." + c.Word)
		if c.Stale {
			label += " " + StaleMark
		}
		chosen[choiceOf(c.Offer, c.SKUGUID)] = label
	}
	return chosen
}
