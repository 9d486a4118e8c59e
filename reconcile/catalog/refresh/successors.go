package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// successorKinds are the stable words for what the sources say in prose. A new
// wording stops the refresh: somebody must decide what it means.
var successorKinds = map[string]string{
	"rename (same SKU GUID)":                    "rename",
	"replacement":                               "replacement",
	"replacement option":                        "replacement-option",
	"replacement outside the licence catalogue": "replacement-outside",
	"end of sale":                               "end-of-sale",
	"end of sale for new customers in EEA/CH":   "end-of-sale-new-customers",
	"alternative (both stay on sale)":           "alternative",
	"upgrade path (still on sale in 2019)":      "upgrade-path",
	"trial conversion":                          "trial-conversion",
	"service retirement":                        "service-retirement",
	"optional transition":                       "optional-transition",
	"manual migration":                          "manual-migration",
	"no auto-renewal":                           "no-auto-renewal",
	"retired from price list":                   "retired",
}

// eeaAndCH are the countries of the European Economic Area, and Switzerland: where
// the licensing of 2023-10-01 without Teams began.
const eeaAndCH = "AT|BE|BG|CH|CY|CZ|DE|DK|EE|ES|FI|FR|GR|HR|HU|IE|IS|IT|LI|LT|LU|LV|MT|NL|NO|PL|PT|RO|SE|SI|SK"

var (
	// asideInName is what the source added to a title for its readers.
	asideInName = regexp.MustCompile(`\s*\((net-new, EEA and Switzerland|EEA and Switzerland|legacy offer|standalone|until 2020|later [^)]+|NCE CFQ7\w+)\)`)
	// sourcePrefix is where the source was looked up, not what it is.
	sourcePrefix = regexp.MustCompile(`^\w+ corpus: `)
	newNameSeen  = regexp.MustCompile(`new name first seen (\d{4}-\d\d-\d\d)`)
	isoDay       = regexp.MustCompile(`\d{4}-\d\d-\d\d`)
	englishDay   = regexp.MustCompile(`(January|February|March|April|May|June|July|August|September|October|November|December) (\d{1,2})(?: to \w+ \d{1,2})?,? (\d{4})`)
)

// buildSuccessors makes successors.csv in the order of the source.
func buildSuccessors(src sourceDir, set *tableSet) error {
	succ, err := readCSV(filepath.Join(src.dir, "successors.csv"))
	if err != nil || succ.rows == nil {
		return err
	}
	recs, err := succ.records("old_sku_or_offer", "old_sku_guid", "successor_sku_or_offer", "successor_sku_guid",
		"kind", "why_date", "source", "confidence")
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, s := range set.records("skus.csv") {
		names[s["guid"]] = s["name"]
	}
	var rows [][]string
	for i, r := range recs {
		kind, ok := successorKinds[r["kind"]]
		if !ok {
			return fmt.Errorf("%s row %d: unknown kind %q; give it a word in successorKinds", succ.name, i+2, r["kind"])
		}
		countries := ""
		if strings.Contains(r["old_sku_or_offer"], "EEA and Switzerland") {
			countries = eeaAndCH
		}
		if kind == "rename" {
			turnRound(r, names)
		}
		for _, one := range alternatives(r["successor_sku_or_offer"], r["successor_sku_guid"], names) {
			rows = append(rows, []string{plainName(r["old_sku_or_offer"]), lower(r["old_sku_guid"]), plainName(one[0]), one[1],
				kind, countries, firstDay(r["why_date"]), r["why_date"], sourcePrefix.ReplaceAllString(r["source"], ""), r["confidence"]})
		}
	}
	set.put("successors.csv", rows)
	addRenames(set)
	return nil
}

// turnRound swaps a rename that was read backwards: Microsoft's table has the
// "old" name now, and it appeared after the "new" one.
func turnRound(r map[string]string, names map[string]string) {
	days := isoDay.FindAllString(r["why_date"], -1)
	if len(days) != 2 || days[0] <= days[1] || names[lower(r["old_sku_guid"])] != r["old_sku_or_offer"] {
		return
	}
	r["old_sku_or_offer"], r["successor_sku_or_offer"] = r["successor_sku_or_offer"], r["old_sku_or_offer"]
	r["why_date"] = "old name seen " + days[1] + "; new name first seen " + days[0]
}

func plainName(s string) string { return strings.TrimSpace(asideInName.ReplaceAllString(s, "")) }

// alternatives gives a row for each successor to choose from, each with its
// name and its GUIDs: a + joins what must be bought together, a | parts
// choices. Each choice gets its name of the SKU table.
func alternatives(name, guids string, names map[string]string) [][2]string {
	if guids == "NONE" {
		guids = ""
	}
	choices := strings.Split(lower(guids), "|")
	if len(choices) == 1 {
		return [][2]string{{name, strings.ReplaceAll(choices[0], "+", "|")}}
	}
	var out [][2]string
	for _, choice := range choices {
		var parts []string
		for _, guid := range strings.Split(choice, "+") {
			parts = append(parts, names[guid])
		}
		out = append(out, [2]string{strings.Join(parts, " + "), strings.ReplaceAll(choice, "+", "|")})
	}
	return out
}

// firstDay reads the day from which a row applies out of its prose; none if
// the prose has no day. Of a rename it is the day the new name was first seen.
func firstDay(why string) string {
	if m := newNameSeen.FindStringSubmatch(why); m != nil {
		return m[1]
	}
	if m := isoDay.FindString(why); m != "" {
		return m
	}
	if m := englishDay.FindStringSubmatch(why); m != nil {
		if day, err := time.Parse("January 2 2006", strings.Join(m[1:], " ")); err == nil {
			return day.Format(time.DateOnly)
		}
	}
	return ""
}

// addRenames gives SKUs the former names that only a rename tells. A newer name
// that Microsoft's table does not have yet is kept beside the current one, too:
// offers are sold under it.
func addRenames(set *tableSet) {
	renames := map[string][]string{}
	for _, r := range set.records("successors.csv") {
		if r["kind"] == "rename" {
			renames[r["old_guid"]] = append(renames[r["old_guid"]], r["old_name"], r["new_name"])
		}
	}
	c := catalogue{skus: map[string]*sku{}, plans: map[string]*planNames{}}
	c.addStanding(set)
	for guid, names := range renames {
		s := c.skus[guid]
		for _, name := range names {
			if s != nil && !s.named(name) {
				s.addFormer(name)
			}
		}
	}
	set.put("skus.csv", c.skuRows())
}
