package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"cspplan/input"
	"cspplan/output"
	"cspplan/output/mail"
	"cspplan/reconcile"
	"cspplan/report"
)

// A step is one part of a run; it fails with the exit code that stops the run.
type step struct {
	name string
	do   func(context.Context) error
}

// A job is one run under way.
type job struct {
	cmd      *runFlags
	settings *Settings
	term     terminal
	log      *slog.Logger
	started  time.Time
	asOf     reconcile.Date
	dir      string
	memory   int64     // bytes that the run may use; 0: not known
	progress *progress // nil: nobody is looking
	steps    []step

	facts
	files    []input.File
	leftOut  []input.LeftOut // what lies among the exports and is nobody's
	batch    input.Batch
	ledger   []reconcile.LedgerLine // what stays of the records once they are planned
	runs     []output.Run
	previous *output.Run
	before   []reconcile.PreviousRow // what the previous run planned
	open     []report.PastException  // what kept its rows from Ready
	ageless  bool                    // it did not record since when
	notes    *output.Notes
	plan     reconcile.Plan
	report   *report.Report
	record   output.Run // run.json as it grows
	result   output.Result
	shard    *shardJob // set: the run plans one shard and publishes nothing
	complete bool      // every step was done: there is something to answer
	held     bool      // the output folder was ours
	ended    bool      // the log's last line was written

	mailed    []mail.Outcome // what became of mail that waited
	mailFault error          // the outbox cannot be used
	unkept    string         // mail text of a failure that left no folder
}

// newJob is a run that is ready for its steps.
func newJob(c *runFlags, term terminal) (*job, error) {
	j := startJob(c, term)
	return j, j.prepare()
}

// startJob is a run of which nothing is known yet but how it was called.
func startJob(c *runFlags, term terminal) *job {
	s := defaults()
	return &job{cmd: c, settings: &s, term: term, started: term.Now(), log: newLog(&s, term.Err)}
}

// prepare reads what decides a run before any input: settings, date, tables.
func (j *job) prepare() error {
	s, err := loadSettings(j.cmd.Config)
	j.settings, j.log = &s, newLog(&s, j.term.Err)
	if err != nil {
		return err
	}
	j.dir = s.resolve(s.Output.Dir)
	if j.cmd.Output != "" {
		j.dir = j.cmd.Output
	}
	j.memory = boundMemory(s.Limits.Memory)
	s.Output.Letters = s.Output.Letters || j.cmd.Letters
	if j.asOf, err = asOfDate(j.cmd.AsOf, &s, j.started); err != nil {
		return err
	}
	if j.facts, err = s.loadFacts(); err != nil {
		return err
	}
	j.record.Warnings = append(j.record.Warnings, j.warnings...)
	j.steps = []step{
		{"listing the inputs", j.listInputs}, {"reading", j.readInputs}, {"reading the history", j.readHistory}, {"guarding", j.guard},
		{"reading the notes", j.readNotes}, {"planning", j.makePlan}, {"reporting", j.makeReport}, {"publishing", j.publish},
	}
	return s.needPartner(j.catalogue)
}

func (j *job) run(ctx context.Context) (err error) {
	if !j.cmd.DryRun && j.shard == nil {
		release, busy := output.Lock(j.dir, j.started)
		if busy != nil {
			return lockFailure(busy, j.dir)
		}
		j.held = true
		defer release()
		defer func() { j.keepFailure(err) }()
	}
	defer func() {
		if fault := recover(); fault != nil {
			err = internalFault(fmt.Errorf("internal fault: %v", fault))
		}
	}()
	for _, step := range j.steps {
		if err := ctx.Err(); err != nil {
			return interrupted(err)
		}
		done := j.timed(step.name)
		err := step.do(ctx)
		done()
		if err != nil {
			if errors.Is(err, context.Canceled) {
				return interrupted(err)
			}
			return err
		}
	}
	j.complete = true
	return nil
}

// timed logs, at level debug, when a step began and how long it took: whoever
// makes cspplan faster sees where a core idles.
func (j *job) timed(step string) (done func()) {
	began := j.term.Now()
	return func() {
		j.log.Debug("step", "name", step, "began_ms", began.Sub(j.started).Milliseconds(), "ms", j.term.Now().Sub(began).Milliseconds())
	}
}

// asOfDate is the business date: the flag, else today where the settings say.
func asOfDate(flag string, s *Settings, now time.Time) (reconcile.Date, error) {
	if flag != "" {
		d, err := reconcile.ParseDate(flag)
		if err != nil || !d.Known() {
			return 0, usage(fmt.Errorf("--as-of: %q is not a date", flag), "write it as YYYY-MM-DD")
		}
		return d, nil
	}
	loc, err := s.location()
	if err != nil {
		return 0, usage(fmt.Errorf("schedule.timezone: %w", err), "use a name such as Europe/Rome")
	}
	return reconcile.DateOf(now.In(loc)), nil
}

// recordFailure turns run.json into that of a run that came to nothing.
func (j *job) recordFailure(err error) {
	j.fillIdentity()
	j.record.Exit, j.record.Error = exitCode(err), err.Error()
	j.record.Seconds = j.term.Now().Sub(j.started).Seconds()
}

// keepFailure leaves run.json and the mail text of a run that came to nothing,
// unless it was kept with its marked reports already.
func (j *job) keepFailure(err error) {
	code := exitCode(err)
	if err == nil {
		return
	}
	if code == exitTotals {
		j.queueFailure(j.result.Folder, "")
		return
	}
	j.recordFailure(err)
	folder, kept := output.Fail(j.dir, j.record, j.failedMail(err))
	if kept != nil {
		j.log.Error("failure not kept", "error", kept.Error())
		folder = ""
	}
	j.queueFailure(folder, j.failedMail(err)(""))
}

// finish writes the one line that a monitor looks for.
func (j *job) finish(err error) {
	attrs := []any{"run", j.record.ID, "exit", exitCode(err), "warnings", j.warningCount(), "ms", j.term.Now().Sub(j.started).Milliseconds()}
	if err != nil && !errors.Is(err, errQuiet) {
		always(j.log, slog.LevelError, "run finished", append(attrs, "error", exitWord(err))...)
		return
	}
	always(j.log, slog.LevelInfo, "run finished", attrs...)
}

// warningCount is how many things people should look at, a mail that was not
// sent among them.
func (j *job) warningCount() int {
	n := len(j.record.Warnings)
	if j.unsent() {
		n++
	}
	return n
}

func (j *job) warn(w output.RunWarning) { j.record.Warnings = append(j.record.Warnings, w) }
