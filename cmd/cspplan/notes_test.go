package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// Whatever stands in a yellow column in the evening stands there in the morning.
func TestNotesSurviveTheNight(t *testing.T) {
	o := newOffice(t, "en")
	first := o.tonight()
	o.edit(currentCopy, "Giulia Rossi", func(b *book) {
		b.set("Plan", "sub-a", "Decision", "Move early")
		b.set("Plan", "sub-a", "Planned date", time.Date(2026, 12, 18, 0, 0, 0, 0, time.UTC))
		b.set("Plan", "sub-a", "Note", "  =not a formula; \"Rückruf\"\nMittwoch ")
		b.set("Plan", "sub-b", "Owner", "Giulia")
		b.set("Plan", "sub-c", "Note", 12.5)
		b.set("Customers", "Woodgrove", "Owner", "Carla")
		b.set("Customers", "Fabrikam", "Customer note", "wants a call in March")
		b.set("Credits", b.get("Plan", "sub-a", "Key"), "Asked on", "2026-12-01")
		b.set("Credits", b.get("Plan", "sub-a", "Key"), "Case number", "'0042")
		b.set("Credits", b.get("Plan", "sub-a", "Key"), "Credit granted", 12.5)
	})
	check := func() {
		t.Helper()
		key := o.cell("Plan", "sub-a", "Key")
		o.want("Plan", "sub-a", "Decision", "Move early")
		o.want("Plan", "sub-a", "Planned date", "18 Dec 2026")
		o.want("Plan", "sub-a", "Note", "=not a formula; \"Rückruf\"\nMittwoch")
		o.want("Plan", "sub-a", "Owner", "Anna")
		o.want("Plan", "sub-b", "Owner", "Giulia")
		o.want("Plan", "sub-c", "Note", "12.5")
		o.want("Plan", "sub-e", "Owner", "Carla")
		o.want("Customers", "Fabrikam", "Customer note", "wants a call in March")
		o.want("Credits", key, "Asked on", "01 Dec 2026")
		o.want("Credits", key, "Case number", "'0042")
		o.want("Credits", key, "Credit granted", "12.50")
		o.wantKept()
	}
	second := o.tonight()
	if second == first || second[:10] != first[:10] {
		t.Errorf("after edits the run of the same day is %s, before it was %s; want another id of that day", second, first)
	}
	check()
	if again := o.tonight(); again != second {
		t.Errorf("the same notes again made run %s, want %s as before", again, second)
	}
	for range 3 {
		o.night()
		check()
	}
	for _, line := range o.notes(second) {
		if line["field"] == "decision" {
			if line["scope"] != "row" || line["value"] != "early" || line["by"] != "Giulia Rossi" || line["when"] != "2026-11-23T09:00:00Z" || line["state"] != "in-force" {
				t.Errorf("notes.csv holds %v", line)
			}
		}
	}
}

