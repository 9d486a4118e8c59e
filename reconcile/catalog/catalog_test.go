package catalog

import (
	"reflect"
	"testing"

	"cspplan/reconcile"
)

// load is the catalogue of the embedded tables.
func load(t testing.TB) *reconcile.Catalogue {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLoadIsRepeatable(t *testing.T) {
	if a, b := load(t), load(t); !reflect.DeepEqual(a, b) {
		t.Error("two loads differ")
	}
}

// The rows that sources.csv counts are the rows that were decoded.
func TestRowCounts(t *testing.T) {
	c := load(t)
	got := map[string]int{
		"skus.csv": len(c.SKUs), "plans.csv": len(c.Plans), "legacy_offers.csv": len(c.Offers), "products.csv": len(c.Products),
		"pairs.csv": len(c.Pairs), "successors.csv": len(c.Successors), "sale_status.csv": len(c.Sales), "regions.csv": len(c.Countries),
		"lifecycle.csv": len(c.Lifecycle), "plan_equivalents.csv": len(c.Coverage),
	}
	if len(c.Tables) != len(got) {
		t.Errorf("sources.csv dates %d tables, want %d", len(c.Tables), len(got))
	}
	for _, table := range c.Tables {
		if got[table.Name] != table.Rows {
			t.Errorf("%s: %d rows decoded, sources.csv says %d", table.Name, got[table.Name], table.Rows)
		}
		if !table.AsOf.Known() || table.Source == "" {
			t.Errorf("%s has no date or no source", table.Name)
		}
	}
}
