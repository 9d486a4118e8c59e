package input

import (
	_ "embed"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

//go:embed countries.csv
var countriesCSV string

// nameLanguages are the languages whose names of countries are read.
var nameLanguages = []language.Tag{
	language.English, language.Czech, language.German, language.Italian, language.Japanese, language.SimplifiedChinese, language.French,
	language.Korean, language.BrazilianPortuguese, language.EuropeanPortuguese, language.Spanish, language.Polish, language.Turkish,
	language.Dutch, language.Swedish,
}

// countryNames maps folded names to codes: those of the Unicode CLDR, and those
// of countries.csv, which hold what people write besides (old and newer names,
// parts of the United Kingdom, official forms) and codes that people and Partner
// Center use besides ISO 3166-1: UK, EL, and XS, XE, XJ, XK for territories that
// ISO folds into others.
var countryNames = sync.OnceValue(func() map[string]string {
	known := make(map[string]string)
	for code := range countryCodes() {
		region := language.MustParseRegion(code)
		for _, tag := range nameLanguages {
			name := display.Regions(tag).Name(region)
			known[fold(name)] = code
			known[fold(inFull.Replace(name))] = code
		}
	}
	delete(known, "")
	for _, r := range mustRows("countries.csv", countriesCSV) {
		known[fold(r[1])] = r[0]
	}
	return known
})

// inFull writes out what CLDR shortens: St. Kitts & Nevis.
var inFull = strings.NewReplacer("&", "and", "St. ", "Saint ")

// reserved are codes that ISO 3166-1 keeps for parts of other countries and for
// unions of several.
var reserved = map[string]bool{"AC": true, "CP": true, "CQ": true, "DG": true, "EA": true, "EZ": true, "IC": true, "TA": true, "UN": true}

// countryCodes are the alpha-2 codes of ISO 3166-1 that are in force, and
// Kosovo's. CLDR has no names for those of states that are no more: SU, YU, AN.
var countryCodes = sync.OnceValue(func() map[string]bool {
	codes := make(map[string]bool)
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			region, err := language.ParseRegion(code)
			if err == nil && region.IsCountry() && region.Canonicalize().String() == code && !reserved[code] && display.English.Regions().Name(region) != "" {
				codes[code] = true
			}
		}
	}
	return codes
})

// ParseCountry returns the upper-case code of a country: ISO 3166-1 alpha-2, or
// Partner Center's own. A text of three letters or fewer is a code or a name of
// the tables.
func ParseCountry(text string) (code string, ok bool) {
	text = strings.TrimSpace(text)
	if blank(text) && !strings.EqualFold(text, "na") { // NA is Namibia
		return "", true
	}
	if code, found := countryNames()[fold(text)]; found {
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
	return code, countryCodes()[code]
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
		code, ok := countryNames()[fold(part)]
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
