package reconcile

import (
	"cmp"
	"slices"
	"strings"
)

// Proposals: what comes near a title that means nothing for certain. Only here
// does likeness of letters count, and it only ranks.

const (
	maxCandidates = 5
	minScore      = 30 // below, a proposal would only distract
	maxScore      = 89 // a proposal is never as good as a match
)

// propose lists up to five SKUs, best first. Those given are named by the
// evidence and go first: in its order where it disagrees, else equal in score.
func (m *Matcher) propose(a *question, first ...string) []Candidate {
	title := a.q.Title
	if title == "" && a.r.Identified != nil {
		title = a.r.Identified.Name
	}
	t := *m.parse(title)
	out := m.named(a, t, first)
	var rest []Candidate
	for _, s := range m.near(title, a.segment) {
		guid := s.name.guid
		if s.score < minScore || slices.Contains(first, guid) || a.r.Identified != nil && guid == a.r.Identified.SKUGUID {
			continue
		}
		if a.r.Identified != nil && !m.buyable(a, guid) {
			continue // the question is what to buy, no longer what it is
		}
		c := m.candidate(a, guid, s.score)
		c.Score = min(c.Score, maxScore-len(first)) // below what the evidence names
		c.Why = s.why
		rest = append(rest, c)
	}
	slices.SortFunc(rest, byScore)
	out = append(out, rest...)
	return m.trim(a, out)
}

// named are the proposals that the evidence names. Of SKUs that fit equally
// the one that CSP price lists have sold stands first.
func (m *Matcher) named(a *question, t offerTitle, guids []string) []Candidate {
	var out []Candidate
	for i, guid := range guids {
		c := m.candidate(a, guid, maxScore)
		if a.r.Flags.TitleIDDisagree {
			c.Score -= i
			c.Why = append(c.Why, Reason{whyNamedBy, []string{"basis", a.namedBy(guid)}})
		} else if s := m.c.SKU(guid); s != nil {
			c.Why = append(c.Why, Reason{whyEqual, []string{"part", s.PartNumber}})
		}
		if a.q.Title != "" {
			c.Why = append(c.Why, compareTitles(&t, m.names.nearest(guid, t))...)
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(x, y Candidate) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), m.names.soldFirst(x.SKUGUID, y.SKUGUID), byScore(x, y))
	})
	return out
}

// buyable tells whether a SKU may be proposed as something to buy.
func (m *Matcher) buyable(a *question, guid string) bool {
	s := m.c.SKU(guid)
	return s != nil && s.Current && !m.trials[s.GUID] && m.sale(a, guid) != SaleWithdrawn
}

func (m *Matcher) trim(a *question, out []Candidate) []Candidate {
	out = slices.DeleteFunc(out, func(c Candidate) bool { return slices.Contains(a.never, c.ID()) })
	out = out[:min(len(out), maxCandidates)]
	for i := range out {
		if s := m.c.SKU(out[i].SKUGUID); s != nil && a.r.Identified != nil { // the question is what to buy
			if p := m.orderProduct(a, s, a.sellTo()); p != nil {
				out[i].OrderID = p.ProductID + "/" + p.SKUID
			}
		}
	}
	if id := a.r.Identified; id != nil && id.InTable {
		for i := range out {
			out[i].PlansLost, out[i].Shrinks = m.lost(id.SKUGUID, out[i].GUIDs())
		}
	}
	return out
}

func byScore(a, b Candidate) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Name, b.Name), strings.Compare(a.SKUGUID, b.SKUGUID))
}

// nearest is the name of a SKU that shares most with the title.
func (x *nameIndex) nearest(guid string, t offerTitle) *offerTitle {
	best := &offerTitle{}
	most, index := -1.0, x.words()
	for _, i := range x.byGUID[guid] {
		n := x.names[i].title
		only, missing := difference(t.words, n.words), difference(n.words, t.words)
		if s := index.weightOf(n.words) - 2*index.weightOf(missing) - index.weightOf(only); s > most || best.key == "" {
			most, best = s, n
		}
	}
	return best
}

// difference are the words of a that b lacks, counted; both are sorted.
func difference(a, b []string) []string {
	var out []string
	for i, j := 0, 0; i < len(a); {
		switch {
		case j >= len(b) || a[i] < b[j]:
			out = append(out, a[i])
			i++
		case a[i] == b[j]:
			i++
			j++
		default:
			j++
		}
	}
	return out
}
