package report

import (
	"slices"
	"strings"

	"cspplan/reconcile"
)

// The words of package reconcile in the reader's language. Each has its label
// under the name of its type and its machine word.

// words are those labels by the numbers of the words: a row of the plan asks for
// sixteen, and to look a label up takes longer than all else about such a cell.
type words struct {
	status, outcome, match, channel, programme, route, progress, endOfTerm, relationship []string
	migration, term, billing, choice, tri, onOff, creditBy                               []string
}

// listWords looks up the label of every word.
func (t *Texts) listWords() {
	unknown := t.Label("unknown")
	t.words = words{
		status:       wordsOf(t, "status.", reconcile.Done),
		outcome:      wordsOf(t, "outcome.", reconcile.OutOfScope),
		match:        wordsOf(t, "match.", reconcile.MatchSame),
		channel:      startingWith(unknown, wordsOf(t, "channel.", reconcile.LegacyCSP)),
		programme:    wordsOf(t, "programme.", reconcile.Legacy),
		route:        wordsOf(t, "route.", reconcile.RouteBuyReassignEnd),
		progress:     wordsOf(t, "progress.", reconcile.ProgressDone),
		endOfTerm:    wordsOf(t, "end_of_term.", reconcile.EndCancel),
		relationship: startingWith(unknown, wordsOf(t, "rel.", reconcile.RelationshipAccepted)),
		migration:    startingWith("", wordsOf(t, "migration.", reconcile.MigrationCompleted)),
		term:         startingWith("", wordsOf(t, "duration.", reconcile.P3Y)),
		billing:      startingWith("", wordsOf(t, "billing.", reconcile.Triennial)),
		choice:       startingWith("", wordsOf(t, "decision.", reconcile.ChoiceDone)),
		tri:          wordsOf(t, "", reconcile.No),
		onOff:        []string{unknown, t.Label("on"), t.Label("off")},
		creditBy:     []string{t.Label("credit.na"), t.Label("credit.customer"), t.Label("credit.we")},
	}
}

// wordsOf are the labels of the words of a type, up to its last.
func wordsOf[W interface {
	~uint8
	String() string
}](t *Texts, prefix string, last W) []string {
	labels := make([]string, last+1)
	for w := range labels {
		labels[w] = t.Label(prefix + W(w).String())
	}
	return labels
}

// startingWith says something else where nothing is known or chosen.
func startingWith(nothing string, labels []string) []string {
	labels[0] = nothing
	return labels
}

// Status is the word for a status, without its mark.
func (t *Texts) Status(s reconcile.Status) string { return t.words.status[s] }

// Outcome is the word for what became of an input row.
func (t *Texts) Outcome(o reconcile.Outcome) string { return t.words.outcome[o] }

// Match is the word for how two offers relate.
func (t *Texts) Match(m reconcile.MatchClass) string { return t.words.match[m] }

func (t *Texts) channel(c reconcile.Channel) string { return t.words.channel[c] }

func (t *Texts) programme(p reconcile.Programme) string { return t.words.programme[p] }

func (t *Texts) route(r reconcile.Route) string { return t.words.route[r] }

func (t *Texts) progress(p reconcile.Progress) string { return t.words.progress[p] }

func (t *Texts) endOfTerm(e reconcile.EndOfTerm) string { return t.words.endOfTerm[e] }

func (t *Texts) relationship(r reconcile.Relationship) string { return t.words.relationship[r] }

func (t *Texts) migration(m reconcile.MigrationState) string { return t.words.migration[m] }

// migrationText is the state with what the tool says beside it: the day it is
// scheduled for, or why it failed.
func (t *Texts) migrationText(m *reconcile.Migration) string {
	if m.State == reconcile.MigrationNone { // it has no part in the row, as in most
		return ""
	}
	parts := []string{t.migration(m.State)}
	switch {
	case m.State == reconcile.MigrationReported:
		parts = append(parts, m.Word)
	case m.State == reconcile.MigrationScheduled && m.On.Known():
		parts = append(parts, t.Day(m.On))
	case m.State == reconcile.MigrationFailed:
		parts = append(parts, m.ErrorCode, m.Reason)
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), t.colon)
}

// region is Microsoft's name of a CSP region, in the reader's language where the
// catalogue has it.
func (t *Texts) region(name string) string {
	if name == "" {
		return t.Label("unknown")
	}
	var space [64]byte // each row and each customer asks: the key takes no memory of its own
	if label := t.labels[string(append(append(space[:0], "region."...), name...))]; label != "" {
		return label
	}
	return name
}

// term, billing and choice are empty where nothing is known or chosen.
func (t *Texts) term(m reconcile.Term) string { return t.words.term[m] }

func (t *Texts) billing(b reconcile.Billing) string { return t.words.billing[b] }

func (t *Texts) choice(c reconcile.Choice) string { return t.words.choice[c] }

// tri is Yes, No or Not known.
func (t *Texts) tri(v reconcile.Tri) string { return t.words.tri[v] }

// onOff is On, Off or Not known.
func (t *Texts) onOff(v reconcile.Tri) string { return t.words.onOff[v] }

func (t *Texts) creditBy(c reconcile.CreditAskedBy) string { return t.words.creditBy[c] }
