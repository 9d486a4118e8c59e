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

// checkSale flags a target of which a part is not sold to everybody, and finds
// what those buy who do not hold it.
func (m *Matcher) checkSale(a *question) {
	t := a.r.Target
	if t.SKUGUID == "" {
		return
	}
	a.r.Flags.SaleUnknown = m.c.worstSale(t, a.q.Country, m.asOf) != SaleAvailable
	a.r.NotHeld = m.insteadOf(a)
}
