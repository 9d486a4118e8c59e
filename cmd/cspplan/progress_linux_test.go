package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// openTerminal is a terminal as the kernel makes them for windows: what is
// written to the one end is read from the other.
func openTerminal(t *testing.T) (window, terminal *os.File) {
	t.Helper()
	window, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("this machine gives no terminals: %v", err)
	}
	t.Cleanup(func() { window.Close() })
	var unlocked, number int32
	for request, value := range map[uintptr]*int32{syscall.TIOCSPTLCK: &unlocked, syscall.TIOCGPTN: &number} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, window.Fd(), request, uintptr(unsafe.Pointer(value))); errno != 0 {
			t.Skipf("this machine gives no terminals: %v", errno)
		}
	}
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("this machine gives no terminals: %v", err)
	}
	return window, terminal
}

// longRun is a folder whose run takes a second or two.
func longRun(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	var rows strings.Builder
	rows.WriteString("Customer,Country,Product,Licences,Expires,Subscription ID\n")
	for n := range 6_000 {
		fmt.Fprintf(&rows, "Customer %d,IT,Office 365 E3,5,2027-%02d-28,7d5f9f3a-0000-4000-8000-%012d\n", n/3, 1+n%12, n)
	}
	for name, text := range map[string]string{"cspplan.yaml": "partner: {country: IT}\n", "exports/a.csv": rows.String()} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// On a terminal one line is rewritten at most five times a second and wiped at
// the end; anywhere else there is none.
func TestProgressOnTerminalOnly(t *testing.T) {
	dir := longRun(t)
	window, terminal := openTerminal(t)
	cmd := exec.Command("cspplan", "run", "--as-of", "2026-11-23")
	cmd.Dir, cmd.Stderr, cmd.Env = dir, terminal, append(os.Environ(), "TERM=xterm")
	start := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	terminal.Close()
	var screen bytes.Buffer
	screen.ReadFrom(window) // ends with an error of the kernel when the program has ended
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, screen.String())
	}
	lines := strings.Split(screen.String(), "\r")
	if limit := int(time.Since(start)/progressEvery) + 2; len(lines) < 3 || len(lines) > limit {
		t.Errorf("the line was written %d times in %s, want 2 to %d times\n%q", len(lines), time.Since(start), limit, screen.String())
	}
	if end := lines[max(0, len(lines)-2)]; strings.TrimLeft(end, " ") != "" || lines[len(lines)-1] != "" {
		t.Errorf("the line was not wiped: it ends with %q", lines[max(0, len(lines)-2):])
	}
	if !strings.Contains(screen.String(), "Planning   6,000 rows") && !strings.Contains(screen.String(), "Writing csp-plan.") {
		t.Errorf("the line says nothing of the run: %q", screen.String())
	}

	for _, args := range [][]string{{"check"}, {"run", "--as-of", "2026-11-24", "--json"}} {
		var errs bytes.Buffer
		cmd := exec.Command("cspplan", args...)
		cmd.Dir, cmd.Stderr = dir, &errs
		if err := cmd.Run(); err != nil {
			t.Fatalf("%v\n%s", err, errs.String())
		}
		if strings.Contains(errs.String(), "\r") || strings.Contains(errs.String(), "Planning") {
			t.Errorf("progress without a terminal: %q", errs.String())
		}
	}
}
