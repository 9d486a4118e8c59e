package sheet

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
)

func TestWorksheetCells(t *testing.T) {
	tests := []struct {
		name, rows string
		want       []string
	}{
		{"kinds", `<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1"><v>12.50</v></c><c r="C1" t="b"><v>1</v></c><c r="D1" t="b"><v>0</v></c><c r="E1" t="e"><v>#N/A</v></c><c r="F1" t="str"><v>x</v></c><c r="G1" t="inlineStr"><is><t>y</t></is></c><c r="H1" s="1"><v>46387</v></c></row>`,
			[]string{"1:one|12.50#n|TRUE#b|FALSE#b|#N/A#f|x|y|2026-12-31#d"}},
		{"digits as stored", `<row r="1"><c><v>1.23E+5</v></c><c><v>123456789012345678</v></c><c><v>0.1</v></c><c><v> -7 </v></c><c><v>3.0000000000000001E-2</v></c></row>`,
			[]string{"1:1.23E+5#n|123456789012345678#n|0.1#n|-7#n|3.0000000000000001E-2#n"}},
		{"no references", `<row><c><v>1</v></c><c><v>2</v></c></row><row><c t="s"><v>0</v></c></row>`, []string{"1:1#n|2#n", "2:zero"}},
		{"gaps", `<row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c><c r="E3"><v>3</v></c></row><row r="7"><c r="A7"><v>4</v></c></row><row><c><v>5</v></c></row>`,
			[]string{"3:|1#n|2#n||3#n", "7:4#n", "8:5#n"}},
		{"blank rows are left out", `<row r="1"/><row r="2"><c r="A2" s="1"/><c r="B2" t="s"><v></v></c></row><row r="3"><c r="A3" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row><row r="4"><c r="A4"><v>1</v></c><c r="B4"/></row>`,
			[]string{"4:1#n"}},
		{"formatted to the last column", `<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>`, []string{"1:1#n"}},
		{"cells out of order", `<row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>`, []string{"1:1#n|2#n"}},
		{"formulas", `<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c><c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><f>1+1</f></c><c r="E1"><f>1+1</f><v/></c><c r="F1"><v>9</v></c></row>`,
			[]string{"1:2#n|a||formula without a value#f|formula without a value#f|9#n"}},
		{"styles that are none", `<row r="1"><c r="A1" s=""><v>6</v></c><c r="B1" s="x"><v>7</v></c><c r="C1" s="99"><v>8</v></c><c r="D1" s="-1"><v>9</v></c></row>`,
			[]string{"1:6#n|7#n|8#n|9#n"}},
		{"dates", `<row r="1"><c s="1"><v>46387.5</v></c><c s="1"><v>45658.999999999</v></c><c s="1"><v>61</v></c><c s="1"><v>60</v></c><c s="1"><v>0.5</v></c><c s="1"><v>-3</v></c><c s="1"><v>2958465</v></c><c s="1"><v>2958466</v></c><c s="1" t="s"><v>0</v></c></row>`,
			[]string{"1:2026-12-31T12:00:00#d|2025-01-02#d|1900-03-01#d|60#n|0.5#n|-3#n|9999-12-31#d|2958466#n|zero"}},
		{"dates as text", `<row r="1"><c t="d"><v>2026-12-31</v></c><c t="d"><v>2026-12-31T00:00:00</v></c><c t="d"><v>2026-12-31T08:15:00Z</v></c><c t="d"><v>soon</v></c></row>`,
			[]string{"1:2026-12-31#d|2026-12-31#d|2026-12-31T08:15:00#d|soon"}},
		{"not what the type says", `<row r="1"><c><v>abc</v></c><c><v>0x1F</v></c><c><v>NaN</v></c><c t="b"><v>maybe</v></c><c t="odd"><v>z</v></c><c><v>1,5</v></c></row>`,
			[]string{"1:abc|0x1F|NaN|maybe|z|1,5"}},
		{"rich text without its phonetic guide", `<row r="1"><c t="inlineStr"><is><r><t>東</t></r><r><rPr><b/></rPr><t xml:space="preserve">京 </t></r><rPh sb="0" eb="1"><t>トウ</t></rPh><phoneticPr fontId="1"/></is></c></row>`,
			[]string{"1:東京 "}},
		{"escaped characters", `<row r="1"><c t="str"><v>a_x000D__x000a_b</v></c><c t="inlineStr"><is><t>_x005F_x0041_</t></is></c><c t="str"><v>_xD83D__xDE00_</v></c><c t="str"><v>_x0000_ _xD83D_ _x00G0_ _x41_</v></c></row>`,
			[]string{"1:a\r\nb|_x0041_|😀|_x0000_ _xD83D_ _x00G0_ _x41_"}},
		{"references and CDATA", `<row r="1"><c t="str"><v>R&amp;D &#x20AC;</v></c><c t="inlineStr"><is><t><![CDATA[<b>]]></t></is></c></row>`, []string{"1:R&D €|<b>"}},
		{"foreign elements", `<row r="1"><x:c xmlns:x="urn:x"><v>1</v></x:c><c r="A1"><v>2</v><extLst><ext><v>3</v></ext></extLst></c></row><z xmlns="urn:z"><row/></z>`, []string{"1:2#n"}},
		{"comments", `<!-- <row r="9"> --><row r="1"><!-- c --><c><v>1<!-- d -->2</v></c></row>`, []string{"1:12#n"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := open(t, write(t, "t.xlsx", smallWorkbook(tt.rows, nil).zipped(t)), Options{})
			got, err := rows(b.Sheets[0])
			if err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("got %q, %v, want %q", got, err, tt.want)
			}
		})
	}
}

