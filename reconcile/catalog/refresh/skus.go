package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A sku is a row of skus.csv while it is put together.
type sku struct {
	guid, part, name    string
	otherParts, former  []string
	current             bool
	firstSeen, lastSeen string
	plans               map[int]bool
}

// planNames collects the spellings of a service plan; the table spells some
// dozens of them in several ways.
type planNames struct {
	number      int
	codes, name map[string]int
}

// catalogue is what buildSKUs puts together.
type catalogue struct {
	skus  map[string]*sku
	plans map[string]*planNames // by id
	asOf  string
}

// buildSKUs makes skus.csv and plans.csv: the tables as they stand, then the
// history file, then Microsoft's newest table, which decides what is current.
func buildSKUs(src sourceDir, set *tableSet) error {
	newest, err := readCSV(filepath.Join(src.dir, "service-plans.csv"))
	if err != nil {
		return err
	}
	if newest.rows == nil {
		return nil
	}
	c := catalogue{skus: map[string]*sku{}, plans: map[string]*planNames{}, asOf: src.asOf.String()}
	c.addStanding(set)
	if err := c.addHistory(src); err != nil {
		return err
	}
	if c.asOf == "" {
		return fmt.Errorf("the day of %s is not known: say -as-of YYYY-MM-DD", newest.name)
	}
	rows, err := newest.records("Product_Display_Name", "String_Id", "GUID",
		"Service_Plan_Name", "Service_Plan_Id", "Service_Plans_Included_Friendly_Names")
	if err != nil {
		return err
	}
	for _, s := range c.skus {
		s.current = false
	}
	c.addNewest(rows)
	set.put("plans.csv", c.planRows())
	set.put("skus.csv", c.skuRows())
	const source = `Microsoft, "Product names and service plan identifiers for licensing"`
	set.date("plans.csv", c.asOf, source)
	set.date("skus.csv", c.asOf, source+"; former names from its versions since 2021-10 and from the 2019 offer list")
	return nil
}

// addStanding starts from the tables as they are: they hold former names and
// plan numbers that the newest table no longer tells.
func (c *catalogue) addStanding(set *tableSet) {
	for _, r := range set.records("plans.csv") {
		n, _ := strconv.Atoi(r["n"])
		c.plans[r["id"]] = &planNames{number: n, codes: map[string]int{r["code"]: 0}, name: map[string]int{r["name"]: 0}}
	}
	for _, r := range set.records("skus.csv") {
		s := &sku{guid: r["guid"], part: r["part"], name: r["name"], otherParts: list(r["other_parts"]), former: list(r["former"]),
			current: r["current"] == "yes", firstSeen: r["first_seen"], lastSeen: r["last_seen"], plans: map[int]bool{}}
		for _, n := range list(r["plans"]) {
			number, _ := strconv.Atoi(n)
			s.plans[number] = true
		}
		c.skus[s.guid] = s
	}
}

// addHistory reads the two files that were made from many versions.
func (c *catalogue) addHistory(src sourceDir) error {
	skus, err := readCSV(filepath.Join(src.dir, "catalog-skus.csv"))
	if err != nil || skus.rows == nil {
		return err
	}
	rows, err := skus.records("sku_guid", "sku_part_number", "current_display_name", "known_former_names",
		"other_part_number_spellings", "first_seen", "last_seen")
	if err != nil {
		return err
	}
	for _, r := range rows {
		s := c.sku(lower(r["sku_guid"]))
		s.take(r["sku_part_number"], r["current_display_name"])
		for _, name := range list(r["known_former_names"]) {
			s.addFormer(name)
		}
		for _, part := range list(r["other_part_number_spellings"]) {
			s.addPart(part)
		}
		s.seen(r["first_seen"], r["last_seen"])
		c.asOf = max(c.asOf, r["last_seen"])
	}
	plans, err := readCSV(filepath.Join(src.dir, "catalog-plans.csv"))
	if err != nil || plans.rows == nil {
		return err
	}
	rows, err = plans.records("sku_guid", "service_plan_id", "service_plan_name", "friendly_name")
	if err != nil {
		return err
	}
	fresh := map[string]bool{}
	for _, r := range rows {
		guid := lower(r["sku_guid"])
		if s := c.sku(guid); !fresh[guid] {
			fresh[guid], s.plans = true, map[int]bool{}
		}
		c.addPlan(guid, r["service_plan_id"], r["service_plan_name"], r["friendly_name"])
	}
	return nil
}