// People arrange a workbook to their liking: position means nothing.
func TestNotesAreFoundWhereverTheyStand(t *testing.T) {
	first := newOffice(t, "en")
	first.tonight()
	first.edit(currentCopy, "", func(b *book) { b.set("Plan", "sub-a", "Note", "from before") })
	first.night()
	for _, c := range []struct {
		name    string
		arrange func(*book)
	}{
		{"rows sorted", func(b *book) { b.reverse("Plan") }},
		{"rows deleted", func(b *book) { b.must(b.f.RemoveRow("Plan", b.row("Plan", "sub-a"))) }},
		{"column moved", func(b *book) { b.moveToEnd("Plan", "Note") }},
		{"column inserted", func(b *book) { b.must(b.f.InsertCols("Plan", "B", 2)) }},
		{"column hidden", func(b *book) { b.must(b.f.SetColVisible("Plan", "H:K", false)) }},
		{"column deleted", func(b *book) { b.deleteColumn("Plan", "Licences") }},
		{"yellow column deleted", func(b *book) { b.deleteColumn("Plan", "Owner") }},
		{"heading typed over", func(b *book) { b.retitle("Plan", "Note", "What we said") }},
		{"heading in capitals", func(b *book) { b.retitle("Plan", "Note", "NOTE ") }},
		{"rows above the headings", func(b *book) { b.must(b.f.InsertRows("Plan", 1, 3)) }},
		{"title row deleted", func(b *book) { b.must(b.f.RemoveRow("Plan", 1)) }},
		{"sheet renamed", func(b *book) { b.must(b.f.SetSheetName("Plan", "Anna's list")) }},
		{"sheet copied", func(b *book) {
			to, err := b.f.NewSheet("Plan (2)")
			b.must(err)
			from, err := b.f.GetSheetIndex("Plan")
			b.must(err)
			b.must(b.f.CopySheet(from, to))
			b.set("Plan (2)", "sub-b", "Note", "from today")
			b.set("Plan", "sub-b", "Note", "")
		}},
		{"hidden sheet shown", func(b *book) { b.must(b.f.SetSheetVisible("Lists", true)) }},
		{"other sheets deleted", func(b *book) {
			for _, sheet := range []string{"Start", "Customers", "Credits", "Unmatched", "Money"} {
				b.must(b.f.DeleteSheet(sheet))
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := first.another(t)
			o.edit(currentCopy, "", func(b *book) {
				b.set("Plan", "sub-b", "Note", "from today")
				b.set("Plan", "sub-d", "Decision", "Wait")
				c.arrange(b)
			})
			o.night()
			o.want("Plan", "sub-a", "Note", "from before")
			o.want("Plan", "sub-b", "Note", "from today")
			o.want("Plan", "sub-d", "Decision", "Wait")
			o.want("Plan", "sub-a", "Owner", "Anna")
			o.wantKept()
		})
	}
}

// A file is known by what is in it: under any name, in any folder that people
// made, also as a copy of a sheet. What is not ours is let be.
func TestNotesUnderOtherNames(t *testing.T) {
	o := newOffice(t, "en")
	o.tonight()
	written := o.bytes(currentCopy)
	for id, path := range map[string]string{
		"sub-a": "plans/Kopie von csp-plan.xlsx", "sub-b": "plans/Anna/calls/Monday.xlsx", "sub-c": "plans/csp-plan.XLSM",
	} {
		o.write(path, written)
		o.edit(path, "", func(b *book) { b.set("Plan", id, "Note", "in "+path) })
	}
	if err := os.Rename("plans/csp-plan.XLSM", "plans/"+"Bert.xlsx"); err != nil {
		t.Fatal(err)
	}
	foreign := excelize.NewFile()
	defer foreign.Close()
	if err := foreign.SaveAs("plans/budget.xlsx"); err != nil {
		t.Fatal(err)
	}
	o.write("plans/notes.xlsx", written[:2000])
	o.asOf++
	code, _, printed := o.run()
	if code != 0 || !strings.Contains(printed, "plans/notes.xlsx") || strings.Contains(printed, "budget.xlsx") {
		t.Errorf("exit %d, printed %s\nwant 0, a word on notes.xlsx and none on budget.xlsx", code, printed)
	}
	o.want("Plan", "sub-a", "Note", "in plans/Kopie von csp-plan.xlsx")
	o.want("Plan", "sub-b", "Note", "in plans/Anna/calls/Monday.xlsx")
	o.want("Plan", "sub-c", "Note", "in plans/csp-plan.XLSM")
	o.wantKept()

	o.copyFile("plans/Bert.xlsx", "plans/Bert (2).xlsx") // read already, under its other name
	o.edit(currentCopy, "", func(b *book) { b.set("Plan", "sub-c", "Note", "") })
	o.write("plans/Bert.xlsx", o.bytes("plans/Bert.xlsx")[:2000])
	o.asOf++
	if code, _, printed := o.run(); code != exitOutput || !strings.Contains(printed, "plans/Bert.xlsx") {
		t.Errorf("exit %d, printed %s\nwant 5: a workbook of ours is damaged", code, printed)
	}
	if err := os.Remove("plans/Bert.xlsx"); err != nil {
		t.Fatal(err)
	}
	o.tonight()
	o.want("Plan", "sub-c", "Note", "")
	o.wantKept()
}

// Somebody copied the sheet alone into a workbook of their own: nothing tells
// what was written there and when, but it is not passed over in silence.
func TestSheetWithoutItsWorkbook(t *testing.T) {
	o := newOffice(t, "en")
	o.tonight()
	o.copyFile(currentCopy, "plans/mine.xlsx")
	o.edit("plans/mine.xlsx", "", func(b *book) { b.must(b.f.DeleteSheet("Lists")) })
	o.asOf++
	if code, _, printed := o.run(); code != 0 || !strings.Contains(printed, "copy the whole file instead") {
		t.Errorf("exit %d, printed %s\nwant 0 and what to do about mine.xlsx", code, printed)
	}
}

// What somebody typed behind an equals sign, and no program worked out, stands
// in the note as it was typed, and is no formula there.
func TestFormulaAsNote(t *testing.T) {
	o := newOffice(t, "en")
	o.tonight()
	o.edit(currentCopy, "", func(b *book) {
		name, err := excelize.CoordinatesToCellName(b.column("Plan", "Note"), b.row("Plan", "sub-a"))
		b.must(err)
		b.must(b.f.SetCellFormula("Plan", name, "=20*12&\" EUR\""))
	})
	for range 2 {
		o.night()
		o.want("Plan", "sub-a", "Note", "=20*12&\" EUR\"")
	}
}

// reverse turns the rows of a list round, as sorting does.
func (b *book) reverse(sheet string) {
	rows := b.values(sheet)
	for i, row := range rows[2:] {
		for k := range rows[1] {
			name, err := excelize.CoordinatesToCellName(k+1, len(rows)-i)
			b.must(err)
			text := ""
			if k < len(row) {
				text = row[k]
			}
			b.must(b.f.SetCellValue(sheet, name, typed(text)))
		}
	}
}

// typed is a stored text as the value that it was.
func typed(text string) any {
	if text == "" {
		return nil
	}
	if !strings.ContainsAny(text, "abcdefghijklmnopqrstuvwxyz -") && strings.Trim(text, "0123456789.") == "" {
		f := 0.0
		scale := 0.0
		for _, r := range text {
			if r == '.' {
				scale = 1
				continue
			}
			f, scale = f*10+float64(r-'0'), scale*10
		}
		if scale > 0 {
			f /= scale
		}
		return f
	}
	return text
}

func (b *book) deleteColumn(sheet, heading string) {
	name, err := excelize.ColumnNumberToName(b.column(sheet, heading))
	b.must(err)
	b.must(b.f.RemoveCol(sheet, name))
}

// moveToEnd cuts a column and puts it behind the last.
func (b *book) moveToEnd(sheet, heading string) {
	from, rows := b.column(sheet, heading), b.values(sheet)
	to := len(rows[1]) + 1
	for i, row := range rows {
		text := ""
		if from <= len(row) {
			text = row[from-1]
		}
		if i == 0 {
			continue
		}
		name, err := excelize.CoordinatesToCellName(to, i+1)
		b.must(err)
		b.must(b.f.SetCellValue(sheet, name, text))
	}
	b.deleteColumn(sheet, heading)
}

func (b *book) retitle(sheet, heading, other string) {
	name, err := excelize.CoordinatesToCellName(b.column(sheet, heading), 2)
	b.must(err)
	b.must(b.f.SetCellValue(sheet, name, other))
}

// A column that may stand under another heading somewhere else is not guessed.
func TestMovedAndRetitledColumnStopsTheRun(t *testing.T) {
	o := newOffice(t, "en")
	o.tonight()
	o.edit(currentCopy, "", func(b *book) {
		b.set("Plan", "sub-a", "Note", "precious")
		b.moveToEnd("Plan", "Note")
		b.retitle("Plan", "Note", "Talks")
	})
	before := o.bytes(currentCopy)
	o.asOf++
	code, _, printed := o.run()
	if code != exitOutput || !strings.Contains(printed, "plans/csp-plan.xlsx!Plan") || !strings.Contains(printed, `"Talks" is unknown`) {
		t.Errorf("exit %d, printed %s\nwant 5 and the file, sheet and heading", code, printed)
	}
	if o.bytes(currentCopy) != before {
		t.Error("the workbook was changed")
	}
}

func (o *office) bytes(path string) string {
	o.t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		o.t.Fatal(err)
	}
	return string(b)
}

