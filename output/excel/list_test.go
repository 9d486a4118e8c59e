package excel

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
	"github.com/xuri/excelize/v2"

	"cspplan/report"
)

func TestPlanCells(t *testing.T) {
	f := opened(t, sample(t, 40), Options{})
	for _, c := range []struct{ cell, want string }{
		{"A1", "Plan, soonest expiry first"},
		{"A2", "Status"}, {"H2", "✎ Decision"}, {"K2", "✎ Note"},
		{"A3", "■ Blocked"}, {"B3", "19 Nov 2026"}, {"C3", "-4"}, {"D3", "Bäckerei Grünwald GmbH"},
		{"D8", "=cmd|'/c calc'!A1"}, {"D14", "-1+1 Ltd"}, {"D13", "@Home B.V."},
		{"O3", "100.37"}, {"N5", "JPY"}, {"O5", "30,111"}, {"P5", "-339"}, {"O8", ""},
		{"J5", "23 Nov 2026"},
	} {
		if got := cell(t, f, "Plan", c.cell); got != c.want {
			t.Errorf("Plan!%s is %q, want %q", c.cell, got, c.want)
		}
	}
}

func TestDatesAreNumbersAndIDsAreText(t *testing.T) {
	f := opened(t, sample(t, 10), Options{})
	for _, c := range []struct {
		cell string
		want excelize.CellType
		raw  string
	}{
		{"B3", excelize.CellTypeUnset, "46345"}, // a cell without a type is a number
		{"F3", excelize.CellTypeUnset, "1"},
		{"O3", excelize.CellTypeUnset, "100.37"},
		{"R3", excelize.CellTypeInlineString, "0000000000000000"},
		{"D8", excelize.CellTypeInlineString, "=cmd|'/c calc'!A1"},
	} {
		kind, err := f.GetCellType("Plan", c.cell)
		if kind == excelize.CellTypeSharedString {
			kind = excelize.CellTypeInlineString // a text all the same
		}
		if err != nil || kind != c.want {
			t.Errorf("Plan!%s has type %d, error %v; want %d", c.cell, kind, err, c.want)
		}
		raw, err := f.GetCellValue("Plan", c.cell, excelize.Options{RawCellValue: true})
		if err != nil || raw != c.raw {
			t.Errorf("Plan!%s holds %q, error %v; want %q", c.cell, raw, err, c.raw)
		}
	}
}

func TestTextSurvivesUnchanged(t *testing.T) {
	texts := []string{"_x0041_", "a\tb", " leading and trailing ", "00123", "1E5", "TRUE", "<&>\"'", "😀", "line\nline", "'quoted"}
	r := sample(t, 0)
	r.Tables[0].Columns = []report.Column{{Code: "text", Heading: "Text", Kind: report.Text, Width: 10}}
	r.Tables[0].Len = len(texts)
	r.Tables[0].Row = func(i int, dst []report.Value) []report.Value { return append(dst, sampleText(texts[i])) }
	f := opened(t, r, Options{})
	for i, want := range texts {
		if got := cell(t, f, "Plan", cellName(1, firstDataRow+i)); got != want {
			t.Errorf("%q became %q", want, got)
		}
	}
}

// What is set on a streamed sheet at the wrong moment is lost without an
// error, so the file is asked for each setting.
func TestPlanSettingsAreInTheFile(t *testing.T) {
	f := opened(t, sample(t, 40), Options{})
	panes, err := f.GetPanes("Plan")
	if err != nil || !panes.Freeze || panes.XSplit != 4 || panes.YSplit != 2 {
		t.Errorf("panes %+v, error %v; want 4 columns and 2 rows frozen", panes, err)
	}
	layout, err := f.GetPageLayout("Plan")
	if err != nil || *layout.Size != 9 || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
		t.Errorf("page layout %+v, error %v; want A4, landscape, one page wide", layout, err)
	}
	props, err := f.GetSheetProps("Plan")
	if err != nil || props.FitToPage == nil || !*props.FitToPage {
		t.Errorf("sheet properties %+v, error %v; want fit to page", props, err)
	}
	head, err := f.GetHeaderFooter("Plan")
	if err != nil || head.OddHeader != "&LCirrus && Partner S.p.A.&C&A&RAs at 23 Nov 2026" ||
		head.OddFooter != "&Lrun 2026-11-23-0a1b2c3d&CConfidential&RPage &P of &N" {
		t.Errorf("header and footer %+v, error %v", head, err)
	}
	validations, err := f.GetDataValidations("Plan")
	if err != nil || len(validations) != 4 {
		t.Errorf("%d validations, error %v; want 4", len(validations), err)
	}
	formats, err := f.GetConditionalFormats("Plan")
	late := `AND(ISNUMBER($J3),$J3<46349,$H3<>"Moved")`
	if err != nil || len(formats["J3:J42"]) != 1 || formats["J3:J42"][0].Criteria != late {
		t.Errorf("conditional formats %+v, error %v; want %s on J3:J42", formats, err, late)
	}
	tables, err := f.GetTables("Plan")
	if err != nil || len(tables) != 1 || tables[0].Name != "Plan" || tables[0].Range != "A2:R42" {
		t.Errorf("tables %+v, error %v; want Plan over A2:R42", tables, err)
	}
	dimension, err := f.GetSheetDimension("Plan")
	if err != nil || dimension != "A1:R42" {
		t.Errorf("dimension %s, error %v; want A1:R42", dimension, err)
	}
	width, err := f.GetColWidth("Plan", "D")
	if err != nil || width != 42 {
		t.Errorf("column D is %g wide, error %v; want 42", width, err)
	}
	for _, n := range f.GetDefinedName() {
		if n.Scope == "Plan" && n.Name == "_xlnm.Print_Area" && n.RefersTo != "'Plan'!$A$1:$K$42" {
			t.Errorf("print area %s, want A to K", n.RefersTo)
		}
		if n.Scope == "Plan" && n.Name == "_xlnm.Print_Titles" && n.RefersTo != "'Plan'!$1:$2" {
			t.Errorf("print titles %s, want rows 1 and 2", n.RefersTo)
		}
	}
}

