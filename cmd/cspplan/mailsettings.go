package main

import (
	"errors"
	"fmt"
	netmail "net/mail"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"cspplan/output/mail"
)

// MailSettings is whom the mail text is for, and how it gets there. Without a
// server nothing is sent.
type MailSettings struct {
	To         []string     `yaml:"to" json:"-"`
	Names      bool         `yaml:"names" json:"names"`
	Folder     string       `yaml:"folder" json:"folder,omitempty"` // of the plans, as readers reach it
	Attach     string       `yaml:"attach" json:"-"`                // none, pdf, workbook, both
	AttachMost Size         `yaml:"attach_most" json:"-"`           // of all attachments together
	RetryDays  int          `yaml:"retry_days" json:"-"`            // for which an unsent mail is tried again
	SMTP       SMTPSettings `yaml:"smtp" json:"-"`
}

// SMTPSettings is the server that mail is handed to. The password is never here.
type SMTPSettings struct {
	Host         string `yaml:"host"`
	Port         int    `yaml:"port"` // 0: by tls
	TLS          string `yaml:"tls"`  // starttls, implicit, none
	From         string `yaml:"from"` // empty: user
	User         string `yaml:"user"` // empty: no login
	PasswordEnv  string `yaml:"password_env"`
	PasswordFile string `yaml:"password_file"`
	CAFile       string `yaml:"ca_file"`
	Timeout      int    `yaml:"timeout"` // seconds for each answer
}

func defaultMail() MailSettings {
	return MailSettings{Names: true, Attach: "none", AttachMost: 10 << 20, RetryDays: 7, SMTP: SMTPSettings{TLS: mail.TLSStart, Timeout: 30}}
}

// attachments are the files of a run that each word attaches.
var attachments = map[string][]string{
	"none": nil, "pdf": {"csp-plan.pdf"}, "workbook": {"csp-plan.xlsx"}, "both": {"csp-plan.xlsx", "csp-plan.pdf"},
}

// sends tells whether mail is to be sent at all.
func (m *MailSettings) sends() bool { return m.SMTP.Host != "" }

var (
	hostName     = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$|^[0-9A-Fa-f:.]+$`)
	variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
)

const (
	mostRecipients = 50
	mostTimeout    = 120 // seconds: what one run does about mail ends then
)

// check finds every fault at once. No message repeats a value of mail.smtp that
// may hold a password in the wrong place.
func (m *MailSettings) check() []error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf("mail."+format, args...)) }
	seen := map[string]bool{}
	for i, text := range m.To {
		a, err := mail.ParseAddress(text)
		switch {
		case err != nil:
			bad("to[%d]: %w", i, err)
		case seen[strings.ToLower(a.Address)]:
			bad("to[%d]: %s stands there twice", i, a.Address)
		default:
			seen[strings.ToLower(a.Address)] = true
		}
	}
	if len(m.To) > mostRecipients {
		bad("to: %d recipients are more than %d; use a distribution list", len(m.To), mostRecipients)
	}
	switch {
	case len(m.To) > 0 && !m.sends():
		bad("to: nothing can be sent without mail.smtp.host; name the server, or leave mail.to empty and let your scheduler mail plans/<run>/mail.txt")
	case len(m.To) == 0 && m.sends():
		bad("to: is empty, so mail.smtp has nobody to send to; name the recipients, for example to: [plans@example.com]")
	}
	if strings.ContainsAny(m.Folder, "\r\n") {
		bad("folder: holds a line end")
	}
	if _, known := attachments[m.Attach]; !known {
		bad("attach: %q is not one of none, pdf, workbook, both", m.Attach)
	} else if m.Attach != "none" && !m.Names {
		bad("attach: %s holds customers' names, and mail.names is false; attach none, or set names to true", m.Attach)
	}
	if m.AttachMost < 0 || m.AttachMost > 100<<20 {
		bad("attach_most: is not between 0 and 100MiB")
	}
	if m.RetryDays < 1 || m.RetryDays > 365 {
		bad("retry_days: %d is not between 1 and 365", m.RetryDays)
	}
	return append(errs, m.SMTP.check()...)
}

func (s *SMTPSettings) check() []error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(smtpKey+"."+format, args...)) }
	if s.Host != "" && !hostName.MatchString(s.Host) {
		bad("host: is no host name; write the name alone, such as smtp.example.com, the port under port, and the login under user and password_env")
	}
	if s.Port < 0 || s.Port > 65535 {
		bad("port: %d is no port; leave it out for 587 (starttls) or 465 (implicit)", s.Port)
	}
	switch s.TLS {
	case mail.TLSStart, mail.TLSImplicit:
	case mail.TLSNone:
		if s.Host != "" && !mail.IsLocal(s.Host) {
			bad("tls: none is for a relay on this machine (localhost) only; any other server needs starttls or implicit")
		}
	default:
		bad("tls: %q is not one of starttls, implicit, none", s.TLS)
	}
	if s.Timeout < 1 || s.Timeout > mostTimeout {
		bad("timeout: %d is not between 1 and %d seconds", s.Timeout, mostTimeout)
	}
	if _, err := s.sender(); s.Host != "" && err != nil {
		bad("from: %w", err)
	}
	return append(errs, s.checkLogin()...)
}

// checkLogin finds a login that is half there.
func (s *SMTPSettings) checkLogin() []error {
	var errs []error
	bad := func(text string) { errs = append(errs, errors.New(smtpKey+"."+text)) }
	named := s.PasswordEnv != "" || s.PasswordFile != ""
	if s.PasswordEnv != "" && !variableName.MatchString(s.PasswordEnv) {
		bad("password_env: is no name of an environment variable; write the name, such as CSPPLAN_SMTP_PASSWORD, not the password")
	}
	if s.PasswordEnv != "" && s.PasswordFile != "" {
		bad("password_env: stands beside password_file; name one of them")
	}
	if strings.ContainsAny(s.User, "\r\n\x00") {
		bad("user: holds a line end")
	}
	switch {
	case s.User != "" && !named:
		bad("user: needs a password; put it into an environment variable and name that in password_env, or into a file only its owner can read (chmod 600) and name that in password_file")
	case s.User == "" && named:
		bad("user: is empty, but a password is named; write the login's name")
	}
	return errs
}

// sender is the address that mail comes from.
func (s *SMTPSettings) sender() (*netmail.Address, error) {
	if s.From != "" {
		return mail.ParseAddress(s.From)
	}
	if a, err := mail.ParseAddress(s.User); err == nil {
		return a, nil
	}
	return nil, errors.New("is empty; write the address that mail comes from, such as CSP plan <plans@example.com>")
}

// smtpKey is the part of the settings that people write passwords into.
const smtpKey = "mail.smtp"

// smtpKeys are the keys that stand there.
func smtpKeys() []string {
	var keys []string
	for f := range reflect.TypeFor[SMTPSettings]().Fields() {
		keys = append(keys, f.Tag.Get("yaml"))
	}
	return keys
}

// secretKeys are the names under which people write a password.
var secretKeys = []string{"password", "passwd", "pass", "pwd", "secret", "passwort", "kennwort", "contraseña", "mot_de_passe", "token"}

func isSecretKey(name string) bool {
	return slices.Contains(secretKeys, strings.ToLower(strings.Trim(name, `"'`)))
}

