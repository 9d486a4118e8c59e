package report

import (
	"fmt"
	"testing"

	"cspplan/reconcile"
)

func manySubscriptions(n int) []subscription {
	subs := make([]subscription, n)
	for i := range subs {
		subs[i] = subscription{
			customer: fmt.Sprintf("Customer %05d S.r.l.", i%8000), offer: fmt.Sprintf("Office 365 E%d", i%300), days: i * 900 / n, licences: i%90 + 1,
			status: reconcile.Status(i % 4), currency: []string{"EUR", "CHF", "JPY"}[i%3], cost: int64(i + 1), csp: int64(i), next: reconcile.NextProvision, findings: []string{"relationship-pending"},
		}
	}
	return subs
}

func BenchmarkCompute(b *testing.B) {
	p, opt := samplePlan(manySubscriptions(200_000)...)
	opt.Text = texts(b, "en")
	b.ReportAllocs()
	for b.Loop() {
		Compute(p, opt)
	}
}

func BenchmarkPlanRows(b *testing.B) {
	p, opt := samplePlan(manySubscriptions(20_000)...)
	opt.Text = texts(b, "it")
	rep := Compute(p, opt)
	table := rep.Table("Plan")
	var row []Value
	var cells []byte
	b.ReportAllocs()
	for b.Loop() {
		for i := range table.Len {
			row = table.Row(i, row[:0])
			cells = cells[:0]
			for k := range csvColumns {
				cells = rep.PlanCell(i, k, cells)
			}
		}
	}
}
