package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"cspplan/output"
)

type scheduleCmd struct {
	Config  string `short:"c" help:"Settings file (default: ./cspplan.yaml if it exists)." placeholder:"FILE"`
	OnceNow bool   `name:"once-now" help:"Run once at the start, then by the schedule."`
}

// Run calls the same run as `cspplan run` whenever the settings' cron
// expression falls due, until it is stopped. A run that fails does not end the
// schedule.
func (c *scheduleCmd) Run(ctx context.Context, term terminal) error {
	s, err := loadSettings(c.Config)
	w := &watch{config: c.Config, term: term, log: newPlainLog(&s, term.Err), pause: sleep, program: run}
	if err == nil {
		err = w.begin(&s)
	}
	if err != nil {
		return tell(w.log, &s, term, "settings cannot be used", err)
	}
	w.last = w.start(&s)
	w.announce()
	if c.OnceNow {
		w.run(ctx)
	}
	return w.keep(ctx)
}

const (
	// lookEvery is how often the clock on the wall is read: a timer alone
	// stands still while the machine sleeps, and knows nothing of a clock that
	// was set.
	lookEvery = 30 * time.Second
	// lateAfter is how late a run may start before it counts as missed.
	lateAfter = 10 * time.Minute
	// setBack is how far the clock must jump back before the schedule starts
	// over from there; less is a correction.
	setBack = 25 * time.Hour
	// stopLimit is how long a stopped schedule waits for the run under way.
	stopLimit = time.Minute
)

// A watch looks at the clock and starts the runs that fall due, one at a time.
// It does not use the cron package's own loop: that one forgets what was due
// while the machine slept or the program was down, and once its clock has been
// set far ahead it waits for that day.
type watch struct {
	config    string
	term      terminal
	log       *slog.Logger
	pause     func(context.Context, time.Duration)
	program   func(ctx context.Context, args []string, term terminal) (code int) // what falls due
	table     timetable
	cron      string    // expression and zone that table was made of
	catchUp   bool      // make up what was missed
	last      time.Time // instant up to which due times are settled
	mailTried time.Time // when unsent mail was last tried between runs
	broken    string    // why the settings cannot be read now, said once
	waits     bool      // a run fell due since, and is tried again once they can be read
}

// now is the time on the wall. Without its monotonic reading, which stands
// still while the machine sleeps and does not notice a clock that was set.
func (w *watch) now() time.Time { return w.term.Now().Round(0) }

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// begin refuses settings with which no night would have a plan, and takes the others.
func (w *watch) begin(s *Settings) error {
	if err := w.take(s); err != nil {
		return usage(err, "see schedule in the settings")
	}
	f, err := s.loadFacts()
	if err != nil {
		return nil // a file that is missing now may be there tonight
	}
	return s.needPartner(f.catalogue)
}

// take uses the schedule of the settings.
func (w *watch) take(s *Settings) error {
	table, err := s.timetable()
	if err != nil {
		return err
	}
	w.table, w.catchUp = table, s.Schedule.CatchUp
	w.cron = s.Schedule.Cron + " " + s.Schedule.Timezone
	return nil
}

// start is the instant after which due times count: that of the last run, good
// or failed, so that what fell due since is made up; else now.
func (w *watch) start(s *Settings) time.Time {
	now := w.now()
	if !s.Schedule.CatchUp {
		return now
	}
	dir := s.resolve(s.Output.Dir)
	good, _ := output.Runs(dir)
	failed, _ := output.FailedRuns(dir)
	var newest time.Time
	for _, r := range append(good, failed...) {
		if r.Started.After(newest) {
			newest = r.Started
		}
	}
	if newest.IsZero() || newest.After(now) {
		return now
	}
	return newest
}

// announce prints the next runs and what clock changes do to them.
func (w *watch) announce() {
	next := w.now()
	fmt.Fprintf(w.term.Out, "Schedule %s. Next runs:\n", w.cron)
	for range 3 {
		next = w.table.next(next)
		fmt.Fprintf(w.term.Out, "  %s\n", next.Format("Mon 2006-01-02 15:04 MST"))
	}
	now := w.now()
	for _, change := range w.table.changes(now, now.AddDate(2, 0, 0)) {
		fmt.Fprintf(w.term.Out, "  clock change: %s\n", change)
	}
}

// keep starts what falls due until ctx ends.
func (w *watch) keep(ctx context.Context) error {
	for ctx.Err() == nil {
		w.reload()
		now := w.now()
		if now.Before(w.last.Add(-setBack)) {
			w.log.Warn("clock set back", "from", w.last.UTC().Format(time.RFC3339))
			w.last = now
		}
		due := w.table.next(w.last)
		switch late := now.Sub(due); {
		case late < 0:
			w.retryMail(ctx)
			w.pause(ctx, min(-late, lookEvery))
		case w.waits && w.broken != "":
			w.pause(ctx, lookEvery)
		case late > lateAfter && !w.catchUp:
			w.log.Warn("run missed", "due", due.UTC().Format(time.RFC3339), "made_up", false)
			w.last = now
		default:
			if late > lateAfter {
				w.log.Warn("run missed", "due", due.UTC().Format(time.RFC3339), "made_up", true)
			}
			settled := w.last
			w.run(ctx)
			if w.waits = w.broken != "" && w.catchUp; w.waits { // it could but fail
				w.last = settled
			}
		}
	}
	w.log.Info("schedule stopped")
	return nil
}

// reload takes changed settings; as long as they cannot be read, the schedule
// known so far stands.
func (w *watch) reload() {
	s, err := loadSettings(w.config)
	if err == nil {
		w.log = newPlainLog(&s, w.term.Err)
		was := w.cron
		if err = w.take(&s); err == nil && w.cron != was {
			w.last = w.now()
			w.announce()
		}
	}
	said := ""
	if err != nil {
		said = err.Error()
	}
	if said != "" && said != w.broken {
		if err := tell(w.log, &s, w.term, "settings cannot be used", err); !errors.Is(err, errQuiet) {
			printError(w.term.Err, err)
		}
	}
	w.broken = said
}

// run does one run, as `cspplan run` does, and settles all that fell due before
// its end. A run that does not end in time after the schedule was stopped is
// left behind; its work folder is cleared by the next one.
func (w *watch) run(ctx context.Context) {
	args := []string{"run"}
	if w.config != "" {
		args = append(args, "-c", w.config)
	}
	done := make(chan int, 1)
	go func() { done <- w.program(ctx, args, w.term) }()
	select {
	case <-done:
	case <-ctx.Done():
		select {
		case <-done:
		case <-time.After(stopLimit):
			w.log.Error("run left behind: it did not end in time")
		}
	}
	from := w.last
	w.last = w.now()
	if second := w.table.next(w.table.next(from)); !second.After(w.last) {
		w.log.Warn("run skipped", "due", second.UTC().Format(time.RFC3339), "why", "one run stands for all that fell due before its end")
	}
}
