package reconcile

// Gather puts the facts of the rows one behind another in the order of the rows,
// and lets go those that no record holds any more. Records stand as exports list
// them and rows by expiry, and all that is written goes through the rows, several
// times: now the facts of the next row are near.
func (p *Plan) Gather() {
	InParts(len(p.Rows), func(from, to int) {
		near := make([]Subscription, to-from)
		for i := range near {
			row := &p.Rows[from+i]
			near[i] = *row.Sub
			row.Sub = &near[i]
		}
	})
}
