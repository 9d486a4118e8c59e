package input

import (
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"cspplan/input/sheet"
)

func TestRowHash(t *testing.T) {
	header := []heading{{text: "Customer"}, {text: "Offer"}}
	hash := func(header []heading, owned string, cells ...string) (sum [16]byte) {
		var row sheet.Row
		for _, text := range cells {
			row.Cells = append(row.Cells, textCell(text))
		}
		h := newRowHash(header)
		h.of(row, []byte(owned), &sum)
		again := sum
		if h.of(row, []byte(owned), &again); again != sum {
			t.Fatalf("%q hashes differently the second time", cells)
		}
		return sum
	}
	one := hash(header, "", "Contoso", "Office 365 E3")
	if hash(header, "", "Contoso", "Office 365 E3", "", "") != one {
		t.Error("empty cells at the end make another row")
	}
	long := strings.Repeat("x", 100)
	seen := map[[16]byte]string{one: "the row"}
	for name, sum := range map[string][16]byte{
		"other cells":         hash(header, "", "Contoso", "Office 365 E1"),
		"another border":      hash(header, "", "ContosoO", "ffice 365 E3"),
		"an empty cell first": hash(header, "", "", "Contoso", "Office 365 E3"),
		"a third cell":        hash(header, "", "Contoso", "Office 365 E3", "x"),
		"cells changed round": hash(header, "", "Office 365 E3", "Contoso"),
		"another header":      hash(header[:1], "", "Contoso", "Office 365 E3"),
		"no header":           hash(nil, "", "Contoso", "Office 365 E3"),
		"another customer":    hash(header, "Fabrikam\x01", "Contoso", "Office 365 E3"),
		"nothing":             hash(header, ""),
		"long":                hash(header, "", long+"a"),
		"long, last letter":   hash(header, "", long+"b"),
		"longer":              hash(header, "", long+"aa"),
		"seven letters":       hash(header, "", "1234567"),
		"eight letters":       hash(header, "", "12345678"),
		"nine letters":        hash(header, "", "123456789"),
	} {
		if other, taken := seen[sum]; taken {
			t.Errorf("%s hashes as %s", name, other)
		}
		seen[sum] = name
	}
}

// The arithmetic of row hashes is that of numbers without bounds.
func TestTimesPlus(t *testing.T) {
	prime := new(big.Int).SetUint64(field61)
	r := rand.New(rand.NewPCG(1, 2))
	most := uint64(1)<<61 + 1<<57 - 1
	check := func(a, p, w uint64) {
		got := timesPlus(a, p, w)
		want := new(big.Int).Mul(new(big.Int).SetUint64(a), new(big.Int).SetUint64(p))
		want.Add(want, new(big.Int).SetUint64(w)).Mod(want, prime)
		if got > most || got%field61 != want.Uint64() {
			t.Fatalf("%d*%d+%d is %d, want %d", a, p, w, got, want)
		}
	}
	for range 100_000 {
		check(r.Uint64N(most+1), 1+r.Uint64N(field61-1), r.Uint64N(1<<57))
	}
	for _, a := range []uint64{0, 1, field61 - 1, field61, field61 + 1, most} {
		check(a, field61-1, 1<<57-1)
		check(a, 1, 0)
	}
}
