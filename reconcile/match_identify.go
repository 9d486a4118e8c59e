package reconcile

import (
	"slices"
	"strings"
)

// The scores of a certain match: ids, then how closely a title is spelled.
const (
	scoreID      = 100
	scoreSpelled = 98 // the title is a name, but for case and punctuation
	scoreMeant   = 95 // every meaningful part agrees with a name
)

// identify answers what the offer is, by the first evidence that speaks: SKU
// GUID, part number, legacy offer id, NCE product, the user's alias, the title.
func (m *Matcher) identify(a *question) {
	guids, basis := m.byIDs(a)
	switch {
	case len(guids) == 1:
		m.settleID(a, guids[0], basis)
	case len(guids) > 1:
		m.settleIDs(a, guids, basis)
	case m.identifyByPair(a) || m.identifyByAlias(a):
	default:
		m.identifyByTitle(a)
	}
}

// byIDs lists the SKUs or legacy products that the ids of the query name:
// several where a part number has two, or where ids contradict each other.
func (m *Matcher) byIDs(a *question) (guids []string, basis string) {
	add := func(guid, b string) {
		if guid = foldID(guid); guid == "" {
			return
		}
		if basis == "" {
			basis = b
		}
		if !slices.Contains(guids, guid) {
			guids = append(guids, guid)
		}
	}
	if s := m.c.SKU(lastGUID(a.q.SKUGUID)); s != nil {
		add(s.GUID, basisSKU)
	}
	if parts := m.partNumbers(a.q); len(parts) > 0 && !slices.ContainsFunc(parts, func(s *SKU) bool { return slices.Contains(guids, s.GUID) }) {
		for _, s := range parts {
			add(s.GUID, basisPart)
		}
	}
	if a.offer != nil {
		add(a.offer.ProductGUID, basisOffer)
	}
	if a.product != nil {
		add(a.product.SKUGUID, basisProduct)
	}
	return guids, basis
}

// lastGUID takes the SKU out of ids that put the tenant before it.
func lastGUID(id string) string {
	if i := strings.LastIndexByte(id, '_'); i >= 0 && len(id)-i-1 == 36 {
		return id[i+1:]
	}
	return id
}

// partNumbers are the SKUs of the query's part number. PowerShell writes it as
// account:PART; exports without an id often show it as the title.
func (m *Matcher) partNumbers(q OfferQuery) []*SKU {
	part := q.PartNumber
	if part == "" && titleIsPartNumber(q.Title) {
		part = q.Title
	}
	return m.c.SKUsByPart(part[strings.LastIndexByte(part, ':')+1:])
}

// titleIsPartNumber tells whether a title is written like a part number: with
// an account or underscores, or as one word in capitals that is no
// abbreviation people use for a family (EMS).
func titleIsPartNumber(title string) bool {
	if strings.ContainsAny(title, "_:") {
		return true
	}
	words := titleWords(title)
	return len(words) == 1 && title == strings.ToUpper(title) && !isAbbreviation(words)
}

// isAbbreviation tells whether a title is nothing but the short name of a
// family, which says neither tier nor plan.
func isAbbreviation(words []string) bool {
	_, n := titleTables.spellings.longest(words)
	return n > 0 && n == len(words)
}

// settleID takes the SKU that the ids agree on, unless the title certainly
// names another one. A title that fits the SKU among others, one of its former
// names or the name of its NCE product agrees.
func (m *Matcher) settleID(a *question, guid, basis string) {
	if m.titleContradicts(a, guid) {
		a.r.Flags.TitleIDDisagree = true
		a.r.Candidates = m.propose(a, guid)
		return
	}
	m.accept(a, guid, basis, scoreID)
}

func (m *Matcher) titleContradicts(a *question, guid string) bool {
	if len(a.fits.names) != 1 || a.fits.names[0].guid == "" || a.fits.names[0].guid == guid {
		return false
	}
	if m.names.isNameOf(guid, a.title) {
		return false
	}
	// A product's title is also given to its variants (Office 365 E3 for
	// Office 365 E3 (no Teams)); the id then says which one.
	return !slices.ContainsFunc(m.products[guid], func(i int) bool {
		return parseTitle(m.c.Products[i].Title).key == a.title.key
	})
}

// isNameOf tells whether the SKU ever carried a name that means the title.
func (x *nameIndex) isNameOf(guid string, t offerTitle) bool {
	return slices.ContainsFunc(x.byGUID[guid], func(i int) bool { return x.names[i].kind != namePart && x.names[i].title.key == t.key })
}

