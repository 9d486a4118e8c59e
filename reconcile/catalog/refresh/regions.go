package main

import (
	"path/filepath"
	"slices"
	"strings"
)

// outsideCSP are markets of ISO 3166-1 that Microsoft's table does not list:
// they are known countries in no CSP region.
var outsideCSP = [][]string{
	{"BY", "Belarus"}, {"CU", "Cuba"}, {"EH", "Western Sahara"}, {"IR", "Iran"}, {"KP", "North Korea"},
	{"RU", "Russia"}, {"SD", "Sudan"}, {"SY", "Syria"},
}

// buildRegions makes regions.csv. Currencies that no source states stay empty.
func buildRegions(src sourceDir, set *tableSet) error {
	regions, err := readCSV(filepath.Join(src.dir, "regions.csv"))
	if err != nil || regions.rows == nil {
		return err
	}
	recs, err := regions.records("country_iso2", "country_name", "csp_region", "currency")
	if err != nil {
		return err
	}
	var rows [][]string
	listed := map[string]bool{}
	for _, r := range recs {
		code := strings.ToUpper(r["country_iso2"])
		listed[code] = true
		rows = append(rows, []string{code, r["country_name"], r["csp_region"], r["currency"]})
	}
	for _, c := range outsideCSP {
		if !listed[c[0]] {
			rows = append(rows, []string{c[0], c[1], "", ""})
		}
	}
	slices.SortFunc(rows, slices.Compare)
	set.put("regions.csv", rows)
	return nil
}
