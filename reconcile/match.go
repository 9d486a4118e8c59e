package reconcile

import (
	"slices"
	"strings"
	"sync"
)

// A Matcher answers, for a distinct offer, what it is and what to buy in CSP
// instead. It never lets likeness of letters decide: ids, dated tables, a
// person's decision, or a title of which every meaningful part agrees; all
// else are proposals. Safe for concurrent use; answers do not depend on the
// order of the questions.
type Matcher struct {
	c     *Catalogue
	names *nameIndex
	asOf  Date

	products  map[string][]int       // SKU GUID → Catalogue.Products that provision it or carry its name alone
	pairs     map[string]OfferPair   // legacy offer id → the best pair
	ownPairs  map[string][]OfferPair // SKU GUID → the user's pairs
	aliases   map[string]Alias       // folded title or offer id
	choices   map[string]ChoiceState // folded title → what a person chose
	legacy    map[string]string      // product GUID of legacy offers outside the table → its name
	chosenNow []ChoiceState          // choices of people with the facts of today
	forbidden map[string][]string    // folded title → offers never to propose, see offerID

	titles  readTitles
	trials  map[string]bool   // SKU GUIDs that are trials themselves
	eras    []Date            // days on which a name came to mean another SKU, ascending
	dated   []int             // those names
	markets map[string]string // country → the first of those the tables treat alike

	marketOf [26][26]string // market by the two letters of a code

	mu   sync.Mutex
	seen map[OfferQuery]*OfferMatch
	wide map[OfferQuery]*OfferMatch // by question without its country: an answer that does not depend on it
}

// The codes of OfferMatch.Basis and Identity.Basis.
const (
	basisNcePsa      = "nce-psa"
	basisSKU         = "sku-guid"
	basisPart        = "part-number"
	basisOffer       = "offer-id"
	basisProduct     = "product-id"
	basisAlias       = "alias"
	basisDecision    = "decision"
	basisTitle       = "title"
	basisFormerTitle = "former-title"
	basisSuccessor   = "successor"
	basisMatrix      = "offer-matrix"
)

// NewMatcher prepares the names of the catalogue, the user's aliases and the
// decisions of scope "offer" (key: FoldTitle of the offer's title; field
// "choice"; value: the SKU GUIDs of an offer joined by +, perhaps after "never:"). Titles mean what
// they meant when the offer was bought; where that is not known, asOf counts.
func NewMatcher(c *Catalogue, aliases []Alias, decisions []Decision, asOf Date) *Matcher {
	m := &Matcher{
		c: c, asOf: asOf,
		products: map[string][]int{}, pairs: map[string]OfferPair{}, ownPairs: map[string][]OfferPair{}, aliases: map[string]Alias{},
		choices: map[string]ChoiceState{}, forbidden: map[string][]string{}, legacy: map[string]string{},
		trials: map[string]bool{}, markets: map[string]string{}, seen: map[OfferQuery]*OfferMatch{}, wide: map[OfferQuery]*OfferMatch{},
	}
	m.names = newNameIndex(c, &m.titles)
	m.addEras()
	Together(m.addProducts, func() { // it asks the index of names, and takes the longest
		m.addTrials()
		m.addMarkets()
		m.addPairs(c.Pairs)
	})
	for i := range c.Offers {
		if o := &c.Offers[i]; c.SKU(o.ProductGUID) == nil {
			m.legacy[foldID(o.ProductGUID)] = o.ProductName
		}
	}
	m.addAliases(aliases)
	m.addDecisions(decisions)
	return m
}

// addTrials finds the SKUs that are trials themselves.
func (m *Matcher) addTrials() {
	for i := range m.c.SKUs {
		s := &m.c.SKUs[i]
		m.trials[s.GUID] = m.parse(s.Name).trial || isTrialPart(s.PartNumber)
	}
}

// addProducts finds the NCE products of each SKU: those whose SKU is public,
// and those whose title means one SKU.
func (m *Matcher) addProducts() {
	guids := make([]string, len(m.c.Products))
	oneByOne(len(guids), func(i int) { guids[i] = m.provisions(&m.c.Products[i]) })
	for i, guid := range guids {
		if guid != "" && m.c.SKU(guid) != nil {
			m.products[guid] = append(m.products[guid], i)
		}
	}
}

