package report

import (
	"slices"
	"strings"

	"cspplan/reconcile"
)

// The words of package reconcile in the reader's language. Each has its label
// under the name of its type and its machine word.

// word is the label of a word. Most cells of the plan ask for one: the key is put
// together without memory of its own.
func (t *Texts) word(prefix, word string) string {
	var space [64]byte
	key := append(append(space[:0], prefix...), word...)
	if text, ok := t.labels[string(key)]; ok {
		return text
	}
	return t.Label(string(key))
}

// Status is the word for a status, without its mark.
func (t *Texts) Status(s reconcile.Status) string { return t.word("status.", s.String()) }

// Outcome is the word for what became of an input row.
func (t *Texts) Outcome(o reconcile.Outcome) string { return t.word("outcome.", o.String()) }

// Match is the word for how two offers relate.
func (t *Texts) Match(m reconcile.MatchClass) string { return t.word("match.", m.String()) }

func (t *Texts) channel(c reconcile.Channel) string {
	if c == reconcile.ChannelUnknown {
		return t.Label("unknown")
	}
	return t.word("channel.", c.String())
}

func (t *Texts) programme(p reconcile.Programme) string { return t.word("programme.", p.String()) }

func (t *Texts) route(r reconcile.Route) string { return t.word("route.", r.String()) }

func (t *Texts) progress(p reconcile.Progress) string { return t.word("progress.", p.String()) }

func (t *Texts) endOfTerm(e reconcile.EndOfTerm) string { return t.word("end_of_term.", e.String()) }

func (t *Texts) relationship(r reconcile.Relationship) string {
	if r == reconcile.RelationshipUnknown {
		return t.Label("unknown")
	}
	return t.word("rel.", r.String())
}

// migration is empty where the batch tool has no part in the row.
func (t *Texts) migration(m reconcile.MigrationState) string {
	if m == reconcile.MigrationNone {
		return ""
	}
	return t.word("migration.", m.String())
}

// migrationText is the state with what the tool says beside it: the day it is
// scheduled for, or why it failed.
func (t *Texts) migrationText(m *reconcile.Migration) string {
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
	return t.labelOr("region."+name, name)
}

// term, billing and choice are empty where nothing is known or chosen.
func (t *Texts) term(m reconcile.Term) string {
	if m == reconcile.TermUnknown {
		return ""
	}
	return t.word("duration.", m.String())
}

func (t *Texts) billing(b reconcile.Billing) string {
	if b == reconcile.BillingUnknown {
		return ""
	}
	return t.word("billing.", b.String())
}

func (t *Texts) choice(c reconcile.Choice) string {
	if c == reconcile.ChoiceNone {
		return ""
	}
	return t.word("decision.", c.String())
}

// tri is Yes, No or Not known.
func (t *Texts) tri(v reconcile.Tri) string { return t.Label(v.String()) }

// onOff is On, Off or Not known.
func (t *Texts) onOff(v reconcile.Tri) string {
	return t.Label([...]string{"unknown", "on", "off"}[v])
}

func (t *Texts) creditBy(c reconcile.CreditAskedBy) string {
	return t.Label([...]string{"credit.na", "credit.customer", "credit.we"}[c])
}
