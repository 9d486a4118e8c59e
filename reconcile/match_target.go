package reconcile

import (
	"slices"
	"strings"
)

// buy answers what to buy in CSP instead, by the first evidence that speaks: a
// person's choice, Microsoft's own match of the batch tool, the user's alias,
// the row's own NCE product, then the tables.
func (m *Matcher) buy(a *question) {
	switch {
	case a.r.Flags.TitleIDDisagree, a.r.OutOfScope != "":
	case m.buyChosen(a):
	case m.buyNcePsa(a):
	case m.buyAlias(a):
	case a.r.Class == MatchAmbiguous:
	case a.r.Identified == nil:
		a.r.Class = MatchDifferent
	case m.buyOwnProduct(a):
	case m.buyMapped(a):
	case a.r.Identified.InTable:
		m.buySKU(a)
	default:
		m.buyLegacy(a)
	}
	a.r.Candidates = slices.DeleteFunc(a.r.Candidates, func(c Candidate) bool {
		return slices.Contains(a.never, c.ID()) || a.r.Target != nil && c.SKUGUID != "" && c.ID() == a.r.Target.ID()
	})
	if a.r.Class == MatchDifferent && len(a.r.Candidates) == 0 { // nothing to choose from
		a.r.Class = MatchNone
	}
}

// buyChosen takes a person's recorded choice. Another SKU than the present one
// is an equivalent by decision, with the plans it lacks.
func (m *Matcher) buyChosen(a *question) bool {
	if a.q.Wanted {
		return false
	}
	a.r.Choice = m.choice(a)
	if a.r.Choice == nil || a.r.Choice.Was != "" || slices.Contains(a.never, a.r.Choice.Value) {
		return false
	}
	guids := strings.Split(a.r.Choice.Value, "+")
	m.target(a, guids...)
	a.r.Class = m.classOf(a, guids[0])
	a.r.Basis, a.r.Score = basisDecision, scoreID
	return true
}

// buyNcePsa takes the product that Microsoft's batch tool names for the row:
// ProductId:SkuId, perhaps with an availability. The tool moves a subscription
// within its SKU, so a product whose SKU is not public is taken to have it.
func (m *Matcher) buyNcePsa(a *question) bool {
	ids := strings.Split(strings.TrimSpace(a.q.NcePsa), ":")
	if len(ids) < 2 || ids[0] == "" {
		return false
	}
	if p := m.c.Product(ids[0], ids[1]); p != nil && (p.EST || p.Trial) {
		return false
	}
	m.targetProduct(a, ids[0], ids[1])
	a.r.Basis, a.r.Score = basisNcePsa, scoreID
	return true
}

func (m *Matcher) buyAlias(a *question) bool {
	alias, ok := m.alias(a)
	if !ok {
		return false
	}
	switch {
	case alias.ProductID != "":
		m.targetProduct(a, alias.ProductID, alias.SKUID)
	case alias.SKUGUID != "" && m.knows(alias.parts()) && (len(alias.parts()) > 1 || a.r.Identified != nil && a.r.Identified.SKUGUID != foldID(alias.SKUGUID)):
		m.target(a, alias.parts()...)
		a.r.Class = m.classOf(a, alias.parts()[0])
	default:
		return false
	}
	a.r.Basis, a.r.Score = basisAlias, scoreID
	return true
}

// buyOwnProduct keeps a row that is on NCE already with its own product; an
// Extended Service Term and a trial are no targets, nor is what only the title
// names and is sold to another kind of customer.
func (m *Matcher) buyOwnProduct(a *question) bool {
	p := a.product
	switch {
	case p != nil && (p.EST || p.Trial):
		return false
	case p != nil && a.q.ProductID == "" && p.Segment != a.sellTo():
		return false
	case p != nil:
		m.targetProduct(a, p.ProductID, p.SKUID)
	case a.q.ProductID != "" && a.q.ProductSKU != "":
		m.targetProduct(a, a.q.ProductID, a.q.ProductSKU)
	default:
		return false
	}
	return true
}

// buyMapped takes the product that the user's own mapping names for the row's
// legacy offer, where it provisions another SKU: Microsoft moves the offer
// there. Mapped to its own SKU, the offer is bought as that.
func (m *Matcher) buyMapped(a *question) bool {
	p, ok := m.pairs[foldID(a.q.OfferID)]
	if !ok || p.Kind != "user" {
		return false
	}
	product := m.c.Product(p.ProductID, p.SKUID)
	if product == nil || product.SKUGUID == "" || foldID(product.SKUGUID) == a.r.Identified.SKUGUID ||
		product.Trial || product.EST || product.Segment != a.sellTo() || slices.Contains(a.never, foldID(product.SKUGUID)) {
		return false
	}
	m.targetProduct(a, p.ProductID, p.SKUID)
	a.r.Target.Own, a.r.Target.Differs = p.Source, p.Differs
	a.r.Basis, a.r.Score = basisMatrix, scoreID
	return true
}

