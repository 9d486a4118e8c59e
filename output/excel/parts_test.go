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

func TestEveryPartIsWellFormed(t *testing.T) {
	for _, n := range []int{0, 1, 60} {
		b, _ := workbook(t, sample(t, n), Options{})
		for name, content := range parts(t, b) {
			d := xml.NewDecoder(bytes.NewReader(content))
			for {
				_, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Errorf("%d rows: %s: %v", n, name, err)
					break
				}
			}
		}
	}
}

func TestNoCellHoldsAFormula(t *testing.T) {
	b, _ := workbook(t, sample(t, 60), Options{})
	for name, content := range parts(t, b) {
		if !strings.HasPrefix(name, "xl/worksheets/") {
			continue
		}
		if n, err := formulaTags(bytes.NewReader(content)); err != nil || n > 0 {
			t.Errorf("%s: %d formulas, error %v; want none", name, n, err)
		}
		if bytes.Contains(content, []byte("<f>")) || bytes.Contains(content, []byte("<f ")) {
			t.Errorf("%s holds a formula", name)
		}
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
	b, _ := workbook(t, sample(t, 60), Options{})
	all := parts(t, b)
	count := 0
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
				t.Errorf("%s points outside: %s", name, r.Target)
			}
			target := strings.TrimPrefix(r.Target, "/")
			if !strings.HasPrefix(r.Target, "/") {
				target = path.Join(path.Dir(path.Dir(name)), r.Target)
			}
			if _, ok := all[target]; !ok {
				t.Errorf("%s: %s points to %s, which is not there", name, r.ID, target)
			}
		}
	}
	if count < 20 {
		t.Errorf("%d relationships, want those of 17 sheets, tables and charts", count)
	}
}

func TestEveryPartHasAContentType(t *testing.T) {
	b, _ := workbook(t, sample(t, 60), Options{})
	all := parts(t, b)
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

func TestTableHeadingsAreUniqueAndWrittenInTheCells(t *testing.T) {
	b, _ := workbook(t, sample(t, 60), Options{})
	names, tables := make(map[string]bool), 0
	for name, content := range parts(t, b) {
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
	if tables != 5 {
		t.Errorf("%d tables, want one for each of the 5 lists with rows", tables)
	}
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
