package reconcile

import (
	"slices"
	"strings"
	"sync"
)

// phrases rewrites runs of words, the longest phrase first, in one pass from
// left to right.
type phrases struct {
	byFirst map[string][]phrase // longest first
	begins  [256]uint32         // by the first byte of a first word: a bit for each length
}

type phrase struct {
	words []string
	to    []string // words it becomes; none: it goes
}

// newPhrases reads lines of the form "from | from => to".
func newPhrases(tables ...string) *phrases {
	p := &phrases{byFirst: map[string][]phrase{}}
	for _, table := range tables {
		for line := range strings.Lines(table) {
			from, to, ok := strings.Cut(strings.TrimSpace(line), "=>")
			if !ok {
				continue
			}
			for f := range strings.SplitSeq(from, "|") {
				words := titleWords(f)
				first := words[0]
				p.byFirst[first] = append(p.byFirst[first], phrase{words, strings.Fields(to)})
				p.begins[first[0]] |= lengthBit(first)
			}
		}
	}
	for _, list := range p.byFirst {
		slices.SortStableFunc(list, func(a, b phrase) int { return len(b.words) - len(a.words) })
	}
	return p
}

// lengthBit stands for the length of a word. Most words begin no phrase, which
// their first byte and length tell sooner than a map does.
func lengthBit(w string) uint32 { return 1 << min(len(w), 31) }

// longest finds the longest phrase that words begin with; n is its length, 0
// if there is none.
func (p *phrases) longest(words []string) (to []string, n int) {
	if len(words) == 0 || p.begins[words[0][0]]&lengthBit(words[0]) == 0 {
		return nil, 0
	}
	for _, f := range p.byFirst[words[0]] {
		if len(f.words) <= len(words) && slices.Equal(f.words, words[:len(f.words)]) {
			return f.to, len(f.words)
		}
	}
	return nil, 0
}

// rewrite appends to out the words with every phrase among them rewritten.
func (p *phrases) rewrite(out, words []string) []string {
	for i := 0; i < len(words); {
		if to, n := p.longest(words[i:]); n > 0 {
			out = append(out, to...)
			i += n
		} else {
			out = append(out, words[i])
			i++
		}
	}
	return out
}

// phraseTables are the tables in the order in which a titleReader uses them.
type phraseTables struct{ dressing, languages, spellings, names *phrases }

// titleTables are read when the first title is, since most commands read none;
// side by side, since whoever matches one title waits for them.
var titleTables = sync.OnceValue(func() *phraseTables {
	t := new(phraseTables)
	Together(
		func() { t.languages = newPhrases(titleLanguages...) },
		func() {
			t.dressing, t.spellings, t.names = newPhrases(titleDressing), newPhrases(titleSpellings), newPhrases(titleNames)
		},
	)
	return t
})
