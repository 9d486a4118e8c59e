package excel

import (
	"bytes"
	"errors"
	"fmt"

	"cspplan/report"
)

// sharedPart is where cells find the texts that they share.
const sharedPart = "xl/sharedStrings.xml"

// sampleRows is how many rows of each list are looked at, or an eighth of a short
// one, before any is written: for the texts and the styles that come up often.
const (
	sampleRows  = 512
	sampleShare = 8
)

// sharedTexts are those that cells of the lists refer to by number: words that
// come up again and again, which are a third of a large workbook's bytes when each
// cell holds its own. They are settled by a sample before the first row is
// written. So blocks of rows can be made side by side with the same result, and
// there are never many of them.
type sharedTexts struct {
	number map[string]int // of a text among all of the workbook
	texts  []string
	base   int // how many the library has before them
}

// learn makes the styles and settles the shared texts that a sample of all lists
// shows. What it does not show stands in its cell, or gets its style later.
func (b *book) learn(lists []*list) error {
	seen := make(map[string]int)
	samples := make([][][]string, len(lists)) // texts by list and column
	for i, l := range lists {
		samples[i] = make([][]string, len(l.columns))
		if err := l.sample(samples[i], seen); err != nil {
			return fmt.Errorf("sheet %s: %w", l.s.name, err)
		}
	}
	b.shared.number = make(map[string]int)
	if b.f.SharedStrings != nil {
		b.shared.base = len(b.f.SharedStrings.SI)
	}
	for i, l := range lists {
		l.shares = make([]bool, len(l.columns))
		for c, texts := range samples[i] {
			l.shares[c] = b.shared.add(texts, seen)
		}
	}
	return nil
}

// sample notes the styles of some rows, evenly spread, and collects their texts.
func (l *list) sample(texts [][]string, seen map[string]int) (err error) {
	n := min(sampleRows, (l.s.rows+sampleShare-1)/sampleShare)
	for i := range n {
		row := i * l.s.rows / n
		if l.values, err = l.valuesOf(row, l.values[:0]); err != nil {
			return err
		}
		for c := range l.values {
			column, v := &l.columns[c], &l.values[c]
			if _, err := l.b.styles.of(l.rowShape(column, v, column.Link && l.isLinked(firstDataRow+row))); err != nil {
				return err
			}
			if v.Kind == report.Text && v.Text != "" {
				texts[c] = append(texts[c], v.Text)
				seen[v.Text]++
			}
		}
	}
	return nil
}

// add shares the texts of a column's sample that were seen more than once, if
// they are half of it: looking for the texts of any other column would cost more
// than it saves.
func (s *sharedTexts) add(texts []string, seen map[string]int) bool {
	often := 0
	for _, text := range texts {
		if seen[text] > 1 {
			often++
		}
	}
	if often == 0 || 2*often < len(texts) {
		return false
	}
	for _, text := range texts {
		if _, ok := s.number[text]; !ok && seen[text] > 1 {
			s.number[text] = s.base + len(s.texts)
			s.texts = append(s.texts, text)
		}
	}
	return true
}

// errShared means that the library wrote its shared texts in another way than it
// used to: the numbers in the rows would lead to other texts.
var errShared = errors.New("its texts are not those that were counted")

// sharedStrings puts the texts of the rows behind those of the library, to which
// the cells of the other sheets refer. How many cells refer to any is left out:
// the library does not know it of its own.
func (b *book) sharedStrings(part []byte) ([]byte, error) {
	const begin, end = "<sst ", "</sst>"
	from := bytes.Index(part, []byte(begin))
	head := bytes.IndexByte(part[max(from, 0):], '>')
	texts, ok := bytes.CutSuffix(bytes.TrimSpace(part), []byte(end))
	if from < 0 || head < 0 || !ok || bytes.Count(part, []byte("<si>")) != b.shared.base {
		return nil, errShared
	}
	out := append([]byte(nil), part[:from]...)
	out = fmt.Appendf(out, `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="%d">`,
		b.shared.base+len(b.shared.texts))
	out = append(out, texts[from+head+1:]...)
	for _, text := range b.shared.texts {
		out = append(appendText(append(out, "<si>"...), text, b.notice), "</si>"...)
	}
	return append(out, end...), nil
}