func TestChecksOfTheEditColumns(t *testing.T) {
	validations, err := opened(t, sample(t, 40), Options{}).GetDataValidations("Plan")
	if err != nil {
		t.Fatal(err)
	}
	want := []struct{ sqref, kind, formula1, formula2, style string }{
		{"H3:H42", "list", "'Lists'!$F$2:$F$7", "", "stop"},
		{"I3:I42", "list", "'Lists'!$F$10:$F$12", "", ""},
		{"J3:J42", "date", "36526", `IF($B3="",2958465,$B3)`, "warning"},
		{"K3:K42", "textLength", "0", "2000", "stop"},
	}
	for i, v := range validations {
		style := ""
		if v.ErrorStyle != nil && v.ShowErrorMessage {
			style = *v.ErrorStyle
		}
		formula := func(s string) string { return strings.NewReplacer("&quot;", `"`, "&#34;", `"`).Replace(s) }
		if w := want[i]; v.Sqref != w.sqref || v.Type != w.kind || formula(v.Formula1) != w.formula1 || formula(v.Formula2) != w.formula2 || style != w.style {
			t.Errorf("validation %d is %s %s %s %s %s, want %+v", i+1, v.Sqref, v.Type, v.Formula1, v.Formula2, style, w)
		}
	}
}

func TestDropDownsPointToTheirLabels(t *testing.T) {
	f := opened(t, sample(t, 40), Options{})
	for _, c := range []struct{ cell, want string }{
		{"A1", "property"}, {"A2", "run"}, {"B2", "2026-11-23-0a1b2c3d"}, {"B3", "2026-11-23"}, {"B4", "en"},
		{"D2", "decision"}, {"E2", "move"}, {"F2", "Move"}, {"E7", "done"}, {"F7", "Moved"},
		{"D8", "choice"}, {"E8", "use"}, {"F8", "Use this"}, {"F10", "Claire D."}, {"F12", "Markus W."},
		{"H2", "Plan"}, {"I2", "Plan"}, {"J2", "1"}, {"K2", "Status"}, {"L2", "status"}, {"M2", ""},
		{"K9", "✎ Decision"}, {"L9", "decision"}, {"M9", "decision"},
	} {
		if got := cell(t, f, "Lists", c.cell); got != c.want {
			t.Errorf("Lists!%s is %q, want %q", c.cell, got, c.want)
		}
	}
}

func TestEditableCellsAreUnlockedAndYellow(t *testing.T) {
	f := opened(t, sample(t, 10), Options{})
	for _, c := range []struct {
		cell   string
		locked bool
		fill   string
	}{{"G3", true, ""}, {"H3", false, editFill}, {"K12", false, editFill}, {"J5", false, editFill}, {"K2", false, editHeadFill}, {"G2", true, headFill}} {
		id, err := f.GetCellStyle("Plan", c.cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		fill := strings.Join(style.Fill.Color, "")
		if style.Font.Color == alarmColour {
			t.Errorf("%s burns by itself and would go on burning after a change", c.cell)
		}
		if style.Protection == nil || style.Protection.Locked != c.locked || fill != c.fill {
			t.Errorf("%s: protection %+v and fill %q, want locked %t and %q", c.cell, style.Protection, fill, c.locked, c.fill)
		}
	}
}

func TestProtection(t *testing.T) {
	for _, c := range []struct {
		opt  Options
		want map[string]bool
	}{
		{Options{}, map[string]bool{"Start": true, "Money": true, "Control totals": true, "Lists": true, "Chart data": true, "Plan": false, "Customers": false}},
		{Options{ProtectLists: true}, map[string]bool{"Start": true, "Plan": true, "Customers": true}},
	} {
		b, _ := workbook(t, sample(t, 3), c.opt)
		all := parts(t, b)
		for i, name := range opened(t, sample(t, 3), c.opt).GetSheetList() {
			part := string(all[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)])
			if want, ok := c.want[name]; ok && strings.Contains(part, "<sheetProtection") != want {
				t.Errorf("%+v: sheet %s protected is %t, want %t", c.opt, name, !want, want)
			}
			if strings.Contains(part, "password=") || strings.Contains(part, "hashValue=") {
				t.Errorf("sheet %s has a password", name)
			}
		}
	}
}

