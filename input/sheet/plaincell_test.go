package sheet

import (
	"testing"
)

// What is taken for a number at a glance is one when it is looked at closely.
func TestPlainNumbersAreNumbers(t *testing.T) {
	const letters = "-+.05Ee "
	for n := range 8 * 8 * 8 * 8 * 8 {
		var text []byte
		for k := n; k > 0; k /= 8 {
			text = append(text, letters[k%8])
		}
		if isPlainNumber(text) && !isNumber(string(text)) {
			t.Errorf("%q is taken for a number", text)
		}
	}
	for _, text := range []string{"7", "-7", "12.5", "-0.125", "45030", ".5", "5."} {
		if !isPlainNumber([]byte(text)) {
			t.Errorf("%q is not known at a glance", text)
		}
	}
}
