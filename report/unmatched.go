package report

import (
	"strings"

	"cspplan/reconcile"
)

// A proposal is one candidate for an offer that nothing is chosen for; the
// candidate is nil where there is none to propose.
type proposal struct {
	match     *reconcile.OfferMatch
	offer     string
	subs      int
	licences  int64
	rank      int
	candidate *reconcile.Candidate
}

// proposals lists the open offers in the order in which they first expire,
// with their candidates, best first.
func (rep *Report) proposals() []proposal {
	at := make(map[*reconcile.OfferMatch]int)
	var open []proposal
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		if r.Match == nil || r.Target != nil || !active(r) {
			continue
		}
		n, ok := at[r.Match]
		if !ok {
			n = len(open)
			at[r.Match] = n
			open = append(open, proposal{match: r.Match, offer: OfferName(r)})
		}
		open[n].subs++
		open[n].licences += licences(r)
	}
	var all []proposal
	for _, p := range open {
		if len(p.match.Candidates) == 0 {
			all = append(all, p)
		}
		for rank := range p.match.Candidates {
			p.rank, p.candidate = rank+1, &p.match.Candidates[rank]
			all = append(all, p)
		}
	}
	return all
}

// unmatchedTable is the ranked candidates. The choice is stored by offer.
func (rep *Report) unmatchedTable() *Table {
	t := rep.newTable("Unmatched", "unmatched", []Column{
		rep.col("current_offer", "col.current_offer", Text, 34),
		rep.col("subscriptions", "col.subscriptions", Count, 13),
		rep.col("licences", "col.licences", Count, 9),
		rep.col("rank", "col.rank", Count, 8),
		rep.col("candidate", "col.candidate", Text, 36).indented(),
		rep.col("score", "col.score", Score, 8),
		rep.col("score_bar", "col.score_bar", Score, 18).barred(),
		rep.col("why", "col.why", Text, 54).indented().wrapped(),
		rep.col("data_at_risk", "col.data_at_risk", Text, 44).wrapped(),
		rep.col("choice", "col.choice", Text, 14).editable(EditChoice),
		rep.col("csp_sku_guid", "col.candidate_id", Text, 37).identifier(),
	})
	t.Note = rep.Text.Label("unmatched.how")
	t.FreezeColumns = 1
	t.GreyRepeats = 3
	all := rep.proposals()
	choices := rep.choices()
	t.Len = len(all)
	t.Row = func(i int, dst []Value) []Value {
		p := &all[i]
		dst = append(dst, textCell(p.offer), numberCell(int64(p.subs)), numberCell(p.licences))
		if p.candidate == nil {
			return append(dst, Value{}, textCell(rep.Text.Label("unmatched.none")), Value{}, Value{},
				Value{}, textCell(rep.Text.Label("data.unknown")).with(Alarm), Value{}, Value{})
		}
		c := p.candidate
		score := Value{Kind: Score, N: int64(c.Score)}
		return append(dst, numberCell(int64(p.rank)), textCell(c.Name), score, score, textCell(c.Why),
			rep.candidateRisk(p.match, c), textCell(choices[offerChoice{p.offer, strings.ToLower(c.SKUGUID)}]), textCell(c.SKUGUID))
	}
	return t
}

// offerChoice is an offer as printed, and a candidate for it.
type offerChoice struct{ offer, skuGUID string }

// choices are the words people chose on earlier runs and that stand.
func (rep *Report) choices() map[offerChoice]string {
	chosen := make(map[offerChoice]string)
	for _, c := range rep.opt.Choices {
		chosen[offerChoice{c.Offer, strings.ToLower(c.SKUGUID)}] = rep.Text.Label("choice." + c.Word)
	}
	return chosen
}
