// Command cspplan plans the move of Microsoft customers to the CSP programme:
// it reads exported subscription spreadsheets and writes migration plans in
// order of expiry. This file holds the command line; each command stands in a
// file of its own.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"
	_ "time/tzdata" // Windows and bare containers have no zone database

	"github.com/alecthomas/kong"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	code := run(ctx, os.Args[1:], terminal{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Now: time.Now})
	stop()
	os.Exit(code)
}

// A terminal is what a command talks to: answers go to Out, progress, warnings
// and the log to Err. Now is asked at the start of a command, and by what a
// person watches.
type terminal struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
	Now func() time.Time
}

type commandLine struct {
	Init     initCmd     `cmd:"" help:"Write a folder that works at once: settings, example exports, a price list, a customer register."`
	Run      runCmd      `cmd:"" help:"Read the exports and write tonight's plan."`
	Merge    mergeCmd    `cmd:"" help:"Write the plan that shards (run --shard K/N) have made together."`
	Check    checkCmd    `cmd:"" help:"Say what is understood of each file. Writes nothing."`
	Cat      catCmd      `cmd:"" help:"Print every row of a file as it is read, before any meaning (JSON Lines)."`
	Match    matchCmd    `cmd:"" help:"Match offer titles, from arguments or one a line on standard input."`
	Explain  explainCmd  `cmd:"" help:"Tell the whole story of a subscription or a customer."`
	Schedule scheduleCmd `cmd:"" help:"Run by the settings' cron expression until stopped."`
	History  historyCmd  `cmd:"" help:"List past runs."`
	Mail     mailCmd     `cmd:"" help:"List the mail that could not be sent, send it, or send a trial."`
	Catalog  catalogCmd  `cmd:"" help:"Print the offers it knows, or with --rules the rules."`
	Version  versionCmd  `cmd:"" help:"Print the version and the dates of the embedded tables."`
	Help     helpCmd     `cmd:"" help:"Tell about settings, formats, exit codes, or how to run it every night."`

	Generate   generateCmd   `cmd:"" hidden:"" help:"Write a folder with made-up exports of any size."`
	Completion completionCmd `cmd:"" help:"Print what a shell needs to complete commands and flags."`

	profiles
}

const description = `Plans the move of Microsoft customers to CSP: reads exported spreadsheets, writes an Excel and a PDF plan in order of expiry.

Start with:   cspplan init demo && cd demo && cspplan run

More:   cspplan help settings   cspplan help formats   cspplan help exit-codes   cspplan help schedule   cspplan help mail`

// errHelp ends parsing after --help was printed.
var errHelp = errors.New("help printed")

// run is the whole program; it returns the exit code.
func run(ctx context.Context, args []string, term terminal) (code int) {
	term, flush := term.plain()
	defer flush()
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(term.Err, "cspplan: internal fault: %v\n  Nothing was published; the last plan stands. Please report this with the command line.\n", r)
			code = exitInternal
		}
	}()
	err := dispatch(ctx, args, term)
	if errors.Is(err, errHelp) {
		return exitOK
	}
	if err != nil {
		printError(term.Err, err)
	}
	return exitCode(err)
}

func dispatch(ctx context.Context, args []string, term terminal) error {
	collecting, paging := gatherGarbage(), useHugePages(leastHuge) // before the command line fills the heap that the collector begins with
	stop := sync.OnceFunc(func() { collecting(); paging() })
	defer stop()
	var cli commandLine
	helped := false
	parser, err := kong.New(&cli,
		kong.Name("cspplan"), kong.Description(description), kong.UsageOnError(),
		kong.Writers(term.Out, term.Err), kong.Exit(func(int) { helped = true }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(term),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		return fmt.Errorf("building the command line: %w", err)
	}
	completes(parser)
	if helped { // a shell has its answer, and must get nothing else
		return errHelp
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if helped {
		return errHelp
	}
	if err != nil {
		return usage(err, "cspplan --help lists every command; cspplan COMMAND --help its flags")
	}
	if command.Command() == "schedule" { // it waits for days; each run that it calls comes here, too
		stop()
	}
	return cli.around(func() error { return command.Run() })
}

// printError says what went wrong in one sentence, then what to do.
func printError(w io.Writer, err error) {
	var f *failure
	if !errors.As(err, &f) {
		fmt.Fprintf(w, "cspplan: %v\n", err)
		return
	}
	if errors.Is(err, errQuiet) {
		return
	}
	fmt.Fprintf(w, "cspplan: %v\n", f.err)
	if f.found != "" && screen(w) {
		fmt.Fprintf(w, "  %s\n", f.found)
	}
	lines := strings.Split(strings.TrimRight(f.hint, "\n"), "\n")
	for i, line := range lines {
		if line == "" {
			continue
		}
		end := ""
		if i == len(lines)-1 {
			end = "   "
			if f.word != "" {
				end += f.word + ", "
			}
			end += fmt.Sprintf("Exit %d.", f.code)
		}
		fmt.Fprintf(w, "  %s%s\n", line, end)
	}
}

// errQuiet is an exit code whose reason has been printed already.
var errQuiet = errors.New("see above")

func quiet(code int) error { return &failure{code: code, err: errQuiet} }
