package reconcile

import (
	"math"
	"slices"
	"strings"
)

// How near the names of the tables come to a title: by the weight of the words
// they share, then by letters.

const (
	shortlist = 10       // names whose letters are compared
	almost    = 1 - 1e-9 // what rounding may take away
	strange   = 0.5      // of the rarest weight, for a word that no name has: a slip, a count, a note
)

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
		known := index.known[w]
		if known == nil {
			r.total += index.rarest * strange
			continue
		}
		r.total += known.weight
		for _, i := range known.at {
			r.shared[i] += known.weight
		}
	}
}

// shortlist takes the names that share most, best first; whole is the weight of
// all words of each name. Only the few best are kept in order while the names
// pass by; equal shares keep the order of the names.
func (r *ranking) shortlist(whole []float64) {
	r.n = 0
	least := 0.0  // of the shares of a full list
	enough := 0.0 // below, a share is less than that, however short the name
	for i, s := range r.shared {
		if s <= enough {
			continue // most names, and nothing else of them is looked at
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
			enough = least * r.total * almost
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
