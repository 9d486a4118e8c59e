package report

import (
	"fmt"
	"slices"
	"strings"

	"cspplan/reconcile"
)

// maxRejectLines is how many rows the PDF names that could not be used.
const maxRejectLines = 20

// maxOtherLines is how long the other lists are: the workbook has all of it.
const maxOtherLines = 15

// exceptions is what finance should know beyond the plan.
func (rep *Report) exceptions() Exceptions {
	t := rep.Text
	e := Exceptions{
		RegionTitle: t.Label("pdf.regions", "region", t.region(rep.Region)),
		RegionRule:  t.Label("rule.region"),
		RegionDo:    t.Label("pdf.region_do"),
		DataRule:    t.Label("pdf.data_rule"),
		Regions:     rep.regionLines(),
		Others:      rep.otherExceptions(),
	}
	loss := rep.dataLossRows()
	if rep.tooManyUrgent() {
		e.Regions, e.MoreRegions = firstOf(e.Regions)
		loss, e.MoreLoss = firstOf(loss)
	}
	for _, i := range loss {
		e.DataLoss = append(e.DataLoss, rep.dataLossLine(&rep.Plan.Rows[i]))
	}
	for _, i := range rep.rejected {
		if len(e.Rejected) == maxRejectLines {
			break
		}
		e.Rejected = append(e.Rejected, rep.rejectLine(int(i)))
	}
	e.MoreRejects = len(rep.rejected) - len(e.Rejected)
	return e
}

// firstOf shortens a list of more rows than anybody reads on paper and says how
// many it leaves out.
func firstOf[T any](lines []T) (first []T, more int) {
	n := min(len(lines), urgentListed)
	return slices.Clone(lines[:n]), len(lines) - n
}

// rejectLine says where a row stands that cannot be used, and why.
func (rep *Report) rejectLine(i int) RejectedLine {
	p := rep.problem(i)
	reason := rep.Text.Rejection(p.Code)
	if p.Column != "" {
		reason = rep.Text.Named(p.Column, reason)
	}
	if p.Value != "" {
		reason += " (" + rep.Text.quoted(Shorten(p.Value, 40)) + ")"
	}
	return RejectedLine{Place: place(rep.Plan.Source(rep.opt.Ledger[i].At)), Reason: reason}
}

// regionLines is one line a customer outside our region, earliest expiry first.
// What another cloud or our provider bars is listed by row, with its reason.
func (rep *Report) regionLines() []RegionLine {
	at := make(map[int32]int)
	var lines []RegionLine
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		if r.Status != reconcile.Blocked || !r.Has("region-mismatch") {
			continue
		}
		n, ok := at[r.Customer]
		if !ok {
			n = len(lines)
			at[r.Customer] = n
			lines = append(lines, RegionLine{Customer: rep.CustomerName(r), Region: rep.Text.region(rep.Plan.RegionOf(r)), FirstExpiry: r.Sub.Expires})
		}
		lines[n].Subscriptions++
		lines[n].Licences += licences(r)
	}
	return lines
}

// dataLossRows are the rows at risk, by the day to decide; undated last.
func (rep *Report) dataLossRows() []int32 {
	rows := rep.rowsWhere(func(r *reconcile.Row) bool { return r.Status == reconcile.DataLoss })
	slices.SortStableFunc(rows, func(a, b int32) int {
		return compareDates(rep.decideBy(&rep.Plan.Rows[a]), rep.decideBy(&rep.Plan.Rows[b]))
	})
	return rows
}

func (rep *Report) dataLossLine(r *reconcile.Row) DataLossLine {
	by := rep.decideBy(r)
	return DataLossLine{
		DecideBy: by, Now: by.Known() && by < rep.AsOf, Customer: rep.CustomerName(r), Offer: OfferName(r),
		Licences: licences(r), Candidate: bestCandidate(r), Why: rep.why(r), Lost: rep.knownLoss(r),
	}
}

// compareDates puts days in order and rows without one last.
func compareDates(a, b reconcile.Date) int {
	switch {
	case a == b:
		return 0
	case !a.Known():
		return 1
	case !b.Known():
		return -1
	}
	return int(a) - int(b)
}

// graveCodes are the findings that keep a row from moving.
var graveCodes = func() map[string]bool {
	codes := make(map[string]bool)
	for i := range reconcile.Rules {
		if reconcile.Rules[i].Severity.Part() == reconcile.CannotMove {
			codes[reconcile.Rules[i].Code] = true
		}
	}
	return codes
}()