// A formula without a value can be read as it was typed; one whose value is an
// empty text is empty.
func TestFormulasAsTyped(t *testing.T) {
	cells := `<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>A1&amp;"x"</f><v/></c><c r="C1"><f>1+1</f><v>2</v></c><c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><f t="shared" si="0"/></c><c r="F1" t="str"><f>2*3</f></c><c r="G1" t="e"><f>case 7</f><v>#NAME?</v></c></row>`
	b := open(t, write(t, "t.xlsx", smallWorkbook(cells, nil).zipped(t)), Options{Formulas: true})
	got, err := rows(b.Sheets[0])
	if want := []string{`1:=1+1|=A1&"x"|2#n||formula without a value#f|=2*3|=case 7`}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}

// Each cell with a formula is told, whatever its value and however it is written;
// what only sounds like one is not.
func TestOnFormula(t *testing.T) {
	cells := `<row r="1"><c r="A1"><f>1+1</f></c><c r="B1" t="str"><f>""</f><v></v></c><c r="C1" s="1"><f t="shared" si="0"/><v>2</v></c><c r="D1"><v>7</v></c><c r="E1" t="inlineStr"><is><t>=1+1</t></is></c></row>` +
		`<row r="3"><c r="A3" t="str"><f/><v/></c><f>9</f><c r="B3"><formula>1</formula><v>3</v></c></row>`
	told := 0
	b := open(t, write(t, "t.xlsx", smallWorkbook(cells, nil).zipped(t)), Options{OnFormula: func() { told++ }})
	if _, err := rows(b.Sheets[0]); err != nil || told != 4 {
		t.Errorf("told of %d formulas, %v; want 4", told, err)
	}
}

