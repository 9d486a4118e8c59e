package catalog

import (
	"cspplan/reconcile"
)

func decodeSales(c *reconcile.Catalogue, _ planNumbers) func(*row) {
	return func(r *row) {
		c.Sales = append(c.Sales, reconcile.SaleStatus{SKUGUID: r.guid(), Regions: r.list(),
			Status: r.oneOf(reconcile.SaleAvailable, reconcile.SaleNotListed, reconcile.SaleEnded, reconcile.SaleWithdrawn), From: r.date(), Source: r.text()})
	}
}

func decodeCountries(c *reconcile.Catalogue, _ planNumbers) func(*row) {
	return func(r *row) {
		c.Countries = append(c.Countries, reconcile.Country{Code: r.text(), Name: r.text(), Region: r.text(), Currency: r.text()})
	}
}

func decodeLifecycle(c *reconcile.Catalogue, _ planNumbers) func(*row) {
	return func(r *row) {
		c.Lifecycle = append(c.Lifecycle, reconcile.LifecycleRule{
			Channel: parsed(r, reconcile.ParseChannel), Programme: parsed(r, reconcile.ParseProgramme),
			BoughtFrom: r.date(), BoughtUntil: r.date(), EndsFrom: r.date(), EndsUntil: r.date(),
			WorkingDays: r.number(), AdminDays: r.number(), EST: r.yes(), Source: r.text()})
	}
}

func decodeCoverage(c *reconcile.Catalogue, _ planNumbers) func(*row) {
	return func(r *row) {
		c.Coverage = append(c.Coverage, reconcile.PlanCoverage{Plans: r.list(), CoveredBy: r.list(), Source: r.text()})
	}
}

func decodeLimits(c *reconcile.Catalogue, _ planNumbers) func(*row) {
	return func(r *row) {
		c.Limits = append(c.Limits, reconcile.PlanLimit{Of: r.text(),
			What:   r.oneOf("mailbox", "archive", "onedrive", "hold", "desktop", "shared", "folders", "windows", "phone", "conferencing"),
			Amount: r.number(), From: r.date(), Until: r.date(), Source: r.text()})
	}
}

// decodePlanNames gives service plans that Microsoft's table calls by a code, or
// shouts, a name that a customer understands.
func decodePlanNames(c *reconcile.Catalogue, _ planNumbers) func(*row) {
	return func(r *row) {
		code, name := r.text(), r.text()
		r.text() // its source
		for i := range c.Plans {
			if c.Plans[i].Code == code {
				c.Plans[i].Name = name
			}
		}
	}
}

func decodeSources(c *reconcile.Catalogue, _ planNumbers) func(*row) {
	return func(r *row) {
		c.Tables = append(c.Tables, reconcile.TableSource{Name: r.text(), Rows: r.number(), AsOf: r.date(), Source: r.text()})
	}
}
