package input

import (
	_ "embed"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

//go:embed countries.csv
var countriesCSV string

// cldrCountries holds a line for each country: its code and its folded names in
// the Unicode CLDR, separated by tabs. Written by make tables, because asking the
// CLDR for them took longer than to read and plan a hundred rows.
//
//go:embed cldrcountries.tsv
var cldrCountries string

// A countryTable says which codes and names stand for which country.
type countryTable struct {
	codes map[string]bool   // alpha-2 codes of ISO 3166-1 that are in force, and Kosovo's
	names map[string]string // folded name → code
}

// countries are those of the Unicode CLDR, and those of countries.csv, which
// hold what people write besides (old and newer names, parts of the United
// Kingdom, official forms) and codes that people and Partner Center use besides
// ISO 3166-1: UK, EL, and XS, XE, XJ, XK for territories that ISO folds into
// others.
var countries = sync.OnceValue(readCountries)

func readCountries() countryTable {
	known := countryTable{make(map[string]bool), make(map[string]string, strings.Count(cldrCountries, "\t"))}
	for line := range strings.Lines(cldrCountries) {
		code, names, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		known.codes[code] = true
		for name := range strings.SplitSeq(names, "\t") {
			known.names[name] = code
		}
	}
	for _, r := range mustRows("countries.csv", countriesCSV) {
		known.names[fold(r[1])] = r[0]
	}
	return known
}

// ParseCountry returns the upper-case code of a country: ISO 3166-1 alpha-2, or
// Partner Center's own. A text of three letters or fewer is a code or a name of
// the tables.
func ParseCountry(text string) (code string, ok bool) {
	text = strings.TrimSpace(text)
	if blank(text) && !strings.EqualFold(text, "na") { // NA is Namibia
		return "", true
	}
	if code, found := countries().names[fold(text)]; found {
		return code, true
	}
	if len(text) <= 3 {
		return isoCountry(text)
	}
	return withRemark(text)
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
	code := region.Canonicalize().String()
	return code, countries().codes[code]
}

// withRemark reads a country with another spelling of itself beside it: Italy
// (IT), IT - Italy, Deutschland / Germany. A remark that says anything else may
// change the country, as in China (Hong Kong), and leaves it unknown.
func withRemark(text string) (string, bool) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("()[]/|:;–", r) })
	if len(parts) == 1 {
		parts = strings.Split(text, " - ")
	}
	found := ""
	for _, part := range parts {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		code, ok := countries().names[fold(part)]
		if !ok {
			code, ok = isoCountry(part)
		}
		if !ok || found != "" && code != found {
			return "", false
		}
		found = code
	}
	return found, found != "" && len(parts) > 1
}
