package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"cspplan/output/mail"
)

// A mailbox takes mail on this machine, without TLS. What a server may do
// wrong is tried in package mail.
type mailbox struct {
	listen net.Listener
	port   int

	mu   sync.Mutex
	got  []string // texts
	deny string   // answer to a login, which it repeats; empty: any is welcome
}

func openMailbox(t *testing.T) *mailbox {
	t.Helper()
	listen, err := net.Listen("tcp", "127.0.0.1:0")
	noError(t, err)
	m := &mailbox{listen: listen, port: listen.Addr().(*net.TCPAddr).Port}
	go func() {
		for {
			conn, err := listen.Accept()
			if err != nil {
				return
			}
			go m.take(conn)
		}
	}()
	t.Cleanup(func() { listen.Close() })
	return m
}

func (m *mailbox) take(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewScanner(conn)
	say := func(line string) { fmt.Fprintf(conn, "%s\r\n", line) }
	say("220 mailbox")
	var text strings.Builder
	inText := false
	for in.Scan() {
		line := in.Text()
		switch {
		case inText && line == ".":
			inText = false
			m.mu.Lock()
			m.got = append(m.got, text.String())
			m.mu.Unlock()
			text.Reset()
			say("250 ok")
		case inText:
			text.WriteString(line + "\n")
		case strings.HasPrefix(line, "DATA"):
			inText = true
			say("354 go on")
		case strings.HasPrefix(line, "EHLO"):
			say("250-mailbox\r\n250 AUTH PLAIN")
		case strings.HasPrefix(line, "AUTH") && m.deny != "":
			say(m.deny + " " + line)
		case strings.HasPrefix(line, "AUTH"):
			say("235 ok")
		default:
			say("250 ok")
		}
	}
}

func (m *mailbox) texts() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.got
}

const mailCanary = "kanary-7Passwort"

// mailingFolder can be planned, and sends its mail to a mailbox.
func mailingFolder(t *testing.T, port int, more string) {
	t.Helper()
	oneGoodFile(t)
	waits := mail.Waits
	mail.Waits = nil
	t.Cleanup(func() { mail.Waits = waits })
	t.Setenv("TEST_SMTP_PASSWORD", mailCanary)
	put(t, "cspplan.yaml", fmt.Sprintf(`partner: {country: IT}
inputs: [{match: none}]
mail: {to: [Anna <anna@cirrus.example>, finance@cirrus.example], %s
  smtp: {host: 127.0.0.1, port: %d, tls: none, from: plan@cirrus.example, user: bot, password_env: TEST_SMTP_PASSWORD}}
`, more, port))
}

// A run sends its mail once, and the log names nobody.
func TestRunSendsMailOnce(t *testing.T) {
	box := openMailbox(t)
	mailingFolder(t, box.port, `folder: '\\srv\csp\plans', attach: pdf,`)
	code, out, log := command(t, "run", "--input", "a.csv")
	if code != exitOK || !strings.Contains(out, "sent to 2 recipients") || !strings.Contains(log, `msg="mail sent" run=2026-11-23-`) {
		t.Fatalf("exit %d\n%s\n%s", code, out, log)
	}
	if last := strings.LastIndex(log, `msg="run finished"`); last < strings.LastIndex(log, `msg="mail sent"`) || strings.Contains(log, "cirrus") {
		t.Errorf("log:\n%s", log)
	}
	got := box.texts()
	if len(got) != 1 {
		t.Fatalf("%d mails", len(got))
	}
	for _, want := range []string{"Subject: CSP plan 23 Nov 2026: expire in 30 days 0", `\\srv\csp\plans\csp-plan.xlsx`, "csp-plan-2026-11-23.pdf", "anna@cirrus.example"} {
		if !strings.Contains(strings.ReplaceAll(got[0], "=\n", ""), want) {
			t.Errorf("the mail lacks %q:\n%.2000s", want, got[0])
		}
	}
	if code, _, _ := command(t, "run", "--input", "a.csv"); code != exitOK || len(box.texts()) != 1 {
		t.Errorf("again: exit %d, %d mails", code, len(box.texts()))
	}
}

