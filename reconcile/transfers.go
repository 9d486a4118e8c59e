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
	p.eachParty(func(n int32) {
		var transferred []int32
		for _, i := range p.rowsOf.Of(n) {
			if r := &p.plan.Rows[i]; r.Route == RoutePartnerTransfer && r.Progress < ProgressProvisioned {
				transferred = append(transferred, i)
			}
		}
		of := (len(transferred) + transferItems - 1) / transferItems
		for k, i := range transferred {
			p.plan.Rows[i].Transfer = TransferRequest{int32(k/transferItems) + 1, int32(of)}
		}
	})
}
