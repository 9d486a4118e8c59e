package reconcile

import (
	"fmt"
	"strings"
	"testing"
)

// Customers keep their facts, their rows share them as before, and texts of any
// length come through.
func TestGatherKeepsTheFactsOfEachCustomer(t *testing.T) {
	const customers = 2*rowsAtOnce + 5
	var p Plan
	for n := range customers {
		i := int32(4 * n)
		own := &CustomerFacts{Name: strings.Repeat("a", n%40*500) + fmt.Sprint(n), Domain: fmt.Sprint(n, ".example"), Country: "IT"}
		other := &CustomerFacts{Name: fmt.Sprint("other ", n)}
		p.Customers = append(p.Customers, Customer{Facts: own, Rows: []int32{i, i + 1, i + 2, i + 3}})
		for k, facts := range []*CustomerFacts{own, other, other, own} {
			p.Rows = append(p.Rows, Row{Key: fmt.Sprint(n, k), Sub: &Subscription{Customer: facts}})
		}
	}
	p.gather()
	for n := range p.Customers {
		c := &p.Customers[n]
		want := CustomerFacts{Name: strings.Repeat("a", n%40*500) + fmt.Sprint(n), Domain: fmt.Sprint(n, ".example"), Country: "IT"}
		facts := func(k int) *CustomerFacts { return p.Rows[c.Rows[k]].Sub.Customer }
		if *c.Facts != want || facts(0) != c.Facts || facts(3) != c.Facts || facts(1) != facts(2) || facts(1).Name != fmt.Sprint("other ", n) || p.Rows[c.Rows[2]].Key != fmt.Sprint(n, 2) {
			t.Fatalf("customer %d: got %.40v and rows %.40v, %.40v, want %.40v", n, *c.Facts, *facts(0), *facts(1), want)
		}
	}
}
