package main

import (
	_ "embed"
	"fmt"
	"io"
	"strings"

	"cspplan/input"
	"cspplan/output/mail"
)

// settingsHelp is every key of the settings with its default, as in the README.
//
//go:embed help/settings.txt
var settingsHelp string

//go:embed help/schedule.txt
var scheduleHelp string

//go:embed help/shards.txt
var shardsHelp string

//go:embed help/letters.txt
var lettersHelp string

//go:embed help/mail.txt
var mailHelp string

type helpCmd struct {
	Topic string `arg:"" optional:"" enum:"settings,formats,exit-codes,schedule,shards,letters,mail," default:"" help:"settings, formats, exit-codes, schedule, shards, letters or mail."`
}

// helpTopics are what `help` tells beyond the commands' own --help.
var helpTopics = []struct {
	name, what string
	print      func(io.Writer)
}{
	{"settings", "every key of cspplan.yaml with its default", func(w io.Writer) { io.WriteString(w, settingsHelp) }},
	{"formats", "the exports that are read, and the fields that headings stand for", printFormats},
	{"exit-codes", "what each exit code means, and what was written", printExitCodes},
	{"schedule", "how to run it every night: systemd, Windows, macOS, Kubernetes, cron", func(w io.Writer) { io.WriteString(w, scheduleHelp) }},
	{"shards", "how several machines plan together: GNU parallel, Slurm, Kubernetes", func(w io.Writer) { io.WriteString(w, shardsHelp) }},
	{"letters", "who gets a letter, in which language; calendars of owners", func(w io.Writer) { io.WriteString(w, lettersHelp) }},
	{"mail", "how the mail is sent, where the password comes from, why a mail is not sent", printMailHelp},
}

// Run prints one topic, or the list of them.
func (c *helpCmd) Run(term terminal) error {
	for _, t := range helpTopics {
		if t.name == c.Topic {
			t.print(term.Out)
			return nil
		}
	}
	fmt.Fprintln(term.Out, "Topics (cspplan help TOPIC); cspplan COMMAND --help tells of a command:")
	for _, t := range helpTopics {
		fmt.Fprintf(term.Out, "  %-12s %s\n", t.name, t.what)
	}
	return nil
}

func printFormats(w io.Writer) {
	fmt.Fprintf(w, `Kinds, told from the bytes: CSV and TSV (comma, semicolon, tab, bar; UTF-8, UTF-16 or a code page), XLSX and XLSM,
each also inside .gz and .zip.

Layouts, told from the heading row:
  %s

Fields that a heading may stand for, in fifteen languages, and that settings name (inputs: [{match: …, columns: {field: heading}}]):
  %s
`, wrapped(input.Layouts()), wrapped(input.Fields()))
}

// wrapped sets words into indented lines.
func wrapped(words []string) string {
	var b strings.Builder
	width := 0
	for i, word := range words {
		switch {
		case i == 0:
		case width+len(word) > 110:
			b.WriteString("\n  ")
			width = 0
		default:
			b.WriteByte(' ')
		}
		b.WriteString(word)
		width += len(word) + 1
	}
	return b.String()
}

func printMailHelp(w io.Writer) {
	io.WriteString(w, mailHelp)
	for _, r := range mail.Reasons {
		fmt.Fprintf(w, "   %-22s %s\n", r.Word, r.Meaning)
	}
}

func printExitCodes(w io.Writer) {
	for _, c := range exitCodes {
		fmt.Fprintf(w, "%4d  %s\n", c.code, c.meaning)
	}
}
