package main

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"cspplan/reconcile"
)

// A damaged file is refused whole, or each of its rows has exactly one outcome:
// over random sets of files that mail, spreadsheets and disks have spoilt.

// A damage spoils the bytes of a file.
type damage struct {
	name  string
	spoil func(r *rand.Rand, content, other []byte) []byte
}

var damages = []damage{
	{"left alone", func(r *rand.Rand, content, _ []byte) []byte { return content }},
	{"bytes flipped", func(r *rand.Rand, content, _ []byte) []byte {
		content = slices.Clone(content)
		for range 1 + r.IntN(12) {
			content[r.IntN(len(content))] ^= byte(1 << r.IntN(8))
		}
		return content
	}},
	{"cut off", func(r *rand.Rand, content, _ []byte) []byte { return content[:r.IntN(len(content))] }},
	{"beginning lost", func(r *rand.Rand, content, _ []byte) []byte { return content[r.IntN(len(content)):] }},
	{"another file behind it", func(r *rand.Rand, content, other []byte) []byte { return slices.Concat(content, other) }},
	{"another file within it", func(r *rand.Rand, content, other []byte) []byte {
		return slices.Insert(slices.Clone(content), r.IntN(len(content)), other...)
	}},
	{"a piece twice", func(r *rand.Rand, content, _ []byte) []byte {
		from := r.IntN(len(content))
		to := from + r.IntN(len(content)-from)
		return slices.Insert(slices.Clone(content), to, content[from:to]...)
	}},
	{"marks strewn in", func(r *rand.Rand, content, _ []byte) []byte {
		content = slices.Clone(content)
		marks := []string{`"`, "\n", "\r", "\x00", ";", ",", "\t", "\xff", "\xe2\x80\xa8", "\x1a", "="}
		for range 1 + r.IntN(6) {
			content = slices.Insert(content, r.IntN(len(content)), []byte(marks[r.IntN(len(marks))])...)
		}
		return content
	}},
	{"emptied", func(*rand.Rand, []byte, []byte) []byte { return nil }},
}

// damagedSet is one to four files of drawn worlds, each spoilt in some way.
func damagedSet(r *rand.Rand) (w drawnWorld, files map[string][]byte, how []string) {
	files = map[string][]byte{}
	for n := range 1 + r.IntN(4) {
		w = drawWorld(r)
		name, content := fmt.Sprintf("%d.csv", n), csvOf([]rune{',', ';', '\t'}[r.IntN(3)], w.header, w.rows)
		switch r.IntN(4) {
		case 0:
			name, content = fmt.Sprintf("%d.xlsx", n), workbookOfWorld(w, typedCell)
		case 1:
			name, content = fmt.Sprintf("%d-register.csv", n), csvOf(',', w.register[0], w.register[1:])
		}
		d := damages[r.IntN(len(damages))]
		files[name] = d.spoil(r, content, csvOf(',', w.header, w.rows[:1]))
		how = append(how, name+": "+d.name)
	}
	return w, files, how
}

func TestRowsInAreRowsOutOfDamagedFiles(t *testing.T) {
	sets := 60
	if testing.Short() {
		sets = 15
	}
	refused, read := 0, 0
	for seed := range sets {
		r := rand.New(rand.NewPCG(uint64(seed), 11))
		w, files, how := damagedSet(r)
		plan, batch := planFiles(t, w, files)
		outcomes := map[string]int{}
		for i, fate := range plan.Fates {
			outcomes[batch.Records[i].Source.File]++
			checkFate(t, seed, how, &plan, &batch.Records[i], fate)
		}
		if len(plan.Fates) != len(batch.Records) {
			t.Errorf("seed %d %v: %d fates of %d records", seed, how, len(plan.Fates), len(batch.Records))
		}
		for _, f := range batch.Files {
			if f.Refused != nil {
				refused++
				if f.Rows != 0 || outcomes[f.Name] != 0 || f.Refused.Code == "" || f.Refused.Message == "" {
					t.Errorf("seed %d %v: %s is refused (%+v) with %d rows and %d outcomes", seed, how, f.Name, f.Refused, f.Rows, outcomes[f.Name])
				}
				continue
			}
			read++
			if f.Rows != outcomes[f.Name] {
				t.Errorf("seed %d %v: %s has %d rows, %d outcomes", seed, how, f.Name, f.Rows, outcomes[f.Name])
			}
		}
		if names := slices.Sorted(maps.Keys(files)); len(batch.Files) != len(names) {
			t.Errorf("seed %d %v: %d of %d files are accounted for", seed, how, len(batch.Files), len(names))
		}
	}
	if refused < sets/10 || read < sets/10 {
		t.Errorf("%d files refused and %d read of %d sets: the damage shows little", refused, read, sets)
	}
}

// checkFate holds the outcome against the record and the row it names.
func checkFate(t *testing.T, seed int, how []string, p *reconcile.Plan, rec *reconcile.Record, fate reconcile.Fate) {
	t.Helper()
	onPlan := fate.Outcome == reconcile.Planned || fate.Outcome == reconcile.Merged
	switch {
	case onPlan && (fate.Row < 0 || int(fate.Row) >= len(p.Rows)):
		t.Errorf("seed %d %v: %v is %v at row %d of %d", seed, how, rec.Source, fate.Outcome, fate.Row, len(p.Rows))
	case onPlan && !slices.Contains(p.Sources(&p.Rows[fate.Row]), rec.Source):
		t.Errorf("seed %d %v: row %d does not name its source %v", seed, how, fate.Row, rec.Source)
	case !onPlan && fate.Row >= 0:
		t.Errorf("seed %d %v: %v is %v and names row %d", seed, how, rec.Source, fate.Outcome, fate.Row)
	case fate.Outcome == reconcile.Rejected:
		if problem, ok := fate.Problem(rec); !ok || problem.Code == "" {
			t.Errorf("seed %d %v: %v is rejected without a reason", seed, how, rec.Source)
		}
	}
}

// Where the damage leaves the lines of a file alone, each line below the header
// is one row, whatever became of its cells.
func TestDamagedCellsLoseNoLine(t *testing.T) {
	for seed := range 40 {
		r := rand.New(rand.NewPCG(uint64(seed), 13))
		w := drawWorld(r)
		content := csvOf(';', w.header, w.rows)
		body := bytes.IndexByte(content, '\n') + 1
		for range 1 + r.IntN(30) {
			if at := body + r.IntN(len(content)-body); !bytes.ContainsRune([]byte("\r\n;\""), rune(content[at])) {
				content[at] = "0Zé /-.#@~"[r.IntN(11)]
			}
		}
		plan, batch := planFiles(t, w, map[string][]byte{"a.csv": content})
		f := batch.Files[0]
		if f.Refused != nil {
			continue // an undecidable encoding, or no column of dates is left
		}
		if f.Rows != len(w.rows) || len(plan.Fates) != len(w.rows) {
			t.Errorf("seed %d: %d rows read, %d outcomes of %d lines", seed, f.Rows, len(plan.Fates), len(w.rows))
		}
	}
}
