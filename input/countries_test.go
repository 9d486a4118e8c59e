package input

import (
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

var tables = flag.Bool("tables", false, "write cldrcountries.tsv anew")

// The embedded names of countries are those of the Unicode CLDR.
func TestCountriesAreThoseOfCLDR(t *testing.T) {
	want := cldrTable(t)
	if *tables {
		if err := os.WriteFile("cldrcountries.tsv", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if cldrCountries != want {
		t.Error("cldrcountries.tsv is not what the Unicode CLDR says: run make tables")
	}
}

// cldrTable is the table as the CLDR has it. A name stands for one country.
func cldrTable(t *testing.T) string {
	var table strings.Builder
	meant := make(map[string]string)
	for _, code := range countryCodes() {
		names := make(map[string]bool)
		for _, tag := range nameLanguages {
			name := display.Regions(tag).Name(language.MustParseRegion(code))
			names[fold(name)] = true
			names[fold(inFull.Replace(name))] = true
		}
		delete(names, "")
		for name := range names {
			if other, ok := meant[name]; ok {
				t.Errorf("%q is the name of %s and of %s", name, other, code)
			}
			meant[name] = code
		}
		table.WriteString(code + "\t" + strings.Join(slices.Sorted(maps.Keys(names)), "\t") + "\n")
	}
	return table.String()
}

// nameLanguages are the languages whose names of countries are read.
var nameLanguages = []language.Tag{
	language.English, language.Czech, language.German, language.Italian, language.Japanese, language.SimplifiedChinese, language.French,
	language.Korean, language.BrazilianPortuguese, language.EuropeanPortuguese, language.Spanish, language.Polish, language.Turkish,
	language.Dutch, language.Swedish,
}

// inFull writes out what CLDR shortens: St. Kitts & Nevis.
var inFull = strings.NewReplacer("&", "and", "St. ", "Saint ")

// reserved are codes that ISO 3166-1 keeps for parts of other countries and for
// unions of several.
var reserved = map[string]bool{"AC": true, "CP": true, "CQ": true, "DG": true, "EA": true, "EZ": true, "IC": true, "TA": true, "UN": true}

// countryCodes are the alpha-2 codes of ISO 3166-1 that are in force, and
// Kosovo's. CLDR has no names for those of states that are no more: SU, YU, AN.
func countryCodes() (codes []string) {
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			region, err := language.ParseRegion(code)
			if err == nil && region.IsCountry() && region.Canonicalize().String() == code && !reserved[code] && display.English.Regions().Name(region) != "" {
				codes = append(codes, code)
			}
		}
	}
	return codes
}

// The first country that a run reads waits for the table.
func BenchmarkCountries(b *testing.B) {
	b.Run("embedded", func(b *testing.B) {
		for b.Loop() {
			readCountries()
		}
	})
	b.Run("CLDR", func(b *testing.B) {
		for b.Loop() {
			for _, code := range countryCodes() {
				for _, tag := range nameLanguages {
					fold(display.Regions(tag).Name(language.MustParseRegion(code)))
				}
			}
		}
	})
}
