package mail

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const canary = "kanary-Pä$$wort"

func sample(t *testing.T, to ...string) Message {
	t.Helper()
	m := Message{ID: "2026-11-23-0a1b2c3d", Subject: "Piano CSP 23 nov 2026: in scadenza entro 30 giorni 18 – perché", Body: "Priorità\n.\n  ■ 有限会社さくら印刷\n",
		Date: time.Date(2026, 11, 23, 3, 15, 4, 0, time.UTC), From: address(t, "Piano <plan@cirrus.example>"), Agent: "cspplan test"}
	for _, a := range to {
		m.To = append(m.To, address(t, a))
	}
	return m
}

// Every way to keep the conversation secret and to log in carries the message
// whole.
func TestSend(t *testing.T) {
	for _, tt := range []struct{ mode, auth, user string }{
		{TLSStart, "", ""}, {TLSStart, "PLAIN LOGIN", "bot"}, {TLSStart, "LOGIN", "bot"}, {TLSStart, "CRAM-MD5 PLAIN", "bot"},
		{TLSImplicit, "", ""}, {TLSImplicit, "PLAIN", "bot"}, {TLSNone, "", ""}, {TLSNone, "PLAIN", "bot"},
	} {
		t.Run(fmt.Sprint(tt.mode, " ", tt.auth), func(t *testing.T) {
			r, s := startRelay(t, tt.mode, func(r *relay) { r.auth = tt.auth })
			s.User, s.Password = tt.user, NewSecret(canary)
			receipt, failure := s.Send(t.Context(), sample(t, "a@cirrus.example", "b@cirrus.example"))
			if failure != nil {
				t.Fatal(failure)
			}
			if len(receipt.Accepted) != 2 || (receipt.Secured == "") != (tt.mode == TLSNone) {
				t.Errorf("receipt %+v", receipt)
			}
			got := r.messages()
			if len(got) != 1 || !strings.Contains(got[0].from, "<plan@cirrus.example>") || len(got[0].to) != 2 {
				t.Fatalf("the relay got %+v", got)
			}
			checkSample(t, got[0].text)
		})
	}
}

