package sheet

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// write puts a file into the test's own folder and returns its path.
func write(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// open opens a file that must be readable as far as Open looks.
func open(t testing.TB, path string, opt Options) *Book {
	t.Helper()
	b, err := Open(context.Background(), path, filepath.Base(path), opt)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// rows reads a sheet: each row as number:cell|cell, a row's fault with a !
// before, a cell's kind as a letter behind it unless it is text.
func rows(s Sheet) (got []string, err error) {
	for row, err := range s.Rows() {
		if err != nil {
			return got, err
		}
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text+map[CellKind]string{Number: "#n", Date: "#d", Bool: "#b", Fault: "#f"}[c.Kind])
		}
		mark := ""
		if row.Fault != "" {
			mark = "!"
		}
		got = append(got, fmt.Sprintf("%d:%s%s", row.Number, mark, strings.Join(cells, "|")))
	}
	return got, nil
}

// refusalOf opens a file and reads all of it, and returns how it was refused.
func refusalOf(t testing.TB, path string, opt Options) *Refusal {
	t.Helper()
	b, err := Open(context.Background(), path, filepath.Base(path), opt)
	if err == nil {
		defer b.Close()
		for _, s := range b.Sheets {
			if _, err = rows(s); err != nil {
				break
			}
		}
	}
	var r *Refusal
	if err != nil && !errors.As(err, &r) {
		t.Fatalf("error %T (%v) is no refusal", err, err)
	}
	return r
}

// learnSpellings does what the first text in an old code page would make a fuzz
// target wait for.
func learnSpellings() { likely([]byte("Caff\xe8")) }

// wantRefused checks the code of a refusal, and that its message names the file
// and holds the words but none that mean nothing to its reader.
func wantRefused(t testing.TB, r *Refusal, code, name string, words ...string) {
	t.Helper()
	if r == nil {
		t.Fatalf("read without refusal, want %s", code)
	}
	if r.Code != code || !strings.HasPrefix(r.Message, name) {
		t.Errorf("got %s (%s), want %s and the name %s", r.Code, r.Message, code, name)
	}
	for _, w := range words {
		if !strings.Contains(r.Message, w) {
			t.Errorf("message %q lacks %q", r.Message, w)
		}
	}
	for _, w := range []string{"EOF", "zip:", "xml:", "flate:", "*sheet", "panic", "nil", "runtime"} {
		if strings.Contains(r.Message, w) {
			t.Errorf("message %q says %q", r.Message, w)
		}
	}
}
