package reconcile

import (
	"slices"
	"strings"
)

// phrases rewrites runs of words, the longest phrase first, in one pass from
// left to right.
type phrases map[string][]phrase // by first word, longest first

type phrase struct {
	words []string
	to    []string // words it becomes; none: it goes
}

// newPhrases reads lines of the form "from | from => to".
func newPhrases(tables ...string) phrases {
	p := phrases{}
	for _, table := range tables {
		for line := range strings.Lines(table) {
			from, to, ok := strings.Cut(strings.TrimSpace(line), "=>")
			if !ok {
				continue
			}
			for f := range strings.SplitSeq(from, "|") {
				words := titleWords(f)
				p[words[0]] = append(p[words[0]], phrase{words, strings.Fields(to)})
			}
		}
	}
	for _, list := range p {
		slices.SortStableFunc(list, func(a, b phrase) int { return len(b.words) - len(a.words) })
	}
	return p
}

// longest finds the longest phrase that words begin with; n is its length, 0
// if there is none.
func (p phrases) longest(words []string) (to []string, n int) {
	if len(words) == 0 {
		return nil, 0
	}
	for _, f := range p[words[0]] {
		if len(f.words) <= len(words) && slices.Equal(f.words, words[:len(f.words)]) {
			return f.to, len(f.words)
		}
	}
	return nil, 0
}

// rewrite gives the words themselves back where no phrase is among them.
func (p phrases) rewrite(words []string) []string {
	var out []string
	kept := 0 // words up to here are in out, or rewritten
	for i := 0; i < len(words); {
		to, n := p.longest(words[i:])
		if n == 0 {
			i++
			continue
		}
		if out == nil {
			out = make([]string, 0, len(words)+len(to))
		}
		out = append(append(out, words[kept:i]...), to...)
		i += n
		kept = i
	}
	if kept == 0 {
		return words
	}
	return append(out, words[kept:]...)
}

// titleTables are the phrase tables in the order in which parseTitle uses them.
var titleTables = struct{ dressing, languages, spellings, names phrases }{
	dressing:  newPhrases(titleDressing),
	languages: newPhrases(titleLanguages...),
	spellings: newPhrases(titleSpellings),
	names:     newPhrases(titleNames),
}
