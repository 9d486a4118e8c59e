package excel

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"cspplan/reconcile"
)

func TestAmountCell(t *testing.T) {
	for _, c := range []struct {
		minor  int64
		digits uint8
		want   any
	}{
		{0, 2, 0.0}, {1, 2, 0.01}, {-458223_60, 2, -458223.6}, {3316800, 0, 3316800.0}, {12345, 3, 12.345},
		{999_999_999_999_999, 2, 9_999_999_999_999.99},
		{1_000_000_000_000_001, 2, "10000000000000.01"},
		{-9_223_372_036_854_775_808, 3, "-9223372036854775.808"},
		{1_000_000_000_000_001, 0, "1000000000000001"},
	} {
		if got := amountCell(c.minor, c.digits); got != c.want {
			t.Errorf("%d with %d digits: got %v, want %v", c.minor, c.digits, got, c.want)
		}
	}
}

func TestDateCell(t *testing.T) {
	for _, c := range []struct {
		date reconcile.Date
		want any
	}{
		{0, nil},
		{reconcile.NewDate(2026, 11, 23), int64(46349)},
		{reconcile.NewDate(1900, 3, 1), int64(61)},
		{reconcile.NewDate(1900, 2, 28), "1900-02-28"}, // Excel believes that 1900 had a 29 February
	} {
		if got := dateCell(c.date); got != c.want {
			t.Errorf("%s: got %v, want %v", c.date, got, c.want)
		}
	}
}

// TestAppendDecimal holds it to what the library would print of the same amount.
func TestAppendDecimal(t *testing.T) {
	check := func(minor int64, digits uint8) {
		t.Helper()
		want := strconv.FormatFloat(amountCell(minor, digits).(float64), 'f', -1, 64)
		if got := string(appendDecimal(nil, minor, digits)); got != want {
			t.Errorf("%d with %d digits: got %s, want %s", minor, digits, got, want)
		}
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for digits := range uint8(7) {
		for minor := int64(-1100); minor <= 1100; minor++ {
			check(minor, digits)
		}
		check(maxExact, digits)
		check(-maxExact, digits)
		for range 20_000 {
			check(rng.Int64N(maxExact>>rng.IntN(50)+1), digits)
			check(-rng.Int64N(maxExact)/100*100, digits)
		}
	}
}