// Words and days are understood in every language; what is not stays as text.
func TestNotesInOtherLanguages(t *testing.T) {
	o := newOffice(t, "it")
	o.tonight()
	o.edit(currentCopy, "", func(b *book) {
		b.set("Piano", "sub-a", "Decisione", "Vorzeitig umstellen")
		b.set("Piano", "sub-b", "Decisione", "il cliente lascia ")
		b.set("Piano", "sub-c", "Decisione", "early")
		b.set("Piano", "sub-d", "Decisione", "vediamo")
		b.set("Piano", "sub-a", "Data pianificata", "5/12/2026")
		b.set("Piano", "sub-b", "Data pianificata", "5 dicembre 2026")
		b.set("Piano", "sub-c", "Data pianificata", "10. Dezember 2026")
		b.set("Piano", "sub-d", "Data pianificata", "dopo Natale")
	})
	id := o.night()
	got := map[string]string{}
	for _, line := range o.notes(id) {
		if line["state"] == "in-force" || line["state"] == "kept" {
			got[line["field"]+" "+line["value"]] = line["state"] + " " + line["why"]
		}
	}
	want := map[string]string{
		"decision early": "in-force ", "decision leaves": "in-force ", "planned_date 2026-12-05": "in-force ", "planned_date 2026-12-10": "in-force ",
		"decision vediamo": "kept not_understood", "planned_date dopo Natale": "kept not_understood",
	}
	for k, v := range want {
		if got[k] != v {
			t.Errorf("%s: got %q, want %q", k, got[k], v)
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	o.write("cspplan.yaml", "partner:\n  country: IT\noutput:\n  language: de\n")
	o.night()
	b := o.open(currentCopy)
	if got := b.get("Plan", "sub-b", "Entscheidung"); got != "Kunde kündigt" {
		t.Errorf("after a change of language the decision reads %q, want Kunde kündigt", got)
	}
}

// A cleared cell is an edit; where the register knows an owner, it is shown again.
func TestClearedNotes(t *testing.T) {
	o := newOffice(t, "en")
	o.tonight()
	o.edit(currentCopy, "", func(b *book) {
		b.set("Plan", "sub-a", "Note", "wrong")
		b.set("Plan", "sub-a", "Owner", "Dora")
		b.set("Plan", "sub-a", "Decision", "Wait")
	})
	o.night()
	o.edit(currentCopy, "", func(b *book) {
		for _, heading := range []string{"Note", "Owner", "Decision"} {
			b.set("Plan", "sub-a", heading, nil)
		}
	})
	for range 2 {
		o.night()
		o.want("Plan", "sub-a", "Note", "")
		o.want("Plan", "sub-a", "Owner", "Anna")
		o.want("Plan", "sub-a", "Decision", "")
		o.wantKept()
	}
}

// Two people write into the same cell of two copies: the later file wins.
func TestSameCellInTwoFiles(t *testing.T) {
	o := newOffice(t, "en")
	id := o.tonight()
	const private = "plans/csp-plan (Bert).xlsx"
	o.copyFile(currentCopy, private)
	o.edit(filepath.Join("plans", id, "csp-plan.xlsx"), "Carla", func(b *book) { b.set("Plan", "sub-c", "Note", "written in the run folder") })
	o.edit(currentCopy, "Anna", func(b *book) {
		b.set("Plan", "sub-a", "Note", "earlier")
		b.set("Plan", "sub-b", "Note", "both")
	})
	o.edit(private, "Bert", func(b *book) {
		b.set("Plan", "sub-a", "Note", "later")
		b.set("Plan", "sub-b", "Note", "both")
	})
	o.night()
	o.want("Plan", "sub-a", "Note", "later")
	o.want("Plan", "sub-b", "Note", "both")
	o.want("Plan", "sub-c", "Note", "written in the run folder")
	o.wantKept("earlier: Overwritten by a later edit")

	// The private copy stays as it is; what it holds is not new any more.
	o.edit(currentCopy, "Anna", func(b *book) { b.set("Plan", "sub-a", "Note", "last word") })
	o.edit(private, "Bert", func(b *book) { b.set("Plan", "sub-d", "Note", "one more") })
	for range 2 {
		o.night()
		o.want("Plan", "sub-a", "Note", "last word")
		o.want("Plan", "sub-d", "Note", "one more")
		o.wantKept("earlier: Overwritten by a later edit")
	}
}

// Copied rows, rows without a key.
func TestCopiedRows(t *testing.T) {
	o := newOffice(t, "en")
	o.tonight()
	o.edit(currentCopy, "", func(b *book) {
		b.set("Plan", "sub-a", "Note", "first")
		b.must(b.f.DuplicateRowTo("Plan", b.row("Plan", "sub-a"), 8))
		b.must(b.f.SetCellValue("Plan", "K8", "second"))
		b.must(b.f.DuplicateRowTo("Plan", b.row("Plan", "sub-b"), 9)) // untouched copy
		b.set("Plan", "sub-b", "Note", "in the upper row")
		b.set("Plan", "sub-e", "Note", "keyless")
		b.set("Plan", "sub-e", "Key", nil)
	})
	code, _, printed := o.run()
	if code != 0 || !strings.Contains(printed, "notes-key-twice") {
		t.Errorf("exit %d, printed %s\nwant 0 and notes-key-twice", code, printed)
	}
	o.want("Plan", "sub-a", "Note", "second")
	o.want("Plan", "sub-b", "Note", "in the upper row")
	o.wantKept("first: Key on more than one row", "keyless: Row without a key")
}

// A subscription that vanishes takes its notes along and brings them back.
func TestNotesOfVanishedSubscriptions(t *testing.T) {
	o := newOffice(t, "en")
	o.tonight()
	o.edit(currentCopy, "", func(b *book) {
		b.set("Plan", "sub-e", "Note", "do not forget")
		b.set("Plan", "sub-e", "Decision", "Wait")
	})
	o.night()
	gone := o.subs["sub-e"]
	delete(o.subs, "sub-e")
	o.export()
	for range 2 {
		o.night()
		o.wantKept("do not forget: Subscription not in the input any more", "wait: Subscription not in the input any more")
	}
	rows := o.open(currentCopy).rows("Kept notes")
	if got := strings.Join(rows[2][2:5], "|"); got != "Woodgrove|Office 365 E3|sub-e" {
		t.Errorf("the kept note is about %q, want Woodgrove|Office 365 E3|sub-e", got)
	}
	o.subs["sub-e"] = gone
	o.export()
	o.night()
	o.want("Plan", "sub-e", "Note", "do not forget")
	o.want("Plan", "sub-e", "Decision", "Wait")
	o.wantKept()
}

// Without the run that wrote a workbook nobody knows what was changed in it.
func TestBaseGone(t *testing.T) {
	o := newOffice(t, "en")
	first := o.tonight()
	o.copyFile(currentCopy, "plans/csp-plan-old.xlsx")
	o.edit(currentCopy, "", func(b *book) { b.set("Plan", "sub-a", "Note", "known") })
	o.night()
	if err := os.RemoveAll(filepath.Join("plans", first)); err != nil {
		t.Fatal(err)
	}
	o.edit("plans/csp-plan-old.xlsx", "", func(b *book) {
		b.set("Plan", "sub-a", "Note", "unknown")
		b.set("Plan", "sub-b", "Owner", "Dora")
	})
	for range 2 {
		o.night()
		o.want("Plan", "sub-a", "Note", "known")
		o.want("Plan", "sub-b", "Owner", "Anna")
		o.wantKept("Dora: The run this workbook came from is gone", "unknown: The run this workbook came from is gone")
	}
}

// A decision is asked for again when its facts change; the same word, picked
// anew, holds on the new facts.
func TestStaleDecision(t *testing.T) {
	o := newOffice(t, "en")
	o.tonight()
	o.edit(currentCopy, "", func(b *book) {
		b.set("Plan", "sub-a", "Decision", "Move")
		b.set("Plan", "sub-a", "Note", "really?")
	})
	o.night()
	o.want("Plan", "sub-a", "Status", "● Ready")
	s := o.subs["sub-a"]
	s.licences = 25
	o.subs["sub-a"] = s
	o.export()
	for range 2 {
		id := o.night()
		o.want("Plan", "sub-a", "Decision", "Move ?")
		o.want("Plan", "sub-a", "Status", "◆ Decide")
		o.want("Plan", "sub-a", "Note", "really?")
		if code, _, _ := o.run(); code != 0 {
			t.Fatalf("exit %d", code)
		}
		if state := o.stateOf(id, "decision"); state != "stale" {
			t.Errorf("notes.csv says %q, want stale", state)
		}
	}
	o.edit(currentCopy, "", func(b *book) { b.set("Plan", "sub-a", "Decision", "Move") })
	for range 2 {
		id := o.night()
		o.want("Plan", "sub-a", "Decision", "Move")
		o.want("Plan", "sub-a", "Status", "● Ready")
		if state := o.stateOf(id, "decision"); state != "in-force" {
			t.Errorf("notes.csv says %q, want in-force", state)
		}
		o.wantKept()
	}
}

func (o *office) stateOf(id, field string) string {
	for _, line := range o.notes(id) {
		if line["field"] == field {
			return line["state"]
		}
	}
	return ""
}

// What the night may not go over: saved workbooks that cannot be read.
func TestUnreadableNotesStopTheRun(t *testing.T) {
	first := newOffice(t, "en")
	id := first.tonight()
	first.edit(currentCopy, "", func(b *book) { b.set("Plan", "sub-a", "Note", "precious") })
	first.copyFile(currentCopy, "plans/csp-plan - Copy.xlsx")
	for _, c := range []struct {
		name, path string
		spoil      func(string) string
	}{
		{"current copy cut", currentCopy, func(s string) string { return s[:len(s)/2] }},
		{"current copy is no workbook", currentCopy, func(string) string { return "Customer;Note\nContoso;call\n" }},
		{"current copy empty", currentCopy, func(string) string { return "" }},
		{"copy cut", "plans/csp-plan - Copy.xlsx", func(s string) string { return s[:len(s)-100] }},
		{"earlier run's workbook cut", "plans/RUN/csp-plan.xlsx", func(s string) string { return s[:len(s)-1] }},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := first.another(t)
			path := strings.Replace(c.path, "RUN", id, 1)
			o.write(path, c.spoil(o.bytes(path)))
			before := o.bytes(currentCopy)
			o.asOf++
			code, _, printed := o.run()
			named := strings.Contains(printed, path) || strings.Contains(printed, filepath.Dir(path))
			if code != exitOutput || !named || !strings.Contains(printed, "Exit 5") {
				t.Errorf("exit %d, printed %s\nwant 5 and the file named", code, printed)
			}
			if o.bytes(currentCopy) != before {
				t.Error("the current copy was overwritten")
			}
		})
	}
}