// Runs that are no news send nothing.
func TestRunsWithoutMail(t *testing.T) {
	box := openMailbox(t)
	mailingFolder(t, box.port, "")
	for _, args := range [][]string{{"--dry-run"}, {"--no-mail"}, {"--as-of", "2026-11-20"}} {
		if code, _, errs := command(t, append([]string{"run", "--input", "a.csv"}, args...)...); code != exitOK || len(box.texts()) > 0 {
			t.Errorf("%v: exit %d, %d mails\n%s", args, code, len(box.texts()), errs)
		}
	}
}

// A server that is down costs a warning; the next run sends both mails.
func TestUnsentMailWaits(t *testing.T) {
	box := openMailbox(t)
	mailingFolder(t, box.port, "")
	box.listen.Close()
	code, out, log := command(t, "run", "--input", "a.csv")
	if code != exitOK || !strings.Contains(out, "NOT sent: unreachable; the next run tries again") || !strings.Contains(log, "exit=0 warnings=1") ||
		!strings.Contains(log, `msg="mail not sent" run=2026-11-23-`) || !strings.Contains(log, "reason=unreachable") {
		t.Fatalf("exit %d\n%s\n%s", code, out, log)
	}
	if _, out, _ := command(t, "history"); !strings.Contains(out, "The mail of 1 runs waits") {
		t.Errorf("history:\n%s", out)
	}
	if code, out, _ := command(t, "mail"); code != exitOK || !strings.Contains(out, "waiting   1") || !strings.Contains(out, "unreachable") {
		t.Errorf("mail: exit %d\n%s", code, out)
	}
	if code, _, _ := command(t, "run", "--input", "a.csv", "--strict"); code != exitWarnings {
		t.Errorf("--strict: exit %d, want 1", code)
	}
	open := openMailbox(t)
	settings, err := os.ReadFile("cspplan.yaml")
	noError(t, err)
	put(t, "cspplan.yaml", strings.Replace(string(settings), fmt.Sprint(box.port), fmt.Sprint(open.port), 1))
	if code, _, errs := command(t, "run", "--input", "a.csv", "--as-of", "2026-11-24"); code != exitOK {
		t.Fatalf("exit %d\n%s", code, errs)
	}
	got := open.texts()
	if len(got) != 2 || !strings.Contains(got[0], "CSP plan 24 Nov 2026: no change") || !strings.Contains(got[1], "CSP plan 23 Nov 2026: expire") {
		t.Errorf("%d mails: %q", len(got), got)
	}
	if _, out, _ := command(t, "mail"); !strings.Contains(out, "No mail waits.") {
		t.Errorf("mail: %s", out)
	}
}

// The mail of a failed run goes out, also when nothing can be written.
func TestFailedRunSendsMail(t *testing.T) {
	box := openMailbox(t)
	mailingFolder(t, box.port, "")
	if code, _, errs := command(t, "run", "--input", "a.csv", "--as-of", "2026-11-22", "--no-mail"); code != exitOK {
		t.Fatal(errs)
	}
	put(t, "bad.csv", "Nothing,here\n1,2\n")
	if code, _, _ := command(t, "run", "--input", "bad.csv"); code != exitInput {
		t.Fatalf("exit %d", code)
	}
	noError(t, os.RemoveAll("plans/failed"))
	put(t, "plans/failed", "in the way")
	if code, _, _ := command(t, "run", "--input", "bad.csv"); code != exitInput {
		t.Fatalf("exit %d", code)
	}
	got := box.texts()
	if len(got) != 2 {
		t.Fatalf("%d mails", len(got))
	}
	for _, text := range got {
		text = strings.ReplaceAll(text, "=\n", "")
		for _, want := range []string{"CSP plan 23 Nov 2026: NOT WRITTEN (input", "bad.csv", "The last good plan stands, as at 22 Nov 2026: plans/2026-11-22-"} {
			if !strings.Contains(text, want) {
				t.Errorf("the mail lacks %q:\n%s", want, text)
			}
		}
	}
	if !strings.Contains(got[0], "plans/failed/2026-11-23T031500Z/run.json") {
		t.Errorf("no folder:\n%s", got[0])
	}
}

// A run that is stopped leaves its mail to the next one.
func TestStoppedRunLeavesMail(t *testing.T) {
	box := openMailbox(t)
	mailingFolder(t, box.port, "")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errs strings.Builder
	code := run(ctx, []string{"run", "--input", "a.csv"}, terminal{In: strings.NewReader(""), Out: &out, Err: &errs, Now: time.Now})
	if code != exitInterrupted || len(box.texts()) > 0 || !strings.Contains(errs.String(), "reason=stopped") {
		t.Errorf("exit %d, %d mails\n%s", code, len(box.texts()), errs.String())
	}
	if code, _, errs := command(t, "mail", "--send"); code != exitOK || len(box.texts()) != 1 {
		t.Errorf("afterwards: exit %d, %d mails\n%s", code, len(box.texts()), errs)
	}
}

