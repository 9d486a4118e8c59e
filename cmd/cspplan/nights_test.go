package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A written text is one that somebody typed into a cell; empty if they cleared
// it.
type written struct {
	text, cell string
	asleep     bool // a night has passed since
}

// workers are people who write, sort, copy and clear at random, for many days.
type workers struct {
	*office
	rand    *rand.Rand
	count   int
	journal []written
	last    map[string]int  // file and cell → index in journal
	stood   map[string]bool // texts that stood in any notes.csv, in force or kept
	away    map[string]subscription
	private string
	damaged int
}

var nights = flag.Int("nights", 12, "nights of random work on each kind of workbooks")

// Many nights of random work by three people, in one workbook or in one for
// each owner or customer, while inputs change and now and then a run is damaged:
// every text that anybody typed is in force, was replaced by a later edit of its
// cell and stands in an earlier run's notes, or is kept. None is lost.
func TestNoTextIsLostInManyNights(t *testing.T) {
	kinds := []struct {
		name, split string
		crosses     bool // some nights the workbook of all lists no rows
		seed        uint64
	}{{"none", "none", false, 1}, {"owner", "owner", false, 3}, {"customer", "customer", false, 5}, {"owner, crossing the bound", "owner", true, 7}}
	if testing.Short() {
		kinds = kinds[:1]
	}
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			w := &workers{
				office: newOffice(t, "en"), rand: rand.New(rand.NewPCG(kind.seed, 0)), last: map[string]int{}, stood: map[string]bool{},
				away: map[string]subscription{}, private: "plans/csp-plan (2).xlsx",
			}
			w.split(kind.split, 100)
			ids := []string{w.tonight()}
			w.copyFile(currentCopy, w.private)
			for night := range *nights {
				for range 1 + w.rand.IntN(3) {
					w.work(w.anyBook(ids))
				}
				w.world()
				if kind.crosses {
					w.split(kind.split, w.rand.IntN(2)*100)
				}
				id := w.night()
				if w.account(id); t.Failed() {
					return
				}
				if !slices.Contains(ids, id) {
					ids = append(ids, id)
				}
				if night%4 == 0 {
					if again := w.tonight(); again != id {
						t.Errorf("as at %s: the same again made run %s, want %s", w.asOf, again, id)
					}
				}
				w.damage(id)
			}
			if len(w.journal) < *nights {
				t.Errorf("only %d texts were written", len(w.journal))
			}
			t.Logf("%d texts in %d nights: 0 lost; %d runs were damaged", len(w.journal), *nights, w.damaged)
		})
	}
}

// anyBook is mostly a current copy: of all, or of a part.
func (w *workers) anyBook(ids []string) string {
	switch w.rand.IntN(8) {
	case 0:
		return filepath.ToSlash(filepath.Join("plans", ids[w.rand.IntN(len(ids))], "csp-plan.xlsx"))
	case 1:
		return w.private
	case 2:
		return w.anyOf(filepath.Join("plans", ids[w.rand.IntN(len(ids))], "csp-plan*.xlsx"))
	case 3, 4:
		return w.anyOf("plans/csp-plan*.xlsx")
	}
	return currentCopy
}

func (w *workers) anyOf(pattern string) string {
	w.t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) == 0 {
		w.t.Fatalf("no workbook is %s, error %v", pattern, err)
	}
	return filepath.ToSlash(found[w.rand.IntN(len(found))])
}

// damage cuts a record of the newest run once in a while.
func (w *workers) damage(id string) {
	if w.rand.IntN(10) != 0 {
		return
	}
	path := filepath.Join("plans", id, []string{"run.json", "notes.csv", "workbook-state.csv"}[w.rand.IntN(3)])
	b := w.bytes(path)
	w.write(path, b[:w.rand.IntN(len(b))])
	w.damaged++
}

// work is one sitting: some cells, and perhaps some tidying.
func (w *workers) work(path string) {
	w.edit(path, []string{"Anna", "Bert", ""}[w.rand.IntN(3)], func(b *book) {
		if len(b.rows("Plan")) == 3 && len(b.rows("Plan")[2]) == 1 { // its rows stand in the parts
			w.count++
			w.enterElsewhere(path, b, fmt.Sprintf("text %d", w.count))
			return
		}
		for range 1 + w.rand.IntN(4) {
			w.enter(path, b)
		}
		switch w.rand.IntN(6) {
		case 0:
			b.reverse("Plan")
		case 1:
			b.must(b.f.InsertCols("Plan", "C", 1))
		case 2:
			w.copyRow(path, b)
		case 3:
			b.moveToEnd("Plan", "Note")
		}
	})
}

// enter writes into, or clears, one cell.
func (w *workers) enter(path string, b *book) {
	rows := b.rows("Plan")
	if len(rows) < 4 || len(rows[2]) < 10 {
		return
	}
	id := b.anyID(w.rand)
	heading := []string{"Note", "Owner", "Planned date", "Decision", "Other CSP offer", "Accepted until"}[w.rand.IntN(6)]
	w.count++
	text := fmt.Sprintf("text %d", w.count)
	if w.rand.IntN(5) == 0 {
		w.enterElsewhere(path, b, text)
		return
	}
	switch {
	case heading == "Decision":
		b.set("Plan", id, heading, []string{"Move", "Wait", "Move early", "Verschieben", ""}[w.rand.IntN(5)])
		return
	case heading == "Planned date" && w.rand.IntN(2) == 0:
		b.set("Plan", id, heading, "2026-12-24")
		w.note(path, id+" "+heading, "")
		return
	case w.rand.IntN(6) == 0:
		text = ""
	}
	b.set("Plan", id, heading, text)
	w.note(path, id+" "+heading, text)
}

