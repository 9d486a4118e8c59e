package reconcile

import (
	"slices"
	"strings"
)

// settle applies what is true of whole titles, not of single words, and sorts:
// the order of qualifiers carries no meaning.
func settle(words []string) []string {
	words = bindWithout(words)
	words = dropImplied(words)
	slices.Sort(words)
	return compactMarks(words)
}

// bindWithout ties a negation to what it takes away, so that sorting cannot
// turn "without Teams" into "Teams". "Lacking" follows what it takes away.
func bindWithout(words []string) []string {
	if !slices.Contains(words, "without") && !slices.Contains(words, "lacking") {
		return words
	}
	out := make([]string, 0, len(words))
	for i := 0; i < len(words); i++ {
		switch last := len(out) - 1; {
		case words[i] == "without" && i+1 < len(words):
			i++
			out = append(out, "no_"+words[i])
		case words[i] == "lacking" && last >= 0:
			out[last] = "no_" + out[last]
		default:
			out = append(out, words[i])
		}
	}
	return out
}

// dropImplied removes words that another word of the title implies.
func dropImplied(words []string) []string {
	has := func(w string) bool { return slices.Contains(words, w) }
	tier := slices.ContainsFunc(words, isTier)
	planned := slices.ContainsFunc(words, isPlanNumber)
	suite := has("office_365") || has("microsoft_365") || has("enterprise_mobility_security")
	school := has("faculty") || has("student") || has("edu")
	government := has("gcc")
	for i, w := range words {
		if suite && government && isTier(w) && w[0] == 'e' {
			words[i] = "g" + w[1:] // Office 365 E3 for Government is Office 365 G3
		}
	}
	if planned {
		words = hosted(words)
	}
	gTier := slices.ContainsFunc(words, func(w string) bool { return isTier(w) && w[0] == 'g' })
	implied := func(w string) bool {
		switch w {
		case "plan", "edition", "microsoft", "with", "pack":
			return true
		case "company": // the word for Business or Enterprise in many languages
			return tier
		case "with_teams": // a suite that says nothing of Teams has it
			return suite && tier || has("microsoft_365") && has("business")
		case "microsoft_365": // Microsoft 365 Phone System, whatever the order of the words
			return !tier && (has("phone_system") || has("audio_conferencing"))
		case "enterprise": // E, A and F tiers are enterprise plans
			return tier || has("microsoft_365_apps") && (school || government)
		case "frontline", "firstline": // F tiers are those plans
			return slices.ContainsFunc(words, func(w string) bool { return isTier(w) && w[0] == 'f' }) && suite
		case "10", "11", "education": // Windows Enterprise is sold without regard to its version
			return tier && has("windows")
		case "premium": // Azure AD Premium P1 became Entra ID P1
			return planned && (has("entra_id") || has("azure_information_protection"))
		case "atp":
			return planned && has("defender_for_office_365")
		case "gcc":
			return gTier
		}
		return false
	}
	return slices.DeleteFunc(words, implied)
}

// hosted adds the word Online that people leave out before the number of a
// plan: products of that name for servers have no plans.
func hosted(words []string) []string {
	for i, w := range words {
		switch w {
		case "exchange", "sharepoint":
			words[i] = w + "_online"
		case "skype", "lync":
			words[i] = "skype_for_business"
			words = append(words, "online")
		}
	}
	return words
}

// compactMarks keeps a segment word once: price lists say it twice ("for
// Government (Governmental Community Cloud Pricing)"). Words is sorted.
func compactMarks(words []string) []string {
	return slices.CompactFunc(words, func(a, b string) bool { return a == b && segmentOfWord(a) != SegmentUnknown })
}

// isTier tells whether a word names a suite's tier: E3, A5, F1, G3, K1.
func isTier(w string) bool {
	return len(w) == 2 && strings.ContainsRune("aefgk", rune(w[0])) && w[1] >= '1' && w[1] <= '9'
}

// isPlanNumber tells whether a word names a numbered plan: P1, EM2.
func isPlanNumber(w string) bool {
	return len(w) == 2 && w[0] == 'p' && w[1] >= '1' && w[1] <= '9'
}

func isTrialWord(w string) bool { return w == "trial" || w == "vtrial" || w == "viral" }

// segmentOfWord is the kind of customer that a canonical word names.
func segmentOfWord(w string) Segment {
	switch w {
	case "faculty", "student", "students_use_benefit", "edu", "alumni":
		return Education
	case "gcc", "gcc_high", "dod", "usgov", "fedramp":
		return Government
	}
	return SegmentUnknown
}

func segmentOfWords(words []string) Segment {
	for _, w := range words {
		if s := segmentOfWord(w); s != SegmentUnknown {
			return s
		}
		if isTier(w) {
			switch w[0] {
			case 'a':
				return Education
			case 'g':
				return Government
			}
		}
	}
	return SegmentUnknown
}
