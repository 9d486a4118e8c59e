package mail

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	// sendLimit bounds all that one run does about mail.
	sendLimit = 2 * time.Minute
	// newsDays is for how long a folder that is not there may still appear.
	newsDays = 24 * time.Hour
	// mostText is far more than any mail text has.
	mostText = 1 << 20
)

// Waits are the pauses between the tries of one run. With the default time-out
// they end within sendLimit.
var Waits = []time.Duration{5 * time.Second, 20 * time.Second}

// A Courier takes mail from the outbox to a server.
type Courier struct {
	Outbox   *Outbox
	Server   Server
	Password func() (Secret, error) // asked when there is something to send; nil: no login
	From     *netmail.Address
	To       []*netmail.Address
	Agent    string

	Attach     []string // file names in a run's folder
	AttachMost int64    // bytes, all together
	// LeftOut is the sentence that tells why files are not attached.
	LeftOut func(names []string) string

	Waits  []time.Duration // between tries; none: one try
	GiveUp time.Duration   // age at which a mail is no news any more
	Now    func() time.Time
}

// An Outcome is what became of one mail.
type Outcome struct {
	Entry    Entry
	Accepted int      // recipients who have it since this try
	Secured  string   // how the conversation was kept secret
	Failure  *Failure // why not everybody has it
}

// Deliver sends what waits, what has been tried least first, and ends within two
// minutes or when ctx does. A server that cannot be talked to ends it early;
// what then waits is tried again the next time. The error is an outbox that cannot be
// used, or entries of it that cannot: those are not sent.
func (c *Courier) Deliver(ctx context.Context) ([]Outcome, error) {
	waiting, err := c.Outbox.Entries()
	if len(waiting) == 0 {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, sendLimit)
	defer cancel()
	release, busy := c.Outbox.lock(ctx)
	if busy != nil {
		return nil, errors.Join(err, busy)
	}
	defer release()
	entries, err := c.Outbox.Entries() // anew: another process may have sent some
	var outcomes []Outcome
	var due []Entry
	for _, e := range entries {
		switch {
		case c.settled(e):
		case c.Now().Sub(e.Queued) > c.GiveUp:
			outcomes = append(outcomes, c.giveUp(e))
		default:
			due = append(due, e)
		}
	}
	// A mail that the server stumbles over must not keep tonight's from going out.
	slices.SortStableFunc(due, func(a, b Entry) int { return cmp.Compare(a.Tries, b.Tries) })
	for _, e := range due {
		o := c.deliver(ctx, e)
		outcomes = append(outcomes, o)
		if o.Failure != nil && o.Failure.everybody() {
			break
		}
	}
	return outcomes, err
}

// settled tells whether there is nothing to do about an entry now. One whose
// run is not kept any more is forgotten.
func (c *Courier) settled(e Entry) bool {
	if !c.Outbox.exists(e.Folder) {
		if c.Now().Sub(e.Queued) > newsDays {
			c.Outbox.Withdraw(e.Folder)
		}
		return true
	}
	return e.State != StateWaiting
}

// everybody tells whether the next mail would fail in the same way.
func (f *Failure) everybody() bool {
	switch f.Reason {
	case ReasonRecipients, ReasonTooLarge, ReasonRefused, ReasonUnreadable, ReasonCompose:
		return false
	}
	return true
}

// giveUp ends the wait of a mail that is no news any more.
func (c *Courier) giveUp(e Entry) Outcome {
	e.State = StateGivenUp
	return c.note(Outcome{Entry: e, Failure: &Failure{Reason: ReasonOld,
		what: fmt.Sprintf("given up after %d tries: it has waited since %s", e.Tries, e.Queued.Format(time.DateOnly))}})
}

// deliver sends one mail and notes what became of it.
func (c *Courier) deliver(ctx context.Context, e Entry) Outcome {
	e.Tries++
	e.Last = c.Now().UTC()
	sent := e
	sent.State, sent.Reason, sent.Code = StateSent, "", 0
	sent.deliver(sent.missing(c.To))
	keep, discard, err := c.Outbox.prepare(sent)
	if err != nil {
		return Outcome{Entry: e, Failure: &Failure{Reason: ReasonOutbox, what: err.Error()}}
	}
	m, failure := c.message(e)
	o := Outcome{Entry: e, Failure: failure}
	if failure == nil {
		o = c.send(ctx, e, m)
	}
	if o.Failure == nil {
		o.Entry = sent
		if err := keep(); err != nil {
			o.Failure = &Failure{Reason: ReasonOutbox, what: err.Error()}
		}
		return o
	}
	discard()
	o.Entry.Reason, o.Entry.Code = o.Failure.Reason, o.Failure.Code
	if len(o.Entry.Delivered) > 0 && !o.Failure.Temporary && !o.Failure.everybody() {
		o.Entry.State = StateSent // whom the server refuses for good gets the next one, if at all
	}
	return c.note(o)
}

