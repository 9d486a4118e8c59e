package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	netmail "net/mail"
	"os"
	"strings"
	"time"
)

// How the conversation is kept secret.
const (
	TLSStart    = "starttls" // a plain greeting, then TLS, or nothing is sent
	TLSImplicit = "implicit" // TLS from the first byte
	TLSNone     = "none"     // a relay on this machine
)

// A Server is where mail is handed over.
type Server struct {
	Host     string
	Port     int    // 0: 587, 465 or 25 by TLS
	TLS      string // TLSStart, TLSImplicit, TLSNone
	User     string // empty: no login
	Password Secret
	CAFile   string        // PEM certificates that are trusted beside the system's
	Timeout  time.Duration // for each answer of the server
}

// port is the one that is usual for the kind of TLS.
func (s *Server) port() int {
	switch {
	case s.Port != 0:
		return s.Port
	case s.TLS == TLSImplicit:
		return 465
	case s.TLS == TLSNone:
		return 25
	}
	return 587
}

// IsLocal tells whether a host is this machine, the only one that mail may be
// handed to without TLS.
func IsLocal(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// A Receipt says whom the server took a message for, and in which way.
type Receipt struct {
	Accepted []*netmail.Address
	Secured  string // TLS version and how it began; empty: none
}

// Send hands a message over in one conversation. It ends when ctx does. Where
// the server refuses some of the recipients, the others get the message, and
// the failure stands beside the receipt.
func (s *Server) Send(ctx context.Context, m Message) (receipt Receipt, failure *Failure) {
	defer func() { // the library is fed by a stranger
		if fault := recover(); fault != nil {
			failure = &Failure{Reason: ReasonProtocol, what: fmt.Sprintf("sending the mail: the answers of %s cannot be understood", s.Host)}
		}
	}()
	content, err := m.encode()
	if err != nil {
		return receipt, &Failure{Reason: ReasonCompose, what: err.Error()}
	}
	c, failure := s.open(ctx)
	if failure != nil {
		return receipt, failure
	}
	defer c.close()
	receipt.Secured = c.secured()
	accepted, refused := c.address(m.From, m.To)
	if len(accepted) == 0 {
		return receipt, refused
	}
	if failure := c.hand(content); failure != nil {
		return receipt, failure
	}
	receipt.Accepted = accepted
	c.smtp.Quit() // the message is theirs already
	return receipt, refused
}

// tlsConfig trusts what the system trusts, and mail.smtp.ca_file.
func (s *Server) tlsConfig() (*tls.Config, error) {
	config := &tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12}
	if s.CAFile == "" {
		return config, nil
	}
	pem, err := os.ReadFile(s.CAFile)
	if err != nil {
		return nil, fmt.Errorf("reading mail.smtp.ca_file: %w", err)
	}
	if config.RootCAs, err = x509.SystemCertPool(); err != nil {
		config.RootCAs = x509.NewCertPool()
	}
	if !config.RootCAs.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("mail.smtp.ca_file %s holds no certificate in PEM form", s.CAFile)
	}
	return config, nil
}
