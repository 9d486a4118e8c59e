package reconcile

import (
	"slices"
	"strings"
)

// A PlanCoverage says that service plans are no loss if one of others is
// there: Exchange Online Plan 2 holds all of Plan 1. Plans and CoveredBy are
// codes; CoveredBy is empty for plans that carry no service of their own.
type PlanCoverage struct {
	Plans     []string
	CoveredBy []string
	Source    string
}

// coverage answers, by plan code, what else does the same.
type coverage struct {
	nothing map[string]bool
	by      map[string][]string
}

func newCoverage(c *Catalogue) coverage {
	v := coverage{nothing: map[string]bool{}, by: map[string][]string{}}
	for _, row := range c.Coverage {
		for _, code := range row.Plans {
			if len(row.CoveredBy) == 0 {
				v.nothing[code] = true
			}
			v.by[code] = append(v.by[code], row.CoveredBy...)
		}
	}
	return v
}

// PlansLost compares service plans: those of the SKUs from that no SKU of to
// has, in the order of Catalogue.Plans. Plans are compared by id, so a plan that
// merely changed its name is not lost; neither are those that the table of plan
// coverage says are covered by a plan of to or carry no service. Unknown SKUs
// have no plans: ask SKU first whether the comparison means anything.
func (c *Catalogue) PlansLost(from, to []string) []ServicePlan {
	kept, codes := map[int32]bool{}, map[string]bool{}
	for _, i := range c.plansOf(to) {
		kept[i], codes[c.Plans[i].Code] = true, true
	}
	var lost []ServicePlan
	for _, i := range c.plansOf(from) {
		if plan := c.Plans[i]; !kept[i] && !c.coverage.covers(plan, codes) {
			lost = append(lost, plan)
		}
	}
	return lost
}

// plansOf are the plans of several SKUs, ascending, each once.
func (c *Catalogue) plansOf(guids []string) []int32 {
	var all []int32
	for _, guid := range guids {
		if s := c.SKU(guid); s != nil {
			all = append(all, s.Plans...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// covers tells whether a plan is no loss to somebody who has these others.
func (v coverage) covers(plan ServicePlan, has map[string]bool) bool {
	// Microsoft marks plans whose service is gone in their friendly names.
	if v.nothing[plan.Code] || strings.HasPrefix(strings.ToUpper(plan.Name), "RETIRED") {
		return true
	}
	return slices.ContainsFunc(v.by[plan.Code], func(code string) bool { return has[code] })
}
