package reconcile

// comparePlans computes what users lose: the plans of the present SKU that no
// part of the target has. Nothing can be said of a product without a SKU in the
// table.
func (m *Matcher) comparePlans(a *question) {
	a.r.PlansLost = nil
	id, t := a.r.Identified, a.r.Target
	if id == nil || !id.InTable || m.c.SKU(t.SKUGUID) == nil || id.SKUGUID == t.SKUGUID {
		return
	}
	a.r.PlansLost = m.plansLost(id.SKUGUID, t.GUIDs())
}

func (m *Matcher) plansLost(from string, to []string) []string {
	var lost []string
	for _, p := range m.c.PlansLost([]string{from}, to) {
		lost = append(lost, p.Name)
	}
	return lost
}
