package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"cspplan/input"
	"cspplan/output"
	"cspplan/reconcile"
)

// The steps of a run up to the plan: what lies in the inputs, and what earlier
// runs left.

func (j *job) listInputs(context.Context) (err error) {
	list, err := listInputs(j.settings, j.cmd.Input)
	j.files, j.leftOut = list.files, list.leftOut
	if err == nil && len(j.files) == 0 {
		err = fail(exitInput, errors.New("no input: the folder holds no file"), putThere)
	}
	var missing *failure
	if errors.As(err, &missing) && missing.code == exitInput {
		missing.hint = "Nothing was published; " + j.lastPlan() + "\n" + missing.hint
	}
	return err
}

func (j *job) readInputs(ctx context.Context) (err error) {
	j.progress.stage("Reading the exports")
	opt := j.settings.readOptions(j.asOf)
	opt.Progress = j.progress.reading()
	opt.MostRows = mostRows(j.memory)
	j.batch, err = input.Read(ctx, j.files, opt)
	if errors.Is(err, input.ErrTooManyRows) {
		return j.noRoom(opt.MostRows)
	}
	if err != nil {
		return err
	}
	return j.takeBatch()
}

// takeBatch looks at what was read, tonight or by the shards of a plan.
func (j *job) takeBatch() error {
	j.prices = append(j.prices, j.batch.Prices...)
	for _, f := range j.batch.Files {
		j.leftOut = append(j.leftOut, f.LeftOut...)
	}
	for _, l := range j.leftOut {
		j.log.Info("input left out", "file", l.Name, "reason", l.Why)
	}
	for _, f := range j.batch.Files {
		switch {
		case f.Refused != nil:
			j.log.Warn("input refused", "file", f.Name, "reason", f.Refused.Code)
			continue
		case f.Ignored():
			j.log.Info("input ignored", "file", f.Name)
			continue
		case f.Archive():
			j.log.Info("archive opened", "file", f.Name, "files", f.Holds, "sha256", f.SHA256[:12])
			continue
		}
		j.log.Info("input read", "file", f.Name, "rows", f.Rows, "sha256", f.SHA256[:12])
	}
	return j.someUsable()
}

// someUsable stops a run that has nothing to plan from: the message is that of
// the file if there is only one. A register alone beside a refused export is
// nothing: its plan would be empty and say that nobody has a subscription.
func (j *job) someUsable() error {
	var refused []input.FileReport
	readable := false
	for _, f := range j.batch.Files {
		switch {
		case f.Refused != nil:
			refused = append(refused, f)
		case !f.Ignored() && !f.Archive():
			readable = true
		}
	}
	if readable && (len(refused) == 0 || slices.ContainsFunc(j.batch.Records, isSubscription)) {
		return nil
	}
	hint := "No usable input is left. Nothing was published; " + j.lastPlan()
	if len(refused) == 0 {
		return fail(exitInput, errors.New("no input: the settings ignore every file"), hint)
	}
	if len(refused) == 1 {
		return &failure{code: exitInput, err: errors.New(refused[0].Refused.Message), found: refused[0].Refused.Found, hint: hint, word: refused[0].Refused.Code}
	}
	lines := fmt.Sprintf("none of %d files can be read", len(refused))
	for _, f := range refused {
		lines += fmt.Sprintf("\n    %s: %s", f.Refused.Code, f.Refused.Message)
	}
	return fail(exitInput, errors.New(lines), hint)
}

// isSubscription tells a row of an export, used or not, from a row that only
// describes customers or prices.
func isSubscription(r reconcile.Record) bool { return r.Role != reconcile.RoleReference }

// readHistory finds the run that changes are counted from, and how the plan
// stood before.
func (j *job) readHistory(context.Context) error {
	j.progress.stage("Reading earlier runs and notes")
	runs, err := output.Runs(j.dir)
	j.runs = runs
	if err != nil {
		j.warn(output.RunWarning{Code: "history-damaged", Text: err.Error()})
	}
	if r, ok := output.Previous(runs, j.asOf.String()); ok {
		j.previous = &r
	}
	for _, r := range runs {
		if !r.AddsUp() {
			j.warn(output.RunWarning{Code: "history-damaged", Text: fmt.Sprintf("run %s: its statuses do not make up its planned rows; it is left out of the trend", r.ID)})
		}
	}
	j.record.Trend = pastTrend(runs, j.asOf.String())
	j.warnNewer()
	return nil
}

// warnNewer says that the current copies stay as they are: a clock that stood
// ahead one night would keep everybody from the plans of many nights after.
func (j *job) warnNewer() {
	if newest := j.newestAsOf(); newest > j.asOf.String() {
		id := j.runs[len(j.runs)-1].ID
		j.log.Warn("newer run", "run", id, "asat", newest)
		j.warn(output.RunWarning{Code: "newer-run", Text: fmt.Sprintf(
			"run %s is as at a later day, so the current copies stay those of that run; if the clock was wrong then, move its folder away", id)})
	}
}

// lastPlan says which plan stays as it was.
func (j *job) lastPlan() string {
	if runs, _ := output.Runs(j.dir); len(runs) > 0 {
		return fmt.Sprintf("the last plan stands: %s/%s/csp-plan.xlsx", j.dir, runs[len(runs)-1].ID)
	}
	return "no earlier plan exists."
}