// enterElsewhere writes about a customer or a credit.
func (w *workers) enterElsewhere(path string, b *book, text string) {
	sheet, column, heading := "Customers", "Customer", "Customer note"
	if w.rand.IntN(2) == 0 {
		sheet, column, heading = "Credits", "Key", "Case number"
	}
	rows := b.rows(sheet)
	if len(rows) < 3 || len(rows[1]) < 5 {
		return
	}
	row, at := rows[2+w.rand.IntN(len(rows)-2)], b.column(sheet, column)
	if len(row) < at || row[at-1] == "" {
		return
	}
	id := row[at-1]
	b.set(sheet, id, heading, text)
	w.note(path, id+" "+heading, text)
}

// anyID is the subscription of a random row that still has one key.
func (b *book) anyID(r *rand.Rand) string {
	column := b.column("Plan", "Subscription ID")
	var ids []string
	for _, row := range b.rows("Plan")[2:] {
		if len(row) >= column && row[column-1] != "" {
			ids = append(ids, row[column-1])
		}
	}
	return ids[r.IntN(len(ids))]
}

// note records a text; one that the same person typed over before any night
// came was never anybody's.
func (w *workers) note(path, cell, text string) {
	at := path + " " + cell
	if i, ok := w.last[at]; ok && !w.journal[i].asleep {
		w.journal[i].text = text
		return
	}
	w.last[at] = len(w.journal)
	w.journal = append(w.journal, written{text: text, cell: cell})
}

// copyRow copies a row and writes into the copy.
func (w *workers) copyRow(path string, b *book) {
	id := b.anyID(w.rand)
	from, to := b.row("Plan", id), len(b.rows("Plan"))+1
	b.must(b.f.DuplicateRowTo("Plan", from, to))
	w.count++
	text := fmt.Sprintf("text %d", w.count)
	name, err := excelize.CoordinatesToCellName(b.column("Plan", "Note"), to)
	b.must(err)
	b.must(b.f.SetCellValue("Plan", name, text))
	w.journal = append(w.journal, written{text: text, cell: id + " Note"})
}

// world changes what is exported, the language of reports, who has the file open.
func (w *workers) world() {
	if w.rand.IntN(3) == 0 {
		id := []string{"sub-b", "sub-c", "sub-e"}[w.rand.IntN(3)]
		if s, ok := w.subs[id]; ok {
			w.away[id] = s
			delete(w.subs, id)
		} else {
			w.subs[id] = w.away[id]
		}
	}
	if w.rand.IntN(4) == 0 {
		s := w.subs["sub-a"]
		s.licences = 20 + w.rand.IntN(2)
		w.subs["sub-a"] = s
	}
	w.export()
	lock := "plans/~$csp-plan.xlsx"
	if w.rand.IntN(4) == 0 {
		w.write(lock, "Anna")
	} else {
		os.Remove(lock)
	}
}

// account looks for every text.
func (w *workers) account(id string) {
	w.t.Helper()
	standing := map[string]bool{}
	for _, line := range w.notes(id) {
		switch line["state"] {
		case "in-force", "stale", "kept":
			standing[line["value"]], w.stood[line["value"]] = true, true
		}
	}
	for i := range w.journal {
		w.journal[i].asleep = true
		e := w.journal[i]
		replaced := slices.ContainsFunc(w.journal[i+1:], func(later written) bool { return later.cell == e.cell })
		if e.text != "" && !standing[e.text] && !(replaced && w.stood[e.text]) {
			w.t.Errorf("as at %s: %q, written into %s, is neither in force nor replaced nor kept", w.asOf, e.text, e.cell)
		}
	}
	w.shown(id)
}

// shown compares the run's workbook, or those of its parts where that lists no rows,
// with its notes in force.
func (w *workers) shown(id string) {
	w.t.Helper()
	in, rows := map[string]*book{}, 0 // by key
	paths := []string{filepath.Join("plans", id, "csp-plan.xlsx")}
	if len(w.open(paths[0]).rows("Plan")[2]) == 1 {
		var err error
		if paths, err = filepath.Glob(filepath.Join("plans", id, "csp-plan-*.xlsx")); err != nil {
			w.t.Fatal(err)
		}
	}
	for _, path := range paths {
		b := w.open(path)
		key := b.column("Plan", "Key") - 1
		for _, row := range b.rows("Plan")[2:] {
			in[row[key]] = b
			rows++
		}
	}
	for _, line := range w.notes(id) {
		if line["scope"] != "row" || line["field"] != "note" || line["state"] != "in-force" {
			continue
		}
		if b := in[line["key"]]; b == nil || b.get("Plan", line["key"], "Note") != line["value"] {
			w.t.Errorf("as at %s: the note of %s is not shown, want %q", w.asOf, line["key"], line["value"])
		}
	}
	if rows != len(w.subs) {
		w.t.Errorf("as at %s: Plan has %d rows, want %d: %s", w.asOf, rows, len(w.subs), strings.Join(sortedKeys(w.subs), ", "))
	}
}
