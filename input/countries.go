package input

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/biter777/countries"
	"golang.org/x/text/language"
)

//go:embed countries.csv
var countriesCSV string

// countryAliases hold names that the country library lacks (Italian, French,
// Spanish and other languages' names, "SAR" forms) and codes that people and
// Partner Center use besides ISO 3166-1: UK, EL, and XS, XE, XJ, XK for
// territories that ISO folds into others.
var countryAliases = sync.OnceValue(func() map[string]string {
	known := make(map[string]string)
	for _, r := range mustRows("countries.csv", countriesCSV) {
		known[fold(r[1])] = r[0]
	}
	return known
})

// ParseCountry returns the upper-case code of a country: ISO 3166-1 alpha-2, or
// Partner Center's own. Codes count only as codes: the library's name search
// would take any licence-plate letters.
func ParseCountry(text string) (code string, ok bool) {
	text = strings.TrimSpace(text)
	if blank(text) && !strings.EqualFold(text, "na") { // NA is Namibia
		return "", true
	}
	folded := fold(text)
	if code, found := countryAliases()[folded]; found {
		return code, true
	}
	if len(text) <= 3 {
		return isoCountry(text)
	}
	found := countries.ByName(text)
	if found == countries.Unknown {
		found = countries.ByName(withoutRemarks(text))
	}
	if code := found.Alpha2(); len(code) == 2 && code != "AN" {
		return isoCountry(code)
	}
	return "", false
}

// isoCountry takes alpha-2 and alpha-3 codes.
func isoCountry(text string) (string, bool) {
	if len(text) != 2 && len(text) != 3 {
		return "", false
	}
	region, err := language.ParseRegion(text)
	if err != nil || !region.IsCountry() {
		return "", false
	}
	return region.Canonicalize().String(), true
}

// withoutRemarks drops what stands in brackets or after a comma: "Italy (IT)",
// "Korea, Republic of".
func withoutRemarks(text string) string {
	if i := strings.IndexAny(text, "(,"); i > 0 {
		return strings.TrimSpace(text[:i])
	}
	return text
}
