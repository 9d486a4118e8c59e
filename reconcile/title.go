package reconcile

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// An offerTitle is what a title says, taken apart. Two titles mean the same
// offer only if all their words agree: similarity of letters plays no part.
type offerTitle struct {
	plain    string   // folded words without sales dressing, single spaces
	squeezed string   // plain without spaces
	words    []string // canonical English words, sorted; compound ones joined by _
	key      string   // words as one comparable string
	spoken   string   // like key, but before renames: tells a former name from the present one
	segment  Segment  // what the title itself says; charity is not among words
	trial    bool
	addOn    bool
	promo    bool
	termed   bool // the dressing named a length of term
	joins    bool // says "and": perhaps two offers in one
}

// parseTitle reads an offer title in any of the languages of titleLanguages.
// The steps are dated knowledge, one table each: dressing (how sellers decorate
// a title), languages, spellings (abbreviations), names (products under the
// one name they are compared by), and the rules of settle.
func parseTitle(title string) offerTitle { return parseWords(title, titleWords(title)) }

func parseWords(title string, words []string) offerTitle {
	var t offerTitle
	words = t.undress(title, words)
	t.plain = strings.Join(words, " ")
	t.squeezed = strings.Join(words, "")

	words = titleTables.languages.rewrite(words)
	t.joins = joins(title, words)
	words = slices.DeleteFunc(words, func(w string) bool { return titleStopWords[w] })
	words = titleTables.spellings.rewrite(words)
	words = t.takeMarks(joinPlanNumbers(bindNumbers(words)))
	t.spoken = spokenKey(words)
	words = titleTables.names.rewrite(words)
	t.words = settle(words)
	if t.segment == SegmentUnknown {
		t.segment = segmentOfWords(t.words)
	}
	t.trial = slices.ContainsFunc(t.words, isTrialWord)
	t.addOn = slices.Contains(t.words, "add_on")
	t.key = strings.Join(t.words, " ")
	return t
}

// joins tells whether a title says "and", perhaps to put two offers into one.
// In Planner and Project, which names one product, it joins nothing. Words are
// English by now.
func joins(title string, words []string) bool {
	for i, w := range words {
		if w == "and" && !(i > 0 && words[i-1] == "planner") {
			return true
		}
	}
	return strings.Contains(title, " + ") || strings.Contains(title, " & ") && !slices.Contains(words, "planner")
}

// FoldTitle makes titles comparable as people write them: case, accents,
// punctuation and doubled spaces do not matter. It is the key of recorded
// decisions with the scope offer.
func FoldTitle(title string) string { return strings.Join(titleWords(title), " ") }

// titleWords folds a title and cuts it into words of letters and digits.
func titleWords(title string) []string {
	text := foldText(title)
	if !isPlainASCII(text) {
		for _, r := range titleCJK {
			text = strings.ReplaceAll(text, r.from, " "+r.to+" ")
		}
	}
	if strings.Contains(text, "w/") {
		text = titleWith.Replace(text)
	}
	words := splitWords(text)
	elided := strings.Contains(text, "'")
	out := make([]string, 0, len(words)+2)
	for i, w := range words {
		if elided && (w == "l" || w == "d") && i+1 < len(words) && strings.Contains(text, w+"'"+words[i+1]) {
			continue // l'entreprise, d'essai
		}
		out = appendUnglued(out, w)
	}
	return out
}

// splitWords cuts a folded text into runs of letters and digits.
func splitWords(text string) []string {
	if !isPlainASCII(text) {
		return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	}
	words := make([]string, 0, 1+strings.Count(text, " "))
	first := -1 // of the word at hand
	for i := range len(text) {
		c := text[i]
		inWord := c-'a' < 26 || c-'0' < 10 || c-'A' < 26
		switch {
		case inWord && first < 0:
			first = i
		case !inWord && first >= 0:
			words, first = append(words, text[first:i]), -1
		}
	}
	if first >= 0 {
		words = append(words, text[first:])
	}
	return words
}

var titleWith = strings.NewReplacer("w/o", " without ", "w/", " with ")

