package mail

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// A relay is an SMTP server of our own that does what it is told, also to hang
// and to hang up.
type relay struct {
	t       *testing.T
	listen  net.Listener
	config  *tls.Config
	mode    string // TLSStart, TLSImplicit, TLSNone
	auth    string // the EHLO line, such as PLAIN LOGIN; empty: none
	noTLS   bool   // offer no STARTTLS
	answers map[string][]string
	// hangs and hangUp name the command on which it falls silent or closes:
	// greeting, EHLO, MAIL, RCPT, DATA, text (within it), end (after it).
	hangs, hangUp string

	mu    sync.Mutex
	calls int
	said  []string   // commands of clients, logins left out
	got   []received // messages that were accepted
	open  map[net.Conn]bool
}

type received struct {
	from string
	to   []string
	text string
}

// startRelay serves until the test ends. Tell change what it should do.
func startRelay(t *testing.T, mode string, change func(*relay)) (*relay, Server) {
	t.Helper()
	listen, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	cert, ca := certificate(t, "127.0.0.1", time.Now().Add(time.Hour))
	r := &relay{t: t, listen: listen, mode: mode, config: &tls.Config{Certificates: []tls.Certificate{cert}},
		answers: map[string][]string{}, open: map[net.Conn]bool{}}
	if change != nil {
		change(r)
	}
	go r.serve()
	t.Cleanup(r.stop)
	return r, Server{Host: "127.0.0.1", Port: listen.Addr().(*net.TCPAddr).Port, TLS: mode, CAFile: ca, Timeout: 5 * time.Second}
}

func (r *relay) stop() {
	r.listen.Close()
	r.mu.Lock()
	defer r.mu.Unlock()
	for conn := range r.open {
		conn.Close()
	}
}

func (r *relay) serve() {
	for {
		conn, err := r.listen.Accept()
		if err != nil {
			return
		}
		r.mu.Lock()
		r.calls++
		r.open[conn] = true
		r.mu.Unlock()
		go func() {
			defer conn.Close()
			if r.mode == TLSImplicit {
				conn = tls.Server(conn, r.config)
			}
			s := &relaySession{relay: r, conn: conn, in: bufio.NewReader(conn)}
			s.talk()
		}()
	}
}

// answer is what the relay says to a command: the next of its answers, the last
// one from then on, else what is usual.
func (r *relay) answer(command, usual string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := r.answers[command]
	if len(list) == 0 {
		return usual
	}
	if len(list) > 1 {
		r.answers[command] = list[1:]
	}
	if list[0] == "" {
		return usual
	}
	return list[0]
}

func (r *relay) messages() []received {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.got
}

func (r *relay) connections() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.calls
}

func (r *relay) heard() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.said, "\n")
}

type relaySession struct {
	*relay
	conn net.Conn
	in   *bufio.Reader
	now  received
}

// stumbles hangs or hangs up where the relay was told to.
func (s *relaySession) stumbles(at string) bool {
	if s.hangs == at {
		time.Sleep(time.Hour) // the connection is closed when the test ends
	}
	return s.hangUp == at
}

func (s *relaySession) say(command, usual string) bool {
	if s.stumbles(command) {
		return false
	}
	_, err := s.conn.Write([]byte(s.answer(command, usual) + "\r\n"))
	return err == nil
}

func (s *relaySession) talk() {
	if !s.say("greeting", "220 relay.example ESMTP") {
		return
	}
	for {
		line, err := s.in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		verb := strings.ToUpper(strings.Fields(line + " ?")[0])
		if verb != "AUTH" {
			s.mu.Lock()
			s.said = append(s.said, line)
			s.mu.Unlock()
		}
		if !s.command(verb, line) || verb == "QUIT" {
			return
		}
	}
}

func (s *relaySession) command(verb, line string) bool {
	switch verb {
	case "EHLO":
		lines := []string{"relay.example"}
		if s.mode == TLSStart && !s.noTLS {
			lines = append(lines, "STARTTLS")
		}
		if s.auth != "" {
			lines = append(lines, "AUTH "+s.auth)
		}
		return s.say(verb, "250-"+strings.Join(lines, "\r\n250-")+"\r\n250 8BITMIME")
	case "STARTTLS":
		if !s.say(verb, "220 go ahead") {
			return false
		}
		s.conn = tls.Server(s.conn, s.config)
		s.in = bufio.NewReader(s.conn)
		return true
	case "AUTH":
		if line == "AUTH LOGIN" { // asks for user and password, one after the other
			for _, ask := range []string{"334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"} {
				s.conn.Write([]byte(ask + "\r\n"))
				if _, err := s.in.ReadString('\n'); err != nil {
					return false
				}
			}
		}
		return s.say(verb, "235 welcome")
	case "MAIL":
		s.now = received{from: line}
		return s.say(verb, "250 ok")
	case "RCPT":
		answer := s.answer(verb+" "+line[strings.IndexByte(line, '<'):], "250 ok")
		if strings.HasPrefix(answer, "25") {
			s.now.to = append(s.now.to, line)
		}
		return s.say(verb, answer)
	case "DATA":
		return s.say(verb, "354 go on") && s.text()
	}
	return s.say(verb, "250 ok")
}

func (s *relaySession) text() bool {
	var text strings.Builder
	for {
		line, err := s.in.ReadString('\n')
		if err != nil || s.stumbles("text") {
			return false
		}
		if line == ".\r\n" {
			break
		}
		text.WriteString(strings.TrimPrefix(line, "."))
	}
	s.now.text = text.String()
	answer := s.answer("end", "250 queued")
	if strings.HasPrefix(answer, "250") && s.hangUp != "end" && s.hangs != "end" {
		s.mu.Lock()
		s.got = append(s.got, s.now)
		s.mu.Unlock()
	}
	return s.say("end", answer)
}

// certificate makes a certificate for a host that ends at a time, and the file
// of the authority that signed it.
func certificate(t *testing.T, host string, until time.Time) (tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: until,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	if ip := net.ParseIP(host); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{host}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, path
}

func address(t *testing.T, text string) *netmail.Address {
	t.Helper()
	a, err := ParseAddress(text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
