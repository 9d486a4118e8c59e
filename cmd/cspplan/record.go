package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"cspplan/input"
	"cspplan/output"
	"cspplan/reconcile"
)

// maxWarnings bounds run.json: the rest is counted in its last warning and
// stands in rejected-rows.csv and the workbook.
const maxWarnings = 1000

var (
	matchOrder  = []string{"same", "renamed", "equivalent", "different", "ambiguous", "none"}
	statusOrder = []string{"blocked", "data-loss", "decide", "ready", "done"}
)

// fillIdentity sets what every run.json has, also that of a failed run.
func (j *job) fillIdentity() {
	r := &j.record
	r.Schema, r.AsOf, r.Version, r.Started = output.RunSchema, j.asOf.String(), programVersion(), j.started.UTC()
	r.Host, _ = os.Hostname()
	r.Settings, _ = json.Marshal(j.settings)
	r.Accepted = j.cmd.Accept
	if j.previous != nil {
		r.Previous = j.previous.ID
	}
	if j.notes != nil {
		r.NotesOf, r.Recovered = j.notes.From, j.notes.Recovered
	}
	r.Tables = nil
	for _, t := range j.catalogue.Tables {
		r.Tables = append(r.Tables, output.RunTable{Name: t.Name, Rows: t.Rows, AsOf: t.AsOf.String(), Source: t.Source, SHA256: t.SHA256})
	}
	r.Inputs = runInputs(j.batch.Files, j.ledger, &j.plan)
}

// countRun fills run.json from the plan and gives the run its id.
func (j *job) countRun() {
	j.fillIdentity()
	j.record.Counts = countPlan(&j.plan)
	j.collectWarnings()
	j.record.Hash = j.hashParts()
	j.record.ID = j.asOf.String() + "-" + shortHash(j.record.Hash)
}

// hashParts hashes each thing that decides what the reports say.
func (j *job) hashParts() map[string]string {
	parts := map[string]string{"version": programVersion()}
	settings, _ := json.Marshal(j.settings)
	parts["settings"] = hexHash(settings)
	var in strings.Builder
	for _, f := range j.batch.Files {
		fmt.Fprintf(&in, "%s\x00%s\x00%s\n", f.Name, f.SHA256, f.Modified.UTC().Format(time.DateOnly))
	}
	parts["inputs"] = hexHash([]byte(in.String()))
	var tables strings.Builder
	for _, t := range j.catalogue.Tables {
		fmt.Fprintf(&tables, "%s %d %s %s\n", t.Name, t.Rows, t.AsOf, t.SHA256)
	}
	for _, path := range []string{j.settings.Catalog.Aliases, j.settings.Catalog.PriceList, j.settings.Catalog.SellPrices} {
		if b, err := os.ReadFile(j.settings.resolve(path)); path != "" && err == nil {
			fmt.Fprintf(&tables, "%s %s\n", path, hexHash(b))
		}
	}
	parts["catalogue"] = hexHash([]byte(tables.String()))
	if j.previous != nil {
		parts["previous"] = j.previous.ID
	}
	if hash := outstandingHash(j.open); hash != "" {
		parts["previous-exceptions"] = hash
	}
	if hash := trendHash(j.record.Trend); hash != "" {
		parts["trend"] = hash
	}
	if hash := j.notes.Hash(); hash != "" {
		parts["notes"] = hash
	}
	return parts
}

// shortHash is the first eight hex digits over all parts.
func shortHash(parts map[string]string) string {
	var b strings.Builder
	for _, k := range slices.Sorted(maps.Keys(parts)) {
		fmt.Fprintf(&b, "%s=%s\n", k, parts[k])
	}
	return hexHash([]byte(b.String()))[:8]
}

func hexHash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func runInputs(files []input.FileReport, ledger []reconcile.LedgerLine, plan *reconcile.Plan) []output.RunInput {
	outcomes := outcomesByFile(ledger, plan)
	var list []output.RunInput
	for _, f := range files {
		in := output.RunInput{Path: f.Name, Kind: f.Kind, Rows: f.Rows, Licences: f.Licences, Bytes: f.Bytes, SHA256: f.SHA256, Modified: f.Modified.UTC().Format(time.RFC3339)}
		in.Layout, in.Unused = layoutOf(f), unusedColumns(f)
		if f.Refused != nil {
			in.Refused = &output.RunRefusal{Code: f.Refused.Code, Message: f.Refused.Message}
		} else if counts, ok := outcomes[f.Name]; ok {
			in.Outcomes = map[string]int{}
			for _, o := range reconcile.Outcomes {
				if counts[o] > 0 {
					in.Outcomes[o.String()] = counts[o]
				}
			}
		}
		list = append(list, in)
	}
	return list
}

// layoutOf is the layout of the first sheet of a file that has one.
func layoutOf(f input.FileReport) string {
	for _, s := range f.Sheets {
		if s.Layout != "" {
			return s.Layout
		}
	}
	return ""
}

// unusedColumns lists the columns of a file that no field was read from.
func unusedColumns(f input.FileReport) []string {
	var unused []string
	for _, s := range f.Sheets {
		for _, c := range s.Columns {
			if c.Field == "" && c.Heading != "" && !slices.Contains(unused, c.Heading) {
				unused = append(unused, c.Heading)
			}
		}
	}
	return unused
}

