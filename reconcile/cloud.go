package reconcile

import (
	"strings"
	"unicode"
)

// A Cloud is one of Microsoft's separate clouds. A CSP relationship never moves
// a subscription from one to another: that is a migration of data by the
// customer (Partner Center, "Move license-based customers", 2023-01-11, note;
// "National clouds overview", 2021).
type Cloud uint8

const (
	Worldwide    Cloud = iota
	USGovernment       // GCC High and DoD; GCC itself is in the worldwide cloud
	China21Vianet
	Germany // closed; what is left had to move to another European region
)

var cloudWords = []string{"worldwide", "us-government", "china", "germany"}

func (c Cloud) String() string { return word(cloudWords, uint8(c)) }

// ParseCloud is the inverse of Cloud.String; the empty string is Worldwide.
func ParseCloud(s string) (Cloud, bool) {
	if s == "" {
		return Worldwide, true
	}
	return parseWord[Cloud](cloudWords, s)
}

// cloudDomains are the first domains that tenants of other clouds are made
// with; nobody else can have one below them.
var cloudDomains = []struct {
	suffix string
	cloud  Cloud
}{
	{".onmicrosoft.us", USGovernment},
	{".onmschina.cn", China21Vianet},
	{".onmicrosoft.de", Germany},
}

func cloudOfDomain(domain string) Cloud {
	if strings.HasSuffix(domain, ".com") { // as nearly all of them do, and none of those below
		return Worldwide
	}
	domain = foldDomain(domain)
	for _, d := range cloudDomains {
		if strings.HasSuffix(domain, d.suffix) {
			return d.cloud
		}
	}
	return Worldwide
}

// cloudTitles are words by which titles and part numbers name a cloud. GCC
// alone is not among them: it is a segment of the worldwide cloud.
var cloudTitles = []struct {
	words string
	cloud Cloud
}{
	{"gcchigh", USGovernment}, {"gcc high", USGovernment}, {"dod", USGovernment}, {"21vianet", China21Vianet},
}

// cloudOf is the cloud that the customer's domain or else the offer names.
func (p *planning) cloudOf(r *Row, d *draft) Cloud {
	if cloud := cloudOfDomain(r.Sub.Customer.Domain); cloud != Worldwide {
		return cloud
	}
	return p.clouds[d.answer]
}

// readClouds reads what each distinct offer names.
func (p *planning) readClouds() {
	p.clouds = make([]Cloud, len(p.answers))
	oneByOne(len(p.answers), func(k int) { p.clouds[k] = cloudOfTitle(p.answers[k]) })
}

func cloudOfTitle(m *OfferMatch) Cloud {
	names := []string{m.Query.Title, m.Query.PartNumber}
	if m.Identified != nil {
		names = append(names, m.Identified.Name, m.Identified.PartNumber)
	}
	for _, name := range names {
		if !mayNameCloud(name) {
			continue
		}
		words := " " + strings.Join(strings.FieldsFunc(foldID(name), isSeparator), " ") + " "
		for _, t := range cloudTitles {
			if strings.Contains(words, " "+t.words+" ") {
				return t.cloud
			}
		}
	}
	return Worldwide
}

// mayNameCloud tells whether a name holds a letter sequence without which none of
// cloudTitles is in it: few do, and to take a name apart takes longer.
func mayNameCloud(name string) bool {
	for i := range len(name) {
		switch name[i] | 0x20 {
		case 'g':
			if hasFold(name[i:], "gcc") {
				return true
			}
		case 'd':
			if hasFold(name[i:], "dod") {
				return true
			}
		case '2':
			if strings.HasPrefix(name[i:], "21") {
				return true
			}
		}
	}
	return false
}

// hasFold tells whether a text begins with a prefix of ASCII letters, whatever
// their case.
func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func isSeparator(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