// An edit of a column that is rewritten is listed, once, all through its day.
func TestPutBack(t *testing.T) {
	o := newOffice(t, "en")
	o.tonight()
	o.edit(currentCopy, "Anna", func(b *book) {
		b.set("Plan", "sub-a", "Licences", 25)
		b.set("Plan", "sub-b", "Reseller relationship", "Accepted")
		b.set("Plan", "sub-c", "Expires", time.Date(2027, 6, 1, 0, 0, 0, 0, time.UTC))
		b.reverse("Customers")
		b.set("Customers", "Fabrikam", "Tenant region", "Asia")
		b.set("Unmatched", "Visio Plan 2", "Why it is a candidate", "because")
		b.must(b.f.SetCellStr("Plan", "CA3", "beside the table"))
	})
	o.asOf++
	for range 2 {
		o.tonight()
		o.want("Plan", "sub-a", "Licences", "20")
		var got []string
		for _, row := range o.open(currentCopy).rows("Changes")[2:] {
			if strings.HasPrefix(row[4], "You changed") {
				got = append(got, row[4])
			}
		}
		text := strings.Join(got, "\n")
		for _, want := range []string{"Licences from 20 to 25", "Reseller relationship from Not known to Accepted", "Expires from 2027-03-15 to 2027-06-01",
			"Customers, Tenant region from Europe to Asia", "Unmatched, Why it is a candidate from", "CA from  to beside the table"} {
			if !strings.Contains(text, want) {
				t.Errorf("Changes lack %q: %s", want, text)
			}
		}
		if len(got) != 6 {
			t.Errorf("%d edits were put back, want 6: %s", len(got), text)
		}
	}
	o.night()
	for _, row := range o.open(currentCopy).rows("Changes")[2:] {
		if len(row) > 4 && strings.HasPrefix(row[4], "You changed") {
			t.Errorf("a day later Changes still say %q", row[4])
		}
	}
}

