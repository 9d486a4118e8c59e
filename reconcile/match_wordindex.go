package reconcile

import (
	"maps"
	"math"
	"slices"
	"sync"
)

// A wordIndex finds names by a word they hold, and knows how rare words are. It
// is built for the first title that no name answers to, because most
// titles never ask for it and building it is a sixth of NewMatcher.
type wordIndex struct {
	once   sync.Once
	at     map[string][]int // names with the word, ascending; none without GUID
	weight map[string]float64
	rarest float64    // weight of a word that no name has
	whole  []float64  // of all words of each name
	vetoes [][]string // the vetoWords of each name
}

// words gives the index of words, built.
func (x *nameIndex) words() *wordIndex {
	x.byWord.once.Do(func() { x.byWord.build(x.names, x.proposed) })
	return &x.byWord
}

// build gives rare words more weight than common ones when proposals are
// ranked.
func (b *wordIndex) build(names []offerName, proposed int) {
	b.at, b.weight, b.whole = map[string][]int{}, map[string]float64{}, make([]float64, proposed)
	b.vetoes = make([][]string, proposed)
	var bag []string
	for i := range proposed {
		if names[i].guid == "" {
			continue
		}
		bag = names[i].title.appendBag(bag[:0])
		for _, w := range bag {
			b.at[w] = append(b.at[w], i)
		}
		b.vetoes[i] = appendVetoes(nil, names[i].title.words)
	}
	b.rarest = 1 + math.Log(float64(len(names)))
	for _, w := range slices.Sorted(maps.Keys(b.at)) { // a sum of floats depends on its order
		b.weight[w] = b.rarest - math.Log(float64(len(b.at[w])))
		for _, i := range b.at[w] {
			b.whole[i] += b.weight[w]
		}
	}
}

func (b *wordIndex) weightOf(words []string) float64 {
	var sum float64
	for _, w := range words {
		sum += b.weight[w]
	}
	return sum
}
