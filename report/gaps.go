package report

import (
	"bytes"
	"encoding/csv"
	"maps"
	"slices"
	"strings"

	"cspplan/reconcile"
)

// A gap is what stands behind an offer that nothing is chosen for.
type gap struct {
	subs      int
	licences  int64
	customers map[int32]bool
	first     reconcile.Date
	cost      map[string]int64 // minor units a year, by currency
}

func (g *gap) add(r *reconcile.Row) {
	g.subs++
	g.licences += licences(r)
	if g.customers == nil {
		g.customers = make(map[int32]bool)
	}
	g.customers[r.Customer] = true
	if e := r.Sub.Expires; e.Known() && (!g.first.Known() || e < g.first) {
		g.first = e
	}
	if c := r.Money.CostNow; c.Known() {
		if g.cost == nil {
			g.cost = make(map[string]int64)
		}
		g.cost[r.Sub.Currency] += c.Minor()
	}
}

// money lists what the gap costs a year in each currency; they are never added.
func (g *gap) money(t *Texts) string {
	var amounts []string
	for _, currency := range slices.Sorted(maps.Keys(g.cost)) {
		amounts = append(amounts, t.Money(g.cost[currency], currency))
	}
	return strings.Join(amounts, "; ")
}

// aliasLine is the line to add to the list of aliases so that the title means a
// candidate: what it is, or for a title whose SKU is known what to buy for it.
// Without a candidate the id is left to be filled in. Empty: the list has no way
// to say it, only the choice has.
func aliasLine(o *openOffer, p *proposal) string {
	fields := make([]string, 6) // title, offer_id, sku_guid, product_id, sku_id, note
	fields[0] = o.title
	switch {
	case p == nil:
	case p.match.Identified == nil:
		fields[2] = p.candidate.ID()
	case p.candidate.OrderID != "" && len(p.candidate.AddOns) == 0:
		fields[3], fields[4], _ = strings.Cut(p.candidate.OrderID, "/")
	default:
		return ""
	}
	var line bytes.Buffer
	w := csv.NewWriter(&line)
	if err := w.Write(fields); err != nil {
		return ""
	}
	w.Flush()
	return strings.TrimSuffix(line.String(), "\n")
}

// Solved is how many rows got an offer since the last run because of one alias
// or one choice.
type Solved struct {
	Offer string // title
	Basis string // alias, decision
	Rows  int
}

// solved compares with the run before: rows that had no offer to buy, and have
// one by a person's word.
func (rep *Report) solved() []Solved {
	open := make(map[string]bool)
	for i := range rep.opt.Previous {
		if p := &rep.opt.Previous[i]; p.CSPOffer == "" {
			open[p.Key] = true
		}
	}
	if len(open) == 0 {
		return nil
	}
	var solved []Solved
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		if r.Target == nil || r.Match == nil || !open[r.Key] || r.Match.Basis != "alias" && r.Match.Basis != "decision" {
			continue
		}
		same := func(s Solved) bool { return s.Basis == r.Match.Basis && titleKey(s.Offer) == titleKey(OfferName(r)) }
		n := slices.IndexFunc(solved, same)
		if n < 0 {
			n = len(solved)
			solved = append(solved, Solved{Offer: OfferName(r), Basis: r.Match.Basis})
		}
		solved[n].Rows++
	}
	return solved
}

// solvedNote says it in one line.
func (rep *Report) solvedNote() string {
	var parts []string
	for _, s := range rep.Solved {
		by := rep.Text.Label("unmatched.by_choice")
		if s.Basis == "alias" {
			by = rep.Text.Label("unmatched.by_alias")
		}
		parts = append(parts, s.Offer+" × "+rep.Text.Count(int64(s.Rows))+" ("+by+")")
	}
	if len(parts) == 0 {
		return ""
	}
	return rep.Text.Label("unmatched.solved", "list", strings.Join(parts, rep.Text.next))
}
