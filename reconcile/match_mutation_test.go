package reconcile_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
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

// noMeaning are changes after which a title is no offer at all: services around
// it, software for servers, two offers in one.
var noMeaning = map[string]func(string) string{
	"backup":    func(s string) string { return "Backup for " + s },
	"migration": func(s string) string { return s + " migration" },
	"support":   func(s string) string { return "Support for " + s },
	"managed":   func(s string) string { return "Managed " + s },
	"training":  func(s string) string { return s + " training" },
	"server":    func(s string) string { return s + " Server 2019" },
	"access":    func(s string) string { return s + " CAL" },
	"discount":  func(s string) string { return s + " discount" },
	"vendor":    func(s string) string { return "Acronis " + s },
	"bundle":    func(s string) string { return s + " and Visio Professional" },
	"pair":      func(s string) string { return s + " + Contoso Care" },
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
		for name, change := range noMeaning {
			if title := change(s.Name); identify(title) != "" {
				t.Errorf("%s: %q means %s", name, title, identify(title))
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

// TestShuffledWords strings words of the catalogue together at random. What is
// recognised all the same must agree with a name of its SKU in every tier, plan
// number, segment, add-on and lack that a pattern finds, without the parser.
func TestShuffledWords(t *testing.T) {
	m, c := newMatcher(t, nil, nil)
	var words []string
	names := map[string][]string{} // SKU GUID → names
	for _, s := range c.SKUs {
		words = append(words, strings.Fields(s.Name)...)
		names[s.GUID] = append(append(names[s.GUID], s.Name), s.Former...)
	}
	for _, o := range c.Offers {
		names[o.ProductGUID] = append(names[o.ProductGUID], o.Name)
	}
	for _, p := range c.Products {
		names[p.SKUGUID] = append(names[p.SKUGUID], p.SKUTitle)
	}
	rng := rand.New(rand.NewPCG(7, 11))
	found := 0
	for range 8_000 {
		s := c.SKUs[rng.IntN(len(c.SKUs))]
		title := strings.Fields(s.Name)
		for range 1 + rng.IntN(2) { // near a name, or nothing would be found
			i, w := rng.IntN(len(title)), words[rng.IntN(len(words))]
			switch rng.IntN(3) {
			case 0:
				title[i] = w
			case 1:
				title = slices.Insert(title, i, w)
			case 2:
				if len(title) > 1 {
					title = slices.Delete(title, i, i+1)
				}
			}
		}
		text := strings.Join(title, " ")
		id := m.Match(reconcile.OfferQuery{Title: text}).Identified
		if id == nil || !id.InTable {
			continue
		}
		found++
		if !slices.ContainsFunc(names[id.SKUGUID], func(name string) bool { return marks(name) == marks(text) }) {
			t.Errorf("%q means %s (%s), which has none of %q", text, id.Name, id.PartNumber, marks(text))
		}
	}
	if found < 400 {
		t.Errorf("%d of the titles are recognised, too few to learn from", found)
	}
}

// marks are the parts of a title that make another offer of it, each once, as a
// pattern sees them. E tiers of the government cloud are its G tiers.
func marks(title string) string {
	title = markSpelling.Replace(strings.ToLower(title))
	found := markPattern.FindAllString(title, -1)
	for i, mark := range found {
		if len(mark) == 2 && strings.Contains(title, "gcc") {
			found[i] = strings.Replace(mark, "e", "g", 1)
		}
	}
	slices.Sort(found)
	return strings.Join(slices.Compact(found), " ")
}

var (
	markSpelling = strings.NewReplacer("gcchigh", "usgov", "gcc high", "usgov", "government", "gcc", "_", " ", "students", "student", "addon", "add-on", "no microsoft teams", "no teams", " for ", " ")
	markPattern  = regexp.MustCompile(`\b(?:[aefgk][1-9]|faculty|student|add-on|no teams|without audio|attach|device)\b`)
)

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