func secretFault(line int, path string) error {
	return fmt.Errorf("line %d, %s: a password does not belong in the settings, which are copied and shown; put it into an environment variable and name that in mail.smtp.password_env, "+
		"or into a file only its owner can read (chmod 600) and name that in mail.smtp.password_file. Change this password: it has stood in a file", line, path)
}

var secretLine = regexp.MustCompile(`(?i)((?:pass|pwd|secret|kennwort|contrase|token)\pL*\w*["']?\s*:\s*)\S.*`)

// maybeSecret tells whether a settings file that cannot be read may hold a
// password, so that no excerpt of it is shown.
func maybeSecret(content []byte) bool { return secretLine.Match(content) }

// withoutSecrets masks what stands behind such a key in a message.
func withoutSecrets(text string) string { return secretLine.ReplaceAllString(text, "$1***") }

// courier takes mail from the outbox of a folder to the server of the settings.
// It tries within the run only if waits says so.
func (s *Settings) courier(plans string, now func() time.Time, waits []time.Duration) *mail.Courier {
	m := &s.Mail
	c := &mail.Courier{
		Outbox: mail.NewOutbox(plans), Agent: "cspplan " + programVersion(),
		Server: mail.Server{Host: m.SMTP.Host, Port: m.SMTP.Port, TLS: m.SMTP.TLS, User: m.SMTP.User,
			CAFile: s.resolve(m.SMTP.CAFile), Timeout: time.Duration(m.SMTP.Timeout) * time.Second},
		Attach: attachments[m.Attach], AttachMost: int64(m.AttachMost), LeftOut: s.leftOutOfMail,
		Waits: waits, GiveUp: time.Duration(m.RetryDays) * 24 * time.Hour, Now: now,
	}
	c.From, _ = m.SMTP.sender() // checked when loaded
	for _, text := range m.To {
		a, _ := mail.ParseAddress(text) // checked when loaded
		c.To = append(c.To, a)
	}
	switch {
	case m.SMTP.PasswordEnv != "":
		c.Password = func() (mail.Secret, error) { return mail.SecretFromEnv(m.SMTP.PasswordEnv) }
	case m.SMTP.PasswordFile != "":
		c.Password = func() (mail.Secret, error) { return mail.SecretFromFile(s.resolve(m.SMTP.PasswordFile)) }
	}
	return c
}
