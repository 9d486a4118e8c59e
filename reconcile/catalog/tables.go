package catalog

import (
	"maps"
	"slices"
)

// Sources is the table that dates the others.
const Sources = "sources.csv"

// columns are the tables and what stands in them. Lists inside a cell are
// joined by |, truth values are yes and no, dates YYYY-MM-DD.
var columns = map[string][]string{
	"skus.csv":               {"guid", "part", "other_parts", "name", "former", "current", "first_seen", "last_seen", "plans"},
	"plans.csv":              {"n", "id", "code", "name"},
	"legacy_offers.csv":      {"id", "name", "product_guid", "product_name", "in_table", "add_on", "trial", "max", "segment", "prerequisites"},
	"products.csv":           {"product_id", "sku_id", "product_title", "sku_title", "segment", "terms", "trial", "est", "sku_guid"},
	"pairs.csv":              {"offer_id", "product_id", "sku_id", "sku_guid", "kind", "source"},
	"successors.csv":         successorColumns,
	"successors_by_hand.csv": successorColumns,
	"sale_status.csv":        {"sku_guid", "countries", "status", "from", "source"},
	"regions.csv":            {"code", "name", "region", "currency"},
	"lifecycle.csv":          {"channel", "programme", "bought_from", "bought_until", "ends_from", "ends_until", "working_days", "admin_days", "est", "source"},
	"plan_equivalents.csv":   {"plans", "covered_by", "source"},
	"plan_limits.csv":        {"of", "what", "amount", "from", "until", "source"},
	"plan_names.csv":         {"code", "name", "source"},
	Sources:                  {"table", "rows", "as_of", "source"},
}

var successorColumns = []string{"old_name", "old_guid", "new_name", "new_guids", "kind", "countries", "from", "when", "source", "confidence"}

// TableNames are the file names of the tables in the order of the alphabet.
func TableNames() []string { return slices.Sorted(maps.Keys(columns)) }

// Columns are the headings of a table, nil if there is no such table.
func Columns(name string) []string { return slices.Clone(columns[name]) }
