package mail

import (
	"errors"
	"net"
)

// mostAnswers is how much a server may say in one conversation; answers are
// short.
const mostAnswers = 1 << 20

var errTooMuch = errors.New("what answers there does not stop talking")

// A wire is a connection that ends when the other side talks without end: the
// SMTP library reads lines of any length.
type wire struct {
	net.Conn
	left int
}

func (w *wire) Read(b []byte) (int, error) {
	if w.left <= 0 {
		return 0, errTooMuch
	}
	n, err := w.Conn.Read(b[:min(len(b), w.left)])
	w.left -= n
	return n, err
}
