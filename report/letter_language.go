package report

import (
	"slices"
	"strings"

	"cspplan/reconcile"
)

// countryLanguages are the countries most of whose customers read one of our
// languages. Countries with several official ones of ours name them all: the
// language of the report decides among them, else the first. A country that is
// not here says nothing.
var countryLanguages = map[string][]string{
	"GB": {"en"}, "IE": {"en"}, "US": {"en"}, "AU": {"en"}, "NZ": {"en"}, "ZA": {"en"}, "IN": {"en"}, "SG": {"en"},
	"CA": {"en", "fr"}, "MT": {"en"}, "NG": {"en"}, "KE": {"en"}, "GH": {"en"}, "JM": {"en"}, "TT": {"en"}, "PH": {"en"},
	"IT": {"it"}, "SM": {"it"}, "VA": {"it"},
	"DE": {"de"}, "AT": {"de"}, "LI": {"de"}, "CH": {"de", "fr", "it"}, "LU": {"fr", "de"},
	"FR": {"fr"}, "MC": {"fr"}, "GP": {"fr"}, "MQ": {"fr"}, "GF": {"fr"}, "RE": {"fr"}, "YT": {"fr"}, "NC": {"fr"}, "PF": {"fr"},
	"SN": {"fr"}, "CI": {"fr"},
	"ES": {"es"}, "MX": {"es"}, "AR": {"es"}, "BO": {"es"}, "CL": {"es"}, "CO": {"es"}, "CR": {"es"}, "CU": {"es"}, "DO": {"es"},
	"EC": {"es"}, "GT": {"es"}, "HN": {"es"}, "NI": {"es"}, "PA": {"es"}, "PE": {"es"}, "PR": {"es"}, "PY": {"es"}, "SV": {"es"},
	"UY": {"es"}, "VE": {"es"},
}

// letterLanguage is the language a customer is written to in, and what decided
// it: the settings' word on the customer (tenant id, domain or name), the
// register, the settings' word on the country, the country, the language of the
// report.
func (rep *Report) letterLanguage(c *reconcile.Customer) (lang, by string) {
	own := rep.opt.LetterLanguages
	for _, name := range []string{c.Facts.TenantID, c.Facts.Domain, c.Facts.Name} {
		if lang := own[strings.ToLower(name)]; lang != "" && len(name) > 2 {
			return lang, "settings"
		}
	}
	if slices.Contains(Languages, c.Language) {
		return c.Language, "register"
	}
	if lang := own[strings.ToLower(c.Facts.Country)]; lang != "" {
		return lang, "settings"
	}
	langs := countryLanguages[strings.ToUpper(c.Facts.Country)]
	switch {
	case len(langs) == 0 || c.Language != "": // a register names a language that is none of ours
		return rep.Text.Lang, "output.language"
	case slices.Contains(langs, rep.Text.Lang):
		return rep.Text.Lang, "country"
	}
	return langs[0], "country"
}