// A choice on Unmatched holds for every customer with that offer, and can be
// taken back.
func TestChoices(t *testing.T) {
	o := newOffice(t, "en")
	o.tonight()
	b := o.open(currentCopy)
	rows := b.rows("Unmatched")
	id := b.column("Unmatched", "Candidate ID") - 1
	candidate, other := rows[2][id], rows[3][id]
	if rows[2][0] != "Visio Plan 2" {
		t.Fatalf("Unmatched begins with %q, want Visio Plan 2", rows[2])
	}
	o.edit(currentCopy, "", func(b *book) {
		b.set("Unmatched", candidate, "Choice", "Use this")
		b.set("Unmatched", other, "Choice", "Never")
	})
	for range 2 {
		o.night()
		o.wantBought("sub-d", candidate)
		o.want("Unmatched", candidate, "Choice", "Use this")
		o.want("Unmatched", other, "Choice", "Never")
	}
	o.edit(currentCopy, "", func(b *book) { b.set("Unmatched", other, "Choice", "Use this") })
	o.asOf++
	if _, _, printed := o.run(); !strings.Contains(printed, "choice-twice") {
		t.Errorf("two choices for one offer: no warning in\n%s", printed)
	}
	o.wantBought("sub-d", "")
	o.edit(currentCopy, "", func(b *book) { b.set("Unmatched", candidate, "Choice", nil) })
	o.night()
	o.wantBought("sub-d", other)
}

