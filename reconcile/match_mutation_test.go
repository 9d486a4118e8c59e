package reconcile_test

import (
	"strings"
	"testing"

	"cspplan/reconcile"
)

// sameMeaning are ways of writing a title that must not change what it means.
var sameMeaning = map[string]func(string) string{
	"upper case":   strings.ToUpper,
	"lower case":   strings.ToLower,
	"no-break":     func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") },
	"blanks":       func(s string) string { return "  " + strings.ReplaceAll(s, " ", "  ") + " " },
	"brackets":     func(s string) string { return strings.NewReplacer("(", "[", ")", "]").Replace(s) },
	"no brackets":  func(s string) string { return strings.NewReplacer("(", "", ")", "").Replace(s) },
	"dashes":       func(s string) string { return strings.ReplaceAll(s, " - ", " – ") },
	"term":         func(s string) string { return s + " (1 Year)" },
	"platform":     func(s string) string { return s + " [New Commerce Experience]" },
	"seller":       func(s string) string { return "CSP " + s + " - Annual, billed monthly" },
	"abbreviation": strings.NewReplacer("Office 365", "O365", "Microsoft 365", "M365", "Dynamics 365", "D365", "(Plan 1)", "P1", "(Plan 2)", "P2").Replace,
	"qualifier first": func(s string) string {
		if i := strings.LastIndex(s, " ("); i > 0 && strings.HasSuffix(s, ")") && !strings.Contains(s, "Commercial (") {
			return s[i+1:] + " " + s[:i]
		}
		return s
	},
}

// otherMeaning are changes after which a title must never mean the same SKU.
var otherMeaning = map[string]func(string) string{
	"add-on":    func(s string) string { return s + " Add-on" },
	"faculty":   func(s string) string { return s + " for Faculty" },
	"students":  func(s string) string { return s + " for Students" },
	"gcc":       func(s string) string { return s + " for GCC" },
	"device":    func(s string) string { return s + " Device" },
	"attach":    func(s string) string { return s + " Attach" },
	"no teams":  func(s string) string { return s + " (no Teams)" },
	"digit":     func(s string) string { return eachDigit(s, func(d rune) rune { return '0' + (d-'0'+3)%10 }) },
	"no digits": func(s string) string { return eachDigit(s, func(rune) rune { return -1 }) },
	"tier":      strings.NewReplacer("E3", "E5", "E5", "E3", "E1", "E3", "F3", "F1", "A3", "A5", "A5", "A3", "Plan 1", "Plan 2", "Plan 2", "Plan 1", "P1", "P2", "P2", "P1").Replace,
	"edition": strings.NewReplacer("Basic", "Standard", "Standard", "Premium", "Premium", "Basic", "Essentials", "Premium",
		"Enterprise", "Professional", "Professional", "Enterprise").Replace,
}

// eachDigit changes digits that are no part of a platform's name.
func eachDigit(s string, change func(rune) rune) string {
	const keep = "\x00"
	s = strings.ReplaceAll(s, "365", keep)
	s = strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return change(r)
		}
		return r
	}, s)
	return strings.ReplaceAll(s, keep, "365")
}

// TestMutations takes every name of Microsoft's table that means one SKU and
// writes it in other ways.
func TestMutations(t *testing.T) {
	m, c := newMatcher(t, nil, nil)
	identify := func(title string) string {
		if id := m.Match(reconcile.OfferQuery{Title: title}).Identified; id != nil {
			return id.SKUGUID
		}
		return ""
	}
	known := knownNames(c)
	certain := 0
	for i := range c.SKUs {
		s := &c.SKUs[i]
		if identify(s.Name) != s.GUID {
			continue
		}
		certain++
		for name, change := range sameMeaning {
			if title := change(s.Name); identify(title) != s.GUID {
				// Names that two SKUs share are decided by their exact spelling only.
				if m.Match(reconcile.OfferQuery{Title: title}).Class == reconcile.MatchAmbiguous {
					continue
				}
				t.Errorf("%s: %q is %q, want %s (%s)", name, title, identify(title), s.GUID, s.Name)
			}
		}
		for name, change := range otherMeaning {
			if title := change(s.Name); title != s.Name && !known[reconcile.FoldTitle(title)] && identify(title) == s.GUID {
				t.Errorf("%s: %q still means %s (%s)", name, title, s.GUID, s.Name)
			}
		}
	}
	if certain < 560 {
		t.Errorf("%d of %d names mean one SKU, want at least 560", certain, len(c.SKUs))
	}
}

// knownNames are titles that mean a SKU in spite of a change: the tables say so.
func knownNames(c *reconcile.Catalogue) map[string]bool {
	known := map[string]bool{"microsoft intune plan a vl": true} // what is left is the part number INTUNE_A_VL
	for _, s := range c.SKUs {
		for _, former := range s.Former {
			known[reconcile.FoldTitle(former)] = true
		}
		// A segment said twice is said once.
		for _, twice := range []string{"GCC", "Faculty", "Students"} {
			if lower := strings.ToLower(s.Name); strings.Contains(lower, "gcc") || strings.Contains(lower, "government") ||
				strings.Contains(lower, "faculty") || strings.Contains(lower, "student") {
				known[reconcile.FoldTitle(s.Name+" for "+twice)] = true
			}
		}
		known[reconcile.FoldTitle(s.Name+" Add-on")] = strings.HasPrefix(s.PartNumber, "CDS_") // sold as Dataverse … add-on
	}
	for _, o := range c.Offers { // Device offers have the SKU of the user's
		known[reconcile.FoldTitle(o.Name)] = true
		known[reconcile.FoldTitle(strings.Replace(o.Name, "Enterprise Device", "Enterprise Edition Device", 1))] = true
		known[reconcile.FoldTitle(strings.Replace(o.Name, "Service Device", "Service Enterprise Edition Device", 1))] = true
	}
	return known
}
