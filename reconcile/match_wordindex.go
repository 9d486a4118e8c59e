package reconcile

import (
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
)

// A wordIndex finds names by a word they hold, and knows how rare words are. It
// is built for the first title that no name answers to, because most
// titles never ask for it and building it is a sixth of NewMatcher.
type wordIndex struct {
	once   sync.Once
	known  map[string]*indexedWord
	rarest float64    // weight of a word that no name has
	whole  []float64  // weight of all words of each name
	vetoes [][]string // see appendVetoes, of each name
}

// An indexedWord is a word that names hold.
type indexedWord struct {
	at     []int // names with the word, ascending; none without GUID
	weight float64
}

// words gives the index of words, built.
func (x *nameIndex) words() *wordIndex {
	x.byWord.once.Do(func() { x.byWord.build(x.names, x.proposed) })
	return &x.byWord
}

// at are the names that hold a word, ascending.
func (b *wordIndex) at(word string) []int {
	if known := b.known[word]; known != nil {
		return known.at
	}
	return nil
}

// build gives rare words more weight than common ones when proposals are
// ranked.
func (b *wordIndex) build(names []offerName, proposed int) {
	b.known, b.whole = make(map[string]*indexedWord, proposed), make([]float64, proposed)
	b.vetoes = make([][]string, proposed)
	for i := range proposed {
		if names[i].guid == "" {
			continue
		}
		t := names[i].title
		for w := range strings.FieldsSeq(t.plain) {
			b.add(w, i)
		}
		for _, w := range t.words {
			b.add(w, i)
		}
		b.vetoes[i] = appendVetoes(nil, t.words)
	}
	b.rarest = 1 + math.Log(float64(len(names)))
	for _, w := range slices.Sorted(maps.Keys(b.known)) { // a sum of floats depends on its order
		word := b.known[w]
		word.weight = b.rarest - math.Log(float64(len(word.at)))
		for _, i := range word.at {
			b.whole[i] += word.weight
		}
	}
}

// add files a name, the last so far, under a word; once, however often it has it.
func (b *wordIndex) add(w string, name int) {
	word := b.known[w]
	if word == nil {
		word = new(indexedWord)
		b.known[w] = word
	}
	if n := len(word.at); n == 0 || word.at[n-1] != name {
		word.at = append(word.at, name)
	}
}

func (b *wordIndex) weightOf(words []string) float64 {
	var sum float64
	for _, w := range words {
		if word := b.known[w]; word != nil {
			sum += word.weight
		}
	}
	return sum
}
