package excel

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"testing"

	"cspplan/report"
)

// parts unpacks a workbook.
func parts(t *testing.T, workbook []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	if z.File[0].Name != contentTypes {
		t.Errorf("the first part is %s, want %s", z.File[0].Name, contentTypes)
	}
	all := make(map[string][]byte)
	var names []string
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r) // to the end, where the checksum is compared
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		r.Close()
		all[f.Name] = b
		names = append(names, f.Name)
	}
	if !slices.IsSorted(names[1:]) {
		t.Errorf("parts are not in order: %v", names)
	}
	return all
}

// workbooks are of all kinds: empty, tiny, rolled over, protected, as the rules
// make them in another language.
func workbooks(t *testing.T) map[string]map[string][]byte {
	t.Helper()
	all := map[string]map[string][]byte{}
	for name, w := range map[string]struct {
		r   *report.Report
		opt Options
	}{
		"no row": {sample(t, 0), Options{}}, "one row": {sample(t, 1), Options{}}, "60 rows": {sample(t, 60), Options{}},
		"rolled over":   {sample(t, 60), Options{SheetRows: 7, ProtectLists: true}},
		"planned, none": {computed(t, "en", 0), Options{}}, "planned": {computed(t, "fr", 200), Options{}},
		"planned, rolled over": {computed(t, "de", 200), Options{SheetRows: 30}},
	} {
		b, _ := workbook(t, w.r, w.opt)
		all[name] = parts(t, b)
	}
	return all
}

func TestEveryPartIsWellFormed(t *testing.T) {
	for book, all := range workbooks(t) {
		for name, content := range all {
			d := xml.NewDecoder(bytes.NewReader(content))
			for {
				_, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Errorf("%s: %s: %v", book, name, err)
					break
				}
			}
		}
	}
}

// Nothing in a workbook is worked out, fetched or run when it is opened.
func TestNothingIsEvaluated(t *testing.T) {
	for book, all := range workbooks(t) {
		for name, content := range all {
			checkInert(t, book+": "+name, content)
		}
	}
}

func checkInert(t *testing.T, name string, content []byte) {
	t.Helper()
	for _, word := range []string{"externalLink", "vbaProject", "activeX", "embeddings", "connections", "queryTable", "comments"} {
		if strings.Contains(name, word) {
			t.Errorf("%s stands in a workbook", name)
		}
	}
	for _, word := range []string{"<externalReference", "<oleObject", "ddeLink", "TargetMode"} {
		if bytes.Contains(content, []byte(word)) {
			t.Errorf("%s holds %s", name, word)
		}
	}
	if strings.Contains(name, "xl/worksheets/") {
		if bytes.Contains(content, []byte("<f>")) || bytes.Contains(content, []byte("<f ")) {
			t.Errorf("%s holds a formula", name)
		}
	}
}

// worksheetOrder is the sequence of the elements of a worksheet in ECMA-376
// part 1, annex A; Excel repairs a sheet that breaks it.
var worksheetOrder = []string{
	"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges",
	"scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
	"dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks",
	"customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "picture",
	"oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
}

func TestElementsOfSheetsStandInOrder(t *testing.T) {
	for book, all := range workbooks(t) {
		for name, content := range all {
			if strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml") {
				checkOrder(t, book+": "+name, content)
			}
		}
	}
}

func checkOrder(t *testing.T, name string, content []byte) {
	t.Helper()
	var sheet struct {
		Children []struct{ XMLName xml.Name } `xml:",any"`
	}
	if err := xml.Unmarshal(content, &sheet); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	last := 0
	for _, c := range sheet.Children {
		at := slices.Index(worksheetOrder, c.XMLName.Local)
		if at < last {
			t.Errorf("%s: %s stands behind %s", name, c.XMLName.Local, worksheetOrder[last])
		}
		last = max(last, at)
	}
}

// relationships is a .rels part.
type relationships struct {
	Relationship []struct {
		ID         string `xml:"Id,attr"`
		Target     string `xml:",attr"`
		TargetMode string `xml:",attr"`
	}
}

