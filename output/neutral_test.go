package output

import "testing"

func TestNeutral(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"Caffè Società S.r.l.", "Caffè Società S.r.l."},
		{"=1+1", "'=1+1"},
		{"+39 02 1234", "'+39 02 1234"},
		{"-", "'-"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"\tx", "'\tx"},
		{"\rx", "'\rx"},
		{"  =cmd|' /C calc'!A0", "'  =cmd|' /C calc'!A0"},
		{"\"=1", "'\"=1"},
		{"＝1+1", "'＝1+1"},
		{"'=1+1", "''=1+1"},
		{"'quoted'", "'quoted'"},
		{"O'Brien", "O'Brien"},
	}
	for _, tt := range tests {
		if got := Neutral(tt.in); got != tt.want {
			t.Errorf("Neutral(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if got := Raw(Neutral(tt.in)); got != tt.in {
			t.Errorf("Raw(Neutral(%q)) = %q", tt.in, got)
		}
	}
}

func FuzzNeutral(f *testing.F) {
	for _, s := range []string{"=1", "''=1", "' =1", "'", "x", "\ufeff=1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := Neutral(s)
		if Raw(n) != s {
			t.Errorf("Raw(Neutral(%q)) = %q", s, Raw(n))
		}
		if startsRisky(n) {
			t.Errorf("Neutral(%q) = %q still starts a formula", s, n)
		}
	})
}
