package reconcile

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"strconv"
	"strings"

	"github.com/govalues/decimal"
)

// An Amount is money in the minor unit (cents, yen) of a currency that stands
// beside it. The zero Amount is unknown, which is not the same as nothing:
// unknown amounts are printed empty and counted, never summed as zero.
//
// It is one word, because a row has nine of them: the number with its topmost
// bit turned over, so that the only number that cannot be told is the least of
// all.
type Amount int64

// MinorUnits returns a known amount.
func MinorUnits(n int64) Amount { return Amount(n ^ math.MinInt64) }

// Known tells an amount from the absence of one.
func (a Amount) Known() bool { return a != 0 }

// Minor is the number of minor units, nought if it is unknown.
func (a Amount) Minor() int64 {
	if a == 0 {
		return 0
	}
	return int64(a) ^ math.MinInt64
}

// Plus adds a known amount; an unknown one on either side leaves the other.
// Both must be in one currency: the caller groups by currency first.
func (a Amount) Plus(b Amount) Amount {
	switch {
	case !a.Known():
		return b
	case !b.Known():
		return a
	}
	return MinorUnits(a.Minor() + b.Minor())
}

// minorDigits lists the currencies that ISO 4217 gives another number of digits
// than two (list one, 2024). Tables of locales differ from it: they show what is
// paid in cash, where small coins may be out of use.
var minorDigits = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0,
	"UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
	"CLF": 4, "UYW": 4,
}

// MinorDigits returns the number of digits after the decimal point that ISO
// 4217 gives the currency: 2 for EUR, 0 for JPY, 3 for KWD; 2 if unknown.
func MinorDigits(code string) int {
	switch code {
	case "EUR", "USD", "GBP": // as nearly all amounts: each cell of money asks
		return 2
	}
	if digits, listed := minorDigits[strings.ToUpper(code)]; listed {
		return digits
	}
	return 2
}

// RoundHalfUp rounds to the currency's minor unit, half away from zero, as
// rules.md asks for each row before any sum. It is an error if the result has
// more than 63 bits.
func RoundHalfUp(d decimal.Decimal, code string) (Amount, error) {
	a := share(d, 1, 1, code)
	if !a.Known() {
		return 0, fmt.Errorf("%s %s is too large", code, d)
	}
	return a, nil
}

// share is num/den of d, for num from 0 and den from 1, rounded half up to the
// currency's minor unit; unknown if it is too large. Amounts of everyday size are
// worked out in whole numbers.
func share(d decimal.Decimal, num, den int64, currency string) Amount {
	over, top := bits.Mul64(d.Coef(), uint64(num)*powerOf10(MinorDigits(currency)))
	overDen, bottom := bits.Mul64(powerOf10(d.Scale()), uint64(den))
	if over != 0 || overDen != 0 || top >= 1<<62 || bottom >= 1<<62 {
		return largeShare(d, num, den, currency)
	}
	minor := int64((2*top + bottom) / (2 * bottom))
	if d.IsNeg() {
		minor = -minor
	}
	return MinorUnits(minor)
}

// largeShare does the same with numbers of any size; unknown if the result has
// more than 63 bits.
func largeShare(d decimal.Decimal, num, den int64, currency string) Amount {
	factor := func(n uint64) *big.Int { return new(big.Int).SetUint64(n) }
	top := factor(d.Coef())
	top.Mul(top, big.NewInt(num)).Mul(top, factor(powerOf10(MinorDigits(currency))))
	bottom := factor(powerOf10(d.Scale()))
	bottom.Mul(bottom, big.NewInt(den))
	top.Lsh(top, 1).Add(top, bottom).Quo(top, bottom.Lsh(bottom, 1))
	switch {
	case !top.IsInt64():
		return 0
	case d.IsNeg():
		return MinorUnits(-top.Int64())
	}
	return MinorUnits(top.Int64())
}

// powerOf10 is 10 to the n, for n from 0 to 19.
func powerOf10(n int) uint64 {
	power := uint64(1)
	for range n {
		power *= 10
	}
	return power
}

// Text prints the amount with the currency's digits and a dot ("3000.00",
// "9600" for JPY), or nothing if it is unknown. Machine-readable files use it.
func (a Amount) Text(code string) string {
	if !a.Known() {
		return ""
	}
	var room [32]byte
	return string(a.Append(room[:0], code))
}

// Append appends what Text gives.
func (a Amount) Append(dst []byte, code string) []byte {
	if !a.Known() {
		return dst
	}
	n := uint64(a.Minor())
	if a.Minor() < 0 {
		n = -n
		dst = append(dst, '-')
	}
	digits := MinorDigits(code)
	if digits == 0 {
		return strconv.AppendUint(dst, n, 10)
	}
	unit := powerOf10(digits)
	dst = append(strconv.AppendUint(dst, n/unit, 10), '.')
	for fraction := n % unit; digits > 0; digits-- { // with its leading noughts
		unit /= 10
		dst = append(dst, byte('0'+fraction/unit%10))
	}
	return dst
}

// Decimal is the amount as a decimal number of the currency's main unit.
func (a Amount) Decimal(code string) decimal.Decimal {
	d, err := decimal.New(a.Minor(), MinorDigits(code))
	if err != nil { // 18 digits always fit
		panic(fmt.Sprintf("amount %d of %s: %v", a.Minor(), code, err))
	}
	return d
}

// ParseAmount reads what Text printed.
func ParseAmount(s, code string) (Amount, error) {
	if s == "" {
		return 0, nil
	}
	d, err := decimal.Parse(s)
	if err != nil {
		return 0, fmt.Errorf("%q is not an amount of %s", s, code)
	}
	if _, frac, _ := strings.Cut(s, "."); len(frac) > MinorDigits(code) {
		return 0, fmt.Errorf("%q has more digits than %s", s, code)
	}
	return RoundHalfUp(d, code)
}

// A Period says what a unit price is paid for.
type Period uint8

const (
	PeriodUnknown Period = iota
	PerMonth             // legacy list prices and monthly billing
	PerYear              // annual billing
	PerThreeYears        // triennial billing
)

// A UnitPrice is the price of one licence for one period, without tax.
type UnitPrice struct {
	Value decimal.Decimal
	Per   Period
	Known bool
	// Partner: this is what the partner pays Microsoft. It is a cost, but never
	// compared with what a customer pays (rules.md §6).
	Partner bool
}
