package catalog

import (
	"cspplan/reconcile"
)

func loadSales(c *reconcile.Catalogue, _ planNumbers) error {
	return each("sale_status.csv", func(r *row) {
		c.Sales = append(c.Sales, reconcile.SaleStatus{SKUGUID: r.guid(), Regions: r.list(),
			Status: r.oneOf(reconcile.SaleAvailable, reconcile.SaleNotListed, reconcile.SaleEnded, reconcile.SaleWithdrawn), From: r.date(), Source: r.text()})
	})
}

func loadCountries(c *reconcile.Catalogue, _ planNumbers) error {
	return each("regions.csv", func(r *row) {
		c.Countries = append(c.Countries, reconcile.Country{Code: r.text(), Name: r.text(), Region: r.text(), Currency: r.text()})
	})
}

func loadLifecycle(c *reconcile.Catalogue, _ planNumbers) error {
	return each("lifecycle.csv", func(r *row) {
		c.Lifecycle = append(c.Lifecycle, reconcile.LifecycleRule{
			Channel: parsed(r, reconcile.ParseChannel), Programme: parsed(r, reconcile.ParseProgramme),
			BoughtFrom: r.date(), BoughtUntil: r.date(), EndsFrom: r.date(), EndsUntil: r.date(),
			WorkingDays: r.number(), AdminDays: r.number(), EST: r.yes(), Source: r.text()})
	})
}

func loadCoverage(c *reconcile.Catalogue, _ planNumbers) error {
	return each("plan_equivalents.csv", func(r *row) {
		c.Coverage = append(c.Coverage, reconcile.PlanCoverage{Plans: r.list(), CoveredBy: r.list(), Source: r.text()})
	})
}

func loadSources(c *reconcile.Catalogue, _ planNumbers) error {
	return each(Sources, func(r *row) {
		c.Tables = append(c.Tables, reconcile.TableSource{Name: r.text(), Rows: r.number(), AsOf: r.date(), Source: r.text()})
	})
}
