package report

import (
	"strings"

	"github.com/rivo/uniseg"

	"cspplan/reconcile"
)

// Widths of columns are given for English. Other languages need more: a
// column grows until its heading breaks between words only, and until the
// words it may hold are shown in full.

// vocabularies are the columns whose texts are labels, and how those begin.
var vocabularies = map[string]string{
	"relationship": "rel.", "credit_asked_by": "credit.", "match": "match.", "channel": "channel.", "programme": "programme.",
	"route": "route.", "progress": "progress.", "end_of_term": "end_of_term.", "decision": "decision.",
	"auto_renew": "unknown", "delegated_admin": "unknown", "reassign": "unknown", // the longest beside yes and no
}

// widestWord is the width that no vocabulary goes beyond.
const widestWord = 44

// fitted widens a column to the language.
func (rep *Report) fitted(c Column) Column {
	if c.Code == "status" {
		c.Width = widthOf(c.Width, rep.Text.statuses()...)
	} else if prefix, ok := vocabularies[c.Code]; ok && c.Kind == Text {
		for key, word := range rep.Text.labels { // the order does not matter to the widest
			if strings.HasPrefix(key, prefix) {
				c.Width = max(c.Width, min(widestWord, widthOf(0, word)))
			}
		}
	}
	return c.headed()
}

// headed widens a column to the longest word of its heading, with the mark
// that stands before it where people write.
func (c Column) headed() Column {
	for i, word := range strings.FieldsFunc(c.Heading, func(r rune) bool { return r == ' ' || r == '-' }) {
		if c.Edit != EditNone && i == 0 {
			word = "✎✎ " + word // the mark is as wide as two letters
		}
		c.Width = max(c.Width, 0.9*float64(uniseg.StringWidth(word))+1.5) // bold, but smaller
	}
	return c
}

// statuses are the statuses with their marks.
func (t *Texts) statuses() []string {
	var words []string
	for s := reconcile.Blocked; s <= reconcile.Done; s++ {
		words = append(words, t.statusCell(s).Text)
	}
	return words
}

// widthOf is the width of a column that shows each of the texts in full, at
// least least: bold letters are about as wide as the digits that columns are
// measured in.
func widthOf(least float64, texts ...string) float64 {
	for _, s := range texts {
		least = max(least, 0.97*float64(uniseg.StringWidth(s))+1.5)
	}
	return least
}
