package reconcile

import "slices"

// From a SKU to something one can order: the NCE product and SKU of the same
// segment, and whether it is still sold.

// target chooses SKUs, the base first, and the NCE product to order each by.
func (m *Matcher) target(a *question, guids ...string) {
	t := m.part(a, guids[0])
	for _, guid := range guids[1:] {
		t.AddOns = append(t.AddOns, m.part(a, guid))
	}
	a.r.Target = &t
	a.r.Flags.NoOrderID = t.lacksOrderID()
	m.comparePlans(a)
	m.checkSale(a)
}

// part is one SKU to buy; the title of its NCE product is the name to look for
// on the price list.
func (m *Matcher) part(a *question, guid string) Target {
	s := m.c.SKU(guid)
	t := Target{SKUGUID: s.GUID, Name: s.Name, Segment: a.sellTo()}
	if p := m.orderProduct(a, s, t.Segment); p != nil {
		t.Name, t.ProductID, t.SKUID, t.Terms = p.SKUTitle, p.ProductID, p.SKUID, p.Terms
		t.Own, t.Differs = p.Own, p.Differs
	}
	return t
}

// sellTo is the segment to buy in; nothing said means commercial.
func (a *question) sellTo() Segment {
	if a.r.Flags.Segment != SegmentUnknown {
		return a.r.Flags.Segment
	}
	return Commercial
}

// orderProduct finds the NCE product of a SKU: the pair of the row's offer,
// else the user's pair for an offer of the SKU, else the only product of the
// segment that provisions the SKU, where the user's own tables go before the
// embedded ones, else the only one that carries its name and may provision it.
// Nil if there are none or several.
func (m *Matcher) orderProduct(a *question, s *SKU, seg Segment) *Product {
	if p, ok := m.pairs[foldID(a.q.OfferID)]; ok && m.isPairOf(&p, s.GUID) {
		if product := m.productOf(&p, s, seg); product != nil {
			return product
		}
	}
	if p := m.ownPair(s.GUID, seg); p != nil {
		return m.productOf(p, s, seg)
	}
	var own []int
	for _, i := range m.products[s.GUID] {
		if p := &m.c.Products[i]; p.Segment == seg && !p.Trial && !p.EST {
			own = append(own, i)
		}
	}
	if user := slices.DeleteFunc(slices.Clone(own), func(i int) bool { return m.c.Products[i].Own == "" }); len(user) > 0 {
		own = user
	}
	if len(own) > 1 { // variants of one SKU (… Device): the one sold under the SKU's own name
		key := m.parse(s.Name).key
		own = slices.DeleteFunc(own, func(i int) bool { return m.parse(m.c.Products[i].SKUTitle).key != key })
	}
	switch len(own) {
	case 1:
		return &m.c.Products[own[0]]
	case 0:
		if i := m.soldAs(*m.parse(s.Name), seg); i >= 0 && m.c.Products[i].SKUGUID == "" { // else it provisions another SKU of this name
			return &m.c.Products[i]
		}
	}
	return nil
}

// isPairOf tells whether a pair speaks of a SKU: by its own word, or by the
// offer's.
func (m *Matcher) isPairOf(p *OfferPair, guid string) bool {
	if p.SKUGUID != "" {
		return foldID(p.SKUGUID) == guid
	}
	offer := m.c.Offer(p.OfferID)
	return offer != nil && foldID(offer.ProductGUID) == guid
}

// productOf is the product that a pair names, if it may be bought in the
// segment. The user's may name one that no table describes.
func (m *Matcher) productOf(p *OfferPair, s *SKU, seg Segment) *Product {
	product := m.c.Product(p.ProductID, p.SKUID)
	if product == nil && p.Kind == "user" {
		return &Product{ProductID: p.ProductID, SKUID: PadSKUID(p.SKUID), SKUTitle: s.Name, Segment: seg, SKUGUID: s.GUID, Own: p.Source, Differs: p.Differs}
	}
	if product == nil || product.Segment != seg || product.Trial || product.EST || product.SKUGUID != "" && foldID(product.SKUGUID) != s.GUID {
		return nil
	}
	if p.Differs != "" {
		own := *product
		own.Own, own.Differs = p.Source, p.Differs
		return &own
	}
	return product
}

// ownPair is the user's pair for an offer of a SKU in a segment; nil if there
// is none, or if they name several products.
func (m *Matcher) ownPair(guid string, seg Segment) *OfferPair {
	var found *OfferPair
	for i, p := range m.ownPairs[guid] {
		if offer := m.c.Offer(p.OfferID); offer != nil && (offer.Trial || offer.Segment != SegmentUnknown && offer.Segment != seg) {
			continue
		}
		if found != nil && !samePair(*found, p) {
			return nil
		}
		found = &m.ownPairs[guid][i]
	}
	return found
}

// soldAs finds the one NCE product of a segment whose title means the same; -1
// if there are none or several.
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

// checkSale flags a target of which a part is not sold to everybody, and finds
// what those buy who do not hold it.
func (m *Matcher) checkSale(a *question) {
	t := a.r.Target
	if t.SKUGUID == "" {
		return
	}
	a.r.Flags.SaleUnknown = m.worstSale(a, t) != SaleAvailable
	a.r.NotHeld = m.insteadOf(a)
}
