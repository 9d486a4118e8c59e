package reconcile_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"cspplan/reconcile"
)

// TestMatchOrder matches many distinct titles: the answers do not depend on the
// order.
func TestMatchOrder(t *testing.T) {
	const n = 1_000
	_, c := newMatcher(t, nil, nil)
	titles := make([]string, n)
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range titles {
		s := c.SKUs[rng.IntN(len(c.SKUs))].Name
		titles[i] = fmt.Sprintf("%s %s %d", s, []string{"", "Annual", "Promo", "for GCC", "Pack"}[rng.IntN(5)], rng.IntN(100000))
	}
	forward, _ := newMatcher(t, nil, nil)
	backward, _ := newMatcher(t, nil, nil)
	for _, title := range titles {
		forward.Match(reconcile.OfferQuery{Title: title})
	}
	for i := len(titles) - 1; i >= 0; i-- {
		a, b := forward.Match(reconcile.OfferQuery{Title: titles[i]}), backward.Match(reconcile.OfferQuery{Title: titles[i]})
		if fmt.Sprintf("%+v %+v", a.Identified, a.Candidates) != fmt.Sprintf("%+v %+v", b.Identified, b.Candidates) {
			t.Fatalf("%q: %+v and %+v", titles[i], a, b)
		}
	}
}

// TestMatchAll answers the same side by side as one after the other.
func TestMatchAll(t *testing.T) {
	together, c := newMatcher(t, nil, nil)
	alone, _ := newMatcher(t, nil, nil)
	queries := manyQueries(c, 300, 900)
	together.MatchAll(queries)
	for _, q := range queries {
		a, b := together.Match(q), alone.Match(q)
		if fmt.Sprintf("%+v %+v %+v", a.Identified, a.Candidates, a.Evidence) != fmt.Sprintf("%+v %+v %+v", b.Identified, b.Candidates, b.Evidence) {
			t.Fatalf("%+v: %+v and %+v", q, a, b)
		}
	}
}

// An answer that a customer of one country got is given to those of others only
// where it is theirs too: a matcher that answered other countries before says the
// same as one that did not.
func TestAnswerOfOtherCountries(t *testing.T) {
	all, c := newMatcher(t, nil, nil)
	for _, country := range []string{"", "IT", "US", "CN", "DE", "JP", "CH", "IN", "BR", "GB", "ZZ"} {
		alone, _ := newMatcher(t, nil, nil)
		for i := range c.SKUs {
			for _, title := range []string{c.SKUs[i].Name, c.SKUs[i].Name + " no 7"} {
				q := reconcile.OfferQuery{Title: title, Country: country}
				if got, want := all.Match(q), alone.Match(q); !reflect.DeepEqual(got, want) {
					t.Fatalf("%+v:\n got %+v\nwant %+v", q, got, want)
				}
			}
		}
	}
}

// manyQueries are n queries with that many distinct titles: each title is held
// by tenants of many countries and bought on many days.
func manyQueries(c *reconcile.Catalogue, titles, n int) []reconcile.OfferQuery {
	out := make([]reconcile.OfferQuery, n)
	for i := range out {
		k := i % titles
		out[i] = reconcile.OfferQuery{
			Title:   fmt.Sprintf("%s no %d", c.SKUs[k%len(c.SKUs)].Name, k),
			Country: c.Countries[i/titles%len(c.Countries)].Code,
			At:      reconcile.NewDate(2018, 1, 1) + reconcile.Date(i%2000),
		}
	}
	return out
}

// 100,000 distinct titles that mean nothing for certain, the dearest kind: every
// one needs proposals. One operation is all of them.
func BenchmarkMatch100000Titles(b *testing.B) {
	for b.Loop() {
		m, c := newMatcher(b, nil, nil)
		m.MatchAll(manyQueries(c, 100_000, 100_000))
	}
}

// 1,000,000 questions with 10,000 distinct titles, as rows of many tenants ask
// them; compare with the 10,000 alone. Asking is measured, not making the
// questions up.
func BenchmarkMatchMillionRows(b *testing.B) {
	_, c := newMatcher(b, nil, nil)
	for _, rows := range []int{10_000, 1_000_000} {
		queries := manyQueries(c, 10_000, rows)
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				m, _ := newMatcher(b, nil, nil)
				b.StartTimer()
				m.MatchAll(queries)
			}
		})
	}
}
