package input

import "testing"

// A price that a cell or its heading labels in another currency than the
// currency column is no price: nobody can tell which label is wrong.
func TestPriceInTwoCurrencies(t *testing.T) {
	for _, c := range []struct {
		heading, price, currency string
		want                     string
	}{
		{"Unit price", "$20.00", "USD", "20.00 USD"},
		{"Unit price", "$20.00", "AUD", "20.00 AUD"},
		{"Unit price", "$20.00", "EUR", "none EUR"},
		{"Unit price", "20,00 kr", "SEK", "20.00 SEK"},
		{"Unit price", "20,00 kr", "EUR", "none EUR"},
		{"Unit price", "¥2000", "JPY", "2000 JPY"},
		{"Unit price", "¥2000", "USD", "none USD"},
		{"Unit price", "$20.00", "", "20.00 "},
		{"Unit price", "$20.00 EUR", "EUR", "none EUR"},
		{"Unit price", "US$20.00", "EUR", "none EUR"},
		{"Unit price (USD)", "20.00", "USD", "20.00 USD"},
		{"Unit price (USD)", "20.00", "EUR", "none EUR"},
		{"Unit price (USD)", "20.00", "", "20.00 USD"},
		{"Unit price (EUR)", "$20.00", "", "none "},
		{"Unit price (USD)", "€20.00", "EUR", "20.00 EUR"},
	} {
		report, records := readOne(t, Options{}, "exports/a.csv", csvOf(
			"Customer|Offer|Licences|Expires|Currency|"+c.heading, "Contoso|Office 365 E3|5|2026-12-31|"+c.currency+"|"+c.price))
		if len(records) != 1 || records[0].Sub == nil {
			t.Fatalf("%v: got %v, want one subscription", c, fates(records))
		}
		sub, got := records[0].Sub, "none "
		if sub.Price.Known {
			got = sub.Price.Value.String() + " "
		}
		if got += sub.Currency; got != c.want {
			t.Errorf("%s %q beside %q reads as %q, want %q", c.heading, c.price, c.currency, got, c.want)
		}
		if warned := len(report.Warnings) > 0; warned == sub.Price.Known {
			t.Errorf("%s %q beside %q: warnings %+v", c.heading, c.price, c.currency, report.Warnings)
		}
	}
}