// The same sheet as different programs write it.
func TestWorkbookDialects(t *testing.T) {
	const plain = `<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" s="1"><v>44925</v></c></row>`
	sheet := func(s string) parts { return parts{"xl/worksheets/sheet1.xml": s} }
	tests := []struct {
		name  string
		other parts
		want  string
	}{
		{"plain", nil, "1:one|2022-12-30#d"},
		{"prefixed", sheet(`<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`), "1:one"},
		{"prefixed, with another default inside", sheet(`<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr ` + mainNS + `/><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>1</x:v></x:c><c r="B1"><v>7</v></c></x:row></x:sheetData></x:worksheet>`), "1:one"},
		{"strict", parts{
			"xl/worksheets/sheet1.xml": `<worksheet ` + strictNS + `><sheetData>` + plain + `</sheetData></worksheet>`,
			"xl/workbook.xml":          `<workbook ` + strictNS + ` xmlns:q="http://purl.oclc.org/ooxml/officeDocument/relationships"><sheets><sheet name="S" sheetId="1" q:id="s1"/></sheets></workbook>`,
			"xl/sharedStrings.xml":     `<sst ` + strictNS + `><si><t>zero</t></si><si><t>one</t></si></sst>`,
			"xl/styles.xml":            `<styleSheet ` + strictNS + `><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
		}, "1:one|2022-12-30#d"},
		{"1904", parts{"xl/workbook.xml": `<workbook ` + mainNS + ` xmlns:r="` + docRels + `"><workbookPr date1904="1"/><sheets><sheet name="S" sheetId="1" r:id="s1"/></sheets></workbook>`}, "1:one|2026-12-31#d"},
		{"absolute target in an odd place", parts{
			"xl/_rels/workbook.xml.rels": `<Relationships ` + relsNS + `><Relationship Id="s1" Type="` + docRels + `/worksheet" Target="/data/Sheet.XML"/><Relationship Id="t" Type="` + docRels + `/sharedStrings" Target="../texts.xml"/></Relationships>`,
			"xl/worksheets/sheet1.xml":   "",
			"xl/sharedStrings.xml":       "",
			"data/sheet.xml":             `<worksheet ` + mainNS + `><sheetData>` + plain + `</sheetData></worksheet>`,
			"texts.xml":                  `<sst ` + mainNS + `><si><t>zero</t></si><si><r><t>o</t></r><r><t>ne</t></r></si></sst>`,
		}, "1:one|44925#n"},
		{"custom date format", parts{"xl/styles.xml": `<styleSheet ` + mainNS + `><numFmts><numFmt numFmtId="164" formatCode="[$-410]d&quot; di &quot;mmmm yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`}, "1:one|2022-12-30#d"},
		{"no styles, no texts", parts{
			"xl/_rels/workbook.xml.rels": `<Relationships ` + relsNS + `><Relationship Id="s1" Type="` + docRels + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
			"xl/worksheets/sheet1.xml":   `<worksheet ` + mainNS + `><sheetData><row r="1"><c r="A1"><v>5</v></c></row></sheetData></worksheet>`,
			"xl/sharedStrings.xml":       "", "xl/styles.xml": "",
		}, "1:5#n"},
		{"claims to fill the sheet", sheet(`<worksheet ` + mainNS + `><dimension ref="A1:XFD1048576"/><sheetData>` + plain + `</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>`), "1:one|2022-12-30#d"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := open(t, write(t, "t.csv", smallWorkbook(plain, tt.other).zipped(t)), Options{})
			got, err := rows(b.Sheets[0])
			if err != nil || !slices.Equal(got, []string{tt.want}) {
				t.Errorf("got %q, %v, want %q", got, err, tt.want)
			}
		})
	}
}

func TestSheetList(t *testing.T) {
	rel := func(id, role, target string) string {
		return `<Relationship Id="` + id + `" Type="` + docRels + `/` + role + `" Target="` + target + `"/>`
	}
	other := parts{
		"xl/workbook.xml": `<workbook ` + mainNS + ` xmlns:r="` + docRels + `"><sheets><sheet name="Più &amp; meno" sheetId="1" r:id="s1"/><sheet name="Chart" sheetId="2" r:id="c"/>` +
			`<sheet name="Hidden" sheetId="3" state="hidden" r:id="s2"/><sheet name="Deep" sheetId="4" state="veryHidden" r:id="s2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships ` + relsNS + `>` + rel("s2", "worksheet", "worksheets/sheet2.xml") + rel("c", "chartsheet", "chartsheets/sheet1.xml") + rel("s1", "worksheet", "worksheets/sheet1.xml") + `</Relationships>`,
		"xl/worksheets/sheet2.xml":   `<worksheet ` + mainNS + `><sheetData/></worksheet>`,
	}
	b := open(t, write(t, "t.xlsx", smallWorkbook(`<row><c><v>1</v></c></row>`, other).zipped(t)), Options{})
	var got []string
	for _, s := range b.Sheets {
		content, err := rows(s)
		got = append(got, fmt.Sprintf("%s %v %q %v", s.Name, s.Hidden, content, err))
	}
	want := []string{`Più & meno false ["1:1#n"] <nil>`, "Hidden true [] <nil>", "Deep true [] <nil>"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDamagedWorkbooks(t *testing.T) {
	var good string
	for i := range 10 {
		good += fmt.Sprintf(`<row r="%d"><c r="A%d"><v>%d</v></c></row>`, i+1, i+1, i)
	}
	sheet := func(s string) parts { return parts{"xl/worksheets/sheet1.xml": s} }
	tests := []struct {
		name  string
		rows  string
		other parts
		code  string
		words []string
	}{
		{"cut sheet", "", sheet(`<worksheet ` + mainNS + `><sheetData>` + good + `<row r="11"><c r="A1`), CodeBrokenXML, []string{"t.xlsx!S:11", "ends inside"}},
		{"wrong end tag", good + `<row r="11"><c r="A11"><v>1</w></c></row>`, nil, CodeBrokenXML, []string{"!S:11"}},
		{"undefined entity", `<row r="1"><c t="str"><v>&nope;</v></c></row>` + good, nil, CodeBrokenXML, []string{"!S:1:", "&nope;"}},
		{"not UTF-8", "<row r=\"1\"><c t=\"str\"><v>Caff\xe8</v></c></row>", nil, CodeBrokenXML, []string{"UTF-8"}},
		{"DOCTYPE in the sheet", "", sheet(`<!DOCTYPE x [<!ENTITY a "b">]><worksheet ` + mainNS + `><sheetData/></worksheet>`), CodeBrokenXML, []string{"DOCTYPE"}},
		{"DOCTYPE in the texts", good, parts{"xl/sharedStrings.xml": `<!DOCTYPE l [<!ENTITY a "ha">]><sst ` + mainNS + `/>`}, CodeBrokenXML, []string{"DOCTYPE", "sharedStrings"}},
		{"cut texts", good, parts{"xl/sharedStrings.xml": `<sst ` + mainNS + `><si><t>a</t></si><si>`}, CodeBrokenXML, []string{"sharedStrings"}},
		{"cut styles", good, parts{"xl/styles.xml": `<styleSheet ` + mainNS + `><cellXfs>`}, CodeBrokenXML, []string{"styles"}},
		{"cut behind the rows", "", sheet(`<worksheet ` + mainNS + `><sheetData>` + good + `</sheetData><mergeCells>`), CodeBrokenXML, []string{"mergeCells"}},
		{"something behind the end", "", sheet(`<worksheet ` + mainNS + `><sheetData>` + good + `</sheetData></worksheet><more/>`), CodeBrokenXML, []string{"behind its end"}},
		{"two lists of rows", "", sheet(`<worksheet ` + mainNS + `><sheetData/><sheetData>` + good + `</sheetData></worksheet>`), CodeBrokenXML, []string{"two lists"}},
		{"no list of rows", "", sheet(`<worksheet ` + mainNS + `/>`), CodeBrokenXML, []string{"sheetData"}},
		{"another namespace", "", sheet(`<worksheet xmlns="urn:x"><sheetData>` + good + `</sheetData></worksheet>`), CodeBrokenXML, []string{"worksheet"}},
		{"row twice", good + `<row r="10"><c><v>1</v></c></row>`, nil, CodeBrokenXML, []string{"!S:10", "twice"}},
		{"rows out of order", good + `<row r="4"><c><v>1</v></c></row>`, nil, CodeBrokenXML, []string{"!S:10", "row 4"}},
		{"negative row", good + `<row r="-1"/>`, nil, CodeBrokenXML, []string{`"-1"`}},
		{"row that is no number", `<row r=""/>`, nil, CodeBrokenXML, []string{`""`}},
		{"row below the last", good + `<row r="1048577"/>`, nil, CodeTooManyCells, []string{"1048577", "1048576 rows"}},
		{"huge row", good + `<row r="99999999999999999999"/>`, nil, CodeBrokenXML, nil},
		{"cell of another row", `<row r="2"><c r="A3"><v>1</v></c></row>`, nil, CodeBrokenXML, []string{`"A3"`}},
		{"cell without column", `<row r="2"><c r="2"><v>1</v></c></row>`, nil, CodeBrokenXML, []string{`"2"`}},
		{"cell in small letters", `<row r="2"><c r="a2"><v>1</v></c></row>`, nil, CodeBrokenXML, []string{`"a2"`}},
		{"cell twice", `<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>`, nil, CodeBrokenXML, []string{"column A", "twice"}},
		{"value far right", `<row r="2"><c r="IW2"><v>1</v></c></row>`, nil, CodeTooManyCells, []string{"column IW", "256"}},
		{"text number -1", `<row r="2"><c t="s"><v>-1</v></c></row>`, nil, CodeBrokenXML, []string{"!S:2", "text -1", "has 2"}},
		{"text number too high", `<row r="2"><c t="s"><v>2</v></c></row>`, nil, CodeBrokenXML, []string{"!S:2", "text 2"}},
		{"text number that is none", `<row r="2"><c t="s"><v>x</v></c></row>`, nil, CodeBrokenXML, []string{"text x"}},
		{"long cell", `<row r="7"><c t="inlineStr"><is><t>` + strings.Repeat("ab", 20000) + `</t></is></c></row>`, nil, CodeTooLarge, []string{"!S:7", "32767"}},
		{"longer cell", `<row r="7"><c t="inlineStr"><is><t>` + strings.Repeat("ab", 200000) + `</t></is></c></row>`, nil, CodeTooLarge, []string{"!S:7", "32767"}},
		{"long value", `<row r="7"><c t="str"><v>` + strings.Repeat("ab", 20000) + `</v></c></row>`, nil, CodeTooLarge, []string{"!S:7", "32767"}},
		{"long shared text", `<row r="7"><c t="s"><v>1</v></c></row>`, parts{"xl/sharedStrings.xml": `<sst ` + mainNS + `><si><t>0</t></si><si><t>` + strings.Repeat("ab", 20000) + `</t></si></sst>`}, CodeTooLarge, []string{"!S:7", "32767"}},
		{"sheet part missing", "", parts{"xl/worksheets/sheet1.xml": ""}, CodeBrokenZip, []string{"t.xlsx!S", "does not hold it"}},
		{"texts missing", good, parts{"xl/sharedStrings.xml": ""}, CodeBrokenZip, []string{"xl/sharedStrings.xml", "missing"}},
		{"workbook part missing", good, parts{"xl/workbook.xml": ""}, CodeBrokenZip, []string{"xl/workbook.xml", "missing"}},
		{"part twice", good, parts{"XL\\workbook.xml": "x"}, CodeBrokenZip, []string{"xl/workbook.xml", "twice"}},
		{"only a chart", good, parts{"xl/workbook.xml": `<workbook ` + mainNS + `><sheets/></workbook>`}, CodeNotASpreadsheet, []string{"no worksheet"}},
		{"binary workbook", good, parts{"_rels/.rels": `<Relationships ` + relsNS + `><Relationship Id="r1" Type="` + docRels + `/officeDocument" Target="xl/workbook.bin"/></Relationships>`}, CodeNotASpreadsheet, []string{".xlsb"}},
		{"Word document", good, parts{"_rels/.rels": `<Relationships ` + relsNS + `><Relationship Id="r1" Type="` + docRels + `/officeDocument" Target="word/document.xml"/></Relationships>`}, CodeNotASpreadsheet, []string{"Word"}},
		{"OpenDocument", "", parts{"[Content_Types].xml": "", "mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}, CodeNotASpreadsheet, []string{".ods"}},
		{"zip of tables", "", parts{"[Content_Types].xml": "", "may/a.csv": "a,b"}, CodeNotASpreadsheet, []string{"unpack"}},
		{"zip of anything", "", parts{"_rels/.rels": "", "a.txt": "a"}, CodeNotASpreadsheet, []string{"zip archive"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := write(t, "t.xlsx", smallWorkbook(tt.rows, tt.other).zipped(t))
			wantRefused(t, refusalOf(t, path, Options{}), tt.code, "t.xlsx", tt.words...)
		})
	}
}

// Two sheets can be walked side by side, each with its own place in the file.
func TestSheetsSideBySide(t *testing.T) {
	two := parts{
		"xl/workbook.xml": `<workbook ` + mainNS + ` xmlns:r="` + docRels + `"><sheets><sheet name="S" sheetId="1" r:id="s1"/><sheet name="T" sheetId="2" r:id="s1"/></sheets></workbook>`,
	}
	b := open(t, write(t, "t.xlsx", smallWorkbook(`<row><c><v>1</v></c></row><row><c><v>2</v></c></row>`, two).zipped(t)), Options{})
	first, stopFirst := iter.Pull2(b.Sheets[0].Rows())
	defer stopFirst()
	second, stopSecond := iter.Pull2(b.Sheets[1].Rows())
	defer stopSecond()
	for want := 1; want <= 2; want++ {
		a, _, _ := first()
		b, _, _ := second()
		if a.Number != want || b.Number != want {
			t.Fatalf("got rows %d and %d, want %d", a.Number, b.Number, want)
		}
	}
}

// A text that is too long does no harm as long as no cell shows it.
func TestUnusedLongText(t *testing.T) {
	other := parts{"xl/sharedStrings.xml": `<sst ` + mainNS + `><si><t>0</t></si><si><r><t>` + strings.Repeat("ab", 200000) + `</t></r><r><t>c</t></r></si><si><t>2</t></si></sst>`}
	b := open(t, write(t, "t.xlsx", smallWorkbook(`<row><c t="s"><v>2</v></c><c t="s"><v>0</v></c></row>`, other).zipped(t)), Options{})
	if got, err := rows(b.Sheets[0]); err != nil || !slices.Equal(got, []string{"1:2|0"}) {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestDamagedArchives(t *testing.T) {
	p := smallWorkbook(`<row><c><v>1</v></c></row>`, nil)
	good := p.zipped(t)
	refused := func(name string, content []byte, opt Options, code string, words ...string) {
		t.Run(name, func(t *testing.T) {
			wantRefused(t, refusalOf(t, write(t, "t.xlsx", content), opt), code, "t.xlsx", words...)
		})
	}
	refused("cut", good[:len(good)*7/10], Options{}, CodeBrokenZip, "cut off")
	refused("wrong checksum", withWrongSum(good, p["xl/worksheets/sheet1.xml"]), Options{}, CodeBrokenZip, "sheet1.xml", "checksum")
	refused("wrong checksum of the texts", withWrongSum(good, p["xl/sharedStrings.xml"]), Options{}, CodeBrokenZip, "sharedStrings.xml", "checksum")
	refused("many entries", good, Options{Limits: Limits{Entries: 6}}, CodeTooLarge, "7 entries")
	refused("large on disk", good, Options{Limits: Limits{XLSXBytes: 99}}, CodeTooLarge, "99 bytes")
	refused("large unpacked", good, Options{Limits: Limits{InflatedBytes: 99}}, CodeTooLarge, "99 bytes")
	media := smallWorkbook("", parts{"xl/media/a.emf": strings.Repeat("a", 30000)})
	refused("large part that is not read", media.zipped(t), Options{Limits: Limits{InflatedBytes: 20000}}, CodeTooLarge, "unpacked the workbook")
	cells := smallWorkbook(`<row r="1"><c/><c/></row><row r="2"><c/><c/></row>`, nil)
	refused("many cells", cells.zipped(t), Options{Limits: Limits{Cells: 3}}, CodeTooManyCells, "t.xlsx!S:2", "3 cells")
	bomb := smallWorkbook(`<row><c><v>1</v></c></row><!--`+strings.Repeat(" ", 4<<20)+`-->`, nil)
	refused("bomb", bomb.zipped(t), Options{}, CodeTooLarge, "100 times")
	encrypted := slices.Clone(good)
	for i := range len(encrypted) - 10 {
		if string(encrypted[i:i+4]) == "PK\x01\x02" {
			encrypted[i+8] |= 1
		}
	}
	refused("encrypted entries", encrypted, Options{}, CodePasswordProtected, "password")
}
