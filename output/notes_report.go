package output

import (
	"cmp"
	"slices"
	"strings"

	"cspplan/reconcile"
	"cspplan/report"
)

// Fill gives the report what people wrote: notes without a place, edits that
// were put back, choices, credits.
func (n *Notes) Fill(opt *report.Options) {
	opt.NotesFound, opt.NotesInForce = n.found, n.InForce()
	opt.Decisions = n.Decisions()
	opt.Choices = n.choices()
	for _, line := range sortedNotes(n.putBack) {
		opt.PutBack = append(opt.PutBack, line.putBack())
	}
	for _, line := range n.keptLines() {
		opt.KeptNotes = append(opt.KeptNotes, line.kept())
	}
}

func (line *note) putBack() report.PutBack {
	return report.PutBack{
		Key: line.cell.key, Table: line.facts.Table, Field: line.facts.Heading, From: line.why, To: line.value,
		Customer: line.facts.Customer, Offer: line.facts.Offer,
	}
}

func (line *note) kept() report.KeptNote {
	k := report.KeptNote{
		Who: who(line.by, line.facts.File), Customer: line.facts.Customer, Offer: line.facts.Offer,
		SubscriptionID: line.facts.Subscription, Field: line.cell.field, Text: line.value, Why: line.why,
	}
	if len(line.when) >= len("2006-01-02") {
		k.When, _ = reconcile.ParseDate(line.when[:len("2006-01-02")])
	}
	k.Until, _ = reconcile.ParseDate(line.facts.Until)
	return k
}

// who is the person and the file, as far as they are known.
func who(by, file string) string {
	switch {
	case by == "":
		return file
	case file == "":
		return by
	}
	return by + " (" + file + ")"
}

func sortedNotes(lines []note) []note {
	return slices.SortedFunc(slices.Values(lines), func(a, b note) int {
		return cmp.Or(a.cell.compare(b.cell), strings.Compare(a.when, b.when), strings.Compare(a.value, b.value), strings.Compare(a.why, b.why))
	})
}
