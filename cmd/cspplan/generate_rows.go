package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"cspplan/reconcile"
)

// A portfolio makes up the customers of one partner and their subscriptions,
// tenant after tenant, as a partner's monthly export holds them: half of the
// rows are a dozen offers, one in fifty has expired, one in fifty is in another
// region, a few carry an offer that is no longer sold. It remembers nothing of
// the rows it gave.
type portfolio struct {
	random   *rand.Rand
	asOf     reconcile.Date
	offers   []portfolioOffer  // those on sale, the most common first
	gone     []portfolioOffer  // those nobody can buy any more
	typed    []string          // titles as people mistype them
	typos    []int             // the offer that each of them means
	currency map[string]string // of a country
	tenant   portfolioTenant
	row      portfolioRow
}

type portfolioOffer struct {
	guid, part, name string
	price            int // cents a licence and month
}

type portfolioTenant struct {
	n                                                         int
	name, id, domain, country, currency, owner, partner, gdap string
	left                                                      int // subscriptions still to come
}

// A portfolioRow is one subscription: its cells under portfolioColumns, and the
// days again, which a workbook holds as numbers.
type portfolioRow struct {
	cells          [22]string
	start, expires reconcile.Date
}

// portfolioColumns are the headings, the kind of cell in a workbook and whether
// the values repeat from customer to customer.
var portfolioColumns = [22]struct {
	heading string
	kind    byte // s text, n number, d day
	common  bool
}{
	{"CustomerName", 's', false}, {"CustomerTenantId", 's', false}, {"Domain", 's', false}, {"Country", 's', true},
	{"OfferName", 's', true}, {"SkuId", 's', true}, {"SubscriptionId", 's', false}, {"SkuPartNumber", 's', true},
	{"Quantity", 'n', false}, {"Assigned", 'n', false}, {"Status", 's', true}, {"StartDate", 'd', false}, {"EndDate", 'd', false},
	{"Term", 's', true}, {"Billing", 's', true}, {"UnitPrice", 'n', false}, {"Currency", 's', true}, {"Channel", 's', true},
	{"AutoRenew", 's', true}, {"AccountManager", 's', true}, {"Relationship", 's', true}, {"DelegatedAdmin", 's', true},
}

func portfolioHeadings() []string {
	var out []string
	for _, c := range portfolioColumns {
		out = append(out, c.heading)
	}
	return out
}

// commonParts are what most customers of a partner hold.
var commonParts = []string{"SPB", "O365_BUSINESS_PREMIUM", "O365_BUSINESS_ESSENTIALS", "EXCHANGESTANDARD", "ENTERPRISEPACK", "SPE_E3", "STANDARDPACK",
	"POWER_BI_PRO", "EMS", "VISIOCLIENT", "PROJECTPROFESSIONAL", "AAD_PREMIUM", "SPE_E5", "ENTERPRISEPREMIUM"}

// mistyped is how many wrong spellings of titles go round.
const mistyped = 2000

func newPortfolio(c *reconcile.Catalogue, asOf reconcile.Date, seed uint64) *portfolio {
	p := &portfolio{random: rand.New(rand.NewPCG(seed, 1)), asOf: asOf, currency: map[string]string{}}
	sold := map[string]bool{}
	for i := range c.Products {
		if q := &c.Products[i]; !q.Trial && !q.EST {
			sold[q.SKUGUID] = true
		}
	}
	for i := range c.SKUs {
		s := &c.SKUs[i]
		switch o := (portfolioOffer{s.GUID, s.PartNumber, s.Name, 150 + p.random.IntN(5500)}); {
		case s.Current && sold[s.GUID]:
			p.offers = append(p.offers, o)
		case !s.Current:
			p.gone = append(p.gone, o)
		}
	}
	place := func(o portfolioOffer) int { return slices.Index(commonParts, o.part) & 0xff } // others: 255
	slices.SortStableFunc(p.offers, func(a, b portfolioOffer) int { return place(a) - place(b) })
	for range mistyped {
		i := p.popular()
		p.typos, p.typed = append(p.typos, i), append(p.typed, p.mistype(p.offers[i].name))
	}
	for i := range c.Countries {
		p.currency[c.Countries[i].Code] = c.Countries[i].Currency
	}
	return p
}

// popular draws an offer: half of all are one of the common ones, and the more
// common, the more often.
func (p *portfolio) popular() int {
	n := len(p.offers)
	if p.oneIn(2) {
		n = len(commonParts)
	}
	return min(p.random.IntN(n), p.random.IntN(n))
}

func (p *portfolio) oneIn(n int) bool { return p.random.IntN(n) == 0 }

func (p *portfolio) percent(n int) bool { return p.random.IntN(100) < n }

// mistype exchanges, drops or changes letters.
func (p *portfolio) mistype(title string) string {
	b := []byte(title)
	for range 1 + p.random.IntN(2) {
		switch i := p.random.IntN(len(b) - 1); p.random.IntN(3) {
		case 0:
			b = slices.Delete(b, i, i+1)
		case 1:
			b[i], b[i+1] = b[i+1], b[i]
		default:
			b[i] = byte('a' + p.random.IntN(26))
		}
	}
	return strings.ToValidUTF8(string(b), "")
}

func (p *portfolio) guid() string {
	a, b := p.random.Uint64(), p.random.Uint64()
	return fmt.Sprintf("%08x-%04x-4%03x-%04x-%012x", uint32(a>>32), uint16(a>>16), a&0xfff, 0x8000|uint16(b>>50), b&0xffffffffffff)
}