func TestRelationshipsResolve(t *testing.T) {
	for book, all := range workbooks(t) {
		if count := resolved(t, book, all); count < 20 {
			t.Errorf("%s: %d relationships, want those of 17 sheets, tables and charts", book, count)
		}
	}
}

// resolved checks every relationship and counts them.
func resolved(t *testing.T, book string, all map[string][]byte) (count int) {
	t.Helper()
	for name, content := range all {
		if !strings.HasSuffix(name, ".rels") {
			continue
		}
		var rels relationships
		if err := xml.Unmarshal(content, &rels); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, r := range rels.Relationship {
			count++
			if r.TargetMode == "External" {
				t.Errorf("%s: %s points outside: %s", book, name, r.Target)
			}
			target := strings.TrimPrefix(r.Target, "/")
			if !strings.HasPrefix(r.Target, "/") {
				target = path.Join(path.Dir(path.Dir(name)), r.Target)
			}
			if _, ok := all[target]; !ok {
				t.Errorf("%s: %s: %s points to %s, which is not there", book, name, r.ID, target)
			}
		}
	}
	return count
}

func TestEveryPartHasAContentType(t *testing.T) {
	for _, all := range workbooks(t) {
		checkTypes(t, all)
	}
}

func checkTypes(t *testing.T, all map[string][]byte) {
	t.Helper()
	var types typeList
	if err := xml.Unmarshal(all[contentTypes], &types); err != nil {
		t.Fatal(err)
	}
	known := make(map[string]bool)
	for _, o := range types.Overrides {
		if known[o.PartName] {
			t.Errorf("%s has two content types", o.PartName)
		}
		known[o.PartName] = true
		if _, ok := all[strings.TrimPrefix(o.PartName, "/")]; !ok {
			t.Errorf("content type of %s, which is not there", o.PartName)
		}
	}
	for name := range all {
		if ext := path.Ext(name); ext == ".xml" && name != contentTypes && !known["/"+name] {
			t.Errorf("%s has no content type", name)
		}
	}
}

func TestTableHeadingsAreUnique(t *testing.T) {
	for book, all := range workbooks(t) {
		tables := checkTables(t, all)
		if want, ok := map[string]int{"60 rows": 5}[book]; ok && tables != want {
			t.Errorf("%s: %d tables, want one for each of the %d lists with rows", book, tables, want)
		}
	}
}

// checkTables checks the native tables of a workbook and counts them.
func checkTables(t *testing.T, all map[string][]byte) (tables int) {
	t.Helper()
	names := make(map[string]bool)
	for name, content := range all {
		if !strings.HasPrefix(name, "xl/tables/") {
			continue
		}
		tables++
		var table struct {
			Name    string `xml:"name,attr"`
			Columns []struct {
				Name string `xml:"name,attr"`
			} `xml:"tableColumns>tableColumn"`
		}
		if err := xml.Unmarshal(content, &table); err != nil {
			t.Fatal(err)
		}
		if names[strings.ToLower(table.Name)] {
			t.Errorf("two tables are called %s", table.Name)
		}
		names[strings.ToLower(table.Name)] = true
		seen := make(map[string]bool)
		for _, c := range table.Columns {
			if folded := strings.ToLower(c.Name); folded == "" || seen[folded] {
				t.Errorf("table %s: heading %q is empty or stands twice", table.Name, c.Name)
			} else {
				seen[folded] = true
			}
		}
	}
	return tables
}

func TestSortedTypes(t *testing.T) {
	const begin = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`
	got, err := sortedTypes([]byte(begin + `<Default Extension="xml" ContentType="x"/><Default Extension="rels" ContentType="r"/>` +
		`<Override PartName="/b" ContentType="2"/><Override PartName="/a" ContentType="1"/></Types>`))
	want := xml.Header + begin + `<Default Extension="rels" ContentType="r"></Default><Default Extension="xml" ContentType="x"></Default>` +
		`<Override PartName="/a" ContentType="1"></Override><Override PartName="/b" ContentType="2"></Override></Types>`
	if err != nil || string(got) != want {
		t.Errorf("got %s, error %v; want %s", got, err, want)
	}
	if _, err := sortedTypes([]byte("<Types")); err == nil {
		t.Error("broken XML was taken")
	}
}