// The password is nowhere but in the conversation, also when the server repeats
// it.
func TestPasswordIsNowhere(t *testing.T) {
	box := openMailbox(t)
	box.deny = "535 no"
	mailingFolder(t, box.port, "")
	settings, err := os.ReadFile("cspplan.yaml")
	noError(t, err)
	put(t, "cspplan.yaml", string(settings)+"log: {level: debug}\n")
	told := ""
	for _, args := range [][]string{{"run", "--input", "a.csv", "--verbose"}, {"run", "--input", "a.csv", "--json"}, {"mail"}, {"mail", "--test"}, {"mail", "--send"},
		{"history"}, {"history", "--json"}, {"check", "a.csv"}, {"explain", "Caffè Aurora"}} {
		code, out, errs := command(t, args...)
		told += fmt.Sprint(args, code, "\n", out, errs)
	}
	if !strings.Contains(told, "login-refused") {
		t.Fatalf("no login was refused:\n%s", told)
	}
	err = filepath.WalkDir("plans", func(path string, d os.DirEntry, err error) error {
		if b, err := os.ReadFile(path); err == nil {
			told += string(b)
		}
		return err
	})
	noError(t, err)
	for _, bad := range []string{mailCanary, "a2FuYXJ5LTdQYXNzd29ydA", "AGJvdABrYW5hcnktN1Bhc3N3b3J0"} { // as it is, and as logins encode it
		if i := strings.Index(told, bad); i >= 0 {
			t.Errorf("the password is told: %.200q", told[max(0, i-100):])
		}
	}
}

// A password in the settings is refused, wherever it stands and however the file
// is spoilt, without being repeated.
func TestPasswordInSettings(t *testing.T) {
	const smtp = "host: smtp.example.com, from: a@b.example, user: bot"
	tests := []struct{ name, settings, says string }{
		{"under its name", "mail: {to: [a@b.example], smtp: {" + smtp + ", password: kanary}}", "line 2, mail.smtp.password: a password does not belong"},
		{"in quotes", `mail: {smtp: {"Password": kanary}}`, "does not belong"},
		{"as a block", "mail:\n  smtp:\n    password: |\n      kanary\n", "line 4, mail.smtp.password"},
		{"under another name", "mail: {smtp: {geheim: kanary}}", "line 2, mail.smtp.geheim: is not known here; known are host"},
		{"elsewhere", "secrets: {password: kanary}", "unknown field"},
		{"beside a typing error", "mail:\n  smtp:\n    password: kanary\n   host: [\n", ""},
		{"as a block beside a typing error", "mail:\n  smtp:\n    password: >\n      kanary\n   host: [\n", ""},
		{"beside an unknown key", "polcy: {}\nmail: {smtp: {passwort: kanary}}", "does not belong"},
		{"in place of the variable", "mail: {to: [a@b.example], smtp: {" + smtp + ", password_env: kanary-1}}", "write the name, such as CSPPLAN_SMTP_PASSWORD"},
		{"in the host", "mail: {to: [a@b.example], smtp: {host: 'smtp://bot:kanary@smtp.example.com', from: a@b.example}}", "mail.smtp.host: is no host name"},
		{"as the section", "mail: {smtp: kanary}", "mail.smtp: expected keys"},
		{"as a list", "mail: {smtp: {user: [kanary]}}", "mail.smtp.user: expected one text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			oneGoodFile(t)
			put(t, "cspplan.yaml", "partner: {country: IT}\n"+tt.settings+"\n")
			code, out, errs := command(t, "run", "--input", "a.csv")
			if code != exitUsage || !strings.Contains(errs, tt.says) || strings.Contains(out+errs, "kanary") {
				t.Errorf("exit %d, %s; want 2 and %q", code, errs, tt.says)
			}
		})
	}
}

