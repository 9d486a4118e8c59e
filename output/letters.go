package output

import (
	"context"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"cspplan/output/pdf"
	"cspplan/report"
)

const (
	lettersName   = "csp-letters.pdf"
	lettersPrefix = "csp-letters-"    // of the files of one owner or customer
	lettersList   = "csp-letters.csv" // who gets a letter, who does not and why
)

// RunLetters is run.json's account of the letters: customers by their keys,
// never by name.
type RunLetters struct {
	Written int            `json:"written"`
	Reasons map[string]int `json:"left_out"` // customers without a letter, by reason
	LeftOut []RunLeftOut   `json:"left_out_customers"`
}

// A RunLeftOut is a customer without a letter.
type RunLeftOut struct {
	Customer string `json:"customer"` // key
	Reason   string `json:"reason"`
	Rows     int    `json:"rows"`
}

// maxLeftOut bounds run.json; csp-letters.csv lists them all.
const maxLeftOut = 1000

// CountLetters is run.json's account of l; nil if no letters are asked for.
func CountLetters(l *report.Letters) *RunLetters {
	if l == nil {
		return nil
	}
	r := &RunLetters{Written: len(l.List), Reasons: map[string]int{}, LeftOut: []RunLeftOut{}}
	for i, out := range l.LeftOut {
		r.Reasons[out.Reason]++
		if i < maxLeftOut {
			r.LeftOut = append(r.LeftOut, RunLeftOut{out.Key, out.Reason, out.Rows})
		}
	}
	return r
}

// writeLetters writes the letters of all customers and, where the workbook is
// split, those of each owner or customer once more in a file of their own. It
// returns what it drew into the file of all.
func (job *Job) writeLetters(ctx context.Context, work string) (drawn pdf.Drawn, err error) {
	l := job.Report.Letters()
	if l == nil {
		return drawn, nil
	}
	if err := job.put(work, lettersList, func(w io.Writer) error { return writeLettersList(w, l) }); err != nil {
		return drawn, err
	}
	if len(l.List) == 0 {
		return drawn, nil
	}
	draw := func(name string, letters []report.Letter) (got pdf.Drawn, err error) {
		err = job.put(work, name, func(w io.Writer) error {
			got, err = pdf.WriteLetters(w, job.Report, letters, pdf.Options{Paper: job.Paper, FallbackFont: job.FallbackFont, Stop: ctx.Err})
			return err
		})
		return got, err
	}
	if drawn, err = draw(lettersName, l.List); err != nil {
		return drawn, err
	}
	for _, bundle := range job.letterBundles(l) {
		if err := ctx.Err(); err != nil {
			return drawn, err
		}
		if _, err := draw(lettersPrefix+partName(bundle.Part)+".pdf", bundle.List); err != nil {
			return drawn, err
		}
	}
	return drawn, nil
}

func (job *Job) letterBundles(l *report.Letters) []report.Bundle {
	switch job.Report.SplitBy() {
	case report.SplitOwner:
		return l.ByOwner()
	case report.SplitCustomer:
		return l.ByCustomer()
	}
	return nil
}

// writeLettersList writes who gets a letter, in which language and why in that,
// and who gets none and why.
func writeLettersList(w io.Writer, l *report.Letters) error {
	c := newCSV(w)
	record := []string{"customer_key", "customer", "tenant_id", "domain", "owner", "letter", "language", "language_by", "reason", "subscriptions"}
	if err := c.Write(record); err != nil {
		return err
	}
	for i := range l.List {
		x := &l.List[i]
		record = []string{x.Key, Neutral(x.Customer), Neutral(x.TenantID), Neutral(x.Domain), Neutral(x.Owner), "yes", x.Text.Lang, x.By, "", strconv.Itoa(len(x.Subs))}
		if err := c.Write(record); err != nil {
			return err
		}
	}
	for _, x := range l.LeftOut {
		record = []string{x.Key, Neutral(x.Customer), Neutral(x.TenantID), Neutral(x.Domain), Neutral(x.Owner), "no", "", "", x.Reason, strconv.Itoa(x.Rows)}
		if err := c.Write(record); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// ReasonCounts prints the reasons with how many customers each keeps from
// getting a letter: blocked 2, decide 5.
func (r *RunLetters) ReasonCounts() string {
	var parts []string
	for _, reason := range report.LeftOutReasons {
		if n := r.Reasons[reason]; n > 0 {
			parts = append(parts, reason+" "+strconv.Itoa(n))
		}
	}
	return strings.Join(parts, ", ")
}

// Without is how many customers get no letter.
func (r *RunLetters) Without() int {
	n := 0
	for _, count := range r.Reasons {
		n += count
	}
	return n
}

// isLetters tells the files of letters.
func isLetters(name string) bool {
	return name == lettersName || strings.HasPrefix(name, lettersPrefix) && filepath.Ext(name) == ".pdf"
}
