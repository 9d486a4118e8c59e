package main

import (
	"strings"
	"testing"
)

func TestSizes(t *testing.T) {
	tests := []struct {
		text string
		want Size // -1: refused
	}{
		{"1048576", 1 << 20}, {"512MiB", 512 << 20}, {"512 MiB", 512 << 20}, {`"2 GiB"`, 2 << 30}, {"8gib", 8 << 30}, {"1.5GB", 1.5e9},
		{"10k", 10 << 10}, {"1_000_000", 1e6}, {"7 bytes", 7}, {"0", 0},
		{"-1", -1}, {"many", -1}, {"12 apples", -1}, {"MiB", -1}, {"1e400", -1}, {"99999999 TiB", -1}, {"NaN", -1}, {"512,5 MiB", -1},
	}
	for _, tt := range tests {
		s := defaults()
		err := decodeSettings([]byte("limits: {csv_bytes: "+strings.ReplaceAll(tt.text, ",", `","`)+"}"), &s)
		if strings.Contains(tt.text, ",") {
			err = new(Size).UnmarshalYAML([]byte(tt.text))
		}
		switch {
		case tt.want < 0 && (err == nil || !strings.Contains(err.Error(), "is not a size")):
			t.Errorf("%s: got %d, %v, want it refused as no size", tt.text, s.Limits.CSVBytes, err)
		case tt.want >= 0 && (err != nil || s.Limits.CSVBytes != tt.want):
			t.Errorf("%s: got %d, %v, want %d", tt.text, s.Limits.CSVBytes, err, tt.want)
		}
	}
}

func TestNegativeLimits(t *testing.T) {
	s := defaults()
	if err := decodeSettings([]byte("limits: {columns: -1, seconds: -5, record_bytes: 2GiB}"), &s); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, err := range s.check() {
		got = append(got, err.Error())
	}
	text := strings.Join(got, "\n")
	for _, want := range []string{"limits.columns: -1", "limits.seconds: -5", "limits.record_bytes"} {
		if !strings.Contains(text, want) {
			t.Errorf("got %q, want it to name %s", text, want)
		}
	}
}
