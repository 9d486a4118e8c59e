package report

import "testing"

func TestFixed(t *testing.T) {
	for _, c := range []struct {
		lang   string
		n      int64
		digits int
		want   string
	}{
		{"en", 0, 0, "0"},
		{"en", 0, 2, "0.00"},
		{"en", 5, 2, "0.05"},
		{"en", 45822360, 2, "458,223.60"},
		{"en", -45822360, 2, "−458,223.60"},
		{"de", 45822360, 3, "45.822,360"},
		{"fr", 3316800, 0, "3\u202f316\u202f800"},
	} {
		x, err := LoadTexts(c.lang)
		if err != nil {
			t.Fatal(err)
		}
		if got := x.Fixed(c.n, c.digits); got != c.want {
			t.Errorf("%s: Fixed(%d, %d) = %q, want %q", c.lang, c.n, c.digits, got, c.want)
		}
	}
}
