package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"cspplan/input"
	"cspplan/reconcile"
	"cspplan/report"
)

func readme(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(root + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The README's table of rules is the slice of rules.
func TestReadmeRules(t *testing.T) {
	text, err := report.LoadTexts("en")
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for _, r := range reconcile.Rules {
		fmt.Fprintf(&want, "| `%s` | %s | %s |\n", r.Code, r.Severity, text.Label("finding."+r.Code))
	}
	if !strings.Contains(readme(t), want.String()) {
		t.Errorf("the README's table of rules should be:\n%s", want.String())
	}
}

// The README's block of settings is a settings file, and holds the defaults.
func TestReadmeSettings(t *testing.T) {
	_, block, found := strings.Cut(readme(t), "```yaml\n")
	block, _, closed := strings.Cut(block, "```")
	if !found || !closed {
		t.Fatal("no block of settings")
	}
	if diff := cmp.Diff(settingsHelp, block); diff != "" {
		t.Errorf("help settings against the README (-help +README):\n%s", diff)
	}
	var got Settings
	if err := decodeSettings([]byte(block), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(defaults(), got, cmpopts.IgnoreUnexported(Settings{}), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("defaults against the README (-want +got):\n%s", diff)
	}
}

// The README's table of exit codes is what `help exit-codes` prints.
func TestReadmeExitCodes(t *testing.T) {
	for _, c := range exitCodes {
		if line := fmt.Sprintf("| %d | %s |\n", c.code, c.meaning); !strings.Contains(readme(t), line) {
			t.Errorf("the README lacks %q", line)
		}
	}
}

// Every layout that is read is named in the README.
func TestReadmeLayouts(t *testing.T) {
	for _, name := range input.Layouts() {
		if !strings.Contains(readme(t), "`"+name+"`") {
			t.Errorf("layout %s is not in the README", name)
		}
	}
}
