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

// A ranked name is the nearest name of a SKU with its score, and why it has it.
type ranked struct {
	score int
	name  *offerName
	why   []Reason // nil below minScore
}

// explain says why each of the ranked names stands where it does: once a title,
// since many questions hold it.
func explain(t *offerTitle, names []ranked) {
	for i := range names {
		r := &names[i]
		if r.score < minScore {
			continue
		}
		r.why = compareTitles(t, r.name.title)
		if until := r.name.until; until.Known() {
			r.why = append(r.why, Reason{whyUntil, []string{"date", until.String()}})
		}
	}
}

// A ranking is what rank works in: it asks for no memory but for what it gives.
type ranking struct {
	shared []float64 // by name: the weight of the words that it shares with the title
	bag    []string
	vetoes []string
	total  float64 // weight of the title's words
	top    [shortlist]shortlisted
	n      int // of top
}

// A shortlisted name has its letters compared.
type shortlisted struct {
	name  int
	share float64 // how much of title and name together is common to both, by weight
}

// rank scores the SKUs that share words with the title. Names are shortlisted
// by the weight of the words they share, so that letters are compared for few.
func (x *nameIndex) rank(t *offerTitle, seg Segment) []ranked {
	r := x.scratch.Get().(*ranking)
	defer x.scratch.Put(r)
	r.share(x.words(), t)
	r.shortlist(x.byWord.whole)
	r.vetoes = appendVetoes(r.vetoes[:0], t.words)
	best := make([]ranked, 0, r.n)
	for _, s := range r.top[:r.n] {
		n := &x.names[s.name]
		j := slices.IndexFunc(best, func(b ranked) bool { return b.name.guid == n.guid })
		if j < 0 {
			best = append(best, ranked{score: -1, name: n})
			j = len(best) - 1
		}
		if score := r.score(t, n, seg, s.share, x.byWord.vetoes[s.name], best[j].score); score > best[j].score {
			best[j] = ranked{score: score, name: n}
		}
	}
	explain(t, best)
	return best
}

// share adds up, for each name, the weight of the words it shares with a title.
func (r *ranking) share(index *wordIndex, t *offerTitle) {
	clear(r.shared)
	r.bag, r.total = t.appendBag(r.bag[:0]), 0
	for _, w := range r.bag {
		at := index.at[w]
		if len(at) == 0 {
			r.total += index.rarest * strange
			continue
		}
		weight := index.weight[w]
		r.total += weight
		for _, i := range at {
			r.shared[i] += weight
		}
	}
}

// shortlist takes the names that share most, best first; whole is the weight of
// all words of each name. Only the few best are kept in order while the names
// pass by; equal shares keep the order of the names.
func (r *ranking) shortlist(whole []float64) {
	r.n = 0
	least := 0.0 // of the shares of a full list
	for i, s := range r.shared {
		if s == 0 || s*(1+least) < least*(r.total+whole[i])*almost {
			continue // its share is less for certain, and needs no division to tell
		}
		share := s / (r.total + whole[i] - s)
		at := r.n
		if r.n < shortlist {
			r.n++
		} else if share <= least {
			continue
		} else {
			at-- // the last goes
		}
		for ; at > 0 && r.top[at-1].share < share; at-- {
			r.top[at] = r.top[at-1]
		}
		r.top[at] = shortlisted{i, share}
		if r.n == shortlist {
			least = r.top[shortlist-1].share
		}
	}
}

// score is 0 to 89: shared words count most, then letters; a part that differs
// takes away much, because it means another offer. A score that is not above
// what the SKU has by another name is 0 or whatever.
func (r *ranking) score(t *offerTitle, n *offerName, seg Segment, share float64, vetoes []string, has int) int {
	score := 60*share - 8*float64(differing(r.vetoes, vetoes))
	if score+29 < minScore || min(maxScore, int(math.Round(score+29+(1-almost)))) <= has {
		return 0 // letters, which cost the most to compare, cannot save it
	}
	score += 29 * likeness(t.plain, n.title.plain)
	if (seg == Charity) != n.charity {
		score -= 2
	}
	return max(0, min(maxScore, int(math.Round(score))))
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

// appendBag adds what titles are ranked by: the words as they stand and what
// they mean, so that a slip of the pen in a former name still finds it.
func (t *offerTitle) appendBag(words []string) []string {
	for w := range strings.FieldsSeq(t.plain) {
		words = append(words, w)
	}
	words = append(words, t.words...)
	slices.Sort(words)
	return slices.Compact(words)
}

// appendVetoes adds the words that make another offer of a title that differs in
// them: numbers, tiers, segments, add-on, trial, device, without.
func appendVetoes(out, words []string) []string {
	for _, w := range words {
		if isVeto(w) {
			out = append(out, w)
		}
	}
	return out
}

// differing counts the words that only one of two sorted lists has.
func differing(a, b []string) int {
	n, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			i++
			j++
			continue
		case a[i] < b[j]:
			i++
		default:
			j++
		}
		n++
	}
	return n + len(a) - i + len(b) - j
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
