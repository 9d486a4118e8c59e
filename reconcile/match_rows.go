package reconcile

import (
	"sync/atomic"
)

// The rows of a plan ask few questions many times. What a title was answered is
// therefore remembered by whoever goes through the rows, without a lock and
// without taking the whole query as a key: a look at the title, and a comparison
// with what was asked about it before.

// asking goes through rows for one goroutine.
type asking struct {
	m      *Matcher
	titles map[string]*askedTitle
}

// An askedTitle is what rows with one title asked so far.
type askedTitle struct {
	dated   bool // see Matcher.isDated
	answers []*OfferMatch
}

const (
	// mostAsked is how many titles are remembered: exports whose titles differ from
	// row to row gain nothing by it, and must not pay for it.
	mostAsked = 1 << 16
	// mostAnswers is how many answers of a title are compared before the matcher is
	// asked, which finds its own by the whole query.
	mostAnswers = 12
)

// answer is Match.
func (a *asking) answer(q OfferQuery) *OfferMatch {
	t := a.titles[q.Title]
	if t == nil {
		if len(a.titles) == mostAsked {
			clear(a.titles)
		}
		t = &askedTitle{dated: a.m.isDated(q.Title)}
		a.titles[q.Title] = t
	}
	a.m.ask(&q, t.dated)
	for _, r := range t.answers {
		if r.Query == q {
			return r
		}
	}
	r := a.m.Match(q)
	if len(t.answers) < mostAnswers {
		t.answers = append(t.answers, r)
	}
	return r
}

// MatchRows answers the queries of n rows side by side: answer i is that of
// Match(query(i)). The answers do not depend on who gives them. Query is called
// from several goroutines.
func (m *Matcher) MatchRows(n int, query func(int) OfferQuery) []*OfferMatch {
	answers := make([]*OfferMatch, n)
	var next atomic.Int64
	sideBySide(func() {
		a := asking{m: m, titles: make(map[string]*askedTitle)}
		for { // in small parts, because a few titles take most of the time
			first := int(next.Add(rowsAtOnce)) - rowsAtOnce
			if first >= n {
				return
			}
			for i := first; i < min(first+rowsAtOnce, n); i++ {
				answers[i] = a.answer(query(i))
			}
		}
	})
	return answers
}

// MatchAll answers queries side by side, so that Match finds them answered.
func (m *Matcher) MatchAll(queries []OfferQuery) {
	m.MatchRows(len(queries), func(i int) OfferQuery { return queries[i] })
}
