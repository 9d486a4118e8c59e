package input

import (
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