func TestEmptyListsSayTheOneLine(t *testing.T) {
	f := opened(t, sample(t, 0), Options{})
	if got, want := cell(t, f, "Plan", "A3"), "No subscription in the input."; got != want {
		t.Errorf("Plan!A3 is %q, want %q", got, want)
	}
	if tables, err := f.GetTables("Plan"); err != nil || len(tables) != 0 {
		t.Errorf("an empty plan has %d tables, error %v; want none", len(tables), err)
	}
	if got := cell(t, f, "Control totals", "A3"); got == "" {
		t.Error("Control totals lost its checks")
	}
}

func TestFurtherTablesStandBelow(t *testing.T) {
	f := opened(t, sample(t, 7), Options{})
	for _, c := range []struct{ cell, want string }{
		{"A3", "Rows read = rows planned"}, {"D3", "0"}, {"D4", "0.00"}, {"A5", ""}, {"A6", "Inputs"}, {"A7", "File"}, {"A8", "may.xlsx"}, {"C8", "1,234,567"},
		{"A9", ""}, {"A10", "Sources"}, {"A11", "skus.csv: 621 rows"}, {"A12", "No price list."},
	} {
		if got := cell(t, f, "Control totals", c.cell); got != c.want {
			t.Errorf("Control totals!%s is %q, want %q", c.cell, got, c.want)
		}
	}
	if dimension, err := f.GetSheetDimension("Control totals"); err != nil || dimension != "A1:E12" {
		t.Errorf("dimension %s, error %v; want A1:E12", dimension, err)
	}
}