// targetProduct chooses an NCE product by its ids; the price list need not
// hold it.
func (m *Matcher) targetProduct(a *question, productID, skuID string) {
	t := Target{ProductID: strings.TrimSpace(productID), SKUID: PadSKUID(skuID), Name: a.q.Title, Segment: a.sellTo()}
	if a.r.Identified != nil {
		t.SKUGUID, t.Name = a.r.Identified.SKUGUID, a.r.Identified.Name
	}
	if p := m.c.Product(productID, skuID); p != nil {
		t.Name, t.Segment, t.Terms, t.Own, t.Differs = p.SKUTitle, p.Segment, p.Terms, p.Own, p.Differs
		if p.SKUGUID != "" {
			t.SKUGUID = foldID(p.SKUGUID)
		}
	}
	a.r.Target = &t
	a.r.Class = m.classOf(a, t.SKUGUID)
	m.comparePlans(a)
	m.checkSale(a)
}

// buySKU buys the SKU again under its present name, unless it is sold to
// nobody any more.
func (m *Matcher) buySKU(a *question) {
	guid := a.r.Identified.SKUGUID
	switch {
	case m.trials[guid] && len(m.products[guid]) == 0:
		m.proposeSuccessors(a, guid)
	case !m.c.SKU(guid).Current || m.sale(a, guid) == SaleWithdrawn:
		a.r.Flags.Discontinued = true
		m.buySuccessor(a, guid)
	case slices.Contains(a.never, guid):
		m.proposeSuccessors(a, guid)
	default:
		m.target(a, guid)
		a.r.Class = m.classOf(a, guid)
		m.offerNetNew(a, guid)
	}
}

// buyLegacy looks for a target for a legacy product that has no SKU in
// Microsoft's table: the pair of its offer, else the one NCE product that is
// sold under the same name.
func (m *Matcher) buyLegacy(a *question) {
	if a.r.Identified.SKUGUID == "" { // known by its NCE product only, and that is no target
		a.r.Candidates = m.propose(a)
		a.r.Class = MatchDifferent
		return
	}
	if p, ok := m.pairs[foldID(a.q.OfferID)]; ok && p.ProductID != "" && m.soldTo(&p, a.sellTo()) {
		m.targetProduct(a, p.ProductID, p.SKUID)
		return
	}
	if i := m.soldAs(*m.parse(a.r.Identified.Name), a.sellTo()); i >= 0 {
		p := &m.c.Products[i]
		a.r.Target = &Target{Name: p.SKUTitle, ProductID: p.ProductID, SKUID: p.SKUID, Segment: p.Segment, Terms: p.Terms}
		a.r.Class = MatchSame
		return
	}
	a.r.Flags.Discontinued = true
	a.r.Candidates = m.propose(a)
	a.r.Class = MatchDifferent
}

// soldTo tells whether the product of a pair may be bought in a segment; what
// no table describes may.
func (m *Matcher) soldTo(p *OfferPair, seg Segment) bool {
	product := m.c.Product(p.ProductID, p.SKUID)
	return product == nil || product.Segment == seg && !product.EST && !product.Trial
}

// classOf compares the target's SKU with the present one and its name with the
// title. What is known by name only is the same if the names agree.
func (m *Matcher) classOf(a *question, guid string) MatchClass {
	id := a.r.Identified
	if id == nil || id.SKUGUID != guid {
		return MatchEquivalent
	}
	if a.q.Title == "" || titleIsPartNumber(a.q.Title) && len(m.c.SKUsByPart(partNumberOf(a.q))) > 0 || a.title.spoken == m.parse(a.r.Target.Name).spoken {
		return MatchSame
	}
	for _, i := range m.names.byGUID[guid] {
		if n := &m.names.names[i]; n.kind == nameCurrent && n.title.spoken == a.title.spoken {
			return MatchSame
		}
	}
	for _, i := range m.products[guid] {
		if m.parse(m.c.Products[i].SKUTitle).spoken == a.title.spoken {
			return MatchSame
		}
	}
	return MatchRenamed
}