// pick draws a word; words that stand more often come more often.
func (p *portfolio) pick(words []string) string { return words[p.random.IntN(len(words))] }

var (
	homeCountries    = strings.Fields("IT IT IT IT IT DE DE DE FR FR ES ES AT CH NL BE PT SE PL CZ")
	foreignCountries = strings.Fields("US CA BR JP IN")
	trades           = []string{"Officine", "Studio", "Bäckerei", "Société", "Talleres", "Contoso", "Fabrikam", "Müller & Söhne", "Café \"Élan\"", "Škoda, Novák", "Żółć"}
	businesses       = []string{"Trading", "Logistics", "Consulting", "Foods", "Health", "Robotics", "Energy", "Media", "Legal", "Studios"}
	companyForms     = []string{"S.r.l.", "S.p.A.", "GmbH", "SARL", "S.L.", "AB", "s.r.o.", "B.V."}
	channels         = []string{"Direct from Microsoft", "Direct from Microsoft", "Direct from Microsoft", "Other partner", "Other partner", "Volume licensing", "Legacy CSP"}
	relationships    = []string{"Accepted", "Accepted", "Accepted", "Accepted", "Requested", "Not requested"}
)

// nextTenant begins the next customer, who has one or two subscriptions, at
// times more.
func (p *portfolio) nextTenant() {
	t := &p.tenant
	t.n++
	t.name = p.pick(trades) + " " + p.pick(businesses) + " " + strconv.Itoa(t.n) + " " + p.pick(companyForms)
	t.id, t.domain = p.guid(), fmt.Sprintf("customer%07d.onmicrosoft.com", t.n)
	t.country = p.pick(homeCountries)
	if p.oneIn(50) {
		t.country = p.pick(foreignCountries)
	}
	t.currency = p.currency[t.country]
	t.owner = fmt.Sprintf("manager%02d@partner.example", p.random.IntN(40))
	t.partner, t.gdap = p.pick(relationships), "No"
	if t.partner == "Accepted" && p.percent(70) {
		t.gdap = "Yes"
	}
	t.left = 1
	for p.percent(38) {
		t.left++
	}
}

// next gives the next subscription; the row is good until the next call.
func (p *portfolio) next() *portfolioRow {
	if p.tenant.left == 0 {
		p.nextTenant()
	}
	t, row := &p.tenant, &p.row
	t.left--
	offer, title := p.offer()
	cells := &row.cells
	cells[0], cells[1], cells[2], cells[3] = t.name, t.id, t.domain, t.country
	cells[4], cells[5], cells[6], cells[7] = title, "", p.guid(), ""
	if p.percent(80) {
		cells[5] = offer.guid
	}
	if p.percent(85) {
		cells[7] = offer.part
	}
	p.seats(cells)
	p.days(row, offer.price)
	cells[16], cells[17] = t.currency, p.pick(channels)
	cells[18] = strconv.FormatBool(p.percent(60))
	cells[19], cells[20], cells[21] = t.owner, t.partner, t.gdap
	return row
}

// offer draws what a row holds and how its title is written there.
func (p *portfolio) offer() (portfolioOffer, string) {
	switch n := p.random.IntN(100); {
	case n < 4: // typed by hand
		i := p.random.IntN(len(p.typed))
		return p.offers[p.typos[i]], p.typed[i]
	case n < 12: // nobody can buy it any more
		o := p.gone[p.random.IntN(len(p.gone))]
		return o, o.name
	case n < 18: // as systems decorate it
		o := p.offers[p.popular()]
		return o, p.pick([]string{strings.ToUpper(o.name), o.name + " ", strings.ReplaceAll(o.name, " ", "  "), o.name + " (annual)"})
	}
	o := p.offers[p.popular()]
	return o, o.name
}

// seats draws licences, mostly few, and how many of them have users.
func (p *portfolio) seats(cells *[22]string) {
	licences := 1 + p.random.IntN(25)
	switch n := p.random.IntN(100); {
	case n < 2:
		licences = 300 + p.random.IntN(5000)
	case n < 20:
		licences = 25 + p.random.IntN(275)
	}
	assigned := licences - p.random.IntN(licences/3+1)
	if p.oneIn(100) {
		assigned = licences + 1 + p.random.IntN(3)
	}
	cells[8], cells[9] = strconv.Itoa(licences), strconv.Itoa(assigned)
}

// days draws the term, where the row stands in it, and what it costs a billing
// period.
func (p *portfolio) days(row *portfolioRow, price int) {
	cells := &row.cells
	length, months := 365, 1
	cells[13], cells[14] = "P1Y", "Monthly"
	switch n := p.random.IntN(100); {
	case n < 10:
		length, cells[13] = 30, "P1M"
	case n < 15:
		length, months, cells[13], cells[14] = 3*365, 36, "P3Y", "Triennial"
	case n < 45:
		months, cells[14] = 12, "Annual"
	}
	row.expires, cells[10] = p.asOf+reconcile.Date(p.random.IntN(length)), "Active"
	if p.oneIn(50) {
		row.expires, cells[10] = p.asOf-1-reconcile.Date(p.random.IntN(45)), "Expired"
	}
	row.start = row.expires - reconcile.Date(length) + 1
	cells[11], cells[12], cells[15] = row.start.String(), row.expires.String(), cents(price*months)
}
