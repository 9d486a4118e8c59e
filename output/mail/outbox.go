package mail

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	netmail "net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// boxDir lies beside the run folders; its dot hides it from their listing.
const boxDir = ".mail"

// What became of the mail of a run.
const (
	StateWaiting = "waiting" // for the next try
	StateSent    = "sent"
	StateGivenUp = "given-up" // too old to be news
)

// An Entry is what is remembered of the mail of one run. It holds no text and no
// address: the text is mail.txt in the run's folder, recipients are those of the
// settings.
type Entry struct {
	Folder    string    `json:"folder"` // of the run, below the folder of the plans
	AsOf      string    `json:"as_of"`
	Queued    time.Time `json:"queued"`
	State     string    `json:"state"`
	Tries     int       `json:"tries,omitempty"`
	Last      time.Time `json:"last,omitzero"`
	Reason    string    `json:"reason,omitempty"` // why the last try did not reach everybody
	Code      int       `json:"code,omitempty"`   // the server's answer to it
	Delivered []string  `json:"delivered,omitempty"`
}

// An Outbox is the memory of what was sent, one small file a run.
type Outbox struct{ plans string }

// NewOutbox is the outbox of a folder of plans. Nothing is made before the
// first entry.
func NewOutbox(plans string) *Outbox { return &Outbox{plans} }

func (b *Outbox) dir() string { return filepath.Join(b.plans, boxDir) }

// path is the file of an entry: failed/2026-11-23T031500Z is
// failed-2026-11-23T031500Z.json.
func (b *Outbox) path(folder string) string {
	return filepath.Join(b.dir(), strings.ReplaceAll(folder, "/", "-")+".json")
}

// Queue remembers that the mail of a run is to be sent, unless something is
// known of it already. It may come before the run's folder appears: a mail
// without its folder waits.
func (b *Outbox) Queue(folder, asOf string, now time.Time) error {
	if info, err := os.Lstat(b.dir()); err == nil && !info.IsDir() {
		return fmt.Errorf("making the outbox: %s is no folder, and links are not followed", b.dir())
	}
	if err := os.MkdirAll(b.dir(), 0o700); err != nil {
		return fmt.Errorf("making the outbox: %w", err)
	}
	if _, err := os.Lstat(b.path(folder)); err == nil {
		return nil
	}
	return b.write(Entry{Folder: folder, AsOf: asOf, Queued: now.UTC(), State: StateWaiting})
}

// Withdraw forgets a mail whose run came to nothing.
func (b *Outbox) Withdraw(folder string) {
	os.Remove(b.path(folder))
}

// Entries are all that is remembered, the oldest first. Files that cannot be
// read are a joined error beside the others.
func (b *Outbox) Entries() ([]Entry, error) {
	files, err := os.ReadDir(b.dir())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("listing the outbox: %w", err)
	}
	var entries []Entry
	var bad []error
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".json") {
			continue
		}
		e, err := b.read(f.Name())
		if err != nil {
			bad = append(bad, err)
			continue
		}
		entries = append(entries, e)
	}
	slices.SortStableFunc(entries, func(a, b Entry) int { return a.Queued.Compare(b.Queued) })
	return entries, errors.Join(bad...)
}

func (b *Outbox) read(name string) (Entry, error) {
	var e Entry
	content, err := b.inside(filepath.Join(boxDir, name), 1<<20)
	if err == nil {
		err = json.Unmarshal(content, &e)
	}
	if err == nil && (!filepath.IsLocal(filepath.FromSlash(e.Folder)) || filepath.Base(b.path(e.Folder)) != name) {
		err = errors.New("it names another run's folder")
	}
	if err != nil {
		return e, fmt.Errorf("%s cannot be used, its mail is not sent: %w", filepath.Join(b.dir(), name), err)
	}
	return e, nil
}

// write replaces an entry, whole or not at all.
func (b *Outbox) write(e Entry) error {
	keep, _, err := b.prepare(e)
	if err != nil {
		return err
	}
	return keep()
}

// prepare writes an entry beside the one that stands, so that keep need only
// rename it: what was sent can then be noted on a full disk, too.
func (b *Outbox) prepare(e Entry) (keep func() error, discard func(), err error) {
	growing := filepath.Join(b.dir(), fmt.Sprintf(".growing-%d", os.Getpid()))
	discard = func() { os.Remove(growing) }
	content, err := json.MarshalIndent(e, "", "  ")
	if err == nil {
		err = writeSynced(growing, append(content, '\n'))
	}
	if err != nil {
		discard()
		return nil, nil, fmt.Errorf("writing the outbox: %w", err)
	}
	keep = func() error {
		if err := os.Rename(growing, b.path(e.Folder)); err != nil {
			discard()
			return fmt.Errorf("writing the outbox: %w", err)
		}
		return nil
	}
	return keep, discard, nil
}

func writeSynced(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}

// busyLimit is how long a run waits for another process to have sent its mail.
const busyLimit = 30 * time.Second

// lock makes this process the only one that sends. The kernel holds it, so it
// ends with its process.
func (b *Outbox) lock(ctx context.Context) (release func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, busyLimit)
	defer cancel()
	lock := flock.New(filepath.Join(b.dir(), ".lock"), flock.SetPermissions(0o600))
	ok, err := lock.TryLockContext(ctx, 200*time.Millisecond)
	switch {
	case ok:
		return func() { lock.Unlock() }, nil
	case ctx.Err() != nil:
		return nil, errBusy
	}
	return nil, fmt.Errorf("locking the outbox: %w", err)
}

var errBusy = errors.New("another process is sending the mail of this folder")

// inside reads a file below the folder of the plans; no link leads out of it.
func (b *Outbox) inside(name string, most int64) ([]byte, error) {
	f, err := os.OpenInRoot(b.plans, filepath.FromSlash(name))
	if err != nil {
		return nil, withoutPath(err)
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, withoutPath(err)
	case !info.Mode().IsRegular():
		return nil, errors.New("is no ordinary file")
	case info.Size() > most:
		return nil, fmt.Errorf("has %d bytes, more than %d", info.Size(), most)
	}
	content := make([]byte, info.Size())
	n, err := f.ReadAt(content, 0)
	if err != nil && n < len(content) {
		return nil, fmt.Errorf("is shorter than it was: %w", withoutPath(err))
	}
	return content, nil
}

// exists tells whether a run's folder has appeared and is still kept.
func (b *Outbox) exists(folder string) bool {
	info, err := os.Stat(filepath.Join(b.plans, filepath.FromSlash(folder)))
	return err == nil && info.IsDir()
}

// missing are the recipients who do not have the mail yet.
func (e *Entry) missing(to []*netmail.Address) []*netmail.Address {
	var left []*netmail.Address
	for _, a := range to {
		if !slices.Contains(e.Delivered, addressMark(a)) {
			left = append(left, a)
		}
	}
	return left
}

func (e *Entry) deliver(to []*netmail.Address) {
	for _, a := range to {
		e.Delivered = append(e.Delivered, addressMark(a))
	}
}

// addressMark tells whether a recipient has a mail without keeping the address.
func addressMark(a *netmail.Address) string {
	sum := sha256.Sum256([]byte(strings.ToLower(a.Address)))
	return hex.EncodeToString(sum[:8])
}
