package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"cspplan/reconcile"
)

var segments = map[string]string{
	"Commercial": "commercial", "Education": "education", "Charity": "charity", "Government": "government",
}

// billingWords turn a billing plan into ours. Trials have the plan None.
var billingWords = map[string]string{"Monthly": "monthly", "Annual": "annual", "Triennial": "triennial", "None": ""}

// buildProducts makes products.csv: what can be ordered in the new commerce.
func buildProducts(src sourceDir, set *tableSet) error {
	path, err := src.find("nce-price-list-skus-*.csv")
	if err != nil || path == "" {
		return err
	}
	prices, err := readCSV(path)
	if err != nil {
		return err
	}
	recs, err := prices.records("ProductId", "SkuId", "ProductTitle", "SkuTitle", "Segment", "Terms", "Tags")
	if err != nil {
		return err
	}
	provisioned, err := provisionedSKUs(src)
	if err != nil {
		return err
	}
	titles := uniqueNames(set)
	var rows [][]string
	for _, r := range recs {
		seg, ok := segments[r["Segment"]]
		if !ok {
			return fmt.Errorf("%s: product %s/%s has the unknown segment %q", prices.name, r["ProductId"], r["SkuId"], r["Segment"])
		}
		terms, err := termWords(r["Terms"])
		if err != nil {
			return fmt.Errorf("%s: product %s/%s: %w", prices.name, r["ProductId"], r["SkuId"], err)
		}
		id, skuID := strings.ToUpper(r["ProductId"]), strings.ToUpper(reconcile.PadSKUID(r["SkuId"]))
		trial := slices.Contains(strings.Split(r["Tags"], ";"), "Trial")
		est := strings.HasSuffix(r["SkuTitle"], "Extended Service Term")
		guid := provisioned[id+"/"+skuID]
		if guid == "" && seg == "commercial" && !trial && !est {
			guid = titles[strings.ToLower(r["SkuTitle"])]
		}
		rows = append(rows, []string{id, skuID, r["ProductTitle"], r["SkuTitle"], seg, terms, yesNo(trial), yesNo(est), guid})
	}
	slices.SortFunc(rows, slices.Compare)
	set.put("products.csv", rows)
	set.date("products.csv", dayIn(filepath.Base(path)), "NCE licence-based price list for the United States, without prices")
	return nil
}

// termWords turns P1Y/Monthly|P1M/None into P1Y/monthly|P1M/.
func termWords(s string) (string, error) {
	var out []string
	for _, pair := range list(s) {
		term, billing, _ := strings.Cut(pair, "/")
		word, known := billingWords[billing]
		if _, ok := reconcile.ParseTerm(term); !ok || term == "" || !known {
			return "", fmt.Errorf("unknown term and billing plan %q", pair)
		}
		out = append(out, term+"/"+word)
	}
	return strings.Join(out, "|"), nil
}

// uniqueNames maps the current names of SKUs, in lower case, to GUIDs, but only
// names that a single SKU has: fifteen names belong to two, and such a name
// does not say which one a product provisions.
func uniqueNames(set *tableSet) map[string]string {
	out := map[string]string{}
	for _, s := range set.records("skus.csv") {
		name := strings.ToLower(s["name"])
		if _, twice := out[name]; twice {
			out[name] = ""
			continue
		}
		out[name] = s["guid"]
	}
	return out
}

// provisionedSKUs reads which SKU a product provisions where Microsoft printed
// it, keyed by product and SKU id.
func provisionedSKUs(src sourceDir) (map[string]string, error) {
	official, err := readCSV(filepath.Join(src.dir, officialPairs))
	if err != nil || official.rows == nil {
		return nil, err
	}
	recs, err := official.records("nce_product_id", "nce_sku_id", "provisioning_guid")
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, r := range recs {
		if r["provisioning_guid"] != "" {
			out[r["nce_product_id"]+"/"+reconcile.PadSKUID(r["nce_sku_id"])] = lower(r["provisioning_guid"])
		}
	}
	return out, nil
}