// outcomesByFile counts, for each file, what became of its rows.
func outcomesByFile(ledger []reconcile.LedgerLine, plan *reconcile.Plan) map[string]*[8]int {
	byFile := map[string]*[8]int{}
	for i := range plan.Fates {
		name := plan.Source(ledger[i].At).File
		if byFile[name] == nil {
			byFile[name] = new([8]int)
		}
		byFile[name][plan.Fates[i].Outcome]++
	}
	return byFile
}

func countPlan(p *reconcile.Plan) output.RunCounts {
	var c output.RunCounts
	outcomes, statuses, classes := tally[reconcile.Outcome]{}, tally[reconcile.Status]{}, tally[reconcile.MatchClass]{}
	for i := range p.Fates {
		outcomes[p.Fates[i].Outcome]++
	}
	for i := range p.Rows {
		r := &p.Rows[i]
		statuses[r.Status]++
		classes[r.Match.Class]++
		c.Licences += int64(r.Sub.Licences.N)
		switch {
		case r.Status == reconcile.Done || !r.Sub.Expires.Known() || r.Has("monthly-renewal"):
		case r.Expired(p.AsOf):
			c.Expired++
		case r.DaysLeft <= 30:
			c.Within30++
		}
	}
	c.Outcomes, c.Statuses, c.Matches = outcomes.words(), statuses.words(), classes.words()
	return c
}

// A tally counts values by their number: by word, it took a tenth of a second for
// 200,000 rows.
type tally[T interface {
	~uint8
	String() string
}] [256]int

// words are the counts of the values that came up, by word.
func (t *tally[T]) words() map[string]int {
	counts := make(map[string]int)
	for value, n := range t {
		if n > 0 {
			counts[T(value).String()] += n
		}
	}
	return counts
}

// countAttrs are log attributes in a fixed order.
func countAttrs(order []string, counts map[string]int) []any {
	var attrs []any
	for _, k := range order {
		attrs = append(attrs, k, counts[k])
	}
	return attrs
}

// collectWarnings lists what people should look at: refused files, places in
// files, rejected and duplicate rows, sources that disagree.
func (j *job) collectWarnings() {
	for _, f := range j.batch.Files {
		if f.Refused != nil {
			j.warn(output.RunWarning{File: f.Name, Code: f.Refused.Code, Text: f.Refused.Message, Shown: f.Refused.Shown()})
		}
		for _, w := range f.Warnings {
			warning := output.RunWarning{File: f.Name, Sheet: w.Sheet, Row: w.Row, Column: w.Column, Code: w.Code, Shown: w.Message}
			if w.Rows > 1 {
				warning.Rows = w.Rows
			}
			j.warn(warning)
		}
	}
	for i := range j.plan.Fates {
		read, fate := &j.ledger[i], &j.plan.Fates[i]
		if p, rejected := fate.Problem(read.Record); rejected {
			at := j.plan.Source(read.At)
			j.log.Warn("row rejected", "file", at.File, "row", at.Row, "column", p.Column, "reason", p.Code)
			j.warn(output.RunWarning{File: at.File, Sheet: at.Sheet, Row: at.Row, Column: p.Column, Code: p.Code})
		}
		if fate.Outcome == reconcile.Duplicate {
			at := j.plan.Source(read.At)
			j.warn(output.RunWarning{File: at.File, Sheet: at.Sheet, Row: at.Row, Code: "duplicate"})
		}
	}
	for i := range j.plan.Rows {
		if r := &j.plan.Rows[i]; r.Has("sources-disagree") {
			at := j.plan.Sources(r)[0]
			j.warn(output.RunWarning{File: at.File, Sheet: at.Sheet, Row: at.Row, Code: "sources-disagree"})
		}
	}
	j.warnRates()
	for _, c := range j.plan.Registers {
		j.warn(output.RunWarning{File: c.Other.File, Sheet: c.Other.Sheet, Row: c.Other.Row, Column: c.Field, Code: "registers-disagree",
			Text:  fmt.Sprintf("differs from %s, which stands: correct one of the two", place(c.Stands)),
			Shown: fmt.Sprintf("%q differs from %q in %s, which stands: correct one of the two", c.OtherValue, c.Value, place(c.Stands))})
	}
	j.warnLetters()
	if n := len(j.record.Warnings); n > maxWarnings {
		j.record.Warnings = append(j.record.Warnings[:maxWarnings:maxWarnings],
			output.RunWarning{Code: "more-warnings", Text: fmt.Sprintf("and %d more: rejected-rows.csv and the workbook hold them all", n-maxWarnings)})
	}
}

// warnLetters names what letters need of the settings and do not find there.
func (j *job) warnLetters() {
	if !j.settings.Output.Letters {
		return
	}
	p := j.settings.Partner
	for _, need := range []struct{ key, value, without string }{
		{"partner.name", p.Name, "letters have no sender"},
		{"partner.address", p.Address, "letters have no sender's address"},
		{"partner.contact", p.Contact, "letters name nobody to ask but the account manager"},
	} {
		if strings.TrimSpace(need.value) == "" {
			j.warn(output.RunWarning{File: j.settings.path, Code: "letter-incomplete", Text: need.key + " is empty: " + need.without})
		}
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
