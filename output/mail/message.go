package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	netmail "net/mail"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"
)

// A Message is one mail, ready to go.
type Message struct {
	ID      string // of the run, or another word that is the same on every try
	Subject string
	Body    string // plain text
	Date    time.Time
	From    *netmail.Address
	To      []*netmail.Address
	Attach  []Attachment
	Agent   string // program and version
}

// An Attachment is a file that goes with a message.
type Attachment struct {
	Name    string
	Content []byte
}

// The media types of what is attached.
var mediaTypes = map[string]gomail.ContentType{
	".pdf":  "application/pdf",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// encode is the message as it goes over the wire.
func (m *Message) encode() ([]byte, error) {
	if len(m.To) == 0 {
		return nil, errors.New("composing the mail: it is for nobody")
	}
	msg := gomail.NewMsg(gomail.WithCharset(gomail.CharsetUTF8), gomail.WithEncoding(gomail.EncodingQP), gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(m.From)
	msg.ToMailAddress(m.To...)
	msg.Subject(header(m.Subject))
	msg.SetDateWithValue(m.Date)
	msg.SetMessageIDWithValue(m.messageID())
	msg.SetUserAgent(header(m.Agent))
	// Answers of people who are away belong to nobody (RFC 3834).
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All")
	msg.SetBodyString(gomail.TypeTextPlain, m.Body)
	for _, a := range m.Attach {
		kind := gomail.WithFileContentType(mediaTypes[filepath.Ext(a.Name)])
		msg.AttachReadSeeker(header(a.Name), bytes.NewReader(a.Content), kind)
	}
	var b bytes.Buffer
	if _, err := msg.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("composing the mail: %w", err)
	}
	return b.Bytes(), nil
}

// messageID is the same on every try, so that a mail which a server took
// without being able to say so shows once in most mailboxes.
func (m *Message) messageID() string {
	domain := m.From.Address[strings.LastIndexByte(m.From.Address, '@')+1:]
	sum := sha256.Sum256([]byte(m.ID + "\x00" + m.From.Address))
	name := strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '.') {
			return r
		}
		return '-'
	}, m.ID)
	return fmt.Sprintf("%s.%s@%s", name, hex.EncodeToString(sum[:6]), domain)
}

// header keeps a text on the one line that a header has: a line end within it
// would begin another header.
func header(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }), " ")
}

// ParseAddress reads the address of a mailbox, with or without a name before
// it. Only ASCII addresses go through every server.
func ParseAddress(text string) (*netmail.Address, error) {
	if strings.ContainsFunc(text, unicode.IsControl) {
		return nil, fmt.Errorf("%q holds a line end or another control character", text)
	}
	a, err := netmail.ParseAddress(text)
	if err != nil {
		return nil, fmt.Errorf("%q is no mail address; write it as plans@example.com or Plans <plans@example.com>", text)
	}
	for _, r := range a.Address {
		if r > unicode.MaxASCII || unicode.IsControl(r) || unicode.IsSpace(r) {
			return nil, fmt.Errorf("%q is no address that every server takes; write an international domain in its ASCII form (xn--…)", text)
		}
	}
	return a, nil
}
