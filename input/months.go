package input

import (
	"strings"
	"sync"
	"time"

	"github.com/goodsign/monday"
)

// dateLocales are the languages whose month names are read.
var dateLocales = []monday.Locale{
	monday.LocaleEnUS, monday.LocaleCsCZ, monday.LocaleDeDE, monday.LocaleItIT,
	monday.LocaleJaJP, monday.LocaleZhCN, monday.LocaleFrFR, monday.LocaleKoKR,
	monday.LocalePtBR, monday.LocalePtPT, monday.LocaleEsES, monday.LocalePlPL,
	monday.LocaleTrTR, monday.LocaleNlNL, monday.LocaleSvSE,
}

// furtherMonths are forms that exports hold and the library does not: the
// genitives of Czech and Polish, and abbreviations of office programs.
var furtherMonths = [12]string{
	"ledna stycznia ene gen janv oca jän",
	"února lutego fev févr sub şub",
	"března marca mär mrz mrt maart",
	"dubna kwietnia abr avr nis",
	"května maja mag mei",
	"června czerwca giu juin haz",
	"července lipca lug juil tem",
	"srpna sierpnia ago août ağu",
	"září września set sept eyl",
	"října października okt ott out eki",
	"listopadu listopada nov kas",
	"prosince grudnia dic déc dez ara",
}

// monthNames maps folded names to months. A name that two languages give to
// different months is left out: nobody could tell.
var monthNames = sync.OnceValue(func() map[string]time.Month {
	names := make(map[string]time.Month)
	add := func(name string, m time.Month) {
		name = fold(name)
		if name == "" || name[0] <= '9' { // 1月: read as numbers
			return
		}
		if known, ok := names[name]; ok && known != m {
			m = 0
		}
		names[name] = m
	}
	for _, locale := range dateLocales {
		for i, name := range monday.GetLongMonths(locale) {
			add(name, time.Month(i+1))
		}
		for i, name := range monday.GetShortMonths(locale) {
			add(name, time.Month(i+1))
		}
	}
	for i, list := range furtherMonths {
		for _, name := range strings.Fields(list) {
			add(name, time.Month(i+1))
		}
	}
	for name, m := range names {
		if m == 0 {
			delete(names, name)
		}
	}
	return names
})

// fillers are words inside a written date that say nothing about the day:
// names of weekdays, and the "de" of 30 de agosto de 2025.
var fillers = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{"de": true, "del": true, "of": true, "the": true, "le": true, "den": true}
	for _, locale := range dateLocales {
		for _, name := range append(monday.GetLongDays(locale), monday.GetShortDays(locale)...) {
			if _, isMonth := monthNames()[fold(name)]; !isMonth {
				words[fold(name)] = true
			}
		}
	}
	delete(words, "")
	return words
})
