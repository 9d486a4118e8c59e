package report

import (
	"slices"
	"strings"

	"cspplan/reconcile"
)

// dataKinds says what people keep in a service, by the beginning of its plan
// code; the first entry that fits counts. Kind is the last part of a label
// data.*; no kind means that the plan stores nothing of its own.
var dataKinds = []struct{ prefix, kind string }{
	{"EXCHANGE_S_FOUNDATION", ""},
	{"EXCHANGE_ANALYTICS", ""},
	{"EXCHANGE_S_ARCHIVE", "archives"},
	{"EXCHANGE", "mailboxes"},
	{"SHAREPOINTWAC", ""},
	{"SHAREPOINT", "sites"},
	{"ONEDRIVE", "sites"},
	{"TEAMS", "chats"},
	{"MCOEV", "numbers"},
	{"MCOPSTN", "numbers"},
	{"YAMMER", "communities"},
	{"STREAM", "videos"},
	{"FORMS", "forms"},
	{"OFFICE_FORMS", "forms"},
	{"PROJECT", "projects"},
	{"BI_AZURE", "reports"},
	{"PBI", "reports"},
	{"CRM", "business"},
	{"DYN365", "business"},
	{"D365", "business"},
	{"CDS", "business"},
	{"POWERAPPS", "apps"},
	{"FLOW", "apps"},
	{"INTUNE", "devices"},
	{"CPC", "desktops"},
	{"RMS", "protected"},
}

func dataKind(planCode string) string {
	for _, k := range dataKinds {
		if strings.HasPrefix(planCode, k.prefix) {
			return k.kind
		}
	}
	return ""
}

// dataIn names what is kept in the service plans of a SKU, in the order of its
// plans; only, if not nil, restricts it to plans with these names. Empty: the
// catalogue does not know the SKU, or its plans store nothing.
func (rep *Report) dataIn(skuGUID string, only []string) string {
	c := rep.Plan.Catalogue
	if c == nil {
		return ""
	}
	sku := c.SKU(skuGUID)
	if sku == nil {
		return ""
	}
	if only != nil {
		return rep.dataOf(sku, only)
	}
	held, ok := rep.dataHeld.Load(sku)
	if !ok {
		held, _ = rep.dataHeld.LoadOrStore(sku, rep.dataOf(sku, nil))
	}
	return held.(string)
}

func (rep *Report) dataOf(sku *reconcile.SKU, only []string) string {
	c := rep.Plan.Catalogue
	var names []string
	for _, i := range sku.Plans {
		plan := &c.Plans[i]
		kind := dataKind(plan.Code)
		if kind == "" || only != nil && !slices.Contains(only, plan.Name) {
			continue
		}
		if name := rep.Text.Label("data." + kind); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// dataAtRisk says what a row would lose as it stands; empty if nothing is.
func (rep *Report) dataAtRisk(r *reconcile.Row) string {
	t := rep.Text
	if r.DataGone(rep.AsOf) {
		return t.Label("data.deleted")
	}
	if r.Target != nil && !losesAll(r) {
		return rep.lossOf(currentSKU(r), r.PlansLost(), r.Shrinks())
	}
	return first(rep.dataIn(currentSKU(r), nil), t.Label("data.unknown"))
}

// losesAll tells whether what threatens the row threatens every service of it,
// at least for some users, and not only those that the CSP offer lacks.
func losesAll(r *reconcile.Row) bool {
	for _, code := range []string{"region-mismatch", "expired", "more-assigned-than-licences", "orphaned-add-on"} {
		if r.Has(code) {
			return true
		}
	}
	return false
}

// candidateRisk says what a candidate would lose of an offer.
func (rep *Report) candidateRisk(m *reconcile.OfferMatch, c *reconcile.Candidate) Value {
	t := rep.Text
	if m.Identified == nil || rep.Plan.Catalogue == nil || rep.Plan.Catalogue.SKU(m.Identified.SKUGUID) == nil {
		return textCell(t.Label("data.unknown")).with(Alarm)
	}
	if loss := rep.lossOf(m.Identified.SKUGUID, c.PlansLost, c.Shrinks); loss != "" {
		return textCell(loss).with(Alarm)
	}
	return textCell(t.Label("data.nothing"))
}