// wantBought checks in the newest plan.csv which SKU is to be bought.
func (o *office) wantBought(id, skuGUID string) {
	o.t.Helper()
	for _, line := range o.csv(o.tonight(), "plan.csv") {
		if line["subscription_id"] == id && line["csp_sku_guid"] != skuGUID {
			o.t.Errorf("for %s SKU %q is to be bought, want %q", id, line["csp_sku_guid"], skuGUID)
		}
	}
}

// An owner that the export names is nobody's edit: it follows the export.
func TestShownOwnersAreNoEdits(t *testing.T) {
	o := newOffice(t, "en")
	o.tonight()
	o.edit(currentCopy, "", func(b *book) { b.set("Plan", "sub-a", "Note", "only this") })
	s := o.subs["sub-c"]
	s.owner = "Zoe"
	o.subs["sub-c"] = s
	o.export()
	o.night()
	o.want("Plan", "sub-c", "Owner", "Zoe")
	o.want("Customers", "Fabrikam", "Owner", "Zoe")
	o.wantKept()
}

// The summary and the log say what was read.
func TestNotesAreCounted(t *testing.T) {
	o := newOffice(t, "en")
	o.tonight()
	o.edit(currentCopy, "", func(b *book) { b.set("Plan", "sub-a", "Note", "one") })
	o.night()
	o.edit(currentCopy, "", func(b *book) {
		b.set("Plan", "sub-b", "Note", "two")
		b.set("Plan", "sub-b", "Decision", "Wait")
	})
	o.asOf++
	_, _, printed := o.run()
	for _, want := range []string{"Notes     plans/csp-plan.xlsx   1 kept, 2 new since the last run", `msg="notes read" file=plans/csp-plan.xlsx base=2026-11-24-`, "kept=1 new=2 orphaned=0"} {
		if !strings.Contains(printed, want) {
			t.Errorf("printed no %q:\n%s", want, printed)
		}
	}
}
