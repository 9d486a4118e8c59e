package reconcile

import (
	"slices"
	"time"
)

// The checks of whether the exports can be relied on: what they leave out, say
// twice, or say in ways that cannot be.

func idDamaged(_ *ruleContext, r *Row) bool {
	return r.Match.Flags.DamagedID || r.Sub.RareFacts().DamagedID != ""
}

// licencesDiffer: the number of licences is not known, or CSP holds fewer than
// a person or the export says have moved, or licences that nothing links to
// this row. A person who decides to move it says that the latter are others.
func licencesDiffer(c *ruleContext, r *Row) bool {
	d := c.draft
	switch {
	case !r.Needed().Known:
		return true
	case missing(r) > 0 && (d.migrated > 0 || d.decisions.choice == ChoiceDone):
		return true
	}
	return d.unexplained > 0 && !d.decisions.confirmed
}

func sourcesDisagree(c *ruleContext, _ *Row) bool { return len(c.draft.conflicts) > 0 }

func expiryMissing(_ *ruleContext, r *Row) bool { return !r.Sub.Expires.Known() }

// firstOnlineService is when Office 365 came on sale: nothing ended before it.
var firstOnlineService = NewDate(2011, time.June, 28)

// expiryImplausible: no subscription ends that long ago, or later than the
// longest term from today. Exports fill such dates in where there is none, and
// subscriptions that do not renew may carry a far-off one.
func expiryImplausible(c *ruleContext, r *Row) bool {
	e := r.Sub.Expires
	return e.Known() && (e < firstOnlineService || e > c.in.AsOf.AddMonths(c.in.Policy.MaxTermMonths))
}

// A contradiction is two values of one row that cannot both be true.
type contradiction struct {
	holds func(*Subscription) bool
	facts func(*Subscription) []string
}

var contradictions = []contradiction{
	{
		func(s *Subscription) bool { return s.Start.Known() && s.Expires.Known() && s.Start > s.Expires },
		func(s *Subscription) []string {
			return []string{"start", s.Start.String(), "expires", s.Expires.String()}
		},
	}, {
		func(s *Subscription) bool {
			return s.AutoRenew == Yes && (s.EndOfTerm == EndCancel || s.EndOfTerm == EndEST) || s.AutoRenew == No && s.EndOfTerm == EndRenew
		},
		func(s *Subscription) []string {
			return []string{"auto_renew", s.AutoRenew.String(), "end_of_term", s.EndOfTerm.String()}
		},
	}, {
		func(s *Subscription) bool { return slices.Contains(neverBoughtSo[s.Channel], s.Programme) },
		func(s *Subscription) []string {
			return []string{"channel", s.Channel.String(), "programme", s.Programme.String()}
		},
	},
}

// neverBoughtSo lists the programmes that a channel does not sell. Another
// partner may sell any: people call their licensing reseller so.
var neverBoughtSo = map[Channel][]Programme{
	Direct:    {EA, OpenValue, MPSA, NCE, Legacy},
	Volume:    {MOSA, MCA, MCAE, NCE, Legacy},
	LegacyCSP: {MOSA, MCA, MCAE, EA, OpenValue, MPSA, NCE},
}

func factsContradict(_ *ruleContext, r *Row) bool {
	return slices.ContainsFunc(contradictions, func(c contradiction) bool { return c.holds(r.Sub) })
}

// decisionStale: the facts of what a person wrote about the row, or of a choice
// about its offer, have changed since.
func decisionStale(c *ruleContext, r *Row) bool {
	return c.draft.decisions.stale || len(c.draft.changed) > 0 || staleChoice(r)
}

func staleChoice(r *Row) bool { return r.Match.Choice != nil && r.Match.Choice.Was != "" }