func TestNumberFormats(t *testing.T) {
	f := opened(t, sample(t, 7), Options{})
	for _, c := range []struct{ sheet, cell, want string }{
		{"Plan", "B3", "dd mmm yyyy"}, {"Plan", "C3", "0;-0;0"}, {"Plan", "F3", `#,##0;-#,##0;"–"`}, {"Plan", "O3", `#,##0.00;-#,##0.00;"–"`},
		{"Plan", "O5", `#,##0;-#,##0;"–"`}, {"Plan", "P3", `+#,##0.00;-#,##0.00;"–"`}, {"Plan", "J3", "dd mmm yyyy"},
		{"Control totals", "D3", "#,##0"}, {"Control totals", "D4", "#,##0.00"}, {"Unmatched", "F3", "0"},
	} {
		id, err := f.GetCellStyle(c.sheet, c.cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if style.CustomNumFmt == nil || *style.CustomNumFmt != c.want {
			t.Errorf("%s!%s has the format %v, want %s", c.sheet, c.cell, style.CustomNumFmt, c.want)
		}
	}
}

func TestRowOfTheWrongWidthIsAnError(t *testing.T) {
	r := sample(t, 2)
	r.Tables[0].Row = func(_ int, dst []report.Value) []report.Value { return append(dst, sampleText("x")) }
	if _, err := Write(new(strings.Builder), r, Options{Tmp: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "18 columns") {
		t.Errorf("got error %v, want one that names the columns", err)
	}
}

func TestHeadingTwiceIsAnError(t *testing.T) {
	r := sample(t, 2)
	r.Tables[1].Columns[1].Heading = "WORST STATUS"
	if _, err := Write(new(strings.Builder), r, Options{Tmp: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "stands twice") {
		t.Errorf("got error %v, want one about the heading", err)
	}
}

func TestRepeatsTurnGrey(t *testing.T) {
	formats, err := opened(t, sample(t, 12), Options{}).GetConditionalFormats("Unmatched")
	if want := "AND($A4=$A3,A4=A3)"; err != nil || len(formats["A4:C14"]) != 1 || formats["A4:C14"][0].Criteria != want {
		t.Errorf("conditional formats %+v, error %v; want %s on A4:C14", formats, err, want)
	}
}

func TestDataBars(t *testing.T) {
	b, _ := workbook(t, sample(t, 12), Options{})
	all := parts(t, b)
	if sheet := string(all["xl/worksheets/sheet7.xml"]); !strings.Contains(sheet, `<dataBar showValue="false"><cfvo type="num" val="0"></cfvo><cfvo type="num" val="100"></cfvo><color rgb="FF8CC4E8">`) {
		t.Error("Unmatched has no bars from 0 to 100 without figures")
	}
	if sheet := string(all["xl/worksheets/sheet3.xml"]); !strings.Contains(sheet, `<cfvo type="num" val="0"></cfvo><cfvo type="max"`) {
		t.Error("Customers has no bars from 0")
	}
}

func TestLinesOfHeadings(t *testing.T) {
	for _, c := range []struct {
		heading string
		width   float64
		want    int
	}{
		{"Status", 17, 1}, {"Prepaid lost if ended early", 14, 2}, {"Users to reassign", 10, 2}, {"✎ Planned date", 12.5, 1},
		{"Verlorene Vorauszahlung bei vorzeitigem Ende", 14, 3}, {"Reseller relationship", 14, 2},
	} {
		if got := headLines(c.heading, c.width); got != c.want {
			t.Errorf("%q takes %d lines, want %d", c.heading, got, c.want)
		}
	}
}

// A note that is longer than the table is wide must not be cut on paper.
func TestPaperIsWideEnoughForTheNote(t *testing.T) {
	r := sample(t, 3)
	r.Tables[3].Note = strings.Repeat("where the table of regions comes from ", 3) // 114 characters beside two columns
	for _, n := range opened(t, r, Options{}).GetDefinedName() {
		if n.Scope == "Regions" && n.Name == "_xlnm.Print_Area" && n.RefersTo != "'Regions'!$A$1:$J$3" {
			t.Errorf("print area %s, want A to J", n.RefersTo)
		}
	}
}

func TestHeightOfWrappedRows(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		want  int
	}{
		{"", 46, 1}, {"Müller-Hoffstetter Präzisionswerkzeuge GmbH & Co. KG", 46, 2},
		{"Istituto Paritario Maria Ausiliatrice – Scuola dell’Infanzia, Primaria e Secondaria di I grado", 46, 2},
		{"有限会社さくら印刷有限会社さくら印刷有限会社さくら印刷", 46, 2}, {"a\nb\nc", 46, 3},
	} {
		if got := linesOf(c.text, c.width); got != c.want {
			t.Errorf("%q takes %d lines, want %d", c.text, got, c.want)
		}
	}
}

// TestTextWidth holds the short way to what uniseg measures: every two characters
// that it takes, beside each other, and beside some that it does not.
func TestTextWidth(t *testing.T) {
	var runes []rune
	for r := rune(0); r < 0x2100; r++ {
		if r < 0x250 || r >= 0x2000 {
			runes = append(runes, r)
		}
	}
	runes = append(runes, '株', 'ｱ', '😀', 0x0301, 0xfe0f, 0x200d, 0x1f1e6)
	for _, a := range runes {
		for _, b := range runes {
			if a > 0x7e && b > 0x7e && a%16 != 0 && a < 0x2000 {
				continue // one of them is seldom enough
			}
			if s := string(a) + string(b); textWidth(s) != uniseg.StringWidth(s) {
				t.Fatalf("%+q is %d wide, want %d", s, textWidth(s), uniseg.StringWidth(s))
			}
		}
	}
	if got := textWidth("Größe – „Ähm“ … l’été"); got != 21 {
		t.Errorf("got %d, want 21", got)
	}
}

// The further tables of Control totals are wider than its first one; what is
// printed counts the columns of the widest.
func TestPrintAreaCountsFurtherTables(t *testing.T) {
	r := computed(t, "en", 5)
	f := opened(t, r, Options{})
	last := columnName(r.Table("ControlTotals").PrintColumns)
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm.Print_Area" && n.Scope == "Control totals" && !strings.Contains(n.RefersTo, ":$"+last+"$") {
			t.Errorf("the print area is %s, want it to end at column %s", n.RefersTo, last)
		}
	}
	hash := columnName(r.Table("ControlTotals").PrintColumns + 1)
	found := false
	rows, err := f.GetRows("Control totals")
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		found = found || cell(t, f, "Control totals", hash+strconv.Itoa(i+1)) == r.Inputs[0].SHA256
	}
	if !found {
		t.Errorf("column %s does not hold the hash of the file", hash)
	}
}

func TestWordInPlaceOfADate(t *testing.T) {
	column := &report.Column{Kind: report.Date}
	for _, c := range []struct {
		v    report.Value
		want string
	}{
		{report.Value{Form: report.Form{Kind: report.Text}, Text: "now"}, "right"},
		{report.Value{Form: report.Form{Kind: report.Date}, N: 1}, "right"},
	} {
		if got := alignmentOf((&list{}).cellShape(column, c.v)).Horizontal; got != c.want {
			t.Errorf("%+v stands to the %s, want %s", c.v, got, c.want)
		}
	}
}
