package reconcile

import "sync/atomic"

// The rows of a plan ask few questions many times. Which rows ask the same is found
// out first, so that each question is answered once, whoever asks it, and nobody
// waits for a lock.

// MatchRows answers the queries of n rows side by side: answer i is that of
// Match(query(i)). The answers do not depend on who gives them. Query is called
// from several goroutines.
func (m *Matcher) MatchRows(n int, query func(int) OfferQuery) []*OfferMatch {
	distinct, of := m.matchDistinct(distinctTexts(n, func(i int) string { return query(i).Title }), query)
	answers := make([]*OfferMatch, n)
	for i, k := range of {
		answers[i] = distinct[k]
	}
	return answers
}

// matchDistinct is the same, with each distinct answer once: of tells which is
// whose. Titles are those of the queries.
func (m *Matcher) matchDistinct(distinct numberedTexts, query func(int) OfferQuery) (answers []*OfferMatch, of []int32) {
	titles, titleOf := distinct.texts, distinct.of
	dated := make([]bool, len(titles))
	oneByOne(len(titles), func(k int) { dated[k] = m.isDated(titles[k]) })
	question := func(i int, q *OfferQuery) {
		*q = query(i)
		m.ask(q, dated[titleOf[i]])
	}
	firsts, of := numbered(firstEqual(len(titleOf), func(i int) uint64 {
		var q OfferQuery
		question(i, &q)
		return q.hash(titleOf[i])
	}, func(i, k int) bool {
		if titleOf[i] != titleOf[k] {
			return false
		}
		var a, b OfferQuery
		question(i, &a)
		question(k, &b)
		b.Title = a.Title // their number has been compared
		return a == b
	}))
	answers = make([]*OfferMatch, len(firsts))
	oneByOne(len(firsts), func(k int) {
		var q OfferQuery
		question(int(firsts[k]), &q)
		answers[k] = m.answer(q)
	})
	return answers, of
}

// hash is that of a question whose title has the number.
func (q *OfferQuery) hash(title int32) uint64 {
	h := mixed(uint64(title), uint64(q.At)<<8|uint64(q.Segment))
	for _, s := range [...]string{q.PartNumber, q.SKUGUID, q.OfferID, q.ProductID, q.ProductSKU, q.NcePsa, q.Country} {
		if s != "" {
			h = mixed(h, hashOfText(s))
		}
	}
	return h
}

// fewAtOnce is how many titles or questions one goroutine takes at a time: some
// cost a thousand times as much as others.
const fewAtOnce = 16

// oneByOne does something to each of n things side by side, where each takes long.
func oneByOne(n int, do func(k int)) {
	var next atomic.Int64
	sideBySide(func() { takeTurns(&next, n, do) })
}

// takeTurns does a few of n things at a time until all are done, by this
// goroutine or by others that count on the same next.
func takeTurns(next *atomic.Int64, n int, do func(k int)) {
	for {
		from := int(next.Add(fewAtOnce)) - fewAtOnce
		if from >= n {
			return
		}
		for k := from; k < min(from+fewAtOnce, n); k++ {
			do(k)
		}
	}
}

// MatchAll answers queries side by side, so that Match finds them answered.
func (m *Matcher) MatchAll(queries []OfferQuery) {
	m.MatchRows(len(queries), func(i int) OfferQuery { return queries[i] })
}
