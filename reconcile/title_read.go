package reconcile

import (
	"slices"
	"sync"
)

// A titleReader reads one title after the other. Every start of a command that
// matches reads some 3,000 names, and most of what that took was memory: the
// steps write their words into two lists in turn, which the next title takes
// over, and all texts of a title are parts of one.
type titleReader struct {
	words, free []string
	text        []byte
	tables      *phraseTables
}

var titleReaders = sync.Pool{New: func() any { return new(titleReader) }}

func newTitleReader() *titleReader {
	r := titleReaders.Get().(*titleReader)
	r.tables = titleTables()
	return r
}

// close gives the reader to the next who needs one.
func (r *titleReader) close() { titleReaders.Put(r) }

// step makes the words that a step writes of those at hand the words at hand.
func (r *titleReader) step(write func(out, words []string) []string) {
	r.words, r.free = write(r.free[:0], r.words), r.words
}

// read reads a title into an empty t. The steps are dated knowledge, one table each: dressing
// (how sellers decorate a title), languages, spellings (abbreviations), names
// (products under the one name they are compared by), and the rules of settle.
func (r *titleReader) read(title string, t *readTitle) {
	r.cut(title)
	var folded, plain, squeezed, spoken, key textPart
	r.text = r.text[:0]
	folded = r.join(r.words, " ")
	plain = folded
	r.step(func(out, words []string) []string { return t.undress(r.tables.dressing, out, title, words) })
	if len(r.words) < len(r.free) { // the words before
		plain = r.join(r.words, " ")
	}
	squeezed = plain
	if len(r.words) > 1 {
		squeezed = r.join(r.words, "")
	}
	r.step(r.tables.languages.rewrite)
	t.joins = joins(title, r.words)
	r.words = slices.DeleteFunc(r.words, isStopWord)
	r.step(r.tables.spellings.rewrite)
	r.step(bindNumbers)
	r.step(joinPlanNumbers)
	r.words = t.takeMarks(r.words)
	r.free = appendSpoken(r.free[:0], r.words)
	slices.Sort(r.free)
	spoken = r.join(r.free, " ")
	r.step(r.tables.names.rewrite)
	r.words = settle(r.words)
	key = r.join(r.words, " ")

	text := string(r.text)
	t.folded, t.plain, t.squeezed, t.spoken, t.key = folded.of(text), plain.of(text), squeezed.of(text), spoken.of(text), key.of(text)
	t.words = slices.Clone(r.words)
	if t.segment == SegmentUnknown {
		t.segment = segmentOfWords(t.words)
	}
	t.trial = slices.ContainsFunc(t.words, isTrialWord)
	t.addOn = slices.Contains(t.words, "add_on")
}

// cut makes the words of a title the words at hand.
func (r *titleReader) cut(title string) {
	text, plain := foldTitle(title)
	r.free = splitWords(r.free[:0], text, plain)
	r.words = unglue(r.words[:0], r.free, text)
}

// A textPart is where a text stands among those of a title.
type textPart struct{ from, to int }

func (p textPart) of(text string) string { return text[p.from:p.to] }

// join adds a text of words to those of the title.
func (r *titleReader) join(words []string, between string) textPart {
	from := len(r.text)
	for i, w := range words {
		if i > 0 {
			r.text = append(r.text, between...)
		}
		r.text = append(r.text, w...)
	}
	return textPart{from, len(r.text)}
}
