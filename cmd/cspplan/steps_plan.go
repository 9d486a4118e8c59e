package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"cspplan/output"
	"cspplan/reconcile"
)

// The steps of a run from the plan to its files.

func (j *job) makePlan(context.Context) error {
	j.readBefore()
	in := j.planInputs()
	j.batch.Records = nil
	j.plan, j.ledger = reconcile.BuildLedger(&in)
	j.settlePlan()
	return nil
}

// readBefore gathers what a plan is made of beside the records.
func (j *job) readBefore() {
	j.progress.show("Planning", "rows", len(j.batch.Records))
	j.recall()
	j.catalogue.AddOwn(reconcile.Offered("price list", j.prices, j.asOf))
}

// settlePlan does what needs the plan of all customers.
func (j *job) settlePlan() {
	j.settleNotes()
	j.countRun()
	j.log.Info("matched", countAttrs(matchOrder, j.record.Counts.Matches)...)
	j.log.Info("status", append(countAttrs(statusOrder, j.record.Counts.Statuses),
		"expired", j.record.Counts.Expired, "within30", j.record.Counts.Within30)...)
}

// planInputs is everything the plan is made of, as far as it has been read.
func (j *job) planInputs() reconcile.Inputs {
	return reconcile.Inputs{
		Records: j.batch.Records, Copies: j.batch.Copies, Catalogue: j.catalogue, Prices: j.prices, Aliases: j.aliases,
		Decisions: j.notes.Decisions(), Previous: j.before, Partner: j.settings.partner(), Policy: j.settings.policy(), AsOf: j.asOf,
	}
}

// publish writes everything, or, on a dry run, nothing.
func (j *job) publish(ctx context.Context) error {
	if j.cmd.DryRun {
		return nil
	}
	var err error
	j.progress.stage("Writing the plan")
	j.record.Seconds = j.term.Now().Sub(j.started).Seconds()
	j.queueMail()
	j.result, err = output.Publish(ctx, output.Job{
		Dir: j.dir, Report: j.report, Ledger: j.ledger, Headers: j.headers(), Notes: j.notes, Run: j.record,
		Newest: j.newestAsOf(), Before: j.newestOutputs(), Calendars: j.settings.Output.Calendars, Paper: j.settings.Output.Paper, ProtectLists: j.settings.Output.ProtectLists,
		FallbackFont: j.settings.resolve(j.settings.Output.FontFallback), Progress: j.progress.writing(), Timed: j.timed, MailFolder: j.settings.Mail.Folder,
		FailedMail: func(folder string, cause error) string { return j.failedMail(totalsFailure(cause, folder))(folder) },
	})
	if err != nil {
		j.withdrawMail()
	}
	switch {
	case errors.Is(err, output.ErrTotals):
		return totalsFailure(err, j.result.Folder)
	case errors.Is(err, output.ErrFault):
		return internalFault(err)
	case errors.Is(err, output.ErrCopies):
		return fail(exitOutput, err, fmt.Sprintf("The new plan is whole in %s; the current copies in %s are not all of it.\nClear what stands in the way there, then run again.", j.result.Folder, j.dir))
	case err != nil && !errors.Is(err, context.Canceled):
		return fail(exitOutput, err, fmt.Sprintf("Nothing was published; %s\nCheck that %s can be written and has room.", j.lastPlan(), j.dir))
	case err != nil:
		return err
	}
	j.record = j.result.Run
	j.logFiles()
	j.prune()
	return nil
}

// prune removes runs beyond output.keep. One that cannot be removed does no
// harm to the plan that has just been published.
func (j *job) prune() {
	if j.result.Exists {
		return
	}
	gone, err := output.Prune(j.dir, j.settings.Output.Keep, append(slices.Clone(j.runs), j.record), j.notes)
	if len(gone) > 0 {
		j.log.Info("old runs removed", "runs", len(gone), "keep", j.settings.Output.Keep)
	}
	if err != nil {
		j.log.Warn("old runs not removed", "error", err.Error())
	}
}

func (j *job) logFiles() {
	if l := j.record.Letters; l != nil {
		j.log.Info("letters", "written", l.Written, "left_out", l.Without(), "reasons", l.ReasonCounts())
	}
	parts := map[string]int{}
	for _, o := range j.record.Outputs {
		if part := output.PartPattern(o.Name); part != "" { // the name of a person or a customer
			j.log.Debug("file written", "file", o.Name, "bytes", o.Bytes)
			parts[part]++
			continue
		}
		j.log.Info("file written", "file", o.Name, "bytes", o.Bytes)
	}
	for _, part := range sortedKeys(parts) {
		j.log.Info("files written", "files", part, "count", parts[part])
	}
	differ := 0
	for _, c := range j.record.Checks {
		if !c.Agrees {
			differ++
		}
	}
	j.log.Info("control totals", "checks", len(j.record.Checks), "differ", differ)
	j.log.Info("published", "run", j.record.ID, "folder", j.result.Folder, "copies", len(j.result.Copies))
}

// newestAsOf is the latest as-of date of any good run: an older one never
// touches the current copies.
func (j *job) newestAsOf() string {
	if len(j.runs) == 0 {
		return ""
	}
	return j.runs[len(j.runs)-1].AsOf
}

// newestOutputs are the files of the run that the current copies are of.
func (j *job) newestOutputs() []output.RunOutput {
	if len(j.runs) == 0 {
		return nil
	}
	return j.runs[len(j.runs)-1].Outputs
}
