package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"os"
)

// Why a mail was not sent: stable words of the log and of the outbox.
const (
	ReasonStopped     = "stopped"
	ReasonSecret      = "no-password"
	ReasonUnreachable = "unreachable"
	ReasonTimeout     = "timeout"
	ReasonLost        = "connection-lost"
	ReasonNoTLS       = "no-tls"
	ReasonCertificate = "certificate"
	ReasonNoLogin     = "no-login"
	ReasonLogin       = "login-refused"
	ReasonSender      = "sender-refused"
	ReasonRecipients  = "recipients-refused"
	ReasonTooLarge    = "too-large"
	ReasonRefused     = "refused"
	ReasonLater       = "refused-for-now"
	ReasonProtocol    = "not-understood"
	ReasonUnreadable  = "text-unreadable"
	ReasonCompose     = "text-unsuitable"
	ReasonOutbox      = "outbox"
	ReasonOld         = "given-up"
)

// Reasons tell what each word means, for people.
var Reasons = []struct{ Word, Meaning string }{
	{ReasonUnreachable, "no such host, or nobody listens there"},
	{ReasonTimeout, "the server does not answer in time; port 465 wants tls: implicit"},
	{ReasonLost, "the server closed the connection"},
	{ReasonProtocol, "what answers there speaks no SMTP"},
	{ReasonNoTLS, "the server offers no TLS in the way that tls says"},
	{ReasonCertificate, "its certificate is not for that host, has expired, or is signed by an unknown authority (ca_file)"},
	{ReasonSecret, "the password cannot be read, or its file may be read by others"},
	{ReasonNoLogin, "the server offers no way to log in that is known here"},
	{ReasonLogin, "user or password is wrong"},
	{ReasonSender, "the server does not take mail from this sender"},
	{ReasonRecipients, "the server does not take mail for some or all recipients; the others have it"},
	{ReasonTooLarge, "too large for the server, even without attachments"},
	{ReasonRefused, "the server does not take it; it says why to cspplan mail --test"},
	{ReasonLater, "the server asks to try again later"},
	{ReasonUnreadable, "mail.txt of the run is gone or cannot be read"},
	{ReasonCompose, "the text cannot be made into a mail"},
	{ReasonOutbox, "plans/.mail cannot be read or written, or another process is sending"},
	{ReasonOld, "it has waited for retry_days"},
	{ReasonStopped, "the program was stopped"},
}

// A Failure is a mail that was not sent, or not to everybody.
type Failure struct {
	Reason    string
	Code      int    // of the server's answer; 0 if it gave none
	Temporary bool   // trying again within minutes may help
	what      string // for people: what was refused or did not work, and the answer
}

// Error is for the person who set it up: it may hold addresses and what the
// server said, never the password. Logs hold the reason and the code.
func (f *Failure) Error() string { return f.what }

// failed builds a failure from the error of one step of the conversation. The
// reason stands for a server that answered with a refusal for good.
func (s *Server) failed(ctx context.Context, reason, doing string, err error) *Failure {
	f := &Failure{Reason: reason}
	var answer *textproto.Error
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		f.Reason, f.what = ReasonStopped, fmt.Sprintf("%s: the program was stopped", doing)
		return f
	case errors.As(err, &answer):
		f.answered(answer)
		f.what = fmt.Sprintf("%s: %s answered %d %s", doing, s.Host, answer.Code, s.Password.hide(answer.Msg, s.User))
		return f
	}
	f.Reason, f.Temporary, f.what = cause(ctx, err)
	f.what = fmt.Sprintf("%s: %s", doing, s.Password.hide(f.what, s.User))
	return f
}

// answered reads the meaning of a refusal from its code (RFC 5321 §4.2).
func (f *Failure) answered(answer *textproto.Error) {
	f.Code = answer.Code
	switch {
	case answer.Code == 552 || answer.Code == 523:
		f.Reason = ReasonTooLarge
	case answer.Code >= 400 && answer.Code < 500:
		f.Reason, f.Temporary = ReasonLater, true
	case answer.Code < 400 || answer.Code > 599:
		f.Reason = ReasonProtocol
	}
}

// cause tells why a conversation broke off without an answer.
func cause(ctx context.Context, err error) (reason string, temporary bool, text string) {
	var dns *net.DNSError
	var dial *net.OpError
	var timeout net.Error
	var protocol textproto.ProtocolError
	var unknown x509.UnknownAuthorityError
	var wrongHost x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verification *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var lacking *lack
	switch {
	case errors.As(err, &unknown):
		return ReasonCertificate, false, "its certificate is signed by nobody this machine trusts; name the authority's certificate in mail.smtp.ca_file"
	case errors.As(err, &wrongHost):
		return ReasonCertificate, false, "its certificate is for another name; mail.smtp.host must be the name that the certificate has"
	case errors.As(err, &invalid):
		return ReasonCertificate, false, fmt.Sprintf("its certificate cannot be used: %v", invalid)
	case errors.As(err, &verification):
		return ReasonCertificate, false, fmt.Sprintf("its certificate cannot be verified: %v", verification.Err)
	case errors.As(err, &record):
		return ReasonNoTLS, false, "it does not begin with TLS; port 465 mostly wants tls: implicit, port 587 tls: starttls"
	case ctx.Err() != nil || errors.Is(err, os.ErrDeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout():
		return ReasonTimeout, true, "no answer in time"
	case errors.As(err, &dns):
		return ReasonUnreachable, true, fmt.Sprintf("the name %s is not known", dns.Name)
	case errors.As(err, &dial) && dial.Op == "dial":
		return ReasonUnreachable, true, fmt.Sprintf("nobody answers at %s", dial.Addr)
	case errors.As(err, &protocol):
		return ReasonProtocol, false, "what answers there speaks no SMTP"
	case errors.Is(err, errTooMuch):
		return ReasonProtocol, false, errTooMuch.Error()
	case errors.As(err, &lacking):
		return lacking.reason, false, lacking.what
	}
	return ReasonLost, true, "the server closed the connection"
}

// A lack is something without which we do not go on, and which the server does
// not offer.
type lack struct{ reason, what string }

func (l *lack) Error() string { return l.what }
