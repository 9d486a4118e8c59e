package sheet

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"maps"
	"slices"
	"testing"
)

// The smallest parts of a workbook; tests replace what they are about.
const (
	mainNS   = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	strictNS = `xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"`
	relsNS   = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	docRels  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

type parts map[string]string

// smallWorkbook is a workbook of one sheet S with these rows, and these parts
// besides or instead. An empty part is left out.
func smallWorkbook(rows string, other parts) parts {
	p := parts{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":         `<Relationships ` + relsNS + `><Relationship Id="r1" Type="` + docRels + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":     `<workbook ` + mainNS + ` xmlns:r="` + docRels + `"><sheets><sheet name="S" sheetId="1" r:id="s1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships ` + relsNS + `><Relationship Id="s1" Type="` + docRels + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="t" Type="` + docRels + `/sharedStrings" Target="sharedStrings.xml"/>` +
			`<Relationship Id="y" Type="` + docRels + `/styles" Target="styles.xml"/></Relationships>`,
		"xl/sharedStrings.xml":     `<sst ` + mainNS + `><si><t>zero</t></si><si><t>one</t></si></sst>`,
		"xl/styles.xml":            `<styleSheet ` + mainNS + `><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml": `<worksheet ` + mainNS + `><sheetData>` + rows + `</sheetData></worksheet>`,
	}
	for name, content := range other {
		p[name] = content
		if content == "" {
			delete(p, name)
		}
	}
	return p
}

// zipped packs the parts in the order of their names, so that the bytes are the
// same each time.
func (p parts) zipped(t testing.TB) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(p[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// withWrongSum damages the checksum of a part wherever it stands.
func withWrongSum(archive []byte, content string) []byte {
	sum := crc32.ChecksumIEEE([]byte(content))
	is := []byte{byte(sum), byte(sum >> 8), byte(sum >> 16), byte(sum >> 24)}
	wrong := []byte{^is[0], is[1], is[2], is[3]}
	return bytes.ReplaceAll(archive, is, wrong)
}
