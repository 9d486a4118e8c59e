package reconcile

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// How a title is folded and cut into words, before any of them means something.

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
