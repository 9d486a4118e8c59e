package reconcile

import (
	"testing"

	"github.com/govalues/decimal"
)

// Currencies whose coins are out of use keep the digits of ISO 4217: a price of
// RSD 99.99 is no RSD 100.
func TestMinorDigits(t *testing.T) {
	for _, tt := range []struct {
		code string
		want int
	}{
		{"EUR", 2}, {"USD", 2}, {"RSD", 2}, {"ALL", 2}, {"COP", 2}, {"IDR", 2}, {"PKR", 2}, {"HUF", 2}, {"TWD", 2},
		{"JPY", 0}, {"KRW", 0}, {"ISK", 0}, {"CLP", 0}, {"VND", 0}, {"XOF", 0}, {"UGX", 0},
		{"KWD", 3}, {"BHD", 3}, {"JOD", 3}, {"OMR", 3}, {"TND", 3}, {"IQD", 3}, {"LYD", 3},
		{"CLF", 4}, {"jpy", 0}, {"", 2}, {"???", 2},
	} {
		if got := MinorDigits(tt.code); got != tt.want {
			t.Errorf("MinorDigits(%q) = %d, want %d", tt.code, got, tt.want)
		}
	}
}

func TestRoundHalfUpToMinorUnit(t *testing.T) {
	for _, tt := range []struct{ amount, code, want string }{
		{"4.005", "EUR", "4.01"},
		{"4.004999", "EUR", "4.00"},
		{"99.985", "RSD", "99.99"},
		{"1000.5", "JPY", "1001"},
		{"0.3355", "KWD", "0.336"},
		{"-4.005", "EUR", "-4.01"},
	} {
		got, err := RoundHalfUp(decimal.MustParse(tt.amount), tt.code)
		if err != nil {
			t.Fatal(err)
		}
		if text := got.Text(tt.code); text != tt.want {
			t.Errorf("%s %s rounds to %s, want %s", tt.code, tt.amount, text, tt.want)
		}
	}
}
