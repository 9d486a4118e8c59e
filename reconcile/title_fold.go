package reconcile

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// How a title is folded and cut into words, before any of them means something.

// FoldTitle makes titles comparable as people write them: case, accents,
// punctuation and doubled spaces do not matter. It is the key of recorded
// decisions with the scope offer.
func FoldTitle(title string) string { return strings.Join(titleWords(title), " ") }

// titleWords folds a title and cuts it into words of letters and digits.
func titleWords(title string) []string {
	text, plain := foldTitle(title)
	words := splitWords(nil, text, plain)
	return unglue(make([]string, 0, len(words)+2), words, text)
}

// foldTitle folds a title, with blanks around what is written without any; plain
// is a text of nothing but ASCII.
func foldTitle(title string) (text string, plain bool) {
	if text, plain = foldText(title); !plain {
		for _, r := range titleCJK {
			text = strings.ReplaceAll(text, r.from, " "+r.to+" ")
		}
		plain = isPlainASCII(text)
	}
	if strings.Contains(text, "w/") {
		text = titleWith.Replace(text)
	}
	return text, plain
}

// splitWords cuts a folded text into runs of letters and digits.
func splitWords(out []string, text string, plain bool) []string {
	if !plain {
		return append(out, strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })...)
	}
	first := -1 // of the word at hand
	for i := range len(text) {
		switch c := text[i]; {
		case c-'a' < 26 || c-'0' < 10:
			if first < 0 {
				first = i
			}
		case first >= 0:
			out, first = append(out, text[first:i]), -1
		}
	}
	if first >= 0 {
		out = append(out, text[first:])
	}
	return out
}

// unglue parts words that people write as one, and drops those that French and
// Italian write before a vowel: l'entreprise, d'essai. Text is what the words
// were cut from.
func unglue(out, words []string, text string) []string {
	elided := strings.IndexByte(text, '\'') >= 0
	for i, w := range words {
		if elided && (w == "l" || w == "d") && i+1 < len(words) && strings.Contains(text, w+"'"+words[i+1]) {
			continue
		}
		out = appendUnglued(out, w)
	}
	return out
}

var titleWith = strings.NewReplacer("w/o", " without ", "w/", " with ")

// foldText lowers case and takes accents off Latin letters; marks of other
// scripts are letters of their own and stay. Plain is a text of nothing but ASCII.
func foldText(s string) (folded string, plain bool) {
	if isPlainASCII(s) {
		return strings.ToLower(s), true
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
	folded = norm.NFC.String(b.String())
	return folded, isPlainASCII(folded)
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
	i := firstDigit(w)
	if i < 0 {
		return append(words, w)
	}
	if pieces, ok := appendPieces(words, w); ok {
		return pieces
	}
	if titleGluedBefore[w[:i]] {
		return append(words, w[:i], w[i:])
	}
	if j := strings.IndexFunc(w, unicode.IsLetter); j > 0 && titleGluedAfter[w[j:]] {
		return append(words, w[:j], w[j:])
	}
	return append(words, w)
}

// firstDigit is where the first digit of any script stands; -1 if there is none.
func firstDigit(w string) int {
	for i := range len(w) {
		switch c := w[i]; {
		case c-'0' < 10:
			return i
		case c >= utf8.RuneSelf:
			return strings.IndexFunc(w, unicode.IsDigit)
		}
	}
	return -1
}

// appendPieces parts a word that is nothing but titlePieces and, at its end, a
// tier or the number of a plan; not ok for any other word. Longer pieces are
// tried first.
func appendPieces(words []string, w string) (out []string, ok bool) {
	if isTier(w) || isPlanNumber(w) || len(w) == 1 && w[0] >= '1' && w[0] <= '9' {
		return append(words, w), true
	}
	for n := min(len(w)-1, longestPiece); n > 0; n-- {
		if !titlePieces[w[:n]] {
			continue
		}
		if out, ok = appendPieces(append(words, w[:n]), w[n:]); ok {
			return out, true
		}
	}
	return words, false
}
