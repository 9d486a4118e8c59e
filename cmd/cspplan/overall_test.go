package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// split makes the office split its plan; the workbook of all lists at most so many
// rows.
func (o *office) split(by string, overall int) {
	o.t.Helper()
	o.write("cspplan.yaml", fmt.Sprintf("partner:\n  country: IT\noutput:\n  split_by: %s\n  overall_rows: %d\n", by, overall))
}

// part is the current copy of the workbook of an owner or customer.
func (o *office) part(slug string) string {
	o.t.Helper()
	found, err := filepath.Glob("plans/csp-plan-" + slug + "-*.xlsx")
	if err != nil || len(found) != 1 {
		o.t.Fatalf("workbooks of %s are %q, error %v; want one", slug, found, err)
	}
	return filepath.ToSlash(found[0])
}

// wantIn checks a cell of a workbook.
func (o *office) wantIn(path, sheet, id, heading, want string) {
	o.t.Helper()
	if got := o.open(path).get(sheet, id, heading); got != want {
		o.t.Errorf("%s!%s, %s of %s: got %q, want %q", path, sheet, heading, id, got, want)
	}
}

// changed lists the edits that Changes say were put back.
func (o *office) changed() []string {
	o.t.Helper()
	var list []string
	for _, row := range o.open(currentCopy).rows("Changes")[2:] {
		if len(row) > 4 && strings.HasPrefix(row[4], "You changed") {
			list = append(list, row[4])
		}
	}
	return list
}

// An edit of a column that is rewritten is told from what stood in the same
// workbook, whatever it is called now: a part sums up its own rows, and its sums
// are no edits.
func TestPutBackInParts(t *testing.T) {
	for _, overall := range []int{100, 0} {
		for _, own := range []string{"", "plans/Anna's own.xlsx"} {
			o := newOffice(t, "en")
			o.subs["sub-b"] = subscription{"Contoso", "Visio Plan 2", 5, "2027-02-28", "Anna"} // Bert's customer has it, too
			o.export()
			o.split("owner", overall)
			o.tonight()
			path := o.part("anna")
			if own != "" {
				o.copyFile(path, own)
				path = own
			}
			o.edit(path, "Anna", func(b *book) {
				b.set("Plan", "sub-a", "Note", "wants a call")
				b.set("Plan", "sub-a", "Licences", 25)
			})
			o.night()
			got := o.changed()
			if want := []string{"You changed Licences from 20 to 25; put back from the input. Change it at the source."}; !slices.Equal(got, want) {
				t.Errorf("overall_rows %d, in %s: got %q, want %q", overall, path, got, want)
			}
			o.wantIn(o.part("anna"), "Plan", "sub-a", "Note", "wants a call")
			o.wantKept()
		}
	}
}

// What people wrote is there the next morning, also when the plan crosses the
// bound above which the workbook of all lists no rows: in the workbook of all
// before, in the parts after, and the other way round.
func TestNotesWhenThePlanCrossesTheBound(t *testing.T) {
	o := newOffice(t, "en")
	o.split("owner", 5)
	first := o.tonight()
	o.edit(currentCopy, "Giulia", func(b *book) {
		b.set("Plan", "sub-a", "Note", "typed in the workbook of all")
		b.set("Plan", "sub-c", "Planned date", "2026-12-18")
		b.set("Customers", "Woodgrove", "Customer note", "calls on Fridays")
		b.set("Credits", b.get("Plan", "sub-c", "Key"), "Case number", "C-1")
	})
	o.edit(o.part("bert"), "Bert", func(b *book) { b.set("Plan", "sub-d", "Decision", "Wait") })

	o.split("owner", 4) // the plan has grown, as it were
	o.asOf++
	second := o.tonight()
	o.wantNoRows(currentCopy)
	o.wantIn(o.part("anna"), "Plan", "sub-a", "Note", "typed in the workbook of all")
	o.wantIn(o.part("anna"), "Plan", "sub-a", "Owner", "Anna")
	o.wantIn(o.part("bert"), "Plan", "sub-c", "Planned date", "18 Dec 2026")
	o.wantIn(o.part("bert"), "Plan", "sub-d", "Decision", "Wait")
	o.want("Customers", "Woodgrove", "Customer note", "calls on Fridays")
	o.want("Credits", "C-1", "Case number", "C-1")
	o.wantKept()
	if again := o.tonight(); again != second {
		t.Errorf("nobody wrote anything, and the same night made run %s, want %s", again, second)
	}

	// Parts and the workbook of all are written in, and so is an old copy of the latter.
	o.edit(o.part("anna"), "Anna", func(b *book) { b.set("Plan", "sub-a", "Note", "typed in Anna's workbook") })
	o.edit(currentCopy, "Giulia", func(b *book) { b.set("Customers", "Fabrikam", "Customer note", "new address") })
	o.edit(filepath.Join("plans", first, "csp-plan.xlsx"), "Giulia", func(b *book) { b.set("Plan", "sub-e", "Note", "late, in an old workbook") })
	o.night()
	o.wantNoRows(currentCopy)
	o.wantIn(o.part("anna"), "Plan", "sub-a", "Note", "typed in Anna's workbook")
	o.wantIn(o.part("unassigned"), "Plan", "sub-e", "Note", "late, in an old workbook")
	o.want("Customers", "Fabrikam", "Customer note", "new address")
	o.wantKept()

	// Rows that are copied into the empty sheet are read like any others.
	o.edit(currentCopy, "Giulia", func(b *book) {
		from := o.open(o.part("bert"))
		row := from.rows("Plan")[from.row("Plan", "sub-d")-1]
		b.must(b.f.SetSheetRow("Plan", "A3", &row))
		b.set("Plan", "sub-d", "Note", "on a copied row")
	})
	o.split("owner", 5)
	o.asOf++
	o.tonight()
	for id, note := range map[string]string{"sub-a": "typed in Anna's workbook", "sub-d": "on a copied row", "sub-e": "late, in an old workbook"} {
		o.want("Plan", id, "Note", note)
	}
	o.want("Plan", "sub-a", "Owner", "Anna")
	o.want("Plan", "sub-d", "Decision", "Wait")
	o.want("Plan", "sub-c", "Planned date", "18 Dec 2026")
	o.want("Credits", "C-1", "Case number", "C-1")
	o.wantKept()
}

