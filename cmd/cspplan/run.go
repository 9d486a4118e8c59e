package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"time"

	"cspplan/input"
	"cspplan/output"
	"cspplan/output/mail"
	"cspplan/reconcile"
	"cspplan/report"
)

// runFlags are the flags of `run` and `merge`.
type runFlags struct {
	Config  string   `short:"c" help:"Settings file (default: ./cspplan.yaml if it exists)." placeholder:"FILE"`
	AsOf    string   `name:"as-of" help:"The run's business date; default today in the settings' time zone." placeholder:"YYYY-MM-DD"`
	Input   []string `help:"File, folder or pattern to read instead of ./exports; repeatable." placeholder:"GLOB" sep:"none"`
	Output  string   `help:"Folder for the plans, instead of output.dir." placeholder:"DIR"`
	DryRun  bool     `name:"dry-run" help:"Do everything except writing."`
	Strict  bool     `help:"Exit 1 if there was any warning; the plan is written all the same."`
	Accept  []string `help:"This input may have shrunk, vanished or carry too many rejected rows tonight; repeatable." placeholder:"FILE" sep:"none"`
	NoMail  bool     `name:"no-mail" help:"Send no mail, whatever the settings say."`
	JSON    bool     `name:"json" help:"Print run.json on standard output and nothing else."`
	Letters bool     `help:"Write the letters to customers, as with output.letters: true."`
	Quiet   bool     `help:"Print the headline and errors only."`
	Verbose bool     `help:"Print how every column was understood, too."`
	ASCII   bool     `name:"ascii" help:"Print !!, !, ? and ok instead of marks."`
}

type runCmd struct {
	runFlags
	Shard  *string `help:"Plan only the customers that fall to shard K of N, and write no plan but a file for cspplan merge." placeholder:"K/N"`
	Shards string  `help:"Folder for that file, instead of .shards in the folder for the plans." placeholder:"DIR"`
}

// Run is one nightly run: the steps of architecture in their order.
func (c *runCmd) Run(ctx context.Context, term terminal) error {
	switch {
	case c.Shard != nil:
		return c.runShard(ctx, term)
	case c.Shards != "":
		return usage(errors.New("--shards: the run writes no shard"), "name the shard too, such as --shard 1/7, or leave --shards out")
	}
	return publishing(ctx, &c.runFlags, term, func(*job) {})
}

// publishing prepares a run, lets the command change its steps, and carries it
// out; however early it fails, it ends as a run does.
func publishing(ctx context.Context, c *runFlags, term terminal, change func(*job)) (err error) {
	j := startJob(c, term)
	defer func() {
		if fault := recover(); fault != nil {
			err = j.end(internalFault(fmt.Errorf("internal fault: %v", fault)))
		}
	}()
	if err := j.prepare(); err != nil {
		return j.end(err)
	}
	change(j)
	return j.carryOut(ctx)
}

// end writes the log's last line of a run and returns its error, once.
func (j *job) end(err error) error {
	if j.ended {
		return err
	}
	j.ended = true
	told := tell(j.log, j.settings, j.term, "run failed", err)
	j.finish(err)
	return told
}

// carryOut does the steps, writes the log's last line and answers.
func (j *job) carryOut(ctx context.Context) error {
	j.log.Info("run started", "version", programVersion(), "asat", j.asOf.String(), "settings", j.settings.path)
	err := j.attended(ctx)
	j.post(ctx)
	if j.cmd.Strict && err == nil && (len(j.record.Warnings) > 0 || j.unsent()) {
		err = quiet(exitWarnings)
	}
	told := j.end(err)
	if !j.complete {
		j.sayUnsent()
		if !j.cmd.JSON {
			return told
		}
		j.recordFailure(err)
	}
	if answered := j.answer(); answered != nil {
		return answered
	}
	return told
}