// foldText lowers case and takes accents off Latin letters; marks of other
// scripts are letters of their own and stay.
func foldText(s string) string {
	if isPlainASCII(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(norm.NFKC.String(strings.ToValidUTF8(s, " "))) {
		switch {
		case r >= 0x300 && r <= 0x36f: // combining accents
		case r == '’' || r == '‘' || r == '´':
			b.WriteByte('\'')
		case r == 'ß':
			b.WriteString("ss")
		case r == 'ł' || r == 'Ł':
			b.WriteByte('l')
		case r == 'ø' || r == 'Ø':
			b.WriteByte('o')
		case r == 'ı':
			b.WriteByte('i')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return norm.NFC.String(b.String())
}

func isPlainASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// appendUnglued parts words from numbers where people write them as one: plan1,
// office365, 4gb, 2vcpu, o365e3, exchgonlnplan1. Tiers (e3) and platform names
// (m365) stay whole.
func appendUnglued(words []string, w string) []string {
	i := strings.IndexFunc(w, unicode.IsDigit)
	if i < 0 {
		return append(words, w)
	}
	if pieces := splitPieces(w); pieces != nil {
		return append(words, pieces...)
	}
	if titleGluedBefore[w[:i]] {
		return append(words, w[:i], w[i:])
	}
	if j := strings.IndexFunc(w, unicode.IsLetter); j > 0 && titleGluedAfter[w[j:]] {
		return append(words, w[:j], w[j:])
	}
	return append(words, w)
}

// splitPieces parts a word that is nothing but titlePieces and, at its end, a
// tier or the number of a plan; nil for any other word. Longer pieces are tried
// first.
func splitPieces(w string) []string {
	if isTier(w) || isPlanNumber(w) || len(w) == 1 && w[0] >= '1' && w[0] <= '9' {
		return []string{w}
	}
	for n := min(len(w)-1, longestPiece); n > 0; n-- {
		if !titlePieces[w[:n]] {
			continue
		}
		if rest := splitPieces(w[n:]); rest != nil {
			return append([]string{w[:n]}, rest...)
		}
	}
	return nil
}

// undress takes off what a seller adds to an offer's name: commerce platform,
// term, billing, charity pricing, promotion. What it means is kept in t.
func (t *offerTitle) undress(title string, words []string) []string {
	out := make([]string, 0, len(words))
	for i := 0; i < len(words); {
		if n := termLength(words[i:]); n > 0 && !(i > 0 && isPlanNumbered(title, words[i-1], words[i])) {
			t.termed = true
			i += n
			continue
		}
		if n := dateLength(words[i:]); n > 0 {
			i += n
			continue
		}
		to, n := titleTables.dressing.longest(words[i:])
		if n == 0 {
			out = append(out, words[i])
			i++
			continue
		}
		t.promo = t.promo || slices.Contains(to, "promotion")
		if slices.Contains(to, "charity") {
			t.segment = Charity
		}
		i += n
	}
	if last := len(out) - 1; last > 1 && titleTrailing[out[last]] {
		out = out[:last]
	}
	if len(out) == 0 {
		return words // nothing but dressing: then it is the title
	}
	return out
}

// isPlanNumbered tells whether the number is that of a plan: of Plan 1 mth, not
// of Plan (1 mth).
func isPlanNumbered(title, plan, number string) bool {
	return titlePlanWords[plan] && strings.Contains(foldText(title), plan+" "+number)
}

// termLength tells how many words name a term of CSP: 1 year, 36 mo. Other
// lengths belong to the product: 10-year audit log retention.
func termLength(words []string) int {
	if len(words) < 2 || !isNumber(words[0]) {
		return 0
	}
	unit := titleTermUnits[words[1]]
	if unit == "" || !slices.Contains(titleTermCounts[unit], words[0]) {
		return 0
	}
	if len(words) > 2 && titleTermWords[words[2]] {
		return 3
	}
	return 2
}

// dateLength tells how many words name a day, as invoices name the days they
// bill: from 01/02/2026, 2026-02-28. There is at least one word.
func dateLength(words []string) int {
	n := 0
	if titleDateWords[words[0]] {
		n = 1
	}
	if len(words) < n+3 {
		return 0
	}
	first, middle, last := words[n], words[n+1], words[n+2]
	if isYear(first) {
		first, last = last, first
	}
	if !isYear(last) || !isNumber(first) || !isNumber(middle) || len(first) > 2 || len(middle) > 2 {
		return 0
	}
	return n + 3
}

func isYear(w string) bool { return len(w) == 4 && w[:2] == "20" && isNumber(w) }

// joinPlanNumbers turns plan 1 into p1 and drops the word plan where it stands
// before a tier.
func joinPlanNumbers(words []string) []string {
	if !slices.Contains(words, "plan") {
		return words
	}
	out := make([]string, 0, len(words))
	for i := 0; i < len(words); i++ {
		if words[i] == "plan" && i+1 < len(words) {
			next := words[i+1]
			if len(next) == 1 && next[0] >= '1' && next[0] <= '9' {
				out = append(out, "p"+next)
				i++
				continue
			}
			if len(next) == 2 && next[1] == 'g' && next[0] >= '1' && next[0] <= '9' { // Plan 2G of the former price lists
				out = append(out, "p"+next[:1], "gcc")
				i++
				continue
			}
			if isTier(next) || isPlanNumber(next) {
				continue
			}
		}
		out = append(out, words[i])
	}
	return out
}

// bindNumbers ties a number to what it counts: to a unit that follows (4 gb) or
// a rank that precedes (tier 2), so that sorting cannot exchange two numbers.
func bindNumbers(words []string) []string {
	if !slices.ContainsFunc(words, isNumber) {
		return words
	}
	out := make([]string, 0, len(words))
	for i := 0; i < len(words); i++ {
		switch next := i + 1; {
		case next < len(words) && isNumber(words[i]) && titleUnits[words[next]]:
			out = append(out, words[i]+"_"+words[next])
			i++
		case next < len(words) && titleRanks[words[i]] && isNumber(words[next]):
			out = append(out, words[i]+"_"+words[next])
			i++
		default:
			out = append(out, words[i])
		}
	}
	return out
}

// isNumber tells whether a word counts something; 365 names a platform.
func isNumber(w string) bool {
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' {
			return false
		}
	}
	return w != "365"
}

// spokenKey sorts the words but for those that say nothing of the product.
func spokenKey(words []string) string {
	words = slices.DeleteFunc(slices.Clone(words), func(w string) bool {
		return w == "plan" || w == "edition" || w == "pack" || isTrialWord(w)
	})
	slices.Sort(words)
	return strings.Join(words, " ")
}

// takeMarks removes charity words that only showed after translation.
func (t *offerTitle) takeMarks(words []string) []string {
	return slices.DeleteFunc(words, func(w string) bool {
		if w != "charity" {
			return false
		}
		t.segment = Charity
		return true
	})
}
