package reconcile

import (
	"cmp"
	"slices"
)

// suspectTwins marks rows that two files may hold of one subscription, where
// nothing but a missing id keeps them apart: the tenant's own export names no
// id, the distributor's does. Same customer, same SKU, same end and same
// licences in different files are counted twice, or are two purchases; nobody
// can tell from the files, so both stay and a person decides. Rows of one file
// are two subscriptions.
func (p *planning) suspectTwins() {
	if p.fromOneFile() || !p.someNameless() {
		return
	}
	order := make([]int32, 0, len(p.drafts))
	for i := range p.drafts {
		if d := &p.drafts[i]; d.sub.Expires.Known() && d.sub.Licences.Known {
			order = append(order, int32(i))
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		x, y := &p.drafts[a], &p.drafts[b]
		return cmp.Or(p.compareTwins(x, y), compareRecords(&p.in.Records[x.record], &p.in.Records[y.record]))
	})
	for len(order) > 0 {
		n := 1
		for n < len(order) && p.compareTwins(&p.drafts[order[0]], &p.drafts[order[n]]) == 0 {
			n++
		}
		p.markTwins(order[:n])
		order = order[n:]
	}
}

// someNameless reports whether any row has no id.
func (p *planning) someNameless() bool {
	for i := range p.drafts {
		if p.drafts[i].id() == "" {
			return true
		}
	}
	return false
}

// fromOneFile reports whether no two rows can come from different files.
func (p *planning) fromOneFile() bool {
	for i := range p.drafts {
		if p.in.Records[p.drafts[i].record].Source.File != p.in.Records[p.drafts[0].record].Source.File {
			return false
		}
	}
	return true
}

func (p *planning) sourceOf(d *draft) Source { return p.in.Records[d.record].Source }

func (p *planning) compareTwins(x, y *draft) int {
	return cmp.Or(cmp.Compare(x.party, y.party), cmp.Compare(x.sub.Expires, y.sub.Expires),
		cmp.Compare(x.sub.Licences.N, y.sub.Licences.N), cmp.Compare(p.skuOfDraft(x), p.skuOfDraft(y)))
}

// skuOfDraft is what the draft was identified as, else how it calls itself.
func (p *planning) skuOfDraft(d *draft) string {
	if match := p.matchOf(d); match.Identified != nil && match.Identified.SKUGUID != "" {
		return match.Identified.SKUGUID
	}
	return p.offers.texts[d.offer]
}

// markTwins marks each row without an id, and the first row of another file
// that may be the same subscription.
func (p *planning) markTwins(group []int32) {
	for _, i := range group {
		d := &p.drafts[i]
		if d.id() != "" {
			continue
		}
		for _, k := range group {
			if e := &p.drafts[k]; k != i && !p.shareFile(d, e) {
				p.conflictOfDays(d, e)
				p.conflictOfDays(e, d)
				break
			}
		}
	}
}

func (p *planning) shareFile(d, e *draft) bool {
	for n := range d.records() {
		for m := range e.records() {
			if p.in.Records[n].Source.File == p.in.Records[m].Source.File {
				return true
			}
		}
	}
	return false
}

// conflictOfDays lets a row name another that may be the same, each with the
// day of its export.
func (p *planning) conflictOfDays(d, other *draft) {
	c := conflict{"exported", p.exported[d.record].String(), p.exported[other.record].String(), p.sourceOf(d), p.sourceOf(other)}
	if !slices.Contains(d.conflicts, c) {
		d.own().conflicts = append(d.conflicts, c)
	}
}
