//go:build reliability

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// network counts the system calls that reach for the network: none by any
// command as long as the settings name no mail server. With one there are some,
// which shows that the count can see them.
func (w *reliabilityWorld) network(t *testing.T) (tried, wrong int) {
	path, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	dir := w.copyOfHome(t)
	settings := filepath.Join(dir, "cspplan.yaml")
	calls := func(args ...string) int {
		trace := filepath.Join(t.TempDir(), "trace")
		cmd := exec.Command(path, append([]string{"-f", "-qq", "-e", "trace=network", "-e", "signal=none", "-o", trace, w.program}, args...)...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() > exitWarnings {
			t.Logf("%v: %v\n%s", args, err, out)
		}
		traced, err := os.ReadFile(trace)
		must(t, err)
		return bytes.Count(traced, []byte("socket(")) + bytes.Count(traced, []byte("connect("))
	}
	run := []string{"run", "--as-of", today, "--quiet"}
	var faults []string
	for _, args := range [][]string{run, {"run", "--as-of", today, "--dry-run", "--quiet"}, {"check"}, {"history"}, {"mail"}, {"match", "Office 365 E3"}, {"catalog", "E3"}, {"version"}} {
		tried++
		if n := calls(args...); n > 0 {
			faults = append(faults, fmt.Sprintf("%v reaches for the network %d times", args, n))
		}
	}
	without, err := os.ReadFile(settings)
	must(t, err)
	must(t, os.WriteFile(settings, append(without, "\nmail: {to: [a@cirrus.example], smtp: {host: 127.0.0.1, port: 1, tls: none, from: b@cirrus.example}}\n"...), 0o600))
	tried++
	if calls("mail", "--test") == 0 {
		faults = append(faults, "a mail server is named, and no call is seen")
	}
	return tried, reportFaults(t, "network", faults)
}
