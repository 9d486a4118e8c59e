package reconcile

import (
	"cmp"
	"slices"
	"strings"
)

// A Reason is one cause why a proposal stands where it does: a code of the
// texts why.* and its arguments. The parts of titles among them are the
// canonical words of TitleParts, separated by blanks.
type Reason struct {
	Code string
	Args []string // name, value, name, value …
}

// The codes of Reason. Parts in which title and offer differ are vetoes: any of
// them keeps the offer from matching by itself.
const (
	whyAllAgree  = "all-agree"  // every part agrees
	whyAgree     = "agree"      // parts
	whyTitleOnly = "title-only" // parts
	whyOfferOnly = "offer-only" // parts
	whyJoins     = "joins"      // the title says "and": perhaps two offers
	whyUntil     = "until"      // the name went to another SKU on date
	whyEqual     = "equal"      // fits as well as others; part: its part number
	whyNamedBy   = "named-by"   // basis, where the evidence disagrees
	whySuccessor = "successor"  // name, kind
	WhyDecision  = "decision"   // a person chose it
)

// compareTitles says in which parts a title and the name of an offer agree and
// which parts stand on one side only.
func compareTitles(title, name *offerTitle) []Reason {
	var room [3][16]string // titles of more words are rare
	agree, only, missing := compareWords(room[0][:0], room[1][:0], room[2][:0], title.words, name.words)
	out := make([]Reason, 0, 4)
	if title.joins && !name.joins {
		out = append(out, Reason{Code: whyJoins})
	}
	if len(only)+len(missing) == 0 {
		return append(out, Reason{Code: whyAllAgree})
	}
	out = appendParts(out, whyAgree, agree)
	out = appendParts(out, whyTitleOnly, only)
	return appendParts(out, whyOfferOnly, missing)
}

func appendParts(out []Reason, code string, words []string) []Reason {
	if len(words) == 0 {
		return out
	}
	return append(out, Reason{Code: code, Args: []string{"parts", strings.Join(words, " ")}})
}

// compareWords parts the words of a and b, both sorted, into those of both and
// those of one only, counted.
func compareWords(both, onlyA, onlyB, a, b []string) (_, _, _ []string) {
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			both = append(both, a[i])
			i++
			j++
		case a[i] < b[j]:
			onlyA = append(onlyA, a[i])
			i++
		default:
			onlyB = append(onlyB, b[j])
			j++
		}
	}
	return both, append(onlyA, a[i:]...), append(onlyB, b[j:]...)
}

// A TitlePart is a meaningful part of a title: all of them must agree for a match.
type TitlePart struct {
	Kind string // family, edition, tier, plan, segment, add-on, without, trial, device, region, other
	Word string // canonical: office_365, e3, no_teams
}

// TitleParts takes a title apart as the matcher does, in the order of partKinds.
// Sales dressing (term, billing, platform) is no part.
func TitleParts(title string) []TitlePart {
	t := parseTitle(title)
	var out []TitlePart
	for _, w := range t.words {
		out = append(out, TitlePart{partKind(w), w})
	}
	if t.segment == Charity {
		out = append(out, TitlePart{"segment", "charity"})
	}
	slices.SortStableFunc(out, func(a, b TitlePart) int {
		return cmp.Compare(slices.Index(partKinds, a.Kind), slices.Index(partKinds, b.Kind))
	})
	return out
}

var partKinds = []string{"family", "edition", "tier", "plan", "segment", "add-on", "without", "trial", "device", "region", "other"}

func partKind(w string) string {
	switch {
	case titleFamilies[w]:
		return "family"
	case isTier(w):
		return "tier"
	case isPlanNumber(w):
		return "plan"
	case segmentOfWord(w) != SegmentUnknown:
		return "segment"
	case strings.HasPrefix(w, "no_"):
		return "without"
	case isTrialWord(w):
		return "trial"
	}
	return cmp.Or(partKindOf[w], "other")
}

var partKindOf = map[string]string{
	"add_on": "add-on", "attach": "add-on", "device": "device", "user": "device", "per_user": "device", "per_device": "device", "shared_devices": "device",
	"business": "edition", "enterprise": "edition", "basic": "edition", "standard": "edition", "premium": "edition", "professional": "edition", "pro": "edition",
	"essentials": "edition", "kiosk": "edition", "free": "edition", "team_members": "edition", "suite": "edition", "education": "edition",
	"eea": "region", "us": "region", "uk": "region", "telstra": "region",
}
