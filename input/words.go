package input

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/language"

	"cspplan/reconcile"
)

//go:embed words.csv
var wordsCSV string

// A wordKind is one vocabulary of words.csv.
type wordKind string

const (
	triWords          wordKind = "tri"
	missingWords      wordKind = "missing" // n/a and its like: as good as empty
	neverWords        wordKind = "never"   // an expiry that is none
	totalWords        wordKind = "total"
	footerWords       wordKind = "footer" // what lines below a table begin with
	channelWords      wordKind = "channel"
	programmeWords    wordKind = "programme"
	relationshipWords wordKind = "relationship"
	billingWords      wordKind = "billing"
	termWords         wordKind = "term"
	endWords          wordKind = "end_of_term"
	segmentWords      wordKind = "segment"
	stateWords        wordKind = "state"
	languageWords     wordKind = "language"
)

type wordKey struct {
	kind   wordKind
	folded string
}

// vocabulary holds what people write in cells, in fifteen languages, folded.
var vocabulary = sync.OnceValue(func() map[wordKey]string {
	known := make(map[wordKey]string)
	for _, r := range mustRows("words.csv", wordsCSV) {
		known[wordKey{wordKind(r[0]), fold(r[3])}] = r[1]
	}
	return known
})

// longWord is how many bytes of a cell are folded without asking for memory.
const longWord = 64

// lookUp finds the meaning of a word in a vocabulary.
func lookUp(kind wordKind, text string) (string, bool) {
	var folded [longWord]byte
	if len(text) <= longWord {
		if plain, ok := appendFolded(folded[:0], text); ok {
			value, ok := vocabulary()[wordKey{kind, string(plain)}]
			return value, ok
		}
	}
	value, ok := vocabulary()[wordKey{kind, fold(text)}]
	return value, ok
}

// blank reports whether a cell says nothing: empty, a dash, or "n/a" in any of
// the languages.
func blank(text string) bool {
	if text == "" {
		return true
	}
	if len(text) > 60 || text[0] >= '0' && text[0] <= '9' || !mayBeMissing(text) {
		return false
	}
	if _, ok := lookUp(missingWords, text); ok {
		return true
	}
	return strings.Trim(text, " \t\r\n\u00a0-–—―_./*?") == ""
}

// plainLetters are the ASCII letters and digits of a text, each of which stands in
// the folded text too: which there are, and how many.
type plainLetters struct {
	set   uint64
	count int
}

func plainLettersOf(text string) (p plainLetters) {
	for i := range len(text) {
		switch c := text[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			p.set |= 1 << (c | 0x20 - 'a')
		case c >= '0' && c <= '9':
			p.set |= 1 << (26 + c - '0')
		default:
			continue
		}
		p.count++
	}
	return p
}

// within reports whether a word may hold these letters and others.
func (p plainLetters) within(word plainLetters) bool {
	return p.set&^word.set == 0 && p.count <= word.count
}

// mayBeMissing is the quick question whether a text may be a word for nothing:
// folding every name costs more than reading the rest of its row.
func mayBeMissing(text string) bool {
	p := plainLettersOf(text)
	if p.count == 0 {
		return true
	}
	for _, word := range lettersOfMissing() {
		if word.count < p.count {
			return false // as the shorter ones that follow
		}
		if p.within(word) {
			return true
		}
	}
	return false
}

// lettersOfMissing are those of the words for nothing, the longest first: most names
// are longer than any of them.
var lettersOfMissing = sync.OnceValue(func() (letters []plainLetters) {
	for w := range vocabulary() {
		if w.kind == missingWords {
			letters = append(letters, plainLettersOf(w.folded))
		}
	}
	slices.SortFunc(letters, func(a, b plainLetters) int { return cmp.Compare(b.count, a.count) })
	return letters
})

// The readers of words below return false for a word that nobody knows; the
// caller keeps the cautious zero value and warns.

// parseTri knows its own words before those for nothing: in a column of yes and
// no, なし and 无 say no.
func parseTri(text string) (reconcile.Tri, bool) {
	switch mark := strings.TrimSuffix(text, emojiForm); {
	case text == "":
		return reconcile.Unknown, true
	case utf8.RuneCountInString(mark) == 1 && strings.Contains(ticks, mark):
		return reconcile.Yes, true
	case utf8.RuneCountInString(mark) == 1 && strings.Contains(crosses, mark):
		return reconcile.No, true
	}
	value, ok := lookUp(triWords, text)
	switch value {
	case "yes":
		return reconcile.Yes, ok
	case "no":
		return reconcile.No, ok
	}
	return reconcile.Unknown, ok || blank(text)
}

// Marks that people tick a cell with; in Japan a circle is a yes.
const (
	ticks   = "✓✔☑✅○◯"
	crosses = "✗✘☒❌×☐"

	emojiForm = "\ufe0f" // stands behind ✔️ that came from a phone
)

