package catalog

import (
	"embed"
	"errors"

	"cspplan/reconcile"
)

//go:embed tables/*.csv
var files embed.FS

// Load decodes the embedded tables. Each call gives a catalogue of its own,
// always the same, indexed; the caller may overlay it and index it again.
// An error names the table, the line and the column: the program was built
// with a broken table.
func Load() (*reconcile.Catalogue, error) {
	c := new(reconcile.Catalogue)
	plans := planNumbers{}
	var errs []error
	for _, decode := range []func(*reconcile.Catalogue, planNumbers) error{
		loadPlans, loadSKUs, loadOffers, loadProducts, loadPairs, loadSuccessors,
		loadSales, loadCountries, loadLifecycle, loadCoverage, loadSources,
	} {
		errs = append(errs, decode(c, plans))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	c.Index()
	return c, nil
}
