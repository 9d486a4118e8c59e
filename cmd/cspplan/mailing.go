package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path"
	"path/filepath"
	"strings"
	"time"

	"cspplan/output"
	"cspplan/output/mail"
	"cspplan/reconcile"
	"cspplan/report"
)

// posts tells whether this run sends mail. One for an earlier day than the
// newest plan is made to look something up: it is no news.
func (j *job) posts() bool {
	return j.settings.Mail.sends() && !j.cmd.DryRun && !j.cmd.NoMail && j.asOf.String() >= j.newestAsOf()
}

// queueMail remembers the mail of a run before the run appears, so that a run
// that is killed in between loses no mail. One that stands already has been
// told of.
func (j *job) queueMail() {
	if _, err := output.ReadRun(filepath.Join(j.dir, j.record.ID)); err == nil || !j.posts() {
		return
	}
	j.queue(j.record.ID)
}

func (j *job) queue(folder string) {
	if err := mail.NewOutbox(j.dir).Queue(folder, j.asOf.String(), j.term.Now()); err != nil {
		j.log.Warn("mail not queued", "run", folder, "error", err.Error())
		j.mailFault = err
	}
}

// withdrawMail forgets the mail of a run that came to nothing: its failure has
// a mail of its own.
func (j *job) withdrawMail() {
	if j.posts() {
		mail.NewOutbox(j.dir).Withdraw(j.record.ID)
	}
}

// queueFailure remembers the mail of a failed run. A failure that could not be
// kept, such as on a full disk, is sent at once from memory.
func (j *job) queueFailure(folder, text string) {
	switch {
	case !j.posts():
	case folder == "":
		j.unkept = text
	default:
		j.queue(path.Join("failed", filepath.Base(folder)))
	}
}

// post sends what waits: the mail of this run and of those before it that
// nobody took. It comes after the lock was given back, and changes nothing in
// the plan.
func (j *job) post(ctx context.Context) {
	if !j.held || !j.posts() {
		return
	}
	if ctx.Err() != nil {
		j.log.Warn("mail not sent", "reason", mail.ReasonStopped, "waits", true)
		return
	}
	waits := mail.Waits
	if screen(j.term.Err) { // nobody should watch a program wait; what is unsent is tried again by the next run
		waits = nil
	}
	c := j.settings.courier(j.dir, j.term.Now, waits)
	var fault error
	j.mailed, fault = deliver(ctx, c, j.log)
	j.mailFault = errors.Join(j.mailFault, fault)
	if j.unkept != "" {
		o := c.SendNow(ctx, "failed-"+j.started.UTC().Format("20060102T150405Z"), j.unkept)
		logMail(j.log, o)
		j.mailed = append(j.mailed, o)
	}
}

// deliver sends what waits in an outbox and writes the log's lines about it.
func deliver(ctx context.Context, c *mail.Courier, log *slog.Logger) ([]mail.Outcome, error) {
	outcomes, err := c.Deliver(ctx)
	for _, o := range outcomes {
		logMail(log, o)
	}
	if err != nil {
		log.Warn("mail not sent", "reason", mail.ReasonOutbox, "error", err.Error())
	}
	return outcomes, err
}

// logMail writes one line about a mail: no address, no word of the server.
func logMail(log *slog.Logger, o mail.Outcome) {
	if o.Accepted > 0 {
		log.Info("mail sent", "run", o.Entry.Folder, "recipients", o.Accepted, "tries", o.Entry.Tries)
	}
	if o.Failure == nil {
		return
	}
	attrs := []any{"run", o.Entry.Folder, "reason", o.Failure.Reason, "code", o.Failure.Code, "tries", o.Entry.Tries, "waits", o.Entry.State == mail.StateWaiting}
	log.Warn("mail not sent", attrs...)
	log.Debug("mail not sent", "run", o.Entry.Folder, "error", o.Failure.Error())
}

// unsent tells whether somebody did not get what they should have got.
func (j *job) unsent() bool {
	for _, o := range j.mailed {
		if o.Failure != nil {
			return true
		}
	}
	return j.mailFault != nil
}

// mailLines tell a person at a terminal what became of the mail. What an
// unattended run prints holds no more than the log.
func mailLines(outcomes []mail.Outcome, fault error, attended bool) []string {
	var lines []string
	for _, o := range outcomes {
		if o.Accepted > 0 {
			lines = append(lines, fmt.Sprintf("%s sent to %d recipients", o.Entry.Folder, o.Accepted))
		}
		if o.Failure == nil {
			continue
		}
		why := o.Failure.Reason
		if attended {
			why = o.Failure.Error()
		}
		then := "not tried again"
		if o.Entry.State == mail.StateWaiting {
			then = "the next run tries again"
		}
		lines = append(lines, fmt.Sprintf("%s NOT sent: %s; %s", o.Entry.Folder, why, then))
	}
	if fault != nil {
		lines = append(lines, fmt.Sprintf("NOT sent: %v", fault))
	}
	return lines
}

// failedMail is the mail text of a run that published nothing, by the folder
// that it left.
func (j *job) failedMail(err error) func(folder string) string {
	return func(folder string) string {
		text, loadErr := report.LoadTexts(j.settings.Output.Language)
		if loadErr != nil {
			return err.Error()
		}
		failed := report.FailedRun{AsOf: j.asOf, Reason: exitWord(err), Folder: filepath.ToSlash(folder)}
		if j.settings.Mail.Names {
			var said strings.Builder
			printError(&said, err)
			failed.Said = said.String()
		}
		if runs, _ := output.Runs(j.dir); len(runs) > 0 {
			last := runs[len(runs)-1]
			failed.LastPlan = filepath.ToSlash(filepath.Join(j.dir, last.ID, "csp-plan.xlsx"))
			failed.LastDate, _ = reconcile.ParseDate(last.AsOf)
		}
		subject, body := text.FailedMail(failed)
		return subject + "\n\n" + body
	}
}

// leftOutOfMail says which files are too large to go with the mail.
func (s *Settings) leftOutOfMail(names []string) string {
	text, err := report.LoadTexts(s.Output.Language)
	if err != nil {
		return strings.Join(names, ", ")
	}
	return text.Label("mail.left_out", "files", strings.Join(names, ", "))
}

// retryMailEvery is how often a schedule tries again what waits, between runs.
const retryMailEvery = time.Hour

// retryMail sends, between two runs of a schedule, what could not be sent: one
// try an hour.
func (w *watch) retryMail(ctx context.Context) {
	now := w.now()
	if since := now.Sub(w.mailTried); since >= 0 && since < retryMailEvery {
		return
	}
	w.mailTried = now
	s, err := loadSettings(w.config)
	if err != nil || !s.Mail.sends() {
		return
	}
	deliver(ctx, s.courier(s.resolve(s.Output.Dir), w.term.Now, nil), w.log)
}

// errUnsent is a mail of `cspplan mail` that did not go out.
var errUnsent = errors.New("the mail was not sent")
