package excel

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/govalues/decimal"
	"golang.org/x/text/unicode/norm"

	xlsx "cspplan/input/sheet"
	"cspplan/reconcile"
	"cspplan/report"
)

// A cellReader turns what people typed into the words of notes.csv.
type cellReader struct {
	words map[report.EditKind]map[string]string // by folded label, of every language
	days  dayReader
}

// newCellReader reads cells of a workbook in a language. Words of the other
// languages are understood as well: people paste from a colleague's workbook.
func newCellReader(language string) (*cellReader, error) {
	r := &cellReader{words: map[report.EditKind]map[string]string{}, days: newDayReader(language)}
	for _, lang := range report.Languages {
		text, err := report.LoadTexts(lang)
		if err != nil {
			return nil, fmt.Errorf("reading words of %s: %w", lang, err)
		}
		for _, list := range wordLists {
			r.learn(text, list.edit, list.prefix, list.words)
		}
		r.days.learn(text)
	}
	return r, nil
}

func (r *cellReader) learn(text *report.Texts, kind report.EditKind, prefix string, words []string) {
	if r.words[kind] == nil {
		r.words[kind] = map[string]string{}
	}
	for _, word := range words {
		r.words[kind][foldWord(word)] = word
		r.words[kind][foldWord(text.Label(prefix+word))] = word
	}
}

// foldWord makes labels comparable.
func foldWord(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(norm.NFKC.String(s)), " "))
}

// value reads one cell of a column of people.
func (r *cellReader) value(kind report.EditKind, c xlsx.Cell, currency string) EditedValue {
	text := tidyText(c.Text)
	if text == "" {
		return EditedValue{}
	}
	switch kind {
	case report.EditDecision, report.EditChoice:
		return r.word(kind, text)
	case report.EditDate:
		if day, ok := r.days.read(c); ok {
			return EditedValue{Text: day.String()}
		}
		return EditedValue{Text: text, Odd: true}
	case report.EditCount:
		return countValue(text)
	case report.EditAmount:
		return EditedValue{Text: amountText(text, currency)}
	}
	return EditedValue{Text: text}
}

// maxCount is the largest number of licences that a cell may ask for.
const maxCount = 1_000_000

// countValue reads a whole number from 1, with the mark of a stale one.
func countValue(text string) EditedValue {
	number, stale := strings.CutSuffix(text, report.StaleMark)
	d, err := decimal.Parse(strings.TrimSpace(number))
	if err != nil || !d.IsInt() {
		return EditedValue{Text: text, Odd: true}
	}
	n, _, ok := d.Int64(0)
	if !ok || n < 1 || n > maxCount {
		return EditedValue{Text: text, Odd: true}
	}
	value := EditedValue{Text: strconv.FormatInt(n, 10)}
	if stale {
		value.Text += report.StaleMark
	}
	return value
}

// word reads an entry of a drop-down. The mark of a stale decision stays: the
// same word without it is the decision made anew.
func (r *cellReader) word(kind report.EditKind, text string) EditedValue {
	label, stale := strings.CutSuffix(text, report.StaleMark)
	word, ok := r.words[kind][foldWord(label)]
	switch {
	case !ok:
		return EditedValue{Text: text, Odd: true}
	case stale:
		return EditedValue{Text: word + report.StaleMark}
	}
	return EditedValue{Text: word}
}

// amountText is an amount with the digits of its currency; what cannot be read
// as a number stays as it was typed.
func amountText(text, currency string) string {
	d, err := decimal.Parse(text)
	if err != nil {
		return text
	}
	a, err := reconcile.RoundHalfUp(d, currency)
	if err != nil {
		return text
	}
	return a.Text(currency)
}

// tidyText makes texts comparable that differ only in what nobody sees.
func tidyText(s string) string {
	if strings.IndexByte(s, '\r') >= 0 { // rare, and the replacer copies every text
		s = lineEnds.Replace(s)
	}
	return strings.TrimSpace(s)
}

// fixedText is a cell of ours for comparing: numbers without the noise that
// programs add behind the fifteenth digit.
func fixedText(c xlsx.Cell) string {
	if c.Kind == xlsx.Number {
		if d, err := decimal.Parse(c.Text); err == nil {
			return d.Round(9).Trim(0).String()
		}
	}
	if c.Kind == xlsx.Date {
		day, _, _ := strings.Cut(c.Text, "T")
		return day
	}
	return tidyText(c.Text)
}
