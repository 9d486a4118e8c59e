//go:build unix

package sheet

import (
	"path/filepath"
	"syscall"
	"testing"
)

// A pipe must not make the night wait for what nobody writes into it.
func TestSpecialFiles(t *testing.T) {
	dir := t.TempDir()
	fifo := filepath.Join(dir, "fifo.csv")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Skip(err)
	}
	wantRefused(t, refusalOf(t, fifo, Options{}), CodeUnreadable, "fifo.csv", "pipe")
	wantRefused(t, refusalOf(t, dir, Options{}), CodeUnreadable, filepath.Base(dir), "folder")
	wantRefused(t, refusalOf(t, filepath.Join(dir, "none.csv"), Options{}), CodeUnreadable, "none.csv", "does not exist")
}