func parseRelationship(text string) (reconcile.Relationship, bool) {
	if strings.TrimSpace(text) == "" {
		return reconcile.RelationshipUnknown, true
	}
	value, ok := lookUp(relationshipWords, text)
	switch value {
	case "none":
		return reconcile.RelationshipNone, ok
	case "requested":
		return reconcile.RelationshipRequested, ok
	case "accepted":
		return reconcile.RelationshipAccepted, ok
	}
	return reconcile.RelationshipUnknown, ok || blank(text)
}

func parseTerm(text string) (reconcile.Term, bool) {
	if blank(text) {
		return reconcile.TermUnknown, true
	}
	value, ok := lookUp(termWords, text)
	if !ok {
		value, _ = proseTerm(text)
	}
	term, known := reconcile.ParseTerm(value)
	return term, ok || known && value != ""
}

func parseBilling(text string) (reconcile.Billing, bool) {
	if blank(text) {
		return reconcile.BillingUnknown, true
	}
	value, ok := lookUp(billingWords, text)
	if !ok {
		_, value = proseTerm(text)
	}
	billing, known := reconcile.ParseBilling(value)
	return billing, ok || known && value != ""
}

// proseTerm reads Microsoft's sentence "One-Year commitment for monthly
// billing". A sentence that leaves the billing open ("monthly/yearly") leaves
// it open here.
func proseTerm(text string) (term, billing string) {
	folded := fold(text)
	commitment, rest, found := strings.Cut(folded, "commitment")
	if !found {
		return "", ""
	}
	switch {
	case strings.HasSuffix(commitment, "threeyear"), strings.HasSuffix(commitment, "3year"):
		term = "P3Y"
	case strings.HasSuffix(commitment, "oneyear"), strings.HasSuffix(commitment, "1year"):
		term = "P1Y"
	case strings.HasSuffix(commitment, "onemonth"), strings.HasSuffix(commitment, "1month"):
		term = "P1M"
	}
	switch strings.TrimSuffix(strings.TrimPrefix(rest, "for"), "billing") {
	case "monthly":
		billing = "monthly"
	case "yearly", "annual":
		billing = "annual"
	case "triennial", "threeyear":
		billing = "triennial"
	}
	return term, billing
}

func parseEndOfTerm(text string) (reconcile.EndOfTerm, bool) {
	if blank(text) {
		return reconcile.EndUnknown, true
	}
	value, ok := lookUp(endWords, text)
	switch value {
	case "renew":
		return reconcile.EndRenew, ok
	case "est":
		return reconcile.EndEST, ok
	case "cancel":
		return reconcile.EndCancel, ok
	}
	return reconcile.EndUnknown, ok
}

func parseSegment(text string) (reconcile.Segment, bool) {
	if blank(text) {
		return reconcile.SegmentUnknown, true
	}
	value, ok := lookUp(segmentWords, text)
	segment, _ := reconcile.ParseSegment(value)
	return segment, ok
}

// parseLanguage reads in which language a customer is written to: its name, or a
// tag such as it, it-IT or de_CH. Of a language that we do not write only the
// tag is known.
func parseLanguage(text string) (string, bool) {
	if blank(text) {
		return "", true
	}
	if value, ok := lookUp(languageWords, text); ok {
		return value, true
	}
	tag, err := language.Parse(strings.ReplaceAll(strings.TrimSpace(text), "_", "-"))
	if err != nil {
		return "", false
	}
	base, _ := tag.Base()
	return base.String(), true
}

// parseChannel reads where something was bought. People write agreements into
// that column too: "EA" names the programme and, by it, the channel.
func parseChannel(text string) (reconcile.Channel, reconcile.Programme, bool) {
	if blank(text) {
		return reconcile.ChannelUnknown, reconcile.ProgrammeUnknown, true
	}
	if value, ok := lookUp(channelWords, text); ok {
		channel, _ := reconcile.ParseChannel(value)
		return channel, reconcile.ProgrammeUnknown, true
	}
	programme, ok := parseProgramme(text)
	return channelOf(programme), programme, ok
}

func parseProgramme(text string) (reconcile.Programme, bool) {
	if blank(text) {
		return reconcile.ProgrammeUnknown, true
	}
	value, ok := lookUp(programmeWords, text)
	programme, _ := reconcile.ParseProgramme(value)
	return programme, ok
}

// channelOf groups the programmes (rules.md §4).
func channelOf(p reconcile.Programme) reconcile.Channel {
	switch p {
	case reconcile.MOSA, reconcile.MCA, reconcile.MCAE:
		return reconcile.Direct
	case reconcile.EA, reconcile.OpenValue, reconcile.MPSA:
		return reconcile.Volume
	case reconcile.NCE:
		return reconcile.OtherPartner
	case reconcile.Legacy:
		return reconcile.LegacyCSP
	}
	return reconcile.ChannelUnknown
}
