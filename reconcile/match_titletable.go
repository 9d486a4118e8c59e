package reconcile

import (
	"slices"
	"strings"
)

// What reading the names of the tables yields is written down when the tables
// are made, since every start of a command that matches would find out the same:
// one line a name, its texts and its marks separated by tabs. A text that is the
// one before it is written as asBefore.

const asBefore = "="

// The marks of a title that are yes or no, a letter each, after the number of
// its segment.
const titleMarks = "taplj" // trial, add-on, promotion, length of term, joins

// ReadNames writes what reading the names of the catalogue yields, for its field
// Titles.
func (c *Catalogue) ReadNames() string {
	bare := *c
	bare.Titles = ""
	m := NewMatcher(&bare, nil, nil, 0)
	read := make([]string, 0, len(m.titles.known)+len(m.titles.read))
	for _, titles := range []map[string]*readTitle{m.titles.known, m.titles.read} {
		for title, t := range titles {
			read = append(read, string(t.appendLine(nil, title)))
		}
	}
	slices.Sort(read)
	return strings.Join(read, "")
}

// texts are those of a title in the order of its line, but for the title itself.
func (t *readTitle) texts() [5]*string {
	return [...]*string{&t.folded, &t.plain, &t.squeezed, &t.spoken, &t.key}
}

func (t *readTitle) marks() [len(titleMarks)]*bool {
	return [...]*bool{&t.trial, &t.addOn, &t.promo, &t.termed, &t.joins}
}

func (t *readTitle) appendLine(line []byte, title string) []byte {
	line = append(line, title...)
	before := title
	for _, text := range t.texts() {
		line = append(line, '\t')
		if *text == before {
			line = append(line, asBefore...)
		} else {
			line = append(line, *text...)
		}
		before = *text
	}
	line = append(line, '\t', '0'+byte(t.segment))
	for i, is := range t.marks() {
		if *is {
			line = append(line, titleMarks[i])
		}
	}
	return append(line, '\n')
}

// wordsOfTitle is more than the names of the tables have on average: one list
// holds the words of all.
const wordsOfTitle = 5

// decodeTitles reads the lines back. All texts are parts of the table.
func decodeTitles(table string) map[string]*readTitle {
	lines := strings.Count(table, "\n")
	read := make([]readTitle, lines)
	known := make(map[string]*readTitle, lines)
	words := make([]string, 0, lines*wordsOfTitle)
	for k := range read {
		line, rest, _ := strings.Cut(table, "\n")
		table = rest
		title, texts, _ := strings.Cut(line, "\t")
		from := len(words)
		words = read[k].decode(title, texts, words)
		read[k].words = words[from:len(words):len(words)]
		known[title] = &read[k]
	}
	return known
}

// decode reads what follows the title in a line, and adds its words to those of
// other titles.
func (t *readTitle) decode(title, line string, words []string) []string {
	before := title
	for _, text := range t.texts() {
		*text, line, _ = strings.Cut(line, "\t")
		if *text == asBefore {
			*text = before
		}
		before = *text
	}
	t.segment = Segment(line[0] - '0')
	for i, is := range t.marks() {
		*is = strings.IndexByte(line[1:], titleMarks[i]) >= 0
	}
	for rest := t.key; rest != ""; {
		var word string
		word, rest, _ = strings.Cut(rest, " ")
		words = append(words, word)
	}
	return words
}
