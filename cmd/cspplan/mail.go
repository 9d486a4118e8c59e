package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"cspplan/output/mail"
	"cspplan/report"
)

type mailCmd struct {
	Config string `short:"c" help:"Settings file (default: ./cspplan.yaml if it exists)." placeholder:"FILE"`
	Output string `help:"Folder of the plans, instead of output.dir." placeholder:"DIR"`
	Test   bool   `help:"Send a trial mail to everybody in mail.to." xor:"do"`
	Send   bool   `help:"Send now what could not be sent." xor:"do"`
}

// Run lists the mail that could not be sent, sends it, or sends a trial.
func (c *mailCmd) Run(ctx context.Context, term terminal) error {
	s, err := loadSettings(c.Config)
	if err != nil {
		return err
	}
	dir := s.resolve(s.Output.Dir)
	if c.Output != "" {
		dir = c.Output
	}
	if !c.Test && !c.Send {
		return listMail(term.Out, mail.NewOutbox(dir))
	}
	if !s.Mail.sends() {
		return usage(fmt.Errorf("no mail is sent: mail.smtp.host is not set"), "cspplan help mail shows what to write into the settings")
	}
	courier := s.courier(dir, term.Now, nil)
	if c.Test {
		return testMail(ctx, term, &s, courier)
	}
	outcomes, fault := courier.Deliver(ctx)
	return answerMail(term.Out, outcomes, fault)
}

// testMail tries the settings: one mail, one try, and what the server said.
func testMail(ctx context.Context, term terminal, s *Settings, courier *mail.Courier) error {
	text, err := report.LoadTexts(s.Output.Language)
	if err != nil {
		return err
	}
	id := "trial-" + term.Now().UTC().Format("20060102T150405.000Z")
	o := courier.SendNow(ctx, id, text.Label("mail.test_subject")+"\n\n"+text.Label("mail.test_body")+"\n")
	if o.Accepted > 0 {
		secured := o.Secured
		if secured == "" {
			secured = "without TLS"
		}
		fmt.Fprintf(term.Out, "Sent to %d recipients by %s, %s.\n", o.Accepted, s.Mail.SMTP.Host, secured)
	}
	if o.Failure == nil {
		return nil
	}
	return &failure{code: exitOutput, err: fmt.Errorf("%w: %w", errUnsent, o.Failure), hint: "Mend mail in the settings and try again.", word: o.Failure.Reason}
}

// answerMail says what was sent and what was not.
func answerMail(w io.Writer, outcomes []mail.Outcome, fault error) error {
	lines := mailLines(outcomes, fault, true)
	if len(lines) == 0 {
		lines = []string{"No mail waits."}
	}
	fmt.Fprintln(w, strings.Join(lines, "\n"))
	for _, o := range outcomes {
		if o.Failure != nil {
			return quiet(exitOutput)
		}
	}
	if fault != nil {
		return quiet(exitOutput)
	}
	return nil
}

// listMail lists the mail that has not reached everybody.
func listMail(w io.Writer, box *mail.Outbox) error {
	entries, fault := box.Entries()
	table := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	n := 0
	for _, e := range entries {
		if e.State == mail.StateSent && e.Reason == "" {
			continue
		}
		if n++; n == 1 {
			fmt.Fprintln(table, "run\tas at\tstate\ttries\tlast (UTC)\treason")
		}
		last := ""
		if !e.Last.IsZero() {
			last = e.Last.Format("2006-01-02 15:04:05")
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\t%s\n", e.Folder, e.AsOf, e.State, e.Tries, last, e.Reason)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if n == 0 {
		fmt.Fprintln(w, "No mail waits.")
	}
	if fault != nil {
		return fail(exitOutput, fault, "Remove these files; their mail is not sent.")
	}
	return nil
}
