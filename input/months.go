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
// genitives of Czech and Polish, abbreviations of office programs, and Chinese
// months by their names.
var furtherMonths = [12]string{
	"ledna stycznia ene gen janv oca jän jänner 一月",
	"února lutego fev févr sub şub feber 二月",
	"března marca mär mrz mrt maart 三月",
	"dubna kwietnia abr avr nis 四月",
	"května maja mag mei 五月",
	"června czerwca giu juin haz 六月",
	"července lipca lug juil tem 七月",
	"srpna sierpnia ago août ağu 八月",
	"září września set sept eyl 九月",
	"října października okt ott out eki 十月",
	"listopadu listopada nov kas 十一月",
	"prosince grudnia dic déc dez ara 十二月",
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

// fillers are words inside a written date that say nothing about the day: the
// "de" of 30 de agosto de 2025, the year of 1 stycznia 2027 r.
var fillers = map[string]bool{"de": true, "del": true, "of": true, "the": true, "le": true, "den": true, "r": true, "roku": true, "o": true}

// weekdays are the names of the days of the week, where they are no months.
var weekdays = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{"segunda": true, "terca": true, "quarta": true, "quinta": true, "sexta": true, "feira": true}
	for _, name := range []string{"周一", "周二", "周三", "周四", "周五", "周六", "周日", "星期天"} {
		words[name] = true
	}
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
