package reconcile

import "strings"

// countryAliases are codes that are in use beside those of ISO 3166-1: the
// European Union writes EL for Greece, everyone writes UK.
var countryAliases = map[string]string{"UK": "GB", "EL": "GR"}

// CountryCode folds a country code to upper case and resolves UK and EL; it
// does not tell whether there is such a country.
func CountryCode(code string) string {
	if !isCode(code) {
		code = strings.ToUpper(strings.TrimSpace(code))
	}
	if iso, ok := countryAliases[code]; ok {
		return iso
	}
	return code
}

// isCode tells whether a country is written as a code already, as input writes it.
func isCode(s string) bool { return len(s) == 2 && s[0]-'A' < 26 && s[1]-'A' < 26 }

// RegionOf returns the CSP region of a country. The partner's tenant and the
// customer's must be in the same one (Partner Center, "CSP global markets").
// A country that is in no region is known and has the region ""; an empty or
// unknown code is not known, which is not a mismatch but an open question.
func (c *Catalogue) RegionOf(country string) (region string, known bool) {
	found, known := c.Country(CountryCode(country))
	return found.Region, known
}
