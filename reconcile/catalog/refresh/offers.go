package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// noLimit is how the offer list writes that an offer has no seat limit.
var noLimit = []string{"10000000", "999999999"}

// buildOffers makes legacy_offers.csv.
func buildOffers(src sourceDir, set *tableSet) error {
	path, err := src.find("legacy-offers-*.csv")
	if err != nil || path == "" {
		return err
	}
	offers, err := readCSV(path)
	if err != nil {
		return err
	}
	recs, err := offers.records("offer_id", "offer_name", "product_guid", "product_name", "is_addon", "is_trial",
		"max_quantity", "prerequisite_offer_ids")
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, s := range set.records("skus.csv") {
		known[s["guid"]] = true
	}
	var rows [][]string
	for _, r := range recs {
		most := r["max_quantity"]
		if slices.Contains(noLimit, most) {
			most = ""
		}
		prerequisites := list(lower(r["prerequisite_offer_ids"]))
		slices.Sort(prerequisites)
		guid := lower(r["product_guid"])
		rows = append(rows, []string{lower(r["offer_id"]), r["offer_name"], guid, r["product_name"], yesNo(known[guid]),
			yesNo(r["is_addon"] == "True"), yesNo(r["is_trial"] == "True"), most, segment(r["offer_name"]), strings.Join(prerequisites, "|")})
	}
	slices.SortFunc(rows, slices.Compare)
	set.put("legacy_offers.csv", rows)
	set.date("legacy_offers.csv", dayIn(filepath.Base(path)), "Partner Center, offers of the former CSP price list for the United States")
	return nil
}

// segmentWords are how offer names say for whom an offer is made. The first
// that occurs counts; a name without any is commercial.
var segmentWords = []struct {
	words   *regexp.Regexp
	segment string
}{
	{regexp.MustCompile(`(?i)\bnon-?profits?\b|\bcharit(y|ies)\b|\bdonation\b`), "charity"},
	{regexp.MustCompile(`(?i)\b(faculty|students?|education|edu)\b`), "education"},
	{regexp.MustCompile(`(?i)\b(gcc|government(al)?|gov|dod)\b`), "government"},
}

func segment(name string) string {
	for _, s := range segmentWords {
		if s.words.MatchString(name) {
			return s.segment
		}
	}
	return "commercial"
}

var yearMonth = regexp.MustCompile(`(20\d\d)(?:-(\d\d))?(?:-(\d\d))?`)

// dayIn reads the date in a file name: 2025-11 is 2025-11-01, 2019 is
// 2019-01-01, no date is no date.
func dayIn(name string) string {
	m := yearMonth.FindStringSubmatch(name)
	if m == nil {
		return ""
	}
	for i := 2; i < len(m); i++ {
		if m[i] == "" {
			m[i] = "01"
		}
	}
	return strings.Join(m[1:], "-")
}
