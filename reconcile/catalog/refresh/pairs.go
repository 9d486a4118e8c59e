package main

import (
	"path/filepath"
	"slices"

	"cspplan/reconcile"
)

const (
	officialPairs = "legacy-nce-mapping-official.csv"
	derivedPairs  = "legacy-nce-mapping-derived.csv"
)

// buildPairs makes pairs.csv: legacy offers and the NCE SKU that replaced them.
// A printed row without an offer id pairs nothing; it only tells what a product
// provisions, which products.csv keeps. A printed pair outranks a derived one.
func buildPairs(src sourceDir, set *tableSet) error {
	official, err := readCSV(filepath.Join(src.dir, officialPairs))
	if err != nil {
		return err
	}
	derived, err := readCSV(filepath.Join(src.dir, derivedPairs))
	if err != nil || official.rows == nil || derived.rows == nil {
		return err
	}
	printed, err := official.records("legacy_offer_id", "nce_product_id", "nce_sku_id", "provisioning_guid", "source")
	if err != nil {
		return err
	}
	worked, err := derived.records("legacy_offer_id", "sku_guid", "nce_product_id", "nce_sku_id")
	if err != nil {
		return err
	}
	var rows [][]string
	done := map[string]bool{}
	for _, r := range printed {
		if r["legacy_offer_id"] != "" {
			done[lower(r["legacy_offer_id"])] = true
			rows = append(rows, []string{lower(r["legacy_offer_id"]), r["nce_product_id"], reconcile.PadSKUID(r["nce_sku_id"]),
				lower(r["provisioning_guid"]), "official", r["source"]})
		}
	}
	for _, r := range worked {
		if done[lower(r["legacy_offer_id"])] {
			continue
		}
		rows = append(rows, []string{lower(r["legacy_offer_id"]), r["nce_product_id"], reconcile.PadSKUID(r["nce_sku_id"]),
			lower(r["sku_guid"]), "derived", "the offer's SKU has the same current name as this commercial NCE SKU"})
	}
	slices.SortFunc(rows, slices.Compare)
	set.put("pairs.csv", rows)
	set.date("pairs.csv", set.dateOf("products.csv"), "Partner Center documentation 2023-10 (official); equal names in the tables above (derived)")
	return nil
}
