package catalog

import (
	"embed"
	"errors"

	"cspplan/reconcile"
)

//go:embed tables/*.csv
var files embed.FS

// titles are the names of the embedded tables, read: make tables writes them.
//
//go:embed titles.tsv
var titles string

// A decoder reads a table into a catalogue.
type decoder struct {
	table  string
	decode func(*reconcile.Catalogue, planNumbers) func(*row)
}

// decoders are the tables in lists that do not touch each other's part of the
// catalogue; within a list, a table stands after those it refers to.
var decoders = [][]decoder{
	{{"plans.csv", decodePlans}, {"plan_names.csv", decodePlanNames}, {"skus.csv", decodeSKUs}},
	{{"legacy_offers.csv", decodeOffers}},
	{{"products.csv", decodeProducts}},
	{
		{"pairs.csv", decodePairs},
		{"successors.csv", decodeSuccessors},
		{"successors_by_hand.csv", decodeSuccessors}, // after the collected ones
		{"sale_status.csv", decodeSales},
		{"regions.csv", decodeCountries},
		{"lifecycle.csv", decodeLifecycle},
		{"plan_equivalents.csv", decodeCoverage},
		{"plan_limits.csv", decodeLimits},
		{Sources, decodeSources},
	},
}

// Load decodes the embedded tables. Each call gives a catalogue of its own,
// always the same, indexed; the caller may overlay it and index it again.
// An error names the table, the line and the column: the program was built
// with a broken table.
func Load() (*reconcile.Catalogue, error) {
	c := &reconcile.Catalogue{Titles: titles}
	plans := planNumbers{}
	errs := make([]error, len(decoders))
	decoding := make([]func(), len(decoders)) // side by side, for who waits for the answer to one title
	for i, list := range decoders {
		decoding[i] = func() {
			for _, d := range list {
				errs[i] = errors.Join(errs[i], decodeEmbedded(d.table, d.decode(c, plans)))
			}
		}
	}
	reconcile.Together(decoding...)
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	c.Index()
	return c, nil
}

// Dates are the embedded tables with their rows, dates and sources, without
// decoding any of them but the one that says so.
func Dates() ([]reconcile.TableSource, error) {
	c := new(reconcile.Catalogue)
	err := decodeEmbedded(Sources, decodeSources(c, nil))
	return c.Tables, err
}