// note writes down what became of a mail.
func (c *Courier) note(o Outcome) Outcome {
	if err := c.Outbox.write(o.Entry); err != nil {
		o.Failure = &Failure{Reason: ReasonOutbox, what: err.Error()}
	}
	return o
}

// send tries until everybody has the mail, or trying again soon is no use.
func (c *Courier) send(ctx context.Context, e Entry, m Message) Outcome {
	o := Outcome{Entry: e}
	if o.Failure = c.login(); o.Failure != nil {
		return o
	}
	for try := 0; ; try++ {
		m.To = o.Entry.missing(c.To)
		receipt, failure := c.Server.Send(ctx, m)
		if failure != nil && failure.Reason == ReasonTooLarge && len(m.Attach) > 0 {
			m = c.without(m)
			receipt, failure = c.Server.Send(ctx, m)
		}
		o.Entry.deliver(receipt.Accepted)
		o.Accepted += len(receipt.Accepted)
		o.Secured, o.Failure = receipt.Secured, failure
		if failure == nil || !failure.Temporary || try == len(c.Waits) {
			return o
		}
		select {
		case <-ctx.Done():
			return o
		case <-time.After(c.Waits[try]):
		}
	}
}

// login fetches the password.
func (c *Courier) login() *Failure {
	if c.Password == nil {
		return nil
	}
	password, err := c.Password()
	if err != nil {
		return &Failure{Reason: ReasonSecret, what: err.Error()}
	}
	c.Server.Password = password
	return nil
}

// SendNow sends a text that no run's folder holds: a trial, or the news that
// nothing could be written.
func (c *Courier) SendNow(ctx context.Context, id, text string) Outcome {
	ctx, cancel := context.WithTimeout(ctx, sendLimit)
	defer cancel()
	m := c.compose(id, text)
	return c.send(ctx, Entry{Folder: id, Queued: m.Date}, m)
}

// compose makes a message of a mail text: the subject's line, an empty one, the
// body.
func (c *Courier) compose(id, text string) Message {
	subject, body, _ := strings.Cut(text, "\n")
	return Message{
		ID: id, Subject: subject, Body: strings.TrimPrefix(body, "\n"), Date: c.Now(),
		From: c.From, To: c.To, Agent: c.Agent,
	}
}

// message is the mail of a run with what is attached to it.
func (c *Courier) message(e Entry) (Message, *Failure) {
	text, err := c.Outbox.inside(path.Join(e.Folder, "mail.txt"), mostText)
	if err != nil {
		return Message{}, &Failure{Reason: ReasonUnreadable, what: fmt.Sprintf("%s/mail.txt: %v", e.Folder, err)}
	}
	m := c.compose(path.Base(e.Folder), string(text))
	if strings.Contains(e.Folder, "/") { // of a failed run: what it wrote is not to be used
		return m, nil
	}
	left := c.AttachMost
	var out []string
	for _, name := range c.Attach {
		content, err := c.Outbox.inside(path.Join(e.Folder, name), left)
		if err != nil {
			out = append(out, name)
			continue
		}
		left -= int64(len(content))
		ext := filepath.Ext(name)
		m.Attach = append(m.Attach, Attachment{Name: strings.TrimSuffix(name, ext) + "-" + e.AsOf + ext, Content: content})
	}
	return c.tell(m, out), nil
}

// without is the message alone; it says what is missing.
func (c *Courier) without(m Message) Message {
	var names []string
	for _, a := range m.Attach {
		names = append(names, a.Name)
	}
	m.Attach = nil
	return c.tell(m, names)
}

func (c *Courier) tell(m Message, leftOut []string) Message {
	if len(leftOut) > 0 && c.LeftOut != nil {
		m.Body += "\n" + c.LeftOut(leftOut) + "\n"
	}
	return m
}