// provisions is the SKU that a product provisions, as far as anything says.
func (m *Matcher) provisions(p *Product) string {
	if guid := foldID(p.SKUGUID); guid != "" || p.EST {
		return guid
	}
	t := m.parse(p.SKUTitle)
	if fit := m.names.lookup(*t, p.Segment, m.asOf).names; len(fit) == 1 && !t.termed {
		return fit[0].guid
	}
	return ""
}

// addPairs keeps one pair for each legacy offer: the user's goes before
// Microsoft's, which goes before those we derived.
func (m *Matcher) addPairs(pairs []OfferPair) {
	rank := func(kind string) int { return slices.Index([]string{"derived", "official", "user"}, kind) }
	for _, p := range pairs {
		id := foldID(p.OfferID)
		if old, ok := m.pairs[id]; id != "" && (!ok || rank(p.Kind) > rank(old.Kind)) {
			m.pairs[id] = p
		}
		if p.Kind == "user" {
			m.addOwnPair(p)
		}
	}
}

// addOwnPair files a pair of the user's under the SKU of its offer.
func (m *Matcher) addOwnPair(p OfferPair) {
	guid := foldID(p.SKUGUID)
	if offer := m.c.Offer(p.OfferID); guid == "" && offer != nil {
		guid = foldID(offer.ProductGUID)
	}
	if guid != "" {
		m.ownPairs[guid] = append(m.ownPairs[guid], p)
	}
}

// addAliases files the user's lines by title and by offer id. A title that lines
// for several offers give different meanings decides nothing by itself.
func (m *Matcher) addAliases(aliases []Alias) {
	torn := map[string]bool{}
	for _, a := range aliases {
		for _, key := range []string{FoldTitle(a.Title), foldID(a.OfferID)} {
			switch {
			case key == "":
			case a.Never:
				m.forbidden[key] = append(m.forbidden[key], foldID(a.SKUGUID))
			default:
				before, ok := m.aliases[key]
				torn[key] = torn[key] || ok && !before.meansLike(a)
				m.aliases[key] = a
			}
		}
	}
	for key := range torn {
		if torn[key] {
			delete(m.aliases, key)
		}
	}
}

func (m *Matcher) addDecisions(decisions []Decision) {
	for _, d := range decisions {
		if d.Scope != "offer" || d.Field != "choice" {
			continue
		}
		key := FoldTitle(d.Key)
		if guid, never := strings.CutPrefix(strings.TrimSpace(d.Value), "never:"); never {
			m.forbidden[key] = append(m.forbidden[key], foldID(guid))
		} else if parts := strings.Split(foldID(guid), "+"); m.knows(parts) {
			m.addChoice(d, key, parts)
		}
	}
}

// Match answers one query. Queries with equal questions share one answer, which
// must not be changed; its Query is the question.
func (m *Matcher) Match(q OfferQuery) *OfferMatch {
	q = m.Question(q)
	return m.answer(q)
}

// answer is Match of a question.
func (m *Matcher) answer(q OfferQuery) *OfferMatch {
	anywhere := q
	anywhere.Country = ""
	m.mu.Lock()
	r, answered := m.seen[q]
	other := m.wide[anywhere]
	m.mu.Unlock()
	byCountry := false
	switch { // outside the lock: two goroutines may work on one question, with equal results
	case answered:
		return r
	case other != nil:
		r = other.askedFrom(q.Country)
	default:
		r, byCountry = m.match(q)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if first, ok := m.seen[q]; ok {
		return first
	}
	m.seen[q] = r
	if !byCountry {
		m.wide[anywhere] = r
	}
	return r
}

// forget lets go what was answered, once the rows of a plan have it: as many
// questions as answers, which nobody asks again.
func (m *Matcher) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.seen, m.wide = map[OfferQuery]*OfferMatch{}, map[OfferQuery]*OfferMatch{}
}

// askedFrom is an answer that does not depend on the country, given to a question
// from another one. All but the question is shared.
func (r *OfferMatch) askedFrom(country string) *OfferMatch {
	other := *r
	other.Query.Country = country
	if r.NotHeld != nil {
		other.NotHeld = r.NotHeld.askedFrom(country)
	}
	return &other
}

