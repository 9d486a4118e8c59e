package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
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
