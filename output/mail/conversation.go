package mail

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	netmail "net/mail"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// A conversation is one connection to the server.
type conversation struct {
	*Server
	ctx  context.Context
	wire net.Conn
	smtp *smtp.Client
	stop func() bool // no longer watch ctx
}

// slowest is the rate in bytes a second below which a line counts as dead.
const slowest = 16 << 10

// open connects, turns TLS on and logs in.
func (s *Server) open(ctx context.Context) (*conversation, *Failure) {
	c := &conversation{Server: s, ctx: ctx}
	where := net.JoinHostPort(s.Host, strconv.Itoa(s.port()))
	config, err := s.tlsConfig()
	if err != nil {
		return nil, &Failure{Reason: ReasonCertificate, what: err.Error()}
	}
	dialer := net.Dialer{Timeout: s.Timeout}
	conn, err := dialer.DialContext(ctx, "tcp", where)
	if err != nil {
		return nil, s.failed(ctx, ReasonUnreachable, "connecting to "+where, err)
	}
	c.wire = &wire{Conn: conn, left: mostAnswers}
	// A stopped program must not wait for a server that is silent.
	c.stop = context.AfterFunc(ctx, func() { conn.Close() })
	for _, step := range []struct {
		reason, doing string
		do            func() error
	}{
		{ReasonRefused, "greeting " + where, func() error { return c.greet(config) }},
		{ReasonNoTLS, "turning TLS on at " + where, func() error { return c.secure(config) }},
		{ReasonLogin, "logging in at " + where, c.logIn},
	} {
		c.allow(0)
		if err := step.do(); err != nil {
			c.close()
			return nil, s.failed(ctx, step.reason, step.doing, err)
		}
	}
	return c, nil
}

func (c *conversation) close() {
	c.stop()
	c.wire.Close()
}

// allow gives the server time for its next answer, and the line time for what
// is to be sent.
func (c *conversation) allow(bytes int) {
	c.wire.SetDeadline(time.Now().Add(c.Timeout + time.Duration(bytes/slowest)*time.Second))
}

func (c *conversation) greet(config *tls.Config) (err error) {
	conn := c.wire
	if c.TLS == TLSImplicit {
		secured := tls.Client(conn, config)
		if err := secured.HandshakeContext(c.ctx); err != nil {
			return err
		}
		conn = secured
	}
	if c.smtp, err = smtp.NewClient(conn, c.Host); err != nil {
		return err
	}
	c.smtp.SkipSMTPUTF8(true) // addresses are ASCII
	return c.smtp.Hello(ownName())
}

// ownName is how this machine introduces itself.
func ownName() string {
	name, err := os.Hostname()
	if err != nil || strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789.-") != "" || name == "" {
		return "localhost"
	}
	return name
}

func (c *conversation) secure(config *tls.Config) error {
	if c.TLS != TLSStart {
		return nil
	}
	if offered, _ := c.smtp.Extension("STARTTLS"); !offered {
		return &lack{ReasonNoTLS, "the server offers no STARTTLS, and without TLS nothing is sent; the port for tls: implicit is mostly 465"}
	}
	return c.smtp.StartTLS(config)
}

// secured says how the conversation is kept secret.
func (c *conversation) secured() string {
	state, err := c.smtp.GetTLSConnectionState()
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%s (%s)", tls.VersionName(state.Version), c.TLS)
}

func (c *conversation) logIn() error {
	if c.User == "" {
		return nil
	}
	_, offered := c.smtp.Extension("AUTH")
	way := c.wayIn(strings.Fields(strings.ToUpper(offered)))
	if way == nil {
		return &lack{ReasonNoLogin, "the server offers none of " + strings.Join(waysIn, ", ")}
	}
	return c.smtp.Auth(way)
}

// waysIn are the ways to log in, the safest first. CRAM-MD5 stands last: few
// still have it, and those mostly have it wrong.
var waysIn = []string{"SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN", "CRAM-MD5"}

// wayIn is the first way to log in that both know. PLAIN and LOGIN show the
// password to the server and are used under TLS, or to this machine, only.
func (c *conversation) wayIn(offered []string) smtp.Auth {
	local := c.TLS == TLSNone // checked: this machine
	password := c.Password.text
	i := slices.IndexFunc(waysIn, func(way string) bool { return slices.Contains(offered, way) })
	if i < 0 {
		return nil
	}
	switch waysIn[i] {
	case "SCRAM-SHA-256":
		return smtp.ScramSHA256Auth(c.User, password)
	case "SCRAM-SHA-1":
		return smtp.ScramSHA1Auth(c.User, password)
	case "PLAIN":
		return smtp.PlainAuth("", c.User, password, c.Host, local)
	case "LOGIN":
		return smtp.LoginAuth(c.User, password, c.Host, local)
	}
	return smtp.CRAMMD5Auth(c.User, password)
}

// address names sender and recipients. It returns those whom the server takes
// mail for, and why it takes none for the others.
func (c *conversation) address(from *netmail.Address, to []*netmail.Address) (accepted []*netmail.Address, refused *Failure) {
	c.allow(0)
	if err := c.smtp.Mail("<" + from.Address + ">"); err != nil {
		return nil, c.failed(c.ctx, ReasonSender, "sending as "+from.Address, err)
	}
	for _, a := range to {
		c.allow(0)
		err := c.smtp.Rcpt("<" + a.Address + ">")
		if err == nil {
			accepted = append(accepted, a)
			continue
		}
		f := c.failed(c.ctx, ReasonRecipients, "sending to "+a.Address, err)
		if f.Code == 0 || f.Code == 421 { // the conversation is over
			return nil, f
		}
		if refused == nil {
			refused = f
			continue
		}
		refused.what += "; " + f.what
		refused.Temporary = refused.Temporary || f.Temporary
	}
	return accepted, refused
}

// hand gives the server the text. If the line breaks, the text is not ended:
// half a mail would be taken for a whole one.
func (c *conversation) hand(content []byte) *Failure {
	c.allow(0)
	w, err := c.smtp.Data()
	if err == nil {
		c.allow(len(content))
		_, err = w.Write(content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return c.failed(c.ctx, ReasonRefused, "sending the text", err)
	}
	return nil
}
