package catalog

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cspplan/reconcile"
)

// merge puts the rows of one table that was read before those of the catalogue.
// Keys: the id of a SKU, plan, offer, product and country; the offer of a pair;
// the old SKU and kind of successors, which are replaced together; SKU,
// countries and day of a sale status; what a limit is of, its kind and first day. Lifecycle rules and plan equivalents have
// no key: the first that fits counts, and each adds.
func (o *overlay) merge(t OwnTable, read *reconcile.Catalogue) error {
	c := o.to
	if len(read.Plans) > len(c.Plans) {
		c.Plans = read.Plans
	}
	m := merging{table: t, lines: o.lines[t.Name]}
	c.SKUs = replaced(&m, read.SKUs, c.SKUs, func(s reconcile.SKU) string { return s.GUID })
	c.Offers = replaced(&m, read.Offers, c.Offers, func(o reconcile.LegacyOffer) string { return o.ID })
	c.Products = replaced(&m, read.Products, c.Products, func(p reconcile.Product) string { return strings.ToLower(p.ProductID + "/" + p.SKUID) })
	c.Pairs = replaced(&m, read.Pairs, c.Pairs, func(p reconcile.OfferPair) string { return p.OfferID })
	c.Sales = replaced(&m, read.Sales, c.Sales, func(s reconcile.SaleStatus) string {
		return s.SKUGUID + " " + strings.Join(s.Regions, "|") + " " + s.From.String()
	})
	c.Countries = replaced(&m, read.Countries, c.Countries, func(c reconcile.Country) string { return c.Code })
	c.Limits = replaced(&m, read.Limits, c.Limits, func(l reconcile.PlanLimit) string { return l.Of + " " + l.What + " " + l.From.String() })
	m.several = true
	c.Successors = replaced(&m, read.Successors, c.Successors, func(s reconcile.Successor) string { return cmp.Or(s.OldGUID, s.OldName) + " " + s.Kind })
	c.Lifecycle = append(read.Lifecycle, c.Lifecycle...)
	c.Coverage = append(read.Coverage, c.Coverage...)
	o.sources = append(o.sources, read.Tables...)
	return errors.Join(m.faults...)
}

// merging is the merging of one table: where its rows stand, and which of them
// stand twice.
type merging struct {
	table   OwnTable
	lines   []int
	several bool // several rows of one key are one answer
	faults  []error
}

// replaced puts own rows before the others, without those whose key they have.
func replaced[T any](m *merging, own, others []T, key func(T) string) []T {
	if len(own) == 0 {
		return others
	}
	lineOf := make(map[string]int, len(own))
	for i, row := range own {
		k := key(row)
		if first, twice := lineOf[k]; twice && !m.several && len(m.faults) < maxFaults {
			m.faults = append(m.faults, fmt.Errorf("%s:%d: %q stands on line %d already; keep one of the two", m.table.File, m.lines[i], strings.TrimSpace(k), first))
		}
		lineOf[k] = m.lines[i]
	}
	rest := slices.DeleteFunc(slices.Clone(others), func(row T) bool { return lineOf[key(row)] > 0 })
	return append(slices.Clone(own), rest...)
}

// checkReferences finds SKUs and countries that the rows of a table name and
// that no table knows: such a row would never have an effect.
func (o *overlay) checkReferences(t OwnTable) error {
	var faults []error
	n := o.counted[t.Name]
	unknown := func(row int, column, value, wayOut string) {
		if len(faults) < maxFaults {
			faults = append(faults, fmt.Errorf("%s:%d: column %s: %q %s", t.File, o.lines[t.Name][row], column, value, wayOut))
		}
	}
	sku := func(row int, column, guid string) {
		legacy := func(offer reconcile.LegacyOffer) bool { return offer.ProductGUID == guid }
		if guid != "" && o.to.SKU(guid) == nil && !slices.ContainsFunc(o.to.Offers, legacy) {
			unknown(row, column, guid, "is no SKU that is known; correct it, or add the SKU to skus.csv")
		}
	}
	country := func(row int, column, code string) {
		if _, known := o.to.Country(code); !known {
			unknown(row, column, code, "is no country that is known; use two-letter codes, or add it to regions.csv")
		}
	}
	switch t.Name {
	case "sale_status.csv":
		for i, s := range o.to.Sales[:n] {
			sku(i, "sku_guid", s.SKUGUID)
			for _, code := range s.Regions {
				country(i, "countries", code)
			}
		}
	case "successors.csv":
		for i, s := range o.to.Successors[:n] {
			for _, guid := range s.NewGUIDs {
				sku(i, "new_guids", guid)
			}
			for _, code := range s.Countries {
				country(i, "countries", code)
			}
		}
	}
	return errors.Join(faults...)
}
