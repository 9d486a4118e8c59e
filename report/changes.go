package report

import (
	"cspplan/reconcile"
)

// The kinds of change, in the order in which they are listed.
const (
	changeWorse   = "worse"
	changeChanged = "changed"
	changeBetter  = "better"
	changeNew     = "new"
	changeGone    = "gone"
)

var changeKinds = []string{changeWorse, changeChanged, changeBetter, changeNew, changeGone}

var changeMarks = map[string]string{
	changeWorse: "▲", changeChanged: "◆", changeBetter: "●", changeNew: "+", changeGone: "−",
}

// ChangeCounts is how many rows got worse, changed, got better, are new, are
// gone, in this order.
func (rep *Report) ChangeCounts() [5]int {
	var n [5]int
	for _, c := range rep.Changes {
		for i, kind := range changeKinds {
			if c.Kind == kind {
				n[i]++
			}
		}
	}
	return n
}

// changes compares with the run before: worse rows first, within a kind in the
// order of the plan. The note says since when, or that there is nothing to
// compare with.
func (rep *Report) changes() ([]Change, string) {
	t := rep.Text
	if !rep.opt.PreviousDate.Known() {
		return rep.putBack(), t.Label("changes.first")
	}
	before := make(map[string]*reconcile.PreviousRow, len(rep.opt.Previous))
	for i := range rep.opt.Previous {
		before[rep.opt.Previous[i].Key] = &rep.opt.Previous[i]
	}
	byKind := make(map[string][]Change)
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		for _, c := range rep.compare(r, before[r.Key]) {
			byKind[c.Kind] = append(byKind[c.Kind], c)
		}
	}
	byKind[changeChanged] = append(byKind[changeChanged], rep.putBack()...)
	for _, p := range rep.Plan.Vanished {
		byKind[changeGone] = append(byKind[changeGone], Change{
			Kind: changeGone, Expires: p.Expires, Customer: p.Customer, Offer: p.Offer,
			What: t.Label("progress.vanished"), Before: t.Status(p.Status),
		})
	}
	var all []Change
	for _, kind := range changeKinds {
		all = append(all, byKind[kind]...)
	}
	return all, t.Label("changes.title", "date", t.Day(rep.opt.PreviousDate))
}

// compare lists what is different on a row. Most rows are what they were, so
// words are looked up only for those that are not.
func (rep *Report) compare(r *reconcile.Row, p *reconcile.PreviousRow) []Change {
	t := rep.Text
	if p == nil {
		c := rep.changeOf(r)
		c.Kind, c.What, c.Now = changeNew, t.Label("changes.appeared"), t.Status(r.Status)
		return []Change{c}
	}
	offer, cspOffer, migration := OfferName(r), TargetName(r), r.Migration().State
	if r.Status == p.Status && r.Sub.Expires == p.Expires && r.Sub.Licences == p.Licences && offer == p.Offer && cspOffer == p.CSPOffer &&
		migration == p.Migration && r.Progress == p.Progress {
		return nil
	}
	var changes []Change
	add := func(kind, label, before, now string) {
		if before == now {
			return
		}
		c := rep.changeOf(r)
		c.Kind, c.What, c.Before, c.Now = kind, t.Label(label), before, now
		changes = append(changes, c)
	}
	kind := changeBetter
	if r.Status < p.Status {
		kind = changeWorse
	}
	add(kind, "status", t.Status(p.Status), t.Status(r.Status))
	add(changeChanged, "col.expires", t.Day(p.Expires), t.Day(r.Sub.Expires))
	add(changeChanged, "col.licences", t.count(p.Licences), t.count(r.Sub.Licences))
	add(changeChanged, "col.current_offer", p.Offer, offer)
	add(changeChanged, "col.csp_offer", p.CSPOffer, cspOffer)
	add(changeChanged, "col.migration", t.migration(p.Migration), t.migration(migration))
	add(changeChanged, "col.progress", t.progress(p.Progress), t.progress(r.Progress))
	return changes
}

// changeOf is a change of a row that does not say yet what has changed.
func (rep *Report) changeOf(r *reconcile.Row) Change {
	return Change{Expires: r.Sub.Expires, Customer: rep.CustomerName(r), Offer: OfferName(r), Source: sourcesText(rep.Plan.Sources(r))}
}

// count is a number for people, empty if unknown.
func (t *Texts) count(c reconcile.Count) string {
	if !c.Known {
		return ""
	}
	return t.Count(int64(c.N))
}

// putBackField is the heading, with that of its sheet unless it is Plan.
func (rep *Report) putBackField(p PutBack) string {
	if label := sheetLabel[p.Table]; label != "" && p.Table != "Plan" {
		return rep.Text.Label("sheet."+label) + ", " + p.Field
	}
	return p.Field
}

// putBack are the edits on columns that the input alone decides.
func (rep *Report) putBack() []Change {
	if len(rep.opt.PutBack) == 0 {
		return nil
	}
	rows := make(map[string]*reconcile.Row, len(rep.Plan.Rows))
	for i := range rep.Plan.Rows {
		rows[rep.Plan.Rows[i].Key] = &rep.Plan.Rows[i]
	}
	var changes []Change
	for _, p := range rep.opt.PutBack {
		c := Change{Kind: changeChanged, Before: p.To, Now: p.From, Customer: p.Customer, Offer: p.Offer,
			What: rep.Text.Label("changes.put_back", "field", rep.putBackField(p), "a", p.From, "b", p.To)}
		if r := rows[p.Key]; r != nil {
			c.Expires, c.Customer, c.Offer, c.Source = r.Sub.Expires, rep.CustomerName(r), OfferName(r), sourcesText(rep.Plan.Sources(r))
		}
		changes = append(changes, c)
	}
	return changes
}
