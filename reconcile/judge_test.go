package reconcile

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A rule has a place in the set of those that are true of a row.
func TestRulesFitIntoASet(t *testing.T) {
	var all ruleSet
	if most := 64 * len(all); len(Rules) > most {
		t.Fatalf("%d rules, and room for %d", len(Rules), most)
	}
	for n := range Rules {
		if all.has(n) {
			t.Fatalf("rule %d is in the set before it is added", n)
		}
		if all.add(n); !all.has(n) {
			t.Fatalf("rule %d is not in the set", n)
		}
	}
}

// Lists that rows share say of each row what its rules say one by one.
func TestSharedFindings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := build(genInputs(t))
		j := p.newJudge()
		for i := range p.plan.Rows {
			shared := p.plan.Rows[i]
			plain := shared
			j.draft = &p.drafts[i]
			j.oneByOne(&plain)
			if d := cmp.Diff(plain.Findings(), shared.Findings()); d != "" {
				t.Fatalf("row %d (-one by one, +shared):\n%s", i, d)
			}
			for _, f := range shared.Findings() {
				rule := ruleOf(f.Code)
				if rule.evidence != nil && rule.kept != nil || rule.evidence != nil && f.Args != nil {
					t.Fatalf("%s keeps evidence that the row holds", f.Code)
				}
			}
		}
	})
}

// Lists are not remembered without end, and are right all the same.
func TestFindingsBeyondWhatIsRemembered(t *testing.T) {
	s := newSituation()
	p := build(s.inputs())
	j, r := p.newJudge(), &p.plan.Rows[0]
	for i := range mostKept {
		j.kept[string(rune(i))] = nil
	}
	j.draft = &p.drafts[0]
	fired := j.fired(r)
	fired.add(ruleAt["region-unknown"]) // which keeps evidence
	for range 2 {
		if list := *j.list(r, fired); len(list) == 0 || arg(list[0], "country") != r.Sub.Customer.Country || len(j.kept) != mostKept {
			t.Fatalf("got %+v, %d lists remembered", list, len(j.kept))
		}
	}
}

// What a customer holds is all of it, in each of its rows, also where they are judged
// side by side, and nothing of anybody else.
func TestHoldingsOfALargeCustomer(t *testing.T) {
	s := newSituation()
	const large, small = 2*rowsAtOnce + 5, 11
	s.Policy.SubscriptionCap = 10
	for n := range large + small {
		sub := apart(good())
		sub.SubscriptionID = fmt.Sprint("S-", n)
		if n >= large {
			sub.Customer.TenantID, sub.Customer.Domain, sub.Customer.Name = tenantB, "fabrikam.com", "Fabrikam"
		}
		s.add(RoleSubscription, sub)
	}
	p := Build(s.Inputs)
	for i := range p.Rows {
		r, want := &p.Rows[i], fmt.Sprint(2*small)
		if r.Sub.Customer.TenantID == tenantA {
			want = fmt.Sprint(2 * large)
		}
		at := slices.IndexFunc(r.Findings(), func(f Finding) bool { return f.Code == "subscription-limit" })
		if at < 0 || arg(r.Findings()[at], "subscriptions") != want {
			t.Fatalf("row %d of %s: got %v, want %s subscriptions", i, r.Sub.Customer.Name, r.Findings(), want)
		}
	}
}
