//go:build unix

package input

import (
	"context"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// A pipe among the exports is refused; waiting for what it says would stop the
// night.
func TestPipeIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe.csv")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	done := make(chan Batch, 1)
	go func() {
		batch, _ := Read(context.Background(), []File{{Path: path, Name: "exports/pipe.csv"}}, Options{})
		done <- batch
	}()
	select {
	case batch := <-done:
		if r := batch.Files[0].Refused; r == nil || r.Code != "unreadable" {
			t.Errorf("refused %v, want unreadable", r)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("reading a pipe hangs")
	}
}
