package main

import (
	"strings"
	"testing"
)

func TestRateSettings(t *testing.T) {
	tests := []struct {
		name, yaml string
		fault      string // part of a message; empty: none
	}{
		{"none", `{}`, ""},
		{"a table", `{to: EUR, date: 2026-11-20, rates: {USD: 0.8681, jpy: "0.00555"}}`, ""},
		{"no day", `{to: EUR, rates: {USD: 0.8681}}`, ".date"},
		{"a day that is none", `{to: EUR, date: 2026-02-30, rates: {USD: 0.8681}}`, ".date"},
		{"no currency to convert into", `{date: 2026-11-20, rates: {USD: 0.8681}}`, ".to"},
		{"no such currency", `{to: EUR, date: 2026-11-20, rates: {DOLLAR: 0.8681}}`, "DOLLAR"},
		{"twice", `{to: EUR, date: 2026-11-20, rates: {USD: 0.8681, usd: 0.9}}`, "stands twice"},
		{"nought", `{to: EUR, date: 2026-11-20, rates: {USD: 0}}`, "above 0"},
		{"negative", `{to: EUR, date: 2026-11-20, rates: {USD: -1}}`, "above 0"},
		{"decimal comma", `{to: EUR, date: 2026-11-20, rates: {USD: "0,8681"}}`, "with a dot"},
		{"one euro is one euro", `{to: EUR, date: 2026-11-20, rates: {EUR: 2, USD: 0.8}}`, "one EUR is one EUR"},
		{"no rates", `{to: EUR, date: 2026-11-20}`, "is empty"},
	}
	for _, tt := range tests {
		s := defaults()
		if err := decodeSettings([]byte("output: {currency_rates: "+tt.yaml+"}"), &s); err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var got []string
		for _, err := range s.Output.CurrencyRates.check() {
			got = append(got, err.Error())
		}
		if all := strings.Join(got, "; "); (tt.fault == "") != (all == "") || !strings.Contains(all, tt.fault) {
			t.Errorf("%s: got %q, want %q", tt.name, all, tt.fault)
		}
	}
}
