package reconcile

import (
	"slices"
	"strings"
)

// What a source says outright goes before what its dates let one expect: a
// subscription may be over before its last day.

// endedStates are what a subscription is called that serves nobody any more, or
// only for the days of grace; package input translates other languages.
// Suspended is one of them: it blocks the users, and legacy CSP deletes the data
// after 90 days, whenever the term ends (Partner Center, "Subscription lifecycle
// states", 2023-08-04).
var endedStates = words(`expired warning suspended lockedout disabled inactive deactivated notactive cancelled canceled terminated ended
	grace ingrace graceperiod ingraceperiod lapsed`)

// goneStates are those without data.
var goneStates = words(`deleted deprovisioned removed`)

// activeStates are those of a subscription that serves its users, or is about to.
var activeStates = words(`active enabled ok running live provisioned pending current valid incontract subscribed paid pastdue`)

func words(list string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// ended tells whether the source itself says that the subscription is over.
func ended(s *Subscription) bool {
	return isState(s.State, endedStates) || isState(s.State, goneStates) || s.barred("not active", "inactive", "not in active")
}

func isActive(s *Subscription) bool { return isState(s.State, activeStates) }

// isState tells whether a state, or what it begins with, is one of the set:
// "Locked Out", "Suspended (payment)".
func isState(state string, set map[string]bool) bool {
	if state == "" {
		return false
	}
	var word [24]byte // most states are one word, of which rules ask a dozen times a row
	if n, plain := lowerLetters(word[:], state); plain {
		return set[string(word[:n])]
	}
	folded := foldID(state)
	if set[joinWords.Replace(folded)] {
		return true
	}
	first, _, more := strings.Cut(folded, " ")
	return more && set[strings.TrimRight(first, ",;:")]
}

// lowerLetters copies a text in lower case; false unless it is ASCII letters and
// nothing else, and fits.
func lowerLetters(to []byte, text string) (n int, plain bool) {
	if len(text) > len(to) {
		return 0, false
	}
	for i := range len(text) {
		c := text[i] | 0x20
		if c < 'a' || c > 'z' {
			return 0, false
		}
		to[i] = c
	}
	return len(text), true
}

var joinWords = strings.NewReplacer(" ", "", "-", "", "_", "")

// DataGone tells whether the data has probably been deleted: its day is over,
// or the source says so. Nothing that is bought then brings it back.
func (r *Row) DataGone(asOf Date) bool {
	return r.DataDeleted.Known() && r.DataDeleted < asOf || isState(r.Sub.State, goneStates)
}

// barred tells whether one of the reasons for which the batch tool will not
// migrate the subscription holds one of the phrases. The tool exports sentences
// and keeps its codes to itself; a sentence that nobody knows says nothing.
func (s *Subscription) barred(phrases ...string) bool {
	if s.MigrationEligible == Yes || s.RareFacts().IneligibleReason == "" {
		return false
	}
	reasons := foldID(s.RareFacts().IneligibleReason)
	return slices.ContainsFunc(phrases, func(phrase string) bool { return strings.Contains(reasons, phrase) })
}