// A question is a query being answered: its title taken apart and what has
// been found so far.
type question struct {
	q       OfferQuery
	folded  string // FoldTitle of the title
	title   offerTitle
	fits    fits    // what the title means
	segment Segment // the customer's kind; SegmentUnknown counts as commercial
	day     Date    // on which the title means what it means
	offer   *LegacyOffer
	product *Product
	named   []namedByID // what the ids name
	never   []string
	instead bool // it is asked what to buy instead of a target whose sale has ended
	r       *OfferMatch

	byCountry bool // a table was asked that tells countries apart: others may get another answer
}

// match answers a question, and tells whether its country counted.
func (m *Matcher) match(q OfferQuery) (r *OfferMatch, byCountry bool) {
	read := m.titles.title(q.Title)
	a := &question{q: q, folded: read.folded, title: read.offerTitle, day: q.At, r: &OfferMatch{Query: q}}
	if !a.day.Known() {
		a.day = m.asOf
	}
	a.offer = m.c.Offer(q.OfferID)
	a.product = m.c.Product(q.ProductID, q.ProductSKU)
	a.named = m.ids(a)
	a.segment = m.segmentOf(a)
	if !q.Wanted {
		a.never = append(slices.Clone(m.forbidden[a.folded]), m.forbidden[foldID(q.OfferID)]...)
	}
	if q.Title != "" {
		a.fits = m.names.lookup(a.title, a.segment, a.day)
		if len(a.fits.names) == 0 {
			a.fits = m.bothNames(a)
		}
	}
	m.flag(a)
	if isAzureUsage(a.title.words) || a.offer != nil && !a.offer.InTable && isAzureUsage(m.parse(a.offer.Name).words) {
		a.r.OutOfScope = "azure"
		return a.r, a.byCountry
	}
	m.identify(a)
	m.flagIdentified(a)
	m.buy(a)
	a.r.Evidence = m.evidence(a)
	return a.r, a.byCountry
}

// segmentOf takes the kind of customer from the title, else from the ids, else
// from what the row says.
func (m *Matcher) segmentOf(a *question) Segment {
	switch {
	case a.title.segment != SegmentUnknown:
		return a.title.segment
	case a.offer != nil && a.offer.Segment != SegmentUnknown && a.offer.Segment != Commercial:
		return a.offer.Segment
	case a.product != nil && a.product.Segment != SegmentUnknown:
		return a.product.Segment
	}
	return a.q.Segment
}

// flag notes what title and ids say beside the SKU.
func (m *Matcher) flag(a *question) {
	f := &a.r.Flags
	f.Trial = a.title.trial
	f.AddOn = a.title.addOn
	f.Promotion = a.title.promo || strings.Contains(a.title.plain, "shift campaign")
	f.DamagedID = isDamagedID(a.q.OfferID) || isDamagedID(a.q.SKUGUID) || isDamagedID(a.q.PartNumber)
	if a.segment != Commercial {
		f.Segment = a.segment
	}
	if a.offer != nil {
		f.Trial = f.Trial || a.offer.Trial
		f.AddOn = f.AddOn || a.offer.AddOn
	}
	if a.product != nil {
		f.Trial = f.Trial || a.product.Trial
	}
}

// flagIdentified notes what the identified SKU itself says.
func (m *Matcher) flagIdentified(a *question) {
	id, f := a.r.Identified, &a.r.Flags
	if id == nil {
		return
	}
	t := m.parse(id.Name)
	f.AddOn = f.AddOn || t.addOn || m.names.addOnOnly[id.SKUGUID]
	f.Trial = f.Trial || t.trial || isTrialPart(id.PartNumber)
	if f.Segment == SegmentUnknown && t.segment != SegmentUnknown {
		f.Segment = t.segment
	}
	if f.Segment == SegmentUnknown && m.names.charityFor[id.SKUGUID] {
		f.Segment = Charity
	}
}

// isTrialPart tells whether a part number is one of a trial: Teams Exploratory
// is one that does not say so in its name.
func isTrialPart(part string) bool {
	part = strings.ToLower(part)
	return strings.Contains(part, "trial") || strings.Contains(part, "viral") || strings.Contains(part, "exploratory")
}

// isDamagedID tells whether a spreadsheet turned an id into a number: 1.23E+15.
func isDamagedID(id string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(strings.TrimSpace(id)), "E+")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789.,") == "" }
	return ok && digits(mantissa) && digits(exponent)
}
