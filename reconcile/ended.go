package reconcile

import (
	"slices"
	"strings"
)

// What a source says outright goes before what its dates let one expect: a
// subscription may be over before its last day.

// endedStates are what exports call a subscription that serves nobody any more,
// or only for the days of grace. Suspended is one of them: it blocks the users,
// and legacy CSP deletes the data after 90 days, whenever the term ends
// (Partner Center, "Subscription lifecycle states", 2023-08-04).
var endedStates = []string{"expired", "warning", "suspended", "lockedout", "disabled", "inactive", "deleted", "deprovisioned", "cancelled", "canceled"}

// goneStates are those without data.
var goneStates = []string{"deleted", "deprovisioned"}

// ended tells whether the source itself says that the subscription is over.
func ended(s *Subscription) bool {
	return s.State != "" && slices.Contains(endedStates, stateWord(s.State)) || s.barred("not active", "inactive", "not in active")
}

// stateWord is a state as one word in lower case: "Locked Out" is lockedout.
func stateWord(state string) string { return joinWords.Replace(foldID(state)) }

var joinWords = strings.NewReplacer(" ", "", "-", "", "_", "")

// DataGone tells whether the data has probably been deleted: its day is over,
// or the source says so. Nothing that is bought then brings it back.
func (r *Row) DataGone(asOf Date) bool {
	return r.DataDeleted.Known() && r.DataDeleted < asOf || r.Sub.State != "" && slices.Contains(goneStates, stateWord(r.Sub.State))
}

// barred tells whether one of the reasons for which the batch tool will not
// migrate the subscription holds one of the phrases. The tool exports sentences
// and keeps its codes to itself; a sentence that nobody knows says nothing.
func (s *Subscription) barred(phrases ...string) bool {
	if s.MigrationEligible == Yes || s.IneligibleReason == "" {
		return false
	}
	reasons := foldID(s.IneligibleReason)
	return slices.ContainsFunc(phrases, func(phrase string) bool { return strings.Contains(reasons, phrase) })
}
