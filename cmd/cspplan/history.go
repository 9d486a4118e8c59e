package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"cspplan/output"
	"cspplan/output/mail"
)

type historyCmd struct {
	Config string `short:"c" help:"Settings file (default: ./cspplan.yaml if it exists)." placeholder:"FILE"`
	Output string `help:"Folder of the plans, instead of output.dir." placeholder:"DIR"`
	Last   int    `default:"10" help:"How many runs."`
	JSON   bool   `name:"json" help:"Each run's run.json, oldest first."`
}

// Run lists past runs in the order of their start, the failed ones with the
// folder they left and the first line of why.
func (c *historyCmd) Run(term terminal) error {
	s, err := loadSettings(c.Config)
	if err != nil {
		return err
	}
	dir := s.resolve(s.Output.Dir)
	if c.Output != "" {
		dir = c.Output
	}
	runs, err := output.Runs(dir)
	if err != nil {
		fmt.Fprintf(term.Err, "cspplan: left out: %v\n", err)
	}
	failed, err := output.FailedRuns(dir)
	if err != nil {
		fmt.Fprintf(term.Err, "cspplan: left out: %v\n", err)
	}
	all := append(append([]output.Run{}, runs...), failed...)
	slices.SortStableFunc(all, func(a, b output.Run) int { return a.Started.Compare(b.Started) })
	all = all[max(0, len(all)-max(0, c.Last)):]
	if c.JSON {
		enc := json.NewEncoder(term.Out)
		return enc.Encode(all)
	}
	if len(all) == 0 {
		fmt.Fprintf(term.Out, "No run stands in %s.\n", dir)
		return nil
	}
	w := tabwriter.NewWriter(term.Out, 0, 0, 3, ' ', 0)
	fmt.Fprintln(w, "started (UTC)\tas at\trun\ttook\trows\trejected\twarnings\texit\tfolder")
	for _, r := range all {
		where := filepath.Join(dir, r.Folder)
		if r.Exit != exitOK {
			why, _, _ := strings.Cut(r.Error, "\n")
			where = filepath.Join(dir, "failed", r.Folder) + "   " + why
		}
		historyLine(w, r, where)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	mailWaits(term.Out, mail.NewOutbox(dir))
	return nil
}

// mailWaits says below the runs that somebody has not been told of some.
func mailWaits(w io.Writer, box *mail.Outbox) {
	entries, _ := box.Entries() // what cannot be read is the business of `cspplan mail`
	waiting := 0
	for _, e := range entries {
		if e.State == mail.StateWaiting {
			waiting++
		}
	}
	if waiting > 0 {
		fmt.Fprintf(w, "The mail of %d runs waits: `cspplan mail` lists it, `cspplan mail --send` sends it.\n", waiting)
	}
}

func historyLine(w *tabwriter.Writer, r output.Run, where string) {
	rows := 0
	for _, in := range r.Inputs {
		rows += in.Rows
	}
	fmt.Fprintf(w, "%s\t%s\t%s\t%.1f s\t%d\t%d\t%d\t%d\t%s\n", r.Started.UTC().Format("2006-01-02 15:04:05"), r.AsOf, r.ID,
		r.Seconds, rows, r.Counts.Outcomes["rejected"], len(r.Warnings), r.Exit, where)
}
