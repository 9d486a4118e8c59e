package main

import (
	"context"
	"fmt"
	"time"

	"github.com/robfig/cron/v3"
)

type scheduleCmd struct {
	Config string `short:"c" help:"Settings file (default: ./cspplan.yaml if it exists)." placeholder:"FILE"`
}

// Run calls the same run as `cspplan run` whenever the settings' cron
// expression falls due, until it is stopped. A run under way is not started a
// second time, and a run that fails does not end the schedule.
func (c *scheduleCmd) Run(ctx context.Context, term terminal) error {
	s, err := loadSettings(c.Config)
	if err != nil {
		return err
	}
	loc, err := s.location()
	if err != nil {
		return usage(fmt.Errorf("schedule.timezone: %w", err), "use a name such as Europe/Rome")
	}
	when, err := parseCron(s.Schedule.Cron)
	if err != nil {
		return usage(fmt.Errorf("schedule.cron: %w", err), "five fields: minute hour day month weekday, for example 15 4 * * *")
	}
	next := term.Now().In(loc)
	fmt.Fprintln(term.Out, "Next runs:")
	for range 3 {
		if next = when.Next(next); next.IsZero() {
			return usage(fmt.Errorf("schedule.cron: %q never falls due", s.Schedule.Cron), "five fields: minute hour day month weekday")
		}
		fmt.Fprintf(term.Out, "  %s\n", next.Format("Mon 2006-01-02 15:04 MST"))
	}
	// Skip outside Recover: the other way round, a panic keeps the token and
	// the job never runs again.
	jobs := cron.New(cron.WithLocation(loc), cron.WithChain(cron.SkipIfStillRunning(cron.DiscardLogger), cron.Recover(cron.DefaultLogger)))
	jobs.Schedule(when, cron.FuncJob(func() {
		nightly := runCmd{Config: c.Config}
		if err := nightly.Run(ctx, term); err != nil {
			printError(term.Err, err)
		}
	}))
	jobs.Start()
	<-ctx.Done()
	select {
	case <-jobs.Stop().Done():
	case <-time.After(stopLimit):
	}
	return nil
}

// stopLimit is how long a stopped schedule waits for the run under way.
const stopLimit = time.Minute

// parseCron guards the parser, which panics on some malformed time zones; the
// zone has a key of its own.
func parseCron(expression string) (when cron.Schedule, err error) {
	defer func() {
		if r := recover(); r != nil {
			when, err = nil, fmt.Errorf("%q cannot be read", expression)
		}
	}()
	when, err = cron.ParseStandard(expression)
	if err != nil {
		return nil, fmt.Errorf("%q: %w", expression, err)
	}
	return when, nil
}
