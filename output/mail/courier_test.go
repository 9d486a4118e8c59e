package mail

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

var tonight = time.Date(2026, 11, 23, 3, 15, 0, 0, time.UTC)

// A night is a folder of plans with a courier.
type night struct {
	t     *testing.T
	plans string
	now   time.Time
	c     *Courier
}

func newNight(t *testing.T, s Server) *night {
	t.Helper()
	n := &night{t: t, plans: t.TempDir(), now: tonight}
	n.c = &Courier{Outbox: NewOutbox(n.plans), Server: s, From: address(t, "plan@cirrus.example"), To: nil,
		AttachMost: 1 << 20, LeftOut: func(names []string) string { return "left out: " + strings.Join(names, " ") },
		GiveUp: 7 * 24 * time.Hour, Now: func() time.Time { return n.now }}
	n.c.To = append(n.c.To, address(t, "a@cirrus.example"), address(t, "b@cirrus.example"))
	return n
}

// run makes the folder of a run and queues its mail.
func (n *night) run(folder string) {
	n.t.Helper()
	path := filepath.Join(n.plans, filepath.FromSlash(folder))
	must(n.t, os.MkdirAll(path, 0o700))
	must(n.t, os.WriteFile(filepath.Join(path, "mail.txt"), []byte("Subject of "+folder+"\n\nBody\n"), 0o600))
	must(n.t, os.WriteFile(filepath.Join(path, "csp-plan.pdf"), []byte("%PDF-1.3"), 0o600))
	must(n.t, n.c.Outbox.Queue(folder, n.now.Format(time.DateOnly), n.now))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (n *night) deliver() []Outcome {
	n.t.Helper()
	outcomes, err := n.c.Deliver(n.t.Context())
	must(n.t, err)
	return outcomes
}

// state is the entry of a run.
func (n *night) state(folder string) Entry {
	n.t.Helper()
	entries, err := n.c.Outbox.Entries()
	must(n.t, err)
	i := slices.IndexFunc(entries, func(e Entry) bool { return e.Folder == folder })
	if i < 0 {
		return Entry{}
	}
	return entries[i]
}

const someRun = "2026-11-23-0a1b2c3d"

// A mail goes out once, however often its run comes again.
func TestDeliverOnce(t *testing.T) {
	r, s := startRelay(t, TLSStart, nil)
	n := newNight(t, s)
	n.run(someRun)
	if o := n.deliver(); len(o) != 1 || o[0].Failure != nil || o[0].Accepted != 2 {
		t.Fatalf("outcomes %+v", o)
	}
	for range 3 {
		must(t, n.c.Outbox.Queue(someRun, "2026-11-23", n.now))
		if o := n.deliver(); len(o) != 0 {
			t.Errorf("again: %+v", o)
		}
	}
	if got := r.messages(); len(got) != 1 || !strings.Contains(got[0].text, "Subject: Subject of "+someRun) {
		t.Errorf("the relay got %+v", got)
	}
}

// What nobody took is tried within the run, then by the next one, and old news
// is given up.
func TestDeliverTriesAgain(t *testing.T) {
	r, s := startRelay(t, TLSStart, func(r *relay) { r.answers["RCPT"] = []string{"451 later"} })
	n := newNight(t, s)
	n.c.Waits = []time.Duration{time.Millisecond, time.Millisecond}
	n.run(someRun)
	n.run("failed/2026-11-22T031500Z")
	o := n.deliver()
	if len(o) != 1 || o[0].Failure == nil || o[0].Failure.Reason != ReasonLater || r.connections() != 3 {
		t.Fatalf("outcomes %+v, %d connections; want one mail, three tries", o, r.connections())
	}
	if e := n.state(someRun); e.State != StateWaiting || e.Tries != 1 || e.Reason != ReasonLater || e.Code != 451 {
		t.Errorf("entry %+v", e)
	}
	r.mu.Lock()
	r.answers["RCPT"] = nil
	r.mu.Unlock()
	n.now = n.now.Add(24 * time.Hour)
	if o := n.deliver(); len(o) != 2 || o[0].Failure != nil || o[1].Failure != nil {
		t.Errorf("the next night: %+v", o)
	}
	if got := r.messages(); len(got) != 2 || !strings.Contains(got[0].text, "failed/2026-11-22T031500Z") || !strings.Contains(got[1].text, someRun) {
		t.Errorf("the relay got %+v", got)
	}
}

// Old news is given up, also while the server cannot be talked to.
func TestGivenUp(t *testing.T) {
	r, s := startRelay(t, TLSStart, nil)
	n := newNight(t, s)
	n.run(someRun)
	n.now = n.now.Add(8 * 24 * time.Hour)
	o := n.deliver()
	if len(o) != 1 || o[0].Failure == nil || !strings.Contains(o[0].Failure.Error(), "given up") || n.state(someRun).State != StateGivenUp {
		t.Errorf("outcomes %+v", o)
	}
	if o := n.deliver(); len(o) != 0 || r.connections() != 0 {
		t.Errorf("again: %+v, %d connections", o, r.connections())
	}
}

// Whom the server refuses for now gets the mail later, and the others do not get
// it twice; whom it refuses for good is not asked for again.
func TestDeliverToSome(t *testing.T) {
	r, s := startRelay(t, TLSStart, func(r *relay) {
		r.answers["RCPT <b@cirrus.example>"] = []string{"451 later", ""}
	})
	n := newNight(t, s)
	n.run(someRun)
	if o := n.deliver(); o[0].Accepted != 1 || o[0].Failure == nil || n.state(someRun).State != StateWaiting {
		t.Errorf("first try: %+v", o)
	}
	if o := n.deliver(); o[0].Accepted != 1 || o[0].Failure != nil || n.state(someRun).State != StateSent {
		t.Errorf("second try: %+v", o)
	}
	got := r.messages()
	if len(got) != 2 || len(got[1].to) != 1 || !strings.Contains(got[1].to[0], "<b@") {
		t.Errorf("the relay got %+v", got)
	}
	r.mu.Lock()
	r.answers["RCPT <b@cirrus.example>"] = []string{"550 gone"}
	r.mu.Unlock()
	n.run("2026-11-24-ffffffff")
	if o := n.deliver(); o[0].Accepted != 1 || o[0].Failure == nil || o[0].Entry.State != StateSent {
		t.Errorf("refused for good: %+v", o)
	}
}

// A run that has not appeared yet, or is not kept any more, sends nothing.
func TestWithoutFolder(t *testing.T) {
	r, s := startRelay(t, TLSStart, nil)
	n := newNight(t, s)
	must(t, n.c.Outbox.Queue(someRun, "2026-11-23", n.now))
	if o := n.deliver(); len(o) != 0 || n.state(someRun).State != StateWaiting {
		t.Errorf("before the run appeared: %+v", o)
	}
	n.now = n.now.Add(25 * time.Hour)
	if o := n.deliver(); len(o) != 0 || n.state(someRun).State != "" || r.connections() != 0 {
		t.Errorf("a day later: %+v, %+v", o, n.state(someRun))
	}
}

// Processes that send at the same time send each mail once.
func TestDeliverSideBySide(t *testing.T) {
	r, s := startRelay(t, TLSStart, nil)
	n := newNight(t, s)
	for _, id := range []string{"a", "b", "c"} {
		n.run("2026-11-23-" + id)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			c := *n.c
			if _, err := c.Deliver(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got := len(r.messages()); got != 3 {
		t.Errorf("%d messages, want 3", got)
	}
}

// Attachments that are too large, for the settings or for the server, are left
// out, and the mail says so.
func TestAttachmentsLeftOut(t *testing.T) {
	r, s := startRelay(t, TLSStart, func(r *relay) { r.answers["end"] = []string{"552 too big", ""} })
	n := newNight(t, s)
	n.c.Attach = []string{"csp-plan.pdf"}
	n.run(someRun)
	if o := n.deliver(); o[0].Failure != nil {
		t.Fatal(o[0].Failure)
	}
	n.c.AttachMost = 3
	n.run("2026-11-24-ffffffff")
	if o := n.deliver(); o[0].Failure != nil {
		t.Fatal(o[0].Failure)
	}
	got := r.messages()
	if len(got) != 2 || !strings.Contains(got[0].text, "left out: csp-plan-2026-11-23.pdf") || !strings.Contains(got[1].text, "left out: csp-plan.pdf") {
		t.Errorf("the relay got %+v", got)
	}
	for _, m := range got {
		if strings.Contains(m.text, "multipart") {
			t.Errorf("something is attached:\n%s", m.text)
		}
	}
}

// An entry that was cut or changed sends nothing, and the others go out.
func TestDamagedOutbox(t *testing.T) {
	r, s := startRelay(t, TLSStart, nil)
	n := newNight(t, s)
	n.run(someRun)
	must(t, os.WriteFile(filepath.Join(n.plans, boxDir, "2026-11-22-aaaaaaaa.json"), []byte(`{"folder": "2026-11-22-aa`), 0o600))
	must(t, os.WriteFile(filepath.Join(n.plans, boxDir, "x.json"), []byte(`{"folder": "../../etc", "state": "waiting"}`), 0o600))
	o, err := n.c.Deliver(t.Context())
	if err == nil || !strings.Contains(err.Error(), "2026-11-22-aaaaaaaa.json") || len(o) != 1 || len(r.messages()) != 1 {
		t.Errorf("outcomes %+v, %v", o, err)
	}
}

// No link leads out of the folder of the plans.
func TestLinkedMailText(t *testing.T) {
	r, s := startRelay(t, TLSStart, nil)
	n := newNight(t, s)
	n.run(someRun)
	secret := filepath.Join(t.TempDir(), "secret")
	must(t, os.WriteFile(secret, []byte(canary), 0o600))
	text := filepath.Join(n.plans, someRun, "mail.txt")
	must(t, os.Remove(text))
	if err := os.Symlink(secret, text); err != nil {
		t.Skip(err)
	}
	if o := n.deliver(); o[0].Failure == nil || o[0].Failure.Reason != ReasonUnreadable || len(r.messages()) != 0 {
		t.Errorf("outcomes %+v", o)
	}
}

// A password that cannot be read stops the mail before anything is said.
func TestNoPassword(t *testing.T) {
	r, s := startRelay(t, TLSStart, nil)
	n := newNight(t, s)
	n.c.Password = func() (Secret, error) { return SecretFromEnv("NO_SUCH_VARIABLE") }
	n.run(someRun)
	if o := n.deliver(); o[0].Failure == nil || o[0].Failure.Reason != ReasonSecret || r.connections() != 0 {
		t.Errorf("outcomes %+v, %d connections", o, r.connections())
	}
}

// A stopped program leaves the mail for the next run.
func TestDeliverStopped(t *testing.T) {
	r, s := startRelay(t, TLSStart, func(r *relay) { r.hangs = "MAIL" })
	n := newNight(t, s)
	n.c.Server.Timeout, n.c.Waits = time.Minute, []time.Duration{time.Minute}
	n.run(someRun)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(200*time.Millisecond, cancel)
	start := time.Now()
	if _, err := n.c.Deliver(ctx); err != nil || time.Since(start) > 5*time.Second {
		t.Errorf("%v after %v", err, time.Since(start))
	}
	if e := n.state(someRun); e.State != StateWaiting || len(r.messages()) != 0 {
		t.Errorf("entry %+v", e)
	}
}

// Nothing is made and nobody is called where nothing was queued.
func TestNothingQueued(t *testing.T) {
	r, s := startRelay(t, TLSStart, nil)
	n := newNight(t, s)
	if o := n.deliver(); len(o) != 0 || r.connections() != 0 {
		t.Errorf("outcomes %+v", o)
	}
	if left, _ := os.ReadDir(n.plans); len(left) != 0 {
		t.Errorf("made %v", left)
	}
}

// What is kept names no recipient and is for its owner only.
func TestOutboxIsPrivate(t *testing.T) {
	_, s := startRelay(t, TLSStart, nil)
	n := newNight(t, s)
	n.run(someRun)
	n.deliver()
	err := filepath.Walk(filepath.Join(n.plans, boxDir), func(path string, info os.FileInfo, err error) error {
		must(t, err)
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		if b, err := os.ReadFile(path); err == nil && strings.Contains(string(b), "cirrus.example") {
			t.Errorf("%s holds %s", path, b)
		}
		return nil
	})
	must(t, err)
}
