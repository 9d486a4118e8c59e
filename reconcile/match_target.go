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
		a.proposalsOnly()
	case m.buyOwnProduct(a):
	case a.r.Identified.InTable:
		m.buySKU(a)
	default:
		m.buyLegacy(a)
	}
	a.r.Candidates = slices.DeleteFunc(a.r.Candidates, func(c Candidate) bool {
		return slices.Contains(a.never, c.SKUGUID) || a.r.Target != nil && c.SKUGUID != "" && c.SKUGUID == a.r.Target.SKUGUID
	})
	if a.r.Class == MatchDifferent && len(a.r.Candidates) == 0 {
		a.r.Class = MatchNone
	}
}

// proposalsOnly: nothing is chosen; the class says whether there is anything
// to choose from.
func (a *question) proposalsOnly() {
	a.r.Class = MatchNone
	if len(a.r.Candidates) > 0 {
		a.r.Class = MatchDifferent
	}
}

// buyChosen takes a person's recorded choice. Another SKU than the present one
// is an equivalent by decision, with the plans it lacks.
func (m *Matcher) buyChosen(a *question) bool {
	guid, ok := m.choices[FoldTitle(a.q.Title)]
	if !ok || a.q.Title == "" {
		if a.r.Identified == nil {
			return false
		}
		if guid, ok = m.choices[FoldTitle(a.r.Identified.Name)]; !ok {
			return false
		}
	}
	if slices.Contains(a.never, guid) {
		return false
	}
	m.target(a, guid)
	a.r.Class = m.classOf(a, guid)
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
	case alias.SKUGUID != "" && a.r.Identified != nil && a.r.Identified.SKUGUID != foldID(alias.SKUGUID) && m.c.SKU(alias.SKUGUID) != nil:
		m.target(a, foldID(alias.SKUGUID))
		a.r.Class = m.classOf(a, foldID(alias.SKUGUID))
	default:
		return false
	}
	a.r.Basis, a.r.Score = basisAlias, scoreID
	return true
}

