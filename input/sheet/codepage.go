package sheet

import (
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// A codePage is an encoding of one byte a character, with the languages that
// are written in it.
type codePage struct {
	name      string
	table     *charmap.Charmap
	languages []string
	cost      float64 // how much rarer it is than the code pages of Windows
}

// English stands beside every language: offers are called so everywhere.
var (
	western  = []string{"en", "it", "de", "fr", "es", "pt", "nl", "sv", "da", "fi", "is", "ca", "no", "et"}
	central  = []string{"en", "pl", "cs", "sk", "hu", "ro", "hr", "sl", "de"}
	turkish  = []string{"en", "tr", "az", "de"}
	baltic   = []string{"en", "lt", "lv", "et", "pl", "de"}
	cyrillic = []string{"en", "ru", "uk", "bg", "sr", "be", "mk"}
	greek    = []string{"en", "el"}
)

// rareCost stands against encodings that spreadsheets have not been written in
// for long: those of DOS, Unix and the Macintosh.
const rareCost = 5

// codePages are those that may be meant. ISO-8859-1, -9 and -13 are read as the
// code pages of Windows, their supersets in practice. Some are here only so that
// a text in them is not taken for another.
var codePages = []codePage{
	{"windows-1252", charmap.Windows1252, western, 0},
	{"windows-1250", charmap.Windows1250, central, 0},
	{"windows-1251", charmap.Windows1251, cyrillic, 0},
	{"windows-1253", charmap.Windows1253, greek, 0},
	{"windows-1254", charmap.Windows1254, turkish, 0},
	{"windows-1257", charmap.Windows1257, baltic, 0},
	{"windows-1255", charmap.Windows1255, []string{"en", "he"}, 0},
	{"windows-1256", charmap.Windows1256, []string{"en", "ar", "fa"}, 0},
	{"windows-874", charmap.Windows874, []string{"en", "th"}, 0},
	{"ISO-8859-2", charmap.ISO8859_2, central, rareCost},
	{"ISO-8859-5", charmap.ISO8859_5, cyrillic, rareCost},
	{"ISO-8859-7", charmap.ISO8859_7, greek, rareCost},
	{"ISO-8859-15", charmap.ISO8859_15, western, rareCost},
	{"KOI8-R", charmap.KOI8R, []string{"en", "ru", "bg"}, rareCost},
	{"KOI8-U", charmap.KOI8U, []string{"en", "uk", "ru"}, rareCost},
	{"IBM850", charmap.CodePage850, western, rareCost},
	{"IBM852", charmap.CodePage852, central, rareCost},
	{"IBM866", charmap.CodePage866, cyrillic, rareCost},
	{"macintosh", charmap.Macintosh, western, rareCost},
}

// What a character beyond ASCII costs a reading that is no letter: a sign that
// people and their programs write, one that they hardly do, and one, or a
// capital, where no spelling puts it.
const (
	typedSign  = -7
	rareSign   = -11
	oddSign    = -16
	oddCapital = -8
)

// typedSigns are what word processors and keyboards put into names.
const (
	typedSigns    = "\u00a0–—‘’‚“”„«»…•·€£®™°§©ªº²³´¿¡№½¼"
	loneSigns     = "–—€£®™°©"               // of these, those that stand alone, and in no code page for a word of one letter
	beforeLetters = "\u00a0–—‘’‚“„«•·€£§¿¡№" // of these, those that may stand right before a letter
)

// A reading is what the words of a sample are worth in one code page.
type reading struct {
	page    codePage
	score   float64 // logarithm of a probability: only differences count
	foreign float64 // of the words with letters beyond ASCII, by character
}

// read scores the words under a code page. It is not ok if a byte has no meaning
// in it.
func (p codePage) read(words []string) (r reading, ok bool) {
	spells := make([]*spelling, len(p.languages))
	for i, l := range p.languages {
		spells[i] = spellingOf(l)
	}
	scores := make([][]float64, len(words))
	beyond := make([]int, len(words))
	for i, w := range words {
		text, n, ok := p.decode(w)
		if !ok {
			return reading{}, false
		}
		beyond[i] = n
		scores[i] = make([]float64, len(spells))
		for k, s := range spells {
			scores[i][k] = wordScore(text, s)
		}
	}
	r.page = p
	worth := mixed(scores)
	chars := 0
	for i := range words {
		r.score += worth[i]
		if beyond[i] > 0 && !p.signs(words[i]) {
			r.foreign += worth[i]
			chars += len(words[i])
		}
	}
	r.score -= p.cost
	r.foreign /= float64(max(1, chars))
	return r, true
}

// signs reports whether a word is signs that stand alone and no letters: a dash
// between words, the euro before a price.
func (p codePage) signs(word string) bool {
	for i := range len(word) {
		if r := p.table.DecodeByte(word[i]); r >= 0x80 && !strings.ContainsRune(loneSigns, r) || isLetter(r) {
			return false
		}
	}
	return true
}

// decode reads a word of bytes, and counts its characters beyond ASCII.
func (p codePage) decode(word string) (text []rune, beyond int, ok bool) {
	for i := range len(word) {
		r := p.table.DecodeByte(word[i])
		if r >= 0x80 {
			beyond++
		}
		if meaningless(r) {
			return nil, 0, false
		}
		text = append(text, r)
	}
	return text, beyond, true
}

// wordScore is the logarithm of the probability of a word in a language.
func wordScore(text []rune, s *spelling) (score float64) {
	before := rune(wordStart)
	for i, r := range text {
		at := func(i int) bool { return i >= 0 && i < len(text) && isLetter(text[i]) }
		switch {
		case isLetter(r):
			if r >= 0x80 && besideDigit(text) {
				score += oddSign
			}
			if unicode.IsUpper(r) && r >= 0x80 && i > 0 && unicode.IsLower(text[i-1]) {
				score += oddCapital
			}
			lower := unicode.ToLower(r)
			score += s.logP(before, lower)
			before = lower
			continue
		case r < 0x80:
		case r == '\u00a0' && at(i-1) && !at(i+1):
			score += rareSign
		case strings.ContainsRune(typedSigns, r) && (!at(i+1) || strings.ContainsRune(beforeLetters, r)):
			score += typedSign
		case at(i-1) || at(i+1):
			score += oddSign
		default:
			score += rareSign
		}
		if before != wordStart {
			score += s.logP(before, wordEnd)
		}
		before = wordStart
	}
	if before != wordStart {
		score += s.logP(before, wordEnd)
	}
	return score
}

// besideDigit reports whether a word is a lone character and the digit beside it.
func besideDigit(text []rune) bool {
	return len(text) == 2 && (unicode.IsDigit(text[0]) || unicode.IsDigit(text[1]))
}

// mixed weighs the languages by how well they explain all the words, and returns
// what each word is worth then: a text is written in one language or two, not in
// all that its code page could hold.
func mixed(scores [][]float64) []float64 {
	if len(scores) == 0 {
		return nil
	}
	n := len(scores[0])
	share := make([]float64, n)
	for k := range share {
		share[k] = 1 / float64(n)
	}
	worth := make([]float64, len(scores))
	const rounds = 8
	for range rounds {
		next := make([]float64, n)
		for i, s := range scores {
			best := math.Inf(-1)
			for k := range s {
				best = math.Max(best, s[k]+math.Log(share[k]))
			}
			sum := 0.0
			for k := range s {
				sum += math.Exp(s[k] + math.Log(share[k]) - best)
			}
			worth[i] = best + math.Log(sum)
			for k := range s {
				next[k] += math.Exp(s[k] + math.Log(share[k]) - worth[i])
			}
		}
		const floor = 0.01 // a language that no word is in yet may be that of the next
		for k := range share {
			share[k] = (1-floor)*next[k]/float64(len(scores)) + floor/float64(n)
		}
	}
	return worth
}
