package report

import (
	"cmp"
	"strings"

	"cspplan/reconcile"
)

// comparePlaces orders by file, sheet and row.
func comparePlaces(a, b reconcile.Source) int {
	return cmp.Or(strings.Compare(a.File, b.File), strings.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row))
}

// readCustomer is the customer of a row that cannot be used, where it was read.
func readCustomer(rec *reconcile.Record) string {
	switch {
	case rec.Sub != nil:
		return first(rec.Sub.Customer.Name, rec.Sub.Customer.Domain, rec.Sub.Customer.TenantID)
	case rec.Customer != nil:
		return first(rec.Customer.Customer.Name, rec.Customer.Customer.Domain, rec.Customer.Customer.TenantID)
	}
	return ""
}

// rawRow is the row as it was read, in one cell; empty cells at its end are
// left out.
func rawRow(cells []string) string {
	n := len(cells)
	for n > 0 && cells[n-1] == "" {
		n--
	}
	return strings.Join(cells[:n], " | ")
}

// problem is why a record was rejected. One that Build could not use carries
// no problem of its own, only the reason of its fate.
func (rep *Report) problem(i int) reconcile.Problem {
	if p := rep.opt.Records[i].Problem; p != nil {
		return *p
	}
	return reconcile.Problem{Code: rep.Plan.Fates[i].Why}
}

// A Notice is a row of the input that somebody should look at: one that was
// left out, that repeats another, or whose sources disagree.
type Notice struct {
	Source reconcile.Source
	Column string
	Code   string // reject code, duplicate, merged
	Text   string // what was found, and what was expected
	Effect string // what happens now
}

// Notices lists at most limit rows to look at, in the order they were read,
// and says how many there are in all.
func (rep *Report) Notices(limit int) (notices []Notice, total int) {
	for i := range min(len(rep.Plan.Fates), len(rep.opt.Records)) {
		n, ok := rep.notice(i)
		if !ok {
			continue
		}
		if total++; total <= limit {
			notices = append(notices, n)
		}
	}
	return notices, total
}

func (rep *Report) notice(i int) (Notice, bool) {
	t, rec, fate := rep.Text, &rep.opt.Records[i], rep.Plan.Fates[i]
	n := Notice{Source: rec.Source, Code: fate.Outcome.String()}
	other := []string{"file", fileAndSheet(fate.Other), "row", t.Count(int64(fate.Other.Row))}
	switch fate.Outcome {
	case reconcile.Rejected:
		p := rep.problem(i)
		n.Column, n.Code = p.Column, p.Code
		n.Text = t.Rejection(p.Code)
		if p.Value != "" {
			n.Text += " (“" + Shorten(p.Value, 40) + "”)"
		}
		if p.Expected != "" {
			n.Text += "; " + t.Label("col.expected") + ": " + p.Expected
		}
		n.Effect = t.Label("effect.left_out")
	case reconcile.Duplicate:
		n.Text, n.Effect = t.Label("reject.duplicate", other...), t.Label("effect.once")
	case reconcile.Merged:
		if fate.Row < 0 || !rep.Plan.Rows[fate.Row].Has("sources-disagree") {
			return Notice{}, false
		}
		n.Text, n.Effect = t.Label("merged.same_id", other...), t.Label("effect.merged")
	default:
		return Notice{}, false
	}
	return n, true
}
