package report

import (
	"strings"

	"cspplan/reconcile"
)

// A FailedRun is what the mail of a run that published nothing tells.
type FailedRun struct {
	AsOf     reconcile.Date
	Reason   string // stable word of the cause, such as missing-column
	Said     string // what was printed: where, what stays as it was, what to do
	LastPlan string // path of the plan that stands; empty: there is none
	LastDate reconcile.Date
	Folder   string // of what the failed run left
}

// failedLines is how many lines of what was printed the mail repeats.
const failedLines = 14

// FailedMail is subject and body of the mail after a run that published
// nothing. What was printed stands there as it was, in English: it is what
// people search for. Without Said the mail names no file and nobody.
func (t *Texts) FailedMail(f FailedRun) (subject, body string) {
	reason := t.failedReason(f.Reason)
	subject = t.Label("mail.failed", "date", t.Day(f.AsOf), "reason", reason)
	said := strings.Split(strings.TrimRight(f.Said, "\n"), "\n")
	switch {
	case f.Said == "":
		said = []string{t.Label("mail.failed_said", "reason", reason)}
	case len(said) > failedLines:
		said = append(said[:failedLines:failedLines], "  …")
	}
	stands := t.Label("mail.failed_none")
	if f.LastPlan != "" {
		stands = t.Label("mail.failed_stands", "date", t.Day(f.LastDate), "path", f.LastPlan)
	}
	lines := append(said, "", stands)
	if f.Folder != "" {
		lines = append(lines, t.Label("mail.failed_details", "path", f.Folder+"/run.json"))
	}
	lines = append(lines, t.Label("mail.failed_log"))
	return subject, strings.Join(lines, "\n") + "\n"
}

// failedReason is the cause in a few words; one that has none of its own is an
// input that cannot be used.
func (t *Texts) failedReason(word string) string {
	if key := "failed." + word; t.Has(key) {
		return t.Label(key)
	}
	return t.Label("failed.input")
}