// checkSample reads a message as a mailbox does.
func checkSample(t *testing.T, text string) {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(text))
	if err != nil {
		t.Fatalf("no mail: %v\n%s", err, text)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != "Piano CSP 23 nov 2026: in scadenza entro 30 giorni 18 – perché" {
		t.Errorf("subject %q, %v", subject, err)
	}
	for key, want := range map[string]string{
		"From": `"Piano" <plan@cirrus.example>`, "To": "<a@cirrus.example>, <b@cirrus.example>", "Date": "Mon, 23 Nov 2026 03:15:04 +0000",
		"Message-Id": "<2026-11-23-0a1b2c3d.", "Auto-Submitted": "auto-generated", "User-Agent": "cspplan test",
	} {
		if got := m.Header.Get(key); !strings.HasPrefix(got, want) {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if want := "Priorità\r\n.\r\n  ■ 有限会社さくら印刷\r\n"; err != nil || string(body) != want {
		t.Errorf("body %q, want %q (%v)", body, want, err)
	}
}

// What a server may do wrong, and the word that the log has for it.
func TestSendFailures(t *testing.T) {
	tests := []struct {
		name, mode string
		change     func(*relay)
		server     func(*testing.T, *Server)
		reason     string
		temporary  bool
		says       string
	}{
		{name: "silent from the start", mode: TLSStart, change: func(r *relay) { r.hangs = "greeting" }, reason: ReasonTimeout, temporary: true, says: "no answer in time"},
		{name: "silent in the text", mode: TLSStart, change: func(r *relay) { r.hangs = "end" }, reason: ReasonTimeout, temporary: true},
		{name: "hangs up at once", mode: TLSStart, change: func(r *relay) { r.hangUp = "greeting" }, reason: ReasonLost, temporary: true, says: "closed the connection"},
		{name: "hangs up in the text", mode: TLSStart, change: func(r *relay) { r.hangUp = "text" }, reason: ReasonLost, temporary: true},
		{name: "hangs up after the text", mode: TLSStart, change: func(r *relay) { r.hangUp = "end" }, reason: ReasonLost, temporary: true},
		{name: "no STARTTLS", mode: TLSStart, change: func(r *relay) { r.noTLS = true }, reason: ReasonNoTLS, says: "nothing is sent"},
		{name: "no TLS at all", mode: TLSNone, server: func(_ *testing.T, s *Server) { s.TLS = TLSImplicit }, reason: ReasonNoTLS, says: "tls: starttls"},
		{name: "unknown authority", mode: TLSStart, server: func(_ *testing.T, s *Server) { s.CAFile = "" }, reason: ReasonCertificate, says: "mail.smtp.ca_file"},
		{name: "another's certificate", mode: TLSImplicit, change: func(r *relay) {
			cert, ca := certificate(r.t, "other.example", time.Now().Add(time.Hour))
			r.config.Certificates[0].Certificate, r.config.Certificates[0].PrivateKey = cert.Certificate, cert.PrivateKey
			r.t.Setenv("TEST_CA", ca)
		}, server: func(_ *testing.T, s *Server) { s.CAFile = os.Getenv("TEST_CA") }, reason: ReasonCertificate, says: "another name"},
		{name: "expired certificate", mode: TLSStart, change: func(r *relay) {
			cert, ca := certificate(r.t, "127.0.0.1", time.Now().Add(-time.Hour))
			r.config.Certificates[0].Certificate, r.config.Certificates[0].PrivateKey = cert.Certificate, cert.PrivateKey
			r.t.Setenv("TEST_CA", ca)
		}, server: func(_ *testing.T, s *Server) { s.CAFile = os.Getenv("TEST_CA") }, reason: ReasonCertificate, says: "expired"},
		{name: "authority file without a certificate", mode: TLSStart, server: func(t *testing.T, s *Server) {
			s.CAFile = filepath.Join(t.TempDir(), "ca.pem")
			os.WriteFile(s.CAFile, []byte("nothing"), 0o600)
		}, reason: ReasonCertificate, says: "no certificate in PEM form"},
		{name: "login refused", mode: TLSStart, change: func(r *relay) {
			r.auth, r.answers["AUTH"] = "PLAIN", []string{"535 5.7.8 bad credentials " + canary}
		}, server: withLogin, reason: ReasonLogin, says: "bad credentials ***"},
		{name: "login refused for now", mode: TLSStart, change: func(r *relay) {
			r.auth, r.answers["AUTH"] = "PLAIN", []string{"454 4.7.0 try again"}
		}, server: withLogin, reason: ReasonLater, temporary: true},
		{name: "no login offered", mode: TLSStart, server: withLogin, reason: ReasonNoLogin},
		{name: "no login that we know", mode: TLSStart, change: func(r *relay) { r.auth = "XOAUTH2 GSSAPI" }, server: withLogin, reason: ReasonNoLogin, says: "PLAIN"},
		{name: "sender refused", mode: TLSStart, change: func(r *relay) { r.answers["MAIL"] = []string{"550 no such sender"} }, reason: ReasonSender, says: "plan@cirrus.example"},
		{name: "recipients refused", mode: TLSStart, change: func(r *relay) { r.answers["RCPT"] = []string{"550 5.1.1 unknown"} }, reason: ReasonRecipients, says: "a@cirrus.example"},
		{name: "grey listed", mode: TLSStart, change: func(r *relay) { r.answers["RCPT"] = []string{"451 4.7.1 later"} }, reason: ReasonLater, temporary: true},
		{name: "shutting down", mode: TLSStart, change: func(r *relay) { r.answers["RCPT"] = []string{"421 bye"} }, reason: ReasonLater, temporary: true},
		{name: "too large", mode: TLSStart, change: func(r *relay) { r.answers["end"] = []string{"552 5.3.4 too big"} }, reason: ReasonTooLarge},
		{name: "content refused", mode: TLSStart, change: func(r *relay) { r.answers["end"] = []string{"554 spam"} }, reason: ReasonRefused, says: "spam"},
		{name: "not SMTP", mode: TLSStart, change: func(r *relay) { r.answers["greeting"] = []string{"HTTP/1.1 400 Bad Request"} }, reason: ReasonProtocol, says: "no SMTP"},
		{name: "talks without end", mode: TLSStart, change: func(r *relay) { r.answers["greeting"] = []string{strings.Repeat("x", 2<<20)} }, reason: ReasonProtocol},
		{name: "nobody listens", mode: TLSStart, server: func(t *testing.T, s *Server) {
			s.Port = 1
		}, reason: ReasonUnreachable, temporary: true, says: "nobody answers"},
		{name: "no such host", mode: TLSStart, server: func(_ *testing.T, s *Server) { s.Host = "relay.invalid" }, reason: ReasonUnreachable, temporary: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, s := startRelay(t, tt.mode, tt.change)
			s.Timeout = time.Second
			if tt.server != nil {
				tt.server(t, &s)
			}
			start := time.Now()
			receipt, failure := s.Send(t.Context(), sample(t, "a@cirrus.example", "b@cirrus.example"))
			if failure == nil || len(receipt.Accepted) > 0 {
				t.Fatalf("sent to %v", receipt.Accepted)
			}
			if failure.Reason != tt.reason || failure.Temporary != tt.temporary || !strings.Contains(failure.Error(), tt.says) {
				t.Errorf("got %s (temporary %v): %s; want %s (%v) and %q", failure.Reason, failure.Temporary, failure, tt.reason, tt.temporary, tt.says)
			}
			if text := failure.Error(); strings.Contains(text, canary) || strings.Contains(text, "EOF") {
				t.Errorf("says %s", text)
			}
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
			if got := r.messages(); len(got) > 0 {
				t.Errorf("the relay took %v", got)
			}
		})
	}
}

func withLogin(_ *testing.T, s *Server) { s.User, s.Password = "bot", NewSecret(canary) }

// Whom the server does not take mail for does not keep it from the others.
func TestSendToSome(t *testing.T) {
	r, s := startRelay(t, TLSStart, func(r *relay) { r.answers["RCPT <gone@cirrus.example>"] = []string{"550 5.1.1 unknown"} })
	receipt, failure := s.Send(t.Context(), sample(t, "a@cirrus.example", "gone@cirrus.example", "b@cirrus.example"))
	if failure == nil || failure.Reason != ReasonRecipients || len(receipt.Accepted) != 2 || len(r.messages()) != 1 {
		t.Errorf("got %+v, %v, %d messages", receipt, failure, len(r.messages()))
	}
}

// A stopped program does not wait for a server that is silent.
func TestSendStopped(t *testing.T) {
	for _, at := range []string{"greeting", "EHLO", "RCPT", "end"} {
		_, s := startRelay(t, TLSStart, func(r *relay) { r.hangs = at })
		s.Timeout = time.Minute
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(200*time.Millisecond, cancel)
		start := time.Now()
		_, failure := s.Send(ctx, sample(t, "a@cirrus.example"))
		if failure == nil || failure.Reason != ReasonStopped || time.Since(start) > 5*time.Second {
			t.Errorf("hanging at %s: %v after %v", at, failure, time.Since(start))
		}
	}
}

// Nothing in a text or a name becomes a header or a command.
func TestNoInjection(t *testing.T) {
	r, s := startRelay(t, TLSStart, nil)
	m := sample(t, "a@cirrus.example")
	m.Subject = "Plan\r\nBcc: evil@example.com\r\n\r\nbody\u2028X: y"
	m.ID = "x\r\nRCPT TO:<evil@example.com>"
	m.Agent = "a\nb: c"
	m.Body = "one\r\n.\r\nMAIL FROM:<evil@example.com>\r\n"
	m.Attach = []Attachment{{Name: "a\"\r\nX: y.pdf", Content: []byte("%PDF")}}
	if _, failure := s.Send(t.Context(), m); failure != nil {
		t.Fatal(failure)
	}
	got := r.messages()
	if len(got) != 1 || len(got[0].to) != 1 || strings.Count(r.heard(), "MAIL FROM") != 1 {
		t.Fatalf("the relay heard\n%s", r.heard())
	}
	read, err := netmail.ReadMessage(strings.NewReader(got[0].text))
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"Bcc", "X", "B"} {
		if v := read.Header.Get(key); v != "" {
			t.Errorf("header %s: %q", key, v)
		}
	}
}

