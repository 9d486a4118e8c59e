package reconcile

import (
	"slices"
	"strings"
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
func parseTitle(title string) offerTitle {
	r := newTitleReader()
	defer r.close()
	var t readTitle
	r.read(title, &t)
	return t.offerTitle
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

// joinPlanNumbers turns plan 1 into p1 and drops the word plan where it stands
// before a tier.
func joinPlanNumbers(out, words []string) []string {
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
func bindNumbers(out, words []string) []string {
	for i := 0; i < len(words); i++ {
		switch next := i + 1; {
		case next < len(words) && isNumber(words[i]) && titleUnits[words[next]]:
			out = append(out, words[i]+"_"+words[next])
			i++
		case next < len(words) && isNumber(words[next]) && titleRanks[words[i]]:
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

// appendSpoken keeps the words but for those that say nothing of the product.
func appendSpoken(out, words []string) []string {
	for _, w := range words {
		if w != "plan" && w != "edition" && w != "pack" && !isTrialWord(w) {
			out = append(out, w)
		}
	}
	return out
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
