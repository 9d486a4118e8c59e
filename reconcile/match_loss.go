package reconcile

// comparePlans computes what users lose: the plans of the present SKU that no
// part of the target has. Nothing can be said of a product without a SKU in the
// table.
func (m *Matcher) comparePlans(a *question) {
	a.r.PlansLost, a.r.Shrinks = nil, nil
	id, t := a.r.Identified, a.r.Target
	if id == nil || !id.InTable || m.c.SKU(t.SKUGUID) == nil || id.SKUGUID == t.SKUGUID {
		return
	}
	a.r.PlansLost, a.r.Shrinks = m.lost(id.SKUGUID, t.GUIDs())
}

// lost is what users of a SKU lose with others: service plans by their names,
// and sizes.
func (m *Matcher) lost(from string, to []string) ([]string, []Shrink) {
	var lost []string
	for _, p := range m.c.PlansLost([]string{from}, to) {
		lost = append(lost, p.Name)
	}
	return lost, m.c.Shrinks([]string{from}, to, m.asOf)
}
