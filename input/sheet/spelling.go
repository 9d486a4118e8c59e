package sheet

import (
	_ "embed"
	"encoding/csv"
	"math"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// A spelling is which letters follow which in a language, learnt from the names
// that the language has for the countries and languages of the world (Unicode
// CLDR, as package display holds them: a thousand names a language). Of two ways
// to read the same bytes it tells which one is that language.
type spelling struct {
	pairs   map[[2]rune]float64
	firsts  map[rune]float64
	letters map[rune]float64
	total   float64
}

// The ends of a word stand as letters of their own.
const (
	wordStart = '^'
	wordEnd   = '$'
)

// How much of a probability comes from pairs of letters, and what a letter that
// the language does not have is given. Each such letter costs a reading as much
// as some four good ones gain it.
const (
	fromPairs    = 0.8
	foreignShare = 1e-5
)

// logP is the logarithm of the probability that letter b follows a.
func (s *spelling) logP(a, b rune) float64 {
	p := foreignShare + s.letters[b]/s.total
	if n := s.firsts[a]; n > 0 {
		p = fromPairs*s.pairs[[2]rune{a, b}]/n + (1-fromPairs)*p
	} else {
		p *= 1 - fromPairs
	}
	return math.Log(p)
}

func (s *spelling) learn(text string) {
	before := rune(wordStart)
	see := func(r rune) {
		s.pairs[[2]rune{before, r}]++
		s.firsts[before]++
		s.letters[r]++
		s.total++
		before = r
	}
	for _, r := range text {
		switch {
		case isLetter(r):
			see(unicode.ToLower(r))
		case before != wordStart:
			see(wordEnd)
			before = wordStart
		}
	}
	if before != wordStart {
		see(wordEnd)
	}
}

// isLetter takes the vowel signs of Thai and the points of Hebrew and Arabic as
// well.
func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

var spellings struct {
	sync.Mutex
	of    map[string]*spelling
	bases []language.Base
	words map[string]string
}

// spellingOf learns the spelling of a language when it is first asked for.
func spellingOf(lang string) *spelling {
	spellings.Lock()
	defer spellings.Unlock()
	if s := spellings.of[lang]; s != nil {
		return s
	}
	if spellings.of == nil {
		spellings.of = make(map[string]*spelling)
		spellings.bases = allBases()
		spellings.words = ownWords()
	}
	s := &spelling{pairs: map[[2]rune]float64{}, firsts: map[rune]float64{}, letters: map[rune]float64{}}
	tag := language.MustParse(lang)
	if regions := display.Regions(tag); regions != nil {
		for _, r := range allRegions() {
			s.learn(regions.Name(r))
		}
	}
	if languages := display.Languages(tag); languages != nil {
		for _, b := range spellings.bases {
			s.learn(languages.Name(b))
		}
	}
	for range oftenInNames {
		s.learn(spellings.words[lang])
	}
	spellings.of[lang] = s
	return s
}

// spellings.csv holds words of our own by language: towns, surnames, and what
// companies call themselves, which is what stands in exports.
//
//go:embed spellings.csv
var spellingsCSV string

// oftenInNames is how often our own words are learnt, so that they weigh about as
// much as the names of countries and languages, of which there are more.
const oftenInNames = 4

func ownWords() map[string]string {
	rows, err := csv.NewReader(strings.NewReader(spellingsCSV)).ReadAll()
	if err != nil {
		panic(err)
	}
	words := make(map[string]string, len(rows))
	for _, r := range rows[1:] {
		words[r[0]] = r[1]
	}
	return words
}

// allRegions are the regions that have a code of two letters.
func allRegions() []language.Region {
	var all []language.Region
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			if r, err := language.ParseRegion(string([]rune{a, b})); err == nil {
				all = append(all, r)
			}
		}
	}
	return all
}

// allBases are the languages that have a code of two or three letters.
func allBases() []language.Base {
	var all []language.Base
	try := func(code ...rune) {
		if b, err := language.ParseBase(string(code)); err == nil {
			all = append(all, b)
		}
	}
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			try(a, b)
			for c := 'a'; c <= 'z'; c++ {
				try(a, b, c)
			}
		}
	}
	return all
}
