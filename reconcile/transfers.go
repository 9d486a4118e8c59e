package reconcile

// transferItems is how many subscriptions one request for a transfer between
// partners holds (CloudCockpit, "Take control of Microsoft CSP transfers",
// 2026-05-15).
const transferItems = 25

// A TransferRequest is the request between partners that a row goes into: the
// N-th of the Of requests that its customer needs. Zero: none.
type TransferRequest struct{ N, Of int32 }

// groupTransfers deals each customer's subscriptions at other partners out to
// requests, earliest expiry first.
func (p *planning) groupTransfers() {
	rowsOf := make(map[int32][]int)
	for i := range p.plan.Rows {
		if r := &p.plan.Rows[i]; r.Route == RoutePartnerTransfer && r.Progress < ProgressProvisioned {
			rowsOf[p.drafts[i].party] = append(rowsOf[p.drafts[i].party], i)
		}
	}
	for _, rows := range rowsOf {
		of := (len(rows) + transferItems - 1) / transferItems
		for k, i := range rows {
			p.plan.Rows[i].Transfer = TransferRequest{int32(k/transferItems) + 1, int32(of)}
		}
	}
}
