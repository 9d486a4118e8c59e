package report

import (
	"slices"
	"strings"

	"cspplan/reconcile"
)

// catalogueTable is the offers that the plan relies on.
func (rep *Report) catalogueTable() *Table {
	t := rep.newTable("OfferCatalogue", "catalogue", []Column{
		rep.col("offer_id", "col.offer_id", Text, 37).identifier(),
		rep.col("offer", "col.offer", Text, 42),
		rep.col("state", "col.offer_state", Text, 18),
		rep.col("successor", "col.successor", Text, 42),
		rep.col("plans", "col.service_plans", Text, 60),
		rep.col("data", "col.data_kept_in", Text, 44),
		rep.col("source", "col.offer_source", Text, 60),
		rep.col("as_at", "col.as_at", Date, 12.5),
	})
	t.FreezeColumns = 2
	skus := rep.usedSKUs()
	t.Len = len(skus)
	t.Row = func(i int, dst []Value) []Value { return rep.skuCells(skus[i], dst) }
	return t
}

// usedSKUs are the SKUs that rows hold, that are to be bought, or that are
// candidates, by name.
func (rep *Report) usedSKUs() []*reconcile.SKU {
	c := rep.Plan.Catalogue
	if c == nil {
		return nil
	}
	seen := make(map[*reconcile.SKU]bool)
	add := func(guid string) {
		if s := c.SKU(guid); s != nil {
			seen[s] = true
		}
	}
	matched := make(map[*reconcile.OfferMatch]bool)
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		add(targetOf(r).SKUGUID)
		if r.Match == nil || matched[r.Match] {
			continue
		}
		matched[r.Match] = true
		if id := r.Match.Identified; id != nil {
			add(id.SKUGUID)
		}
		for _, candidate := range r.Match.Candidates {
			add(candidate.SKUGUID)
		}
	}
	var skus []*reconcile.SKU
	for i := range c.SKUs {
		if seen[&c.SKUs[i]] {
			skus = append(skus, &c.SKUs[i])
		}
	}
	slices.SortStableFunc(skus, func(a, b *reconcile.SKU) int { return strings.Compare(a.Name, b.Name) })
	return skus
}

func (rep *Report) skuCells(s *reconcile.SKU, dst []Value) []Value {
	c := rep.Plan.Catalogue
	plans := make([]string, len(s.Plans))
	for n, i := range s.Plans {
		plans[n] = c.Plans[i].Name
	}
	return append(dst,
		textCell(s.GUID),
		textCell(s.Name),
		textCell(rep.Text.Label(rep.saleLabel(s))),
		textCell(rep.successors(s)),
		textCell(list(plans)),
		textCell(rep.dataIn(s.GUID, nil)),
		textCell(rep.tableSource("skus.csv")),
		dateCell(s.LastSeen),
	)
}

// saleLabel says whether the SKU can be bought in the partner's country.
func (rep *Report) saleLabel(s *reconcile.SKU) string {
	switch rep.Plan.Catalogue.Sale(s.GUID, rep.Plan.Partner.Country, rep.AsOf) {
	case reconcile.SaleWithdrawn:
		return "offer.discontinued"
	case reconcile.SaleEnded:
		return "offer.end_of_sale"
	}
	if !s.Current {
		return "offer.discontinued"
	}
	return "offer.current"
}

// successors names what took the place of a SKU, each once.
func (rep *Report) successors(s *reconcile.SKU) string {
	var names []string
	for _, next := range rep.Plan.Catalogue.SuccessorsOf(s.GUID, rep.AsOf) {
		if !slices.Contains(names, next.NewName) {
			names = append(names, next.NewName)
		}
	}
	return list(names)
}

// tableSource is where a table of the catalogue comes from.
func (rep *Report) tableSource(name string) string {
	for _, t := range rep.Plan.Catalogue.Tables {
		if t.Name == name {
			return t.Source
		}
	}
	return ""
}
