package output

import (
	"io"

	"cspplan/report"
)

// planBuffer is how much of plan.csv is handed to the system at once.
const planBuffer = 256 << 10

// writePlan writes plan.csv: one row per planned subscription, in plan order.
//
// It has 71 columns and as many rows as the plan, more bytes than all other text
// files together: each cell is made where it is written from, and gets its quotes
// there.
func writePlan(w io.Writer, r *report.Report) error {
	b := make([]byte, 0, planBuffer+planBuffer/4)
	header := r.PlanHeader()
	for i, name := range header {
		b = append(beginCell(b, i), name...)
	}
	b = append(b, "\r\n"...)
	isText := r.PlanTextColumns()
	for i := range r.Plan.Rows {
		for k := range header {
			b = beginCell(b, k)
			from := len(b)
			if b = r.PlanCell(i, k, b); isText[k] {
				b = endText(b, from)
			}
		}
		if b = append(b, "\r\n"...); len(b) >= planBuffer {
			if _, err := w.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	_, err := w.Write(b)
	return err
}

func beginCell(b []byte, column int) []byte {
	if column == 0 {
		return b
	}
	return append(b, ',')
}

// endText makes the cell that b ends with, from a place on, a cell of a CSV that no
// spreadsheet evaluates.
func endText(b []byte, from int) []byte {
	if from == len(b) || harmlessStart[b[from]] {
		return endCell(b, from)
	}
	if text := string(b[from:]); Neutral(text) != text {
		b = append(b[:from], Neutral(text)...)
	}
	return endCell(b, from)
}