// attended runs with a line of progress, if a person is looking.
func (j *job) attended(ctx context.Context) error {
	if !j.cmd.Quiet {
		var stop func()
		j.progress, stop = startProgress(j.term)
		defer stop()
	}
	return j.run(ctx)
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
	j.steps = []step{j.listInputs, j.readInputs, j.readHistory, j.guard, j.readNotes, j.makePlan, j.makeReport, j.publish}
	return s.needPartner(j.catalogue)
}

// A step is one part of a run; it fails with the exit code that stops the run.
type step func(context.Context) error

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
	runs     []output.Run
	previous *output.Run
	before   []reconcile.PreviousRow // what the previous run planned
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
		if err := step(ctx); err != nil {
			if errors.Is(err, context.Canceled) {
				return interrupted(err)
			}
			return err
		}
	}
	j.complete = true
	return nil
}

func interrupted(err error) error {
	return fail(exitInterrupted, fmt.Errorf("interrupted: %w", err), "Nothing was published; the last plan stands. Run again to start over.")
}

func internalFault(err error) error {
	return fail(exitInternal, err, "Nothing was published; the last plan stands. Please report this with run.json of the failed folder.")
}

func lockFailure(err error, dir string) error {
	if errors.Is(err, output.ErrBusy) {
		return fail(exitBusy, err, "wait until it has finished; nothing was changed")
	}
	if errors.Is(err, output.ErrOpenFolder) {
		return fail(exitOutput, err, fmt.Sprintf("Take that right away (chmod o-w %s), or name another folder in output.dir.", dir))
	}
	return fail(exitOutput, err, fmt.Sprintf("check that %s can be written", dir))
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
		return j.noRoom()
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

func (j *job) makePlan(context.Context) error {
	j.readBefore()
	j.plan = reconcile.Build(j.planInputs())
	j.settlePlan()
	return nil
}

// readBefore gathers what a plan is made of beside the records.
func (j *job) readBefore() {
	j.progress.show("Planning", "rows", len(j.batch.Records))
	if j.previous != nil {
		var err error
		j.before, err = output.ReadPlanned(j.dir, j.previous.ID)
		if err != nil {
			j.warn(output.RunWarning{Code: "history-damaged", Text: err.Error()})
		}
	}
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
		Dir: j.dir, Report: j.report, Records: j.batch.Records, Headers: j.headers(), Notes: j.notes, Run: j.record,
		Newest: j.newestAsOf(), Before: j.newestOutputs(), Calendars: j.settings.Output.Calendars, SplitBy: j.settings.Output.SplitBy, Paper: j.settings.Output.Paper, ProtectLists: j.settings.Output.ProtectLists,
		FallbackFont: j.settings.resolve(j.settings.Output.FontFallback), Progress: j.progress.writing(), MailFolder: j.settings.Mail.Folder,
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

func totalsFailure(err error, folder string) error {
	return fail(exitTotals, err, fmt.Sprintf("Nothing was published. The reports are in %s, marked \"do not use\".\nThe current copies were not replaced. Send run.json of that folder to whoever maintains cspplan.", folder))
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

// exitWord names the cause without any content of the files.
func exitWord(err error) string {
	var f *failure
	if errors.As(err, &f) && f.word != "" {
		return f.word
	}
	return map[int]string{
		exitUsage: "usage", exitInput: "input", exitTotals: "control-totals", exitOutput: "output",
		exitBusy: "busy", exitInternal: "internal", exitInterrupted: "interrupted",
	}[exitCode(err)]
}

func (j *job) warn(w output.RunWarning) { j.record.Warnings = append(j.record.Warnings, w) }

// answer prints what a person or a program asked for. It comes after the log's
// last line, so that the answer ends what is seen.
func (j *job) answer() error {
	if !j.cmd.JSON {
		j.printSummary()
		return nil
	}
	enc := json.NewEncoder(j.term.Out)
	enc.SetIndent("", "  ")
	if err := enc.Encode(j.record); err != nil {
		return fmt.Errorf("printing run.json: %w", err)
	}
	return nil
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
