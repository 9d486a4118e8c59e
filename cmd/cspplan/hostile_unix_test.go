//go:build unix

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Nothing that a stranger wrote commands the terminal, the log or the mail, and
// nothing behind a link is shown.
func TestHostileNamesAndLinks(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "cspplan.yaml", "partner: {country: IT}\n")
	put(t, "secret", "Customer,Product,Licences,Expires\nTOPSECRET,Office 365 E3,5,2027-01-31\n")
	const esc = "\x1b[31m\a\u009b2J\u202e"
	put(t, "exports/evil"+esc+"\n.csv", strings.Replace(strings.Replace(export("Con"+esc+"toso", "a-1"), "Subscription ID", "Subscription ID,Head"+esc, 1), "a-1", "a-1,x", 1))
	put(t, "exports/bad"+esc+".csv", "no\theader"+esc)
	put(t, "exports/dates.csv", strings.Replace(export("X", "b-2"), "2027-01-31", "31/31/2027"+esc, 1))
	put(t, "exports/~$open.xlsx", "x")
	put(t, "exports/.~lock.open.ods#", "x")
	put(t, "exports/load.csv.crdownload", "x")
	for name, target := range map[string]string{"link.csv": "../secret", "gone.csv": "nowhere", "dir": "/etc"} {
		if err := os.Symlink(target, filepath.Join("exports", name)); err != nil {
			t.Skip(err)
		}
	}
	noError(t, syscall.Mkfifo("exports/pipe.csv", 0o600))

	_, checked, errs := command(t, "check")
	_, answer, more := command(t, "run", "--as-of", "2026-11-23")
	_, asJSON, _ := command(t, "check", "--json")
	told := checked + errs + answer + more + asJSON
	filepath.WalkDir("plans", func(path string, d os.DirEntry, err error) error {
		if name := filepath.Base(path); name == "mail.txt" || name == "run.json" {
			b, err := os.ReadFile(path)
			noError(t, err)
			told += string(b)
		}
		return err
	})
	for _, bad := range []string{"\x1b", "\a", "\u009b", "\u202e", "TOPSECRET", "root:"} {
		if i := strings.Index(told, bad); i >= 0 {
			t.Errorf("%q is told: %.120q", bad, told[max(0, i-60):])
		}
	}
	for _, want := range []string{"exports/link.csv    refused: symbolic-link", "exports/gone.csv    refused: symbolic-link", "exports/dir    refused: symbolic-link",
		"exports/pipe.csv    refused: unreadable", "exports/~$open.xlsx    left out: lock file", "exports/.~lock.open.ods#    left out: lock file",
		"exports/load.csv.crdownload    left out: a download", `exports/evil\u001b[31m\u0007\u009b2J\u202e\u000a.csv    csv`} {
		if !strings.Contains(checked, want) {
			t.Errorf("check does not say %q:\n%s", want, checked)
		}
	}
	for line := range strings.Lines(asJSON) {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %q", line)
		}
	}
}