func TestAttachments(t *testing.T) {
	r, s := startRelay(t, TLSStart, nil)
	m := sample(t, "a@cirrus.example")
	m.Attach = []Attachment{{Name: "csp-plan-2026-11-23.xlsx", Content: []byte("PK\x03\x04")}, {Name: "csp-plan-2026-11-23.pdf", Content: []byte("%PDF-1.3")}}
	if _, failure := s.Send(t.Context(), m); failure != nil {
		t.Fatal(failure)
	}
	read, err := netmail.ReadMessage(strings.NewReader(r.messages()[0].text))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(read.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/mixed" {
		t.Fatalf("%s, %v", kind, err)
	}
	var names []string
	parts := multipart.NewReader(read.Body, params["boundary"])
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, p.FileName()+" "+strings.Split(p.Header.Get("Content-Type"), ";")[0])
	}
	if got, want := strings.Join(names, ", "), " text/plain, csp-plan-2026-11-23.xlsx application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, csp-plan-2026-11-23.pdf application/pdf"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// However a server with its password is printed, the password is not.
func TestSecretIsNeverShown(t *testing.T) {
	s := Server{Host: "h", User: "u", Password: NewSecret(canary)}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "server", s, "password", s.Password)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "server", s, "password", s.Password)
	asJSON, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	shown := log.String() + string(asJSON)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		shown += fmt.Sprintf(verb+verb+verb, s, &s, s.Password)
	}
	for _, bad := range []string{"kanary", fmt.Sprintf("%x", canary)} {
		if strings.Contains(shown, bad) {
			t.Errorf("%q is shown: %s", bad, shown)
		}
	}
}