// Faults of the mail settings are named with their key and a way out.
func TestMailSettings(t *testing.T) {
	tests := []struct{ mail, says string }{
		{"to: [anna]", `mail.to[0]: "anna" is no mail address; write it as`},
		{`to: ["a@b.example\r\nBcc: c@d.example"]`, "mail.to[0]"},
		{"to: [a@bücher.example], smtp: {host: h, from: a@b.example}", "xn--"},
		{"to: [a@b.example, A@B.example], smtp: {host: h, from: a@b.example}", "mail.to[1]: A@B.example stands there twice"},
		{"to: [a@b.example]", "without mail.smtp.host"},
		{"smtp: {host: h, from: a@b.example}", "mail.to: is empty"},
		{"to: [a@b.example], smtp: {host: h}", "mail.smtp.from: is empty"},
		{"to: [a@b.example], smtp: {host: h, from: a@b.example, tls: none}", "localhost"},
		{"to: [a@b.example], smtp: {host: h, from: a@b.example, tls: ssl}", "starttls, implicit, none"},
		{"to: [a@b.example], smtp: {host: h, from: a@b.example, port: 70000}", "mail.smtp.port"},
		{"to: [a@b.example], smtp: {host: h, from: a@b.example, timeout: 0}", "mail.smtp.timeout"},
		{"to: [a@b.example], smtp: {host: h, from: a@b.example, user: u}", "needs a password"},
		{"to: [a@b.example], smtp: {host: h, from: a@b.example, password_env: P}", "mail.smtp.user: is empty"},
		{"to: [a@b.example], smtp: {host: h, from: a@b.example, user: u, password_env: P, password_file: f}", "name one of them"},
		{"to: [a@b.example], names: false, attach: both, smtp: {host: h, from: a@b.example}", "mail.names is false"},
		{"attach: all", "none, pdf, workbook, both"},
		{"retry_days: 0", "mail.retry_days"},
		{"attach_most: 1GiB", "mail.attach_most"},
	}
	for _, tt := range tests {
		oneGoodFile(t)
		put(t, "cspplan.yaml", "partner: {country: IT}\nmail: {"+tt.mail+"}\n")
		if code, _, errs := command(t, "run", "--input", "a.csv"); code != exitUsage || !strings.Contains(errs, tt.says) {
			t.Errorf("%s: exit %d, %s; want 2 and %q", tt.mail, code, errs, tt.says)
		}
	}
}

// A server that is named keeps the defaults of what is not said of it.
func TestMailDefaults(t *testing.T) {
	s := defaults()
	noError(t, decodeSettings([]byte("mail: {to: [a@b.example], smtp: {host: h, from: a@b.example}}"), &s))
	if errs := s.check(); len(errs) > 0 {
		t.Fatal(errs)
	}
	c := s.courier("plans", time.Now, nil)
	if c.Server.TLS != mail.TLSStart || c.Server.Timeout != 30*time.Second || c.GiveUp != 7*24*time.Hour || !s.Mail.Names {
		t.Errorf("got %+v", c)
	}
}

func TestMailTest(t *testing.T) {
	box := openMailbox(t)
	mailingFolder(t, box.port, "")
	code, out, errs := command(t, "mail", "--test")
	if code != exitOK || !strings.Contains(out, "Sent to 2 recipients by 127.0.0.1, without TLS.") || len(box.texts()) != 1 {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	put(t, "cspplan.yaml", "partner: {country: IT}\n")
	if code, _, errs := command(t, "mail", "--test"); code != exitUsage || !strings.Contains(errs, "cspplan help mail") {
		t.Errorf("without a server: exit %d\n%s", code, errs)
	}
}

// A schedule tries again between its runs, once an hour.
func TestScheduleRetriesMail(t *testing.T) {
	box := openMailbox(t)
	mailingFolder(t, box.port, "")
	box.listen.Close()
	command(t, "run", "--input", "a.csv")
	open := openMailbox(t)
	settings, err := os.ReadFile("cspplan.yaml")
	noError(t, err)
	put(t, "cspplan.yaml", strings.Replace(string(settings), fmt.Sprint(box.port), fmt.Sprint(open.port), 1))
	now := time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC)
	s, err := loadSettings("")
	noError(t, err)
	var errs strings.Builder
	w := &watch{term: terminal{Out: &errs, Err: &errs, Now: func() time.Time { return now }}, log: newLog(&s, &errs)}
	for range 3 {
		w.retryMail(context.Background())
	}
	if len(open.texts()) != 1 || strings.Count(errs.String(), "mail sent") != 1 {
		t.Errorf("%d mails\n%s", len(open.texts()), errs.String())
	}
}
