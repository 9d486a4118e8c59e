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
	guids, basis := a.byIDs()
	switch {
	case len(guids) > 0 && a.unknownSKU(): // a SKU that no table knows is certainly not the one the other ids name
		a.r.Flags.TitleIDDisagree = true
		a.r.Candidates = m.propose(a, guids...)
	case len(guids) == 1:
		m.settleID(a, guids[0], basis)
	case len(guids) > 1:
		m.settleIDs(a, guids, basis)
	case m.identifyByAlias(a):
	default:
		m.identifyByTitle(a)
	}
}

// settleID takes the SKU that the ids agree on, unless the title certainly
// names another one. A title that fits the SKU among others, one of its former
// names or the name of its NCE product agrees.
func (m *Matcher) settleID(a *question, guid, basis string) {
	if m.titleContradicts(a, guid) {
		a.r.Flags.TitleIDDisagree = true
		a.r.Candidates = m.propose(a, slices.Compact(append([]string{guid}, guidsOf(a.fits.names)...))...)
		return
	}
	m.accept(a, guid, basis, scoreID)
}

func (m *Matcher) titleContradicts(a *question, guid string) bool {
	if len(a.fits.names) == 0 || hasGUID(a.fits.names, guid) || m.names.isNameOf(guid, a.title) {
		return false
	}
	if hasGUID(a.fits.names, "") { // an NCE product whose SKU is not public: it may be this one
		return !m.sameFamily(guid, a.title)
	}
	// A product's title is also given to its variants (Office 365 E3 for
	// Office 365 E3 (no Teams)); the id then says which one.
	return !slices.ContainsFunc(m.products[guid], func(i int) bool {
		return m.parse(m.c.Products[i].Title).key == a.title.key
	})
}

// sameFamily tells whether any name of the SKU shares a family with the title.
func (m *Matcher) sameFamily(guid string, t offerTitle) bool {
	return slices.ContainsFunc(m.names.byGUID[guid], func(i int) bool {
		return slices.ContainsFunc(m.names.names[i].title.words, func(w string) bool { return titleFamilies[w] && slices.Contains(t.words, w) })
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
	alias, ok := m.aliases[a.folded]
	return alias, ok && a.q.Title != ""
}

// leaveOpen is what is left for a title that no offer has: it names nothing to
// move, or is short for several offers, or somebody has to find one.
func (m *Matcher) leaveOpen(a *question) {
	if a.r.OutOfScope = outOfScope(a.title); a.r.OutOfScope != "" {
		return
	}
	short := slices.DeleteFunc(m.names.shortFor(a.title, a.segment), func(n offerName) bool { return slices.Contains(a.never, n.guid) })
	if len(short) > 1 && !a.unknownSKU() {
		a.r.Class = MatchAmbiguous
	}
	a.r.Candidates = m.propose(a, guidsOf(short)...)
}

// identifyByTitle takes a title that means exactly one SKU. A SKU GUID that no
// table knows is certainly not the SKU the title means.
func (m *Matcher) identifyByTitle(a *question) {
	a.fits.names = slices.DeleteFunc(a.fits.names, func(n offerName) bool { return slices.Contains(a.never, n.guid) && n.guid != "" })
	switch n := a.fits.names; {
	case len(n) == 0 && m.identifyByNcePsa(a):
	case len(n) == 0 && a.q.ProductID != "":
		m.acceptProduct(a, a.product, basisProduct)
	case a.product != nil && !m.productAgrees(a):
		a.r.Flags.TitleIDDisagree = true
		a.r.Candidates = m.propose(a, guidsOf(n)...)
	case len(n) == 0:
		m.leaveOpen(a)
	case len(n) > 1:
		a.r.Class = MatchAmbiguous
		a.r.Candidates = m.propose(a, guidsOf(n)...)
	case a.unknownSKU():
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

// productAgrees tells whether the NCE product of the row, whose SKU is not
// public, may be what the title means: its titles say the same, or a SKU that
// fits is sold as this product.
func (m *Matcher) productAgrees(a *question) bool {
	p := a.product
	if m.parse(p.Title).key == a.title.key || m.parse(p.SKUTitle).key == a.title.key {
		return true
	}
	return slices.ContainsFunc(a.fits.names, func(n offerName) bool {
		return n.product >= 0 && &m.c.Products[n.product] == p || slices.ContainsFunc(m.products[n.guid], func(i int) bool { return &m.c.Products[i] == p })
	})
}

// identifyByNcePsa takes the SKU of the product that Microsoft's batch tool
// names, where nothing else says what the row is: the tool moves a
// subscription within its SKU.
func (m *Matcher) identifyByNcePsa(a *question) bool {
	ids := strings.Split(strings.TrimSpace(a.q.NcePsa), ":")
	if len(ids) < 2 {
		return false
	}
	p := m.c.Product(ids[0], ids[1])
	if p == nil || m.c.SKU(p.SKUGUID) == nil || a.unknownSKU() {
		return false
	}
	m.accept(a, foldID(p.SKUGUID), basisNcePsa, scoreID)
	return true
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
	if name := m.legacy[guid]; name != "" {
		return name
	}
	return a.q.Title
}
