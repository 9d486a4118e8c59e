//go:build unix

package sheet

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A pipe must not make the night wait for what nobody writes into it, and what
// a link points to is nobody's business.
func TestSpecialFiles(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := syscall.Mkfifo(at("fifo.csv"), 0o600); err != nil {
		t.Skip(err)
	}
	socket, err := net.Listen("unix", at("socket.csv"))
	if err != nil {
		t.Skip(err)
	}
	defer socket.Close()
	secret := write(t, "secret.csv", []byte("a,b\n1,secret\n"))
	for name, target := range map[string]string{"link.csv": secret, "gone.csv": at("nowhere"), "dev.csv": "/dev/zero", "ring.csv": at("ring.csv"), "dir.csv": dir} {
		if err := os.Symlink(target, at(name)); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct{ name, code, word string }{
		{"fifo.csv", CodeUnreadable, "pipe"},
		{"socket.csv", CodeUnreadable, "socket"},
		{"link.csv", CodeSymbolicLink, "not followed"},
		{"gone.csv", CodeSymbolicLink, "not followed"},
		{"dev.csv", CodeSymbolicLink, "not followed"},
		{"ring.csv", CodeSymbolicLink, "not followed"},
		{"dir.csv", CodeSymbolicLink, "not followed"},
		{"none.csv", CodeUnreadable, "does not exist"},
	}
	for _, tt := range tests {
		r := refusalOf(t, at(tt.name), Options{})
		wantRefused(t, r, tt.code, tt.name, tt.word)
		if strings.Contains(r.Message, "secret") || strings.Contains(r.Message, "/dev") {
			t.Errorf("%q tells where the link points", r.Message)
		}
	}
	wantRefused(t, refusalOf(t, dir, Options{}), CodeUnreadable, filepath.Base(dir), "folder")
	if syscall.Getuid() != 0 { // nothing is unreadable to root
		shut := write(t, "shut.csv", []byte("a\n"))
		os.Chmod(shut, 0)
		wantRefused(t, refusalOf(t, shut, Options{}), CodeUnreadable, "shut.csv", "permissions")
	}
}

// A file that is put in the place of another while it is read is not the one
// that was opened.
func TestReplacedFile(t *testing.T) {
	path := write(t, "t.csv", []byte("a,b\n1,2\n"))
	f, err := OpenFile(context.Background(), path, "t.csv", Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Unchanged(); err != nil {
		t.Errorf("unchanged, but %v", err)
	}
	info, _ := os.Stat(path)
	other := write(t, "other.csv", []byte("a,b\n1,3\n"))
	os.Chtimes(other, info.ModTime(), info.ModTime())
	if err := os.Rename(other, path); err != nil {
		t.Fatal(err)
	}
	r, _ := f.Unchanged().(*Refusal)
	wantRefused(t, r, CodeStillBeingWritten, "t.csv", "changed")
}

// A file that a program has open for writing is not whole, unless it has been
// left alone for long.
func TestStillBeingWritten(t *testing.T) {
	path := write(t, "t.csv", []byte("a,b\n"))
	writer, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	settledNow := func() error {
		t.Helper()
		f, err := OpenFile(context.Background(), path, "t.csv", Limits{})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		return f.Settled()
	}
	r, _ := settledNow().(*Refusal)
	if r == nil {
		t.Skip("this system does not tell who writes")
	}
	wantRefused(t, r, CodeStillBeingWritten, "t.csv", "another program")
	hourAgo := time.Now().Add(-time.Hour)
	os.Chtimes(path, hourAgo, hourAgo)
	if err := settledNow(); err != nil {
		t.Errorf("left open for an hour: %v", err)
	}
	writer.Close()
	os.Chtimes(path, time.Now(), time.Now())
	if err := settledNow(); err != nil {
		t.Errorf("closed: %v", err)
	}
}
