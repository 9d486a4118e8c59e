package main

import (
	"context"
	"fmt"
	"path"
	"slices"

	"cspplan/input"
	"cspplan/output"
	"cspplan/reconcile"
)

// guard stops a run whose input is suspiciously poor, before anybody reads a
// plan with holes: too many rejected rows in a file, a file that shrank,
// vanished or is too old. --accept FILE lifts it for that file, for one run.
func (j *job) guard(context.Context) error {
	for _, f := range j.batch.Files {
		if f.Refused != nil {
			continue
		}
		if err := j.guardRejected(f); err != nil {
			return err
		}
		if err := j.guardAge(f); err != nil {
			return err
		}
	}
	if before, ok := j.lastRun(); ok {
		for _, old := range before.Inputs {
			if err := j.guardShrunk(old); err != nil {
				return err
			}
		}
	}
	return nil
}

func (j *job) accepted(file string) bool {
	return slices.ContainsFunc(j.cmd.Accept, func(a string) bool {
		return a == file || j.settings.shown(a) == file || a == path.Base(file)
	})
}

func (j *job) stopped(file string, err error) error {
	return fail(exitInput, err, fmt.Sprintf("Nothing was published; %s\nIf that is right:  cspplan run --accept %s", j.lastPlan(), file))
}

func (j *job) guardRejected(f input.FileReport) error {
	rejected := 0
	corrected := reconcile.CorrectedRows(j.batch.Records)
	for i := range j.batch.Records {
		if rec := &j.batch.Records[i]; rec.Source.File == f.Name && rec.Problem != nil && !corrected[rec.Source] {
			rejected++
		}
	}
	limit := int(j.settings.Policy.MaxRejected)
	if rejected <= j.settings.Policy.MinRejected || rejected*100 <= limit*f.Rows || j.accepted(f.Name) {
		return nil
	}
	return j.stopped(f.Name, fmt.Errorf("%s: %d of %d rows cannot be used (policy.max_rejected is %d%%, policy.min_rejected %d)",
		f.Name, rejected, f.Rows, limit, j.settings.Policy.MinRejected))
}

func (j *job) guardAge(f input.FileReport) error {
	limit := j.settings.Policy.MaxAgeDays
	age := int(j.asOf - reconcile.DateOf(f.Modified.UTC()))
	if limit == 0 || age <= limit || j.accepted(f.Name) {
		return nil
	}
	return j.stopped(f.Name, fmt.Errorf("%s is %d days old (policy.max_age_days is %d)", f.Name, age, limit))
}

// lastRun is the newest good run up to the as-of date.
func (j *job) lastRun() (output.Run, bool) {
	for _, r := range slices.Backward(j.runs) {
		if r.AsOf <= j.asOf.String() {
			return r, true
		}
	}
	return output.Run{}, false
}

// guardShrunk compares a file with what it was in the last run. A file that
// only changed its name is recognised by its bytes.
func (j *job) guardShrunk(old output.RunInput) error {
	if old.Refused != nil || old.Rows == 0 || j.accepted(old.Path) {
		return nil
	}
	i := slices.IndexFunc(j.batch.Files, func(f input.FileReport) bool { return f.Name == old.Path })
	if i < 0 {
		if slices.ContainsFunc(j.batch.Files, func(f input.FileReport) bool { return f.SHA256 == old.SHA256 }) {
			return nil
		}
		return j.stopped(old.Path, fmt.Errorf("%s has vanished; it had %d rows in the last run", old.Path, old.Rows))
	}
	now := j.batch.Files[i]
	limit := int(j.settings.Policy.ShrinkGuard)
	lost := old.Rows - now.Rows
	if now.Refused != nil || lost*100 <= limit*old.Rows {
		return nil
	}
	return j.stopped(old.Path, fmt.Errorf("%s shrank from %d rows to %d (%d %%; policy.shrink_guard is %d%%)",
		old.Path, old.Rows, now.Rows, lost*100/old.Rows, limit))
}