// buyOwnProduct keeps a row that is on NCE already with its own product; an
// Extended Service Term and a trial are no targets.
func (m *Matcher) buyOwnProduct(a *question) bool {
	p := a.product
	switch {
	case p != nil && (p.EST || p.Trial):
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

// targetProduct chooses an NCE product by its ids; the price list need not
// hold it.
func (m *Matcher) targetProduct(a *question, productID, skuID string) {
	t := Target{ProductID: strings.TrimSpace(productID), SKUID: PadSKUID(skuID), Name: a.q.Title, Segment: a.sellTo()}
	if a.r.Identified != nil {
		t.SKUGUID, t.Name = a.r.Identified.SKUGUID, a.r.Identified.Name
	}
	if p := m.c.Product(productID, skuID); p != nil {
		t.Name, t.Segment, t.Terms = p.SKUTitle, p.Segment, p.Terms
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
	country := a.q.Country
	switch {
	case m.c.SKU(guid).isTrial() && len(m.products[guid]) == 0:
		m.proposeSuccessors(a, guid)
	case !m.c.SKU(guid).Current || m.c.Sale(guid, country, m.asOf) == SaleWithdrawn:
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

// isTrial tells whether a SKU is itself a trial, not a paid SKU that is also
// given as one.
func (s *SKU) isTrial() bool { return parseTitle(s.Name).trial || isTrialPart(s.PartNumber) }

// buySuccessor takes the only successor of an accepted kind; several are a
// choice for a person.
func (m *Matcher) buySuccessor(a *question, guid string) {
	var equal []Successor
	for _, s := range m.c.SuccessorsOf(guid, m.asOf) {
		if EquivalentKind(s.Kind) && s.AppliesIn(a.q.Country) && len(s.NewGUIDs) > 0 && !slices.Contains(a.never, foldID(s.NewGUIDs[0])) {
			equal = append(equal, s)
		}
	}
	if len(equal) != 1 || m.c.SKU(equal[0].NewGUIDs[0]) == nil {
		m.proposeSuccessors(a, guid)
		return
	}
	s := equal[0]
	m.target(a, foldID(s.NewGUIDs[0]))
	for _, extra := range s.NewGUIDs[1:] {
		if sku := m.c.SKU(extra); sku != nil {
			a.r.Target.AddOns = append(a.r.Target.AddOns, sku.Name)
		}
	}
	a.r.Class, a.r.Basis = MatchEquivalent, basisSuccessor
	m.comparePlans(a, s.NewGUIDs[1:]...)
}

// proposeSuccessors lists what tables name for the SKU, then what comes near.
func (m *Matcher) proposeSuccessors(a *question, guid string) {
	a.r.Candidates = m.withSuccessors(a, guid, m.propose(a))
	a.proposalsOnly()
}

// offerNetNew adds what a customer who does not hold the SKU must buy instead
// where its sale has ended.
func (m *Matcher) offerNetNew(a *question, guid string) {
	if a.r.Flags.SaleUnknown {
		a.r.Candidates = m.withSuccessors(a, guid, nil)
	}
}

// buyLegacy looks for a target for a legacy product that has no SKU in
// Microsoft's table: the pair of its offer, else the one NCE product that is
// sold under the same name.
func (m *Matcher) buyLegacy(a *question) {
	if a.r.Identified.SKUGUID == "" { // known by its NCE product only, and that is no target
		a.r.Candidates = m.propose(a)
		a.proposalsOnly()
		return
	}
	if p, ok := m.pairs[foldID(a.q.OfferID)]; ok && p.ProductID != "" {
		m.targetProduct(a, p.ProductID, p.SKUID)
		return
	}
	if i := m.soldAs(parseTitle(a.r.Identified.Name), a.sellTo()); i >= 0 {
		p := &m.c.Products[i]
		a.r.Target = &Target{Name: p.SKUTitle, ProductID: p.ProductID, SKUID: p.SKUID, Segment: p.Segment, Terms: p.Terms}
		a.r.Class = MatchSame
		return
	}
	a.r.Flags.Discontinued = true
	a.r.Candidates = m.propose(a)
	a.proposalsOnly()
}

// target chooses a SKU and the NCE product to order it by, whose title is then
// the name to look for on the price list.
func (m *Matcher) target(a *question, guid string) {
	t := Target{SKUGUID: guid, Segment: a.sellTo()}
	s := m.c.SKU(guid)
	t.Name = s.Name
	if p := m.orderProduct(a, s, t.Segment); p != nil {
		t.Name, t.ProductID, t.SKUID, t.Terms = p.SKUTitle, p.ProductID, p.SKUID, p.Terms
	}
	a.r.Target = &t
	a.r.Flags.NoOrderID = t.ProductID == ""
	m.comparePlans(a)
	m.checkSale(a)
}

// sellTo is the segment to buy in; nothing said means commercial.
func (a *question) sellTo() Segment {
	if a.r.Flags.Segment != SegmentUnknown {
		return a.r.Flags.Segment
	}
	return Commercial
}

// orderProduct finds the NCE product of a SKU: the pair of the row's offer,
// else the only product of the segment that provisions the SKU, else the only
// one that carries its name. Nil if there are none or several.
func (m *Matcher) orderProduct(a *question, s *SKU, seg Segment) *Product {
	if p, ok := m.pairs[foldID(a.q.OfferID)]; ok && foldID(p.SKUGUID) == s.GUID {
		if product := m.c.Product(p.ProductID, p.SKUID); product != nil && product.Segment == seg {
			return product
		}
	}
	var own []int
	for _, i := range m.products[s.GUID] {
		if p := &m.c.Products[i]; p.Segment == seg && !p.Trial && !p.EST {
			own = append(own, i)
		}
	}
	if len(own) > 1 { // variants of one SKU (… Device): the one sold under the SKU's own name
		key := parseTitle(s.Name).key
		own = slices.DeleteFunc(own, func(i int) bool { return parseTitle(m.c.Products[i].SKUTitle).key != key })
	}
	switch len(own) {
	case 1:
		return &m.c.Products[own[0]]
	case 0:
		if i := m.soldAs(parseTitle(s.Name), seg); i >= 0 {
			return &m.c.Products[i]
		}
	}
	return nil
}

// soldAs finds the one NCE product of a segment whose title means the same; -1
// if there are none or several, or if the SKUs of the table share the name.
func (m *Matcher) soldAs(t offerTitle, seg Segment) int {
	found := -1
	for _, i := range m.names.byMeaning[t.key] {
		n := &m.names.names[i]
		switch {
		case n.product < 0 || n.title.termed || n.trial:
		case m.c.Products[n.product].Segment != seg:
		case found >= 0:
			return -1
		default:
			found = n.product
		}
	}
	return found
}

// classOf compares the target's SKU with the present one and its name with the
// title. What is known by name only is the same if the names agree.
func (m *Matcher) classOf(a *question, guid string) MatchClass {
	id := a.r.Identified
	if id == nil || id.SKUGUID != guid {
		return MatchEquivalent
	}
	if a.q.Title == "" || titleIsPartNumber(a.q.Title) && len(m.partNumbers(a.q)) > 0 || a.title.spoken == parseTitle(a.r.Target.Name).spoken {
		return MatchSame
	}
	for _, i := range m.names.byGUID[guid] {
		if n := &m.names.names[i]; n.kind == nameCurrent && n.title.spoken == a.title.spoken {
			return MatchSame
		}
	}
	for _, i := range m.products[guid] {
		if parseTitle(m.c.Products[i].SKUTitle).spoken == a.title.spoken {
			return MatchSame
		}
	}
	return MatchRenamed
}

// comparePlans computes what users lose; extra are SKUs bought with the
// target. Nothing can be said of a product without a SKU in the table.
func (m *Matcher) comparePlans(a *question, extra ...string) {
	a.r.PlansLost = nil
	id, t := a.r.Identified, a.r.Target
	if id == nil || !id.InTable || m.c.SKU(t.SKUGUID) == nil || id.SKUGUID == t.SKUGUID {
		return
	}
	a.r.PlansLost = m.plansLost(id.SKUGUID, append([]string{t.SKUGUID}, extra...))
}

func (m *Matcher) plansLost(from string, to []string) []string {
	var lost []string
	for _, p := range m.c.PlansLost([]string{from}, to) {
		lost = append(lost, p.Name)
	}
	return lost
}

// checkSale flags a target that only those may buy who hold it already.
func (m *Matcher) checkSale(a *question) {
	if guid := a.r.Target.SKUGUID; guid != "" {
		a.r.Flags.SaleUnknown = m.c.Sale(guid, a.q.Country, m.asOf) != SaleAvailable
	}
}