// wantNoRows checks that a workbook lists no subscription and says where they are.
func (o *office) wantNoRows(path string) {
	o.t.Helper()
	b := o.open(path)
	for _, sheet := range []string{"Plan", "Risks", "Licences"} {
		rows := b.rows(sheet)
		if len(rows) != 3 || len(rows[2]) != 1 || !strings.Contains(rows[2][0], "subscriptions stand in") {
			o.t.Errorf("%s!%s has %d rows and reads %q; want the sentence that says where the rows are", path, sheet, len(rows), rows[2:])
		}
	}
}

// Links of a workbook that lists no rows lead to rows that are there.
func TestLinksWithoutRows(t *testing.T) {
	o := newOffice(t, "en")
	o.split("customer", 0)
	o.subs["sub-a"] = subscription{"Contoso", "Office 365 E3", 20, "2026-12-11", "Anna"}
	o.export()
	o.tonight()
	b := o.open(currentCopy)
	links := map[string][]string{} // texts by target
	for _, sheet := range b.f.GetSheetList() {
		for r, row := range b.rows(sheet) {
			for c, text := range row {
				cell, err := excelize.CoordinatesToCellName(c+1, r+1)
				b.must(err)
				linked, target, err := b.f.GetCellHyperLink(sheet, cell)
				b.must(err)
				if linked {
					links[target] = append(links[target], text)
					to, at, _ := strings.Cut(target, "!")
					_, row, err := excelize.CellNameToCoordinates(at)
					b.must(err)
					if n := len(b.rows(strings.Trim(to, "'"))); row > n {
						t.Errorf("%s!%s leads to %s, which has %d rows", sheet, cell, target, n)
					}
				}
			}
		}
	}
	for target, text := range map[string]string{"'Workbooks'!A1": "The 5 subscriptions stand in 3 workbooks, one for each customer, and not in this one: see Workbooks.", "'Customers'!A3": "Contoso"} {
		if !slices.Contains(links[target], text) {
			t.Errorf("%s is led to by %q, want %q", target, links[target], text)
		}
	}
}

// The notes of a damaged run whose rows stand in parts are taken from all parts.
func TestDamagedRunWithRowsInParts(t *testing.T) {
	o := newOffice(t, "en")
	o.split("owner", 0)
	o.tonight()
	o.edit(o.part("bert"), "Bert", func(b *book) { b.set("Plan", "sub-c", "Note", "before the damage") })
	id := o.night()
	o.write(filepath.Join("plans", id, "notes.csv"), "scope\n")
	for _, file := range []string{o.part("bert"), filepath.Join("plans", id, filepath.Base(o.part("bert")))} {
		o.copyFile(file, file+".away")
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	o.asOf++
	if code, _, printed := o.run(); code != exitOutput || !strings.Contains(printed, "csp-plan-bert-") {
		t.Errorf("a workbook with notes is away: exit %d, want %d and its name in\n%s", code, exitOutput, printed)
	}
	away, err := filepath.Glob("plans/*/*.away")
	if err != nil || len(away) != 1 {
		t.Fatalf("found %q, error %v", away, err)
	}
	o.copyFile(away[0], strings.TrimSuffix(away[0], ".away"))
	o.tonight()
	o.wantIn(o.part("bert"), "Plan", "sub-c", "Note", "before the damage")
	o.wantKept()
}
