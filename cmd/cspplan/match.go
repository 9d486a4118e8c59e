package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"cspplan/reconcile"
	"cspplan/report"
)

type matchCmd struct {
	Titles  []string `arg:"" optional:"" help:"Offer titles, or - for one a line on standard input (TITLE, TAB, PART NUMBER)." sep:"none"`
	Config  string   `short:"c" help:"Settings file; optional here." placeholder:"FILE"`
	AsOf    string   `name:"as-of" help:"Titles change their meaning: the day they were read. Default today." placeholder:"YYYY-MM-DD"`
	Segment string   `help:"commercial, education, charity or government." placeholder:"SEGMENT"`
	JSON    bool     `name:"json" help:"One JSON object a title, in input order."`
}

// Run matches titles: what is it, and what to buy.
func (c *matchCmd) Run(term terminal) error {
	s, err := loadSettings(c.Config)
	if err != nil {
		return err
	}
	asOf, err := asOfDate(c.AsOf, &s, term.Now())
	if err != nil {
		return err
	}
	segment, ok := reconcile.ParseSegment(c.Segment)
	if !ok {
		return usage(fmt.Errorf("--segment: %q is no segment", c.Segment), "use commercial, education, charity or government")
	}
	var f facts
	var text *report.Texts
	var textErr error
	reconcile.Together( // who asks for one title waits for little else
		func() { f, err = s.loadFacts() },
		func() { text, textErr = report.LoadTexts("en") },
	)
	if err := cmp.Or(err, textErr); err != nil {
		return err
	}
	for _, w := range f.warnings {
		fmt.Fprintln(term.Err, warningLine(w, nil, false))
	}
	f.catalogue.AddOwn(reconcile.Offered("price list", f.prices, asOf))
	matcher := reconcile.NewMatcher(f.catalogue, f.aliases, nil, asOf)
	w := bufio.NewWriter(term.Out)
	defer w.Flush()
	return c.eachTitle(term.In, func(title, part string) error {
		m := matcher.Match(reconcile.OfferQuery{Title: title, PartNumber: part, Segment: segment, At: asOf})
		if c.JSON {
			return printMatchJSON(w, text, title, part, m)
		}
		printMatch(w, text, title, m)
		return nil
	})
}

// eachTitle takes titles from the arguments, or from standard input where none
// or - is given.
func (c *matchCmd) eachTitle(in io.Reader, use func(title, part string) error) error {
	if len(c.Titles) > 0 && !(len(c.Titles) == 1 && c.Titles[0] == "-") {
		for _, t := range c.Titles {
			title, part, _ := strings.Cut(t, "\t")
			if err := use(title, part); err != nil {
				return err
			}
		}
		return nil
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		title, part, _ := strings.Cut(strings.TrimRight(lines.Text(), "\r"), "\t")
		if err := use(title, part); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return usage(fmt.Errorf("reading titles: %w", err), "give one title a line")
	}
	return nil
}
