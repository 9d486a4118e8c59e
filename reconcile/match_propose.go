package reconcile

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Proposals: what comes near a title that means nothing for certain. Only here
// does likeness of letters count, and it only ranks.

const (
	maxCandidates = 5
	minScore      = 30       // below, a proposal would only distract
	maxScore      = 89       // a proposal is never as good as a match
	shortlist     = 10       // names whose letters are compared
	almost        = 1 - 1e-9 // what rounding may take away
	strange       = 0.5      // of the rarest weight, for a word that no name has: a slip, a count, a note
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
			c.Why = append(c.Why, compareTitles(t, m.names.nearest(guid, t))...)
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

// A ranked name is the nearest name of a SKU with its score, and why it has it.
type ranked struct {
	score int
	name  *offerName
	why   []Reason // nil below minScore
}

// explain says why each of the ranked names stands where it does: once a title,
// since many questions hold it.
func explain(t offerTitle, names []ranked) {
	for i := range names {
		r := &names[i]
		if r.score < minScore {
			continue
		}
		r.why = compareTitles(t, *r.name.title)
		if until := r.name.until; until.Known() {
			r.why = append(r.why, Reason{whyUntil, []string{"date", until.String()}})
		}
	}
}

// rank scores the SKUs that share words with the title. Names are shortlisted
// by the weight of the words they share, so that letters are compared for few.
func (x *nameIndex) rank(t offerTitle, seg Segment) []ranked {
	scratch := x.scratch.Get().(*[]float64)
	defer x.scratch.Put(scratch)
	shared := *scratch
	clear(shared)
	index := x.words()
	var total float64
	for _, w := range t.bag() {
		at := index.at[w]
		if len(at) == 0 {
			total += index.rarest * strange
			continue
		}
		weight := index.weight[w]
		total += weight
		for _, i := range at {
			shared[i] += weight
		}
	}
	var best []ranked
	for _, i := range x.shortlist(shared, total) {
		n := &x.names[i]
		s := x.score(t, n, seg, x.share(i, shared[i], total))
		if j := slices.IndexFunc(best, func(b ranked) bool { return b.name.guid == n.guid }); j < 0 {
			best = append(best, ranked{score: s, name: n})
		} else if s > best[j].score {
			best[j] = ranked{score: s, name: n}
		}
	}
	explain(t, best)
	return best
}

// share is how much of title and name together is common to both, by weight.
func (x *nameIndex) share(i int, shared, total float64) float64 {
	return shared / (total + x.byWord.whole[i] - shared)
}

// shortlist takes the names that share most, best first. Only the few best are
// kept in order while the names pass by.
func (x *nameIndex) shortlist(shared []float64, total float64) []int {
	out := make([]int, 0, shortlist+1)
	shares := make([]float64, 0, shortlist+1)
	least := 0.0 // of the shares of a full list
	for i, s := range shared {
		if s == 0 {
			continue
		}
		if len(out) == shortlist && s*(1+least) < least*(total+x.byWord.whole[i])*almost {
			continue // its share is less for certain, and needs no division to tell
		}
		share := x.share(i, s, total)
		if len(out) == shortlist && share <= least {
			continue
		}
		at, _ := slices.BinarySearchFunc(shares, share, func(have, want float64) int {
			if have >= want { // equal shares keep the order of the names
				return -1
			}
			return 1
		})
		out, shares = slices.Insert(out, at, i), slices.Insert(shares, at, share)
		if len(out) > shortlist {
			out, shares = out[:shortlist], shares[:shortlist]
		}
		if len(out) == shortlist {
			least = shares[shortlist-1]
		}
	}
	return out
}

// score is 0 to 89: shared words count most, then letters; a part that differs
// takes away much, because it means another offer.
func (x *nameIndex) score(t offerTitle, n *offerName, seg Segment, share float64) int {
	score := 60*share - 8*float64(vetoes(t.words, n.title.words))
	if score+29 < minScore {
		return 0 // letters, which cost the most to compare, cannot save it
	}
	score += 29 * likeness(t.plain, n.title.plain)
	if (seg == Charity) != n.charity {
		score -= 2
	}
	return max(0, min(maxScore, int(math.Round(score))))
}

// nearest is the name of a SKU that shares most with the title.
func (x *nameIndex) nearest(guid string, t offerTitle) offerTitle {
	var best offerTitle
	most, index := -1.0, x.words()
	for _, i := range x.byGUID[guid] {
		n := x.names[i].title
		only, missing := difference(t.words, n.words), difference(n.words, t.words)
		if s := index.weightOf(n.words) - 2*index.weightOf(missing) - index.weightOf(only); s > most || best.key == "" {
			most, best = s, *n
		}
	}
	return best
}

// bag is what titles are ranked by: the words as they stand and what they
// mean, so that a slip of the pen in a former name still finds it.
func (t offerTitle) bag() []string {
	words := append(strings.Fields(t.plain), t.words...)
	slices.Sort(words)
	return slices.Compact(words)
}

// vetoes counts the parts in which two titles differ and that make another offer
// of it: numbers, tiers, segments, add-on, trial, device, without.
func vetoes(a, b []string) int {
	n, i, j := 0, 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case j >= len(b) || i < len(a) && a[i] < b[j]:
			n += countVeto(a[i])
			i++
		case i >= len(a) || b[j] < a[i]:
			n += countVeto(b[j])
			j++
		default:
			i++
			j++
		}
	}
	return n
}

func countVeto(w string) int {
	if isVeto(w) {
		return 1
	}
	return 0
}

func isVeto(w string) bool {
	switch w {
	case "add_on", "device", "attach", "eea", "dept", "basic", "standard", "premium":
		return true
	}
	return strings.HasPrefix(w, "no_") || isTrialWord(w) || segmentOfWord(w) != SegmentUnknown ||
		strings.ContainsAny(w, "0123456789") && !titleFamilies[w]
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
