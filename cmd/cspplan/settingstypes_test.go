package main

import (
	"errors"
	"strings"
	"testing"
)

// Faults of the settings are told by line and key, all of them, and in words
// that nobody needs to know Go for.
func TestTypeFaults(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"partner: {country: IT}\npolicy: {lead_days: 9}\n", ""},
		{"inputs:\n  - match: x\n    customer: 123\n    columns: {offer: 5}\n", ""},
		{"partner:\n  country: [IT]\n", "line 2, partner.country: found a list, expected one text"},
		{"partner: IT\n", `line 1, partner: found "IT", expected keys with values`},
		{"policy:\n  lead_days: many\n", `line 2, policy.lead_days: found "many", expected a whole number`},
		{"policy: {lead_days: 1.5}\n", `line 1, policy.lead_days: found "1.5", expected a whole number`},
		{"policy:\n  max_rejected: lots\n", `line 2, policy.max_rejected: found "lots", expected a share`},
		{"output: {letters: 3}\n", `line 1, output.letters: found "3", expected true or false`},
		{"inputs:\n  match: x\n", "line 2, inputs: found keys with values, expected a list"},
		{"inputs:\n  - match: x\n  - y\n", `line 3, inputs[1]: found "y", expected keys`},
		{"policy: {lifecycle: {ea: 3}}\n", `line 1, policy.lifecycle.ea: found "3", expected keys`},
		{"policy: {lead_days: a, warn_days: b}\n", "policy.warn_days"},
		{"- a\n", "line 1, settings: found a list"},
	} {
		got := ""
		if err := errors.Join(typeFaults([]byte(c.in))...); err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%q gives %q, want %q", c.in, got, c.want)
		}
	}
}
