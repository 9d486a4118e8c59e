package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"cspplan/reconcile"
)

// An offerEntry is one line of the evidence: a SKU of Microsoft's table, or an
// offer that is known only by its own id.
type offerEntry struct {
	id, name string
	sku      *reconcile.SKU // nil: not in the table
}

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
	t.FreezeColumns, t.PrintColumns = 2, 6
	entries := rep.usedOffers()
	t.Len = len(entries)
	t.Row = func(i int, dst []Value) []Value { return rep.offerCells(&entries[i], dst) }
	return t
}

// usedOffers are the offers that rows hold, that are to be bought, or that are
// candidates, by name.
func (rep *Report) usedOffers() []offerEntry {
	if rep.Plan.Catalogue == nil {
		return nil
	}
	used := make(map[string]offerEntry)
	add := func(guid, name string) {
		e := offerEntry{id: guid, name: name, sku: rep.Plan.Catalogue.SKU(guid)}
		if e.sku != nil {
			e.id, e.name = e.sku.GUID, e.sku.Name
		}
		if e.id != "" {
			used[strings.ToLower(e.id)] = e
		}
	}
	matched, bought := make(map[*reconcile.OfferMatch]bool), make(map[*reconcile.Target]bool)
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		if t := targetOf(r); !bought[t] {
			bought[t] = true
			add(t.SKUGUID, t.Name)
		}
		if r.Match == nil || matched[r.Match] {
			continue
		}
		matched[r.Match] = true
		if id := r.Match.Identified; id != nil {
			add(id.SKUGUID, id.Name)
		}
		for _, candidate := range r.Match.Candidates {
			add(candidate.SKUGUID, candidate.Name)
		}
	}
	return slices.SortedFunc(maps.Values(used), func(a, b offerEntry) int {
		return cmp.Or(strings.Compare(a.name, b.name), strings.Compare(a.id, b.id))
	})
}

func (rep *Report) offerCells(e *offerEntry, dst []Value) []Value {
	c := rep.Plan.Catalogue
	if e.sku == nil {
		source := rep.tableSource("legacy_offers.csv")
		return append(dst, textCell(e.id), textCell(e.name), textCell(rep.Text.Label("unknown")), Value{}, Value{},
			textCell(rep.Text.Label("data.unknown")), textCell(rep.sourceOf(source)), dateCell(source.AsOf))
	}
	plans := make([]string, len(e.sku.Plans))
	for n, i := range e.sku.Plans {
		plans[n] = c.Plans[i].Name
	}
	return append(dst,
		textCell(e.id),
		textCell(e.name),
		textCell(rep.Text.Label(rep.saleLabel(e.sku))),
		textCell(rep.successors(e.sku)),
		textCell(strings.Join(plans, "; ")),
		textCell(rep.dataIn(e.id, nil)),
		textCell(rep.sourceOf(rep.tableSource("skus.csv"))),
		dateCell(e.sku.LastSeen),
	)
}

// saleLabel says whether the SKU can be bought in the partner's country.
func (rep *Report) saleLabel(s *reconcile.SKU) string {
	switch rep.Plan.Catalogue.Sale(s.GUID, rep.Plan.Partner.Country, rep.AsOf) {
	case reconcile.SaleWithdrawn:
		return "offer.discontinued"
	case reconcile.SaleNotListed:
		return "offer.not_listed"
	case reconcile.SaleEnded:
		return "offer.end_of_sale"
	}
	if !s.Current {
		return "offer.discontinued"
	}
	return "offer.current"
}

// successors names what took the place of a SKU, each once. Further proposals,
// such as upgrades, stand on Unmatched: here they would look like equals.
func (rep *Report) successors(s *reconcile.SKU) string {
	var names []string
	for _, next := range rep.Plan.Catalogue.SuccessorsOf(s.GUID, rep.AsOf) {
		if reconcile.EquivalentKind(next.Kind) && next.NewName != s.Name && !slices.Contains(names, next.NewName) {
			names = append(names, next.NewName)
		}
	}
	return strings.Join(names, "; ")
}

// sourceOf says where a table comes from, in the reader's language; of a table
// that the catalogue of labels does not know, as the table says it.
func (rep *Report) sourceOf(table reconcile.TableSource) string {
	if key := "tablesource." + table.Name; rep.english.Label(key) == table.Source {
		return rep.Text.Label(key)
	}
	return table.Source
}

// tableSource is where a table of the catalogue comes from, and of which day.
func (rep *Report) tableSource(name string) reconcile.TableSource {
	for _, t := range rep.Plan.Catalogue.Tables {
		if t.Name == name {
			return t
		}
	}
	return reconcile.TableSource{}
}