// addNewest applies Microsoft's table: its names are the current ones and its
// plan sets replace what stood before, because sets change while GUIDs stay.
func (c *catalogue) addNewest(rows []map[string]string) {
	for _, r := range rows {
		s := c.sku(lower(r["GUID"]))
		if !s.current {
			s.current, s.plans = true, map[int]bool{}
			s.take(r["String_Id"], r["Product_Display_Name"])
			s.seen(c.asOf, c.asOf)
		}
		c.addPlan(s.guid, r["Service_Plan_Id"], r["Service_Plan_Name"], r["Service_Plans_Included_Friendly_Names"])
	}
}

func (c *catalogue) sku(guid string) *sku {
	if c.skus[guid] == nil {
		c.skus[guid] = &sku{guid: guid, plans: map[int]bool{}}
	}
	return c.skus[guid]
}

// addPlan links a plan with a SKU and remembers how the plan was spelt. A SKU
// without plans is listed with its own id as its plan; that is no plan.
func (c *catalogue) addPlan(guid, id, code, name string) {
	id = lower(id)
	if id == "" || id == guid {
		return
	}
	p := c.plans[id]
	if p == nil {
		p = &planNames{codes: map[string]int{}, name: map[string]int{}}
		c.plans[id] = p
	}
	p.codes[strings.TrimRight(code, ")")]++
	p.name[name]++
	c.number(p)
	c.skus[guid].plans[p.number] = true
}

// number gives a new plan the next free number. Numbers are never reused, so
// that a refresh changes only the rows of SKUs that changed.
func (c *catalogue) number(p *planNames) {
	if p.number > 0 {
		return
	}
	for _, other := range c.plans {
		p.number = max(p.number, other.number)
	}
	p.number++
}

// take makes name and part the current ones and keeps those they replace.
func (s *sku) take(part, name string) {
	oldPart, oldName := s.part, s.name
	s.part, s.name = part, name
	s.addPart(oldPart)
	s.addFormer(oldName)
	s.former = slices.DeleteFunc(s.former, func(f string) bool { return f == name })
	s.otherParts = slices.DeleteFunc(s.otherParts, func(p string) bool { return p == part })
}

func (s *sku) addFormer(name string) {
	if name != "" && name != s.name && !slices.Contains(s.former, name) {
		s.former = append(s.former, name)
	}
}

// named tells whether the SKU has or had the name, in whatever letters.
func (s *sku) named(name string) bool {
	same := func(other string) bool { return strings.EqualFold(name, other) }
	return same(s.name) || slices.ContainsFunc(s.former, same)
}

func (s *sku) addPart(part string) {
	if part != "" && part != s.part && !slices.Contains(s.otherParts, part) {
		s.otherParts = append(s.otherParts, part)
	}
}

// seen widens the days between which the SKU is known to exist.
func (s *sku) seen(first, last string) {
	if s.firstSeen == "" || first < s.firstSeen {
		s.firstSeen = first
	}
	s.lastSeen = max(s.lastSeen, last)
}

func (c *catalogue) planRows() [][]string {
	var rows [][]string
	for id, p := range c.plans {
		code := best(p.codes, "")
		rows = append(rows, []string{strconv.Itoa(p.number), id, code, best(p.name, code)})
	}
	slices.SortFunc(rows, byNumber)
	return rows
}

// best picks a spelling: mixed case before capitals before the code itself,
// then the most frequent, then the first in the alphabet. A spelling with a
// blank is no code.
func best(spellings map[string]int, code string) string {
	rank := func(s string) int {
		switch {
		case s == "":
			return 3
		case code == "" && strings.Contains(s, " "), code != "" && s == code:
			return 2
		case code != "" && s == strings.ToUpper(s):
			return 1
		}
		return 0
	}
	var all []string
	for s := range spellings {
		all = append(all, s)
	}
	return slices.MinFunc(all, func(a, b string) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		if d := spellings[b] - spellings[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
}

func byNumber(a, b []string) int {
	x, _ := strconv.Atoi(a[0])
	y, _ := strconv.Atoi(b[0])
	return x - y
}

func (c *catalogue) skuRows() [][]string {
	var rows [][]string
	for _, s := range c.skus {
		var plans []int
		for n := range s.plans {
			plans = append(plans, n)
		}
		slices.Sort(plans)
		slices.Sort(s.former)
		slices.Sort(s.otherParts)
		rows = append(rows, []string{s.guid, s.part, strings.Join(s.otherParts, "|"), s.name, strings.Join(s.former, "|"),
			yesNo(s.current), s.firstSeen, s.lastSeen, strings.Trim(strings.ReplaceAll(fmt.Sprint(plans), " ", "|"), "[]")})
	}
	slices.SortFunc(rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return rows
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
