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
		{"12345678901234567.99", "EUR", "12345678901234567.99"}, // of more digits than a sum with half a cent has
		{"92233720368547758.07", "EUR", "92233720368547758.07"}, // the largest that fits
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

// An amount that does not fit is said to be too large, not wrapped round.
func TestRoundTooLarge(t *testing.T) {
	for _, tt := range []struct{ amount, code string }{{"92233720368547758.08", "EUR"}, {"92233720368547758.99", "EUR"}, {"9223372036854775.808", "KWD"}, {"9999999999999999999", "JPY"}} {
		if got, err := RoundHalfUp(decimal.MustParse(tt.amount), tt.code); err == nil {
			t.Errorf("%s %s: got %s, want an error", tt.code, tt.amount, got.Text(tt.code))
		}
	}
}

func TestAmountAsDecimal(t *testing.T) {
	for _, tt := range []struct {
		minor      int64
		code, want string
	}{{12345, "EUR", "123.45"}, {-5, "EUR", "-0.05"}, {9600, "JPY", "9600"}, {1<<63 - 1, "KWD", "9223372036854775.807"}} {
		if got := MinorUnits(tt.minor).Decimal(tt.code).String(); got != tt.want {
			t.Errorf("%d of %s: got %s, want %s", tt.minor, tt.code, got, tt.want)
		}
	}
}