// sayGrave joins a sentence for each finding that keeps the row from moving.
func sayGrave(r *reconcile.Row, say func(reconcile.Finding) string) string {
	said := ""
	for _, f := range r.Findings() {
		if !graveCodes[f.Code] {
			continue
		}
		if said != "" {
			said += " "
		}
		said += say(f) // one, as a rule: then nothing is put together
	}
	return said
}

// why says what keeps the row from moving.
func (rep *Report) why(r *reconcile.Row) string {
	return sayGrave(r, func(f reconcile.Finding) string { return rep.Text.Finding(f.Code, r.Evidence(f)) })
}

// lifts says who can lift that, and how. Where the data has probably been
// deleted, provisioning does not bring it back and is not what comes first.
func (rep *Report) lifts(r *reconcile.Row) string {
	return sayGrave(r, func(f reconcile.Finding) string {
		if f.Code == "expired" && r.DataGone(rep.AsOf) {
			return rep.Text.Lifts("data_gone")
		}
		return rep.Text.Lifts(f.Code)
	})
}

func (rep *Report) knownLoss(r *reconcile.Row) string {
	if lost := rep.dataAtRisk(r); lost != rep.Text.Label("data.unknown") {
		return lost
	}
	return ""
}

// bestCandidate is the offer to think of first, with its score; the chosen one
// where there is one.
func bestCandidate(r *reconcile.Row) string {
	if r.Target != nil {
		return TargetName(r)
	}
	if c := matchOf(r).Candidates; len(c) > 0 {
		return fmt.Sprintf("%s (%d)", c[0].Name, c[0].Score)
	}
	return "–"
}

// otherExceptions are the remaining lists, each only if there is something in it.
func (rep *Report) otherExceptions() []OtherExceptions {
	t := rep.Text
	kinds := []struct {
		title  string
		fits   func(*reconcile.Row) (code string, ok bool)
		detail func(*reconcile.Row, string) string
	}{
		{"pdf.barred", barredElsewhere, rep.barrier},
		{"pdf.licences_differ", oneOf("licences-differ", "more-assigned-than-licences"), rep.findingDetail},
		{"pdf.auto_renew", oneOf("auto-renew-on", "est-default"), func(r *reconcile.Row, _ string) string {
			return t.Day(r.Sub.Expires) + ", " + t.goesOn(r.EndOfTerm)
		}},
		{"pdf.relationship_late", oneOf("relationship-late"), func(r *reconcile.Row, _ string) string {
			return t.Day(r.RelationshipBy)
		}},
		{"pdf.data_deleted", func(r *reconcile.Row) (string, bool) {
			return "", r.DataGone(rep.AsOf)
		}, func(r *reconcile.Row, _ string) string { return t.Day(r.DataDeleted) }},
	}
	found := make([]OtherExceptions, len(kinds))
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		if !active(r) {
			continue
		}
		for n := range kinds {
			list := &found[n]
			switch code, ok := kinds[n].fits(r); {
			case !ok:
			case len(list.Lines) == maxOtherLines:
				list.More++
			default:
				list.Title = t.Label(kinds[n].title)
				list.Lines = append(list.Lines, [3]string{rep.CustomerName(r), OfferName(r), kinds[n].detail(r, code)})
			}
		}
	}
	return slices.DeleteFunc(found, func(list OtherExceptions) bool { return len(list.Lines) == 0 })
}

// barredElsewhere tells of rows that another cloud or our provider blocks, and
// not their region: the code of the finding.
func barredElsewhere(r *reconcile.Row) (string, bool) {
	if r.Has("region-mismatch") {
		return "", false
	}
	return oneOf("other-cloud", "provider-region")(r)
}

// barrier is the sentence of that finding, without its full stop.
func (rep *Report) barrier(_ *reconcile.Row, code string) string {
	return strings.TrimSuffix(rep.Text.Finding(code, nil), ".")
}

// goesOn says in short how a term goes on.
func (t *Texts) goesOn(e reconcile.EndOfTerm) string {
	return t.labelOr("end_of_term."+e.String()+"_short", t.endOfTerm(e))
}

func oneOf(codes ...string) func(*reconcile.Row) (string, bool) {
	return func(r *reconcile.Row) (string, bool) {
		for _, code := range codes {
			if r.Has(code) {
				return code, true
			}
		}
		return "", false
	}
}

// findingDetail is the evidence of a finding, else its sentence.
func (rep *Report) findingDetail(r *reconcile.Row, code string) string {
	for _, f := range r.Findings() {
		if f.Code == code {
			return strings.TrimSuffix(first(rep.Text.Evidence(code, r.Evidence(f)), rep.Text.Finding(code, r.Evidence(f))), ".")
		}
	}
	return ""
}