// settleIDs decides between SKUs that share a part number by the title; ids
// that contradict each other choose nothing.
func (m *Matcher) settleIDs(a *question, guids []string, basis string) {
	var agreeing []string
	for _, guid := range guids {
		if hasGUID(a.fits.names, guid) || m.names.isNameOf(guid, a.title) {
			agreeing = append(agreeing, guid)
		}
	}
	if basis == basisPart && len(agreeing) == 1 {
		m.accept(a, agreeing[0], basis, scoreID)
		return
	}
	if basis == basisPart && a.offer == nil && a.product == nil {
		a.r.Class = MatchAmbiguous
	} else {
		a.r.Flags.TitleIDDisagree = true
	}
	a.r.Candidates = m.propose(a, guids...)
}

// identifyByPair takes what a table says about a legacy offer id that the
// offer list does not hold.
func (m *Matcher) identifyByPair(a *question) bool {
	p, ok := m.pairs[foldID(a.q.OfferID)]
	if !ok || m.c.SKU(p.SKUGUID) == nil {
		return false
	}
	m.settleID(a, foldID(p.SKUGUID), basisOffer)
	return true
}

func (m *Matcher) identifyByAlias(a *question) bool {
	alias, ok := m.alias(a)
	if !ok || m.c.SKU(alias.SKUGUID) == nil {
		return false
	}
	m.accept(a, foldID(alias.SKUGUID), basisAlias, scoreID)
	return true
}

func (m *Matcher) alias(a *question) (Alias, bool) {
	if alias, ok := m.aliases[foldID(a.q.OfferID)]; ok && a.q.OfferID != "" {
		return alias, true
	}
	alias, ok := m.aliases[FoldTitle(a.q.Title)]
	return alias, ok && a.q.Title != ""
}

// identifyByTitle takes a title that means exactly one SKU. A SKU GUID that no
// table knows is certainly not the SKU the title means.
func (m *Matcher) identifyByTitle(a *question) {
	a.fits.names = slices.DeleteFunc(a.fits.names, func(n offerName) bool { return slices.Contains(a.never, n.guid) && n.guid != "" })
	unknownID := isGUID(lastGUID(a.q.SKUGUID))
	switch n := a.fits.names; {
	case len(n) == 0 && a.q.ProductID != "":
		m.acceptProduct(a, a.product, basisProduct)
	case len(n) == 0:
		a.r.OutOfScope = outOfScope(a.title)
		if a.r.OutOfScope == "" {
			a.r.Candidates = m.propose(a)
		}
	case len(n) > 1:
		a.r.Class = MatchAmbiguous
		a.r.Candidates = m.propose(a, guidsOf(n)...)
	case unknownID:
		a.r.Flags.TitleIDDisagree = n[0].guid != ""
		a.r.Candidates = m.propose(a, guidsOf(n)...)
	case n[0].guid == "":
		m.acceptProduct(a, &m.c.Products[n[0].product], basisTitle)
	default:
		basis := basisTitle
		if n[0].kind == nameFormer {
			basis = basisFormerTitle
		}
		score := scoreMeant
		if a.fits.exact {
			score = scoreSpelled
		}
		m.accept(a, n[0].guid, basis, score)
	}
}

func guidsOf(names []offerName) []string {
	var out []string
	for _, n := range names {
		if n.guid != "" {
			out = append(out, n.guid)
		}
	}
	return out
}

// isGUID tells whether an id has the shape of a GUID.
func isGUID(id string) bool {
	id = strings.Trim(strings.TrimSpace(id), "{}")
	return len(id) == 36 && strings.Count(id, "-") == 4 && strings.Trim(strings.ToLower(id), "0123456789abcdef-") == ""
}

// accept records what the offer is: a SKU of the table, or a legacy product
// that has its own GUID only.
func (m *Matcher) accept(a *question, guid, basis string, score int) {
	id := Identity{SKUGUID: guid, Basis: basis}
	if s := m.c.SKU(guid); s != nil {
		id.PartNumber, id.Name, id.InTable = s.PartNumber, s.Name, true
	} else {
		id.Name = m.legacyName(a, guid)
	}
	a.r.Identified, a.r.Basis, a.r.Score = &id, basis, score
}

// acceptProduct records an offer that is known by its NCE product only.
func (m *Matcher) acceptProduct(a *question, p *Product, basis string) {
	name := a.q.Title
	if p != nil {
		name, a.product = p.SKUTitle, p
	}
	score := scoreID
	if basis == basisTitle {
		score = scoreSpelled
	}
	a.r.Identified, a.r.Basis, a.r.Score = &Identity{Name: name, Basis: basis}, basis, score
}

// legacyName is the product name of a legacy product outside the table.
func (m *Matcher) legacyName(a *question, guid string) string {
	if a.offer != nil && foldID(a.offer.ProductGUID) == guid {
		return a.offer.ProductName
	}
	for i := range m.c.Offers {
		if foldID(m.c.Offers[i].ProductGUID) == guid {
			return m.c.Offers[i].ProductName
		}
	}
	return a.q.Title
}