func TestSecretFromFile(t *testing.T) {
	dir := t.TempDir()
	tests := []struct {
		name, content string
		mode          os.FileMode
		want, says    string
	}{
		{"plain", canary, 0o600, canary, ""},
		{"with a line end", canary + "\r\n", 0o400, canary, ""},
		{"with spaces, which are part of it", " a b ", 0o600, " a b ", ""},
		{"readable by the group", canary, 0o640, "", "mode 0640"},
		{"readable by all", canary, 0o604, "", "chmod 600"},
		{"empty", "\n", 0o600, "", "holds no password"},
		{"two lines", "user: x\n" + canary, 0o600, "", "more than one line"},
	}
	for _, tt := range tests {
		path := filepath.Join(dir, tt.name)
		if err := os.WriteFile(path, []byte(tt.content), tt.mode); err != nil {
			t.Fatal(err)
		}
		os.Chmod(path, tt.mode)
		got, err := SecretFromFile(path)
		if got.text != tt.want || (err == nil) != (tt.says == "") || err != nil && (!strings.Contains(err.Error(), tt.says) || strings.Contains(err.Error(), "kanary") || strings.Contains(err.Error(), dir)) {
			t.Errorf("%s: got %q, %v; want %q, %q", tt.name, got.text, err, tt.want, tt.says)
		}
	}
	for _, path := range []string{dir, filepath.Join(dir, canary)} {
		if _, err := SecretFromFile(path); err == nil || strings.Contains(err.Error(), "kanary") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestParseAddress(t *testing.T) {
	for text, ok := range map[string]bool{
		"a@cirrus.example": true, "Plan CSP <a@cirrus.example>": true, `"Müller, A." <a@cirrus.example>`: true, "root@localhost": true,
		"": false, "a": false, "a@": false, "a@b\r\nBcc: c@d": false, "a@b, c@d": false, "a@bücher.example": false, "à@cirrus.example": false, "<a@b> x": false,
	} {
		if _, err := ParseAddress(text); (err == nil) != ok {
			t.Errorf("%q: %v, want ok %v", text, err, ok)
		}
	}
}
