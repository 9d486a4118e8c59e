// Command refresh rebuilds the embedded tables from newer source files.
//
//	go run ./reconcile/catalog/refresh [-tables DIR] [-as-of YYYY-MM-DD] SOURCES-DIR
//
// SOURCES-DIR may hold any of these; a table whose source is missing stays as
// it is:
//
//	service-plans.csv                 Microsoft's "Product names and service plan identifiers", as downloaded
//	catalog-skus.csv, catalog-plans.csv   the same over many versions: former names, first and last seen
//	nce-price-list-skus-*.csv         one row per product and SKU of an NCE price list, no prices
//	legacy-offers-*.csv               the former CSP offer list
//	legacy-nce-mapping-official.csv, legacy-nce-mapping-derived.csv   offers and the NCE SKU they became
//	successors.csv                    renames, replacements, ends of sale, each with its source
//	regions.csv                       markets, CSP regions, billing currencies
//
// Of files with a * the last by name counts, so that a dated name wins. The
// tables lifecycle.csv, sale_status.csv, plan_equivalents.csv and
// successors_by_hand.csv are kept by hand: each of their rows names its source.
//
// The same sources give the same bytes. What changed (added, removed, renamed)
// is printed, table by table; make tables then writes how their names are read.
// History is kept: a name that a SKU loses becomes a former name, a SKU that
// leaves Microsoft's table stays, marked as no longer current, and a service
// plan keeps its number.
package main
