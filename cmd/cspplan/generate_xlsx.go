package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
)

// The parts of a workbook but the sheet and its strings.
const (
	xmlHead      = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace    = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relationship = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	contentType  = `application/vnd.openxmlformats-officedocument.spreadsheetml.`

	contentTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + contentType + `sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + contentType + `worksheet+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + contentType + `styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="` + contentType + `sharedStrings+xml"/></Types>`
	packageRels = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relationship + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookPart    = xmlHead + `<workbook ` + mainSpace + ` xmlns:r="` + relationship + `"><sheets><sheet name="Subscriptions" sheetId="1" r:id="rId1"/></sheets></workbook>`
	bookRels    = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relationship + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + relationship + `/styles" Target="styles.xml"/><Relationship Id="rId3" Type="` + relationship + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	stylesPart = xmlHead + `<styleSheet ` + mainSpace + `><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>` +
		`<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`
)

// excelEpoch is Excel's number for 1970-01-01.
const excelEpoch = 25569

// sheetWriter writes one sheet row by row. Strings that many rows share are
// held; the others go straight to a temporary file, so that memory does not grow
// with the rows.
type sheetWriter struct {
	out     *bufio.Writer
	shared  bool
	index   map[string]int
	strings int
	table   *bufio.Writer // shared strings, behind one another
	row     []byte
}

// writeWorkbook writes as many subscriptions as one sheet: with shared strings,
// as Excel does, or with strings inside the cells, as many programs do.
func (p *portfolio) writeWorkbook(w io.Writer, rows int, shared bool) error {
	spool, err := os.CreateTemp("", "cspplan-strings-*")
	if err != nil {
		return err
	}
	defer os.Remove(spool.Name())
	defer spool.Close()
	z := zip.NewWriter(w)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes}, {"_rels/.rels", packageRels}, {"xl/workbook.xml", bookPart},
		{"xl/_rels/workbook.xml.rels", bookRels}, {"xl/styles.xml", stylesPart},
	} {
		if err := addPart(z, part.name, func(w *bufio.Writer) error { _, err := w.WriteString(part.text); return err }); err != nil {
			return err
		}
	}
	s := &sheetWriter{shared: shared, index: map[string]int{}, table: bufio.NewWriter(spool)}
	err = addPart(z, "xl/worksheets/sheet1.xml", func(w *bufio.Writer) error {
		s.out = w
		return s.sheet(p, rows)
	})
	if err := errors.Join(err, s.table.Flush()); err != nil {
		return err
	}
	err = addPart(z, "xl/sharedStrings.xml", func(w *bufio.Writer) error {
		fmt.Fprintf(w, `%s<sst %s uniqueCount="%d">`, xmlHead, mainSpace, s.strings)
		if _, err := spool.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if _, err := io.Copy(w, spool); err != nil {
			return err
		}
		_, err := w.WriteString(`</sst>`)
		return err
	})
	return errors.Join(err, z.Close())
}

func addPart(z *zip.Writer, name string, write func(*bufio.Writer) error) error {
	entry, err := z.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(entry, 1<<16)
	return errors.Join(write(w), w.Flush())
}

func (s *sheetWriter) sheet(p *portfolio, rows int) error {
	fmt.Fprintf(s.out, `%s<worksheet %s><dimension ref="A1:V%d"/><sheetData>`, xmlHead, mainSpace, rows+1)
	s.begin(1)
	for i, heading := range portfolioHeadings() {
		s.text(i, 1, heading, true)
	}
	s.end()
	for n := 2; n <= rows+1; n++ {
		row := p.next()
		s.begin(n)
		for i, cell := range row.cells {
			switch column := &portfolioColumns[i]; {
			case cell == "":
			case column.kind == 'n':
				s.number(i, n, "", cell)
			case column.heading == "StartDate":
				s.number(i, n, ` s="1"`, strconv.Itoa(int(row.start)+excelEpoch))
			case column.kind == 'd':
				s.number(i, n, ` s="1"`, strconv.Itoa(int(row.expires)+excelEpoch))
			default:
				s.text(i, n, cell, column.common)
			}
		}
		if err := s.end(); err != nil {
			return err
		}
	}
	_, err := s.out.WriteString(`</sheetData></worksheet>`)
	return err
}

func (s *sheetWriter) begin(row int) { s.row = fmt.Appendf(s.row[:0], `<row r="%d">`, row) }

func (s *sheetWriter) end() error {
	s.row = append(s.row, `</row>`...)
	_, err := s.out.Write(s.row)
	return err
}

func (s *sheetWriter) number(column, row int, style, value string) {
	s.row = fmt.Appendf(s.row, `<c r="%c%d"%s><v>%s</v></c>`, 'A'+column, row, style, value)
}

func (s *sheetWriter) text(column, row int, text string, common bool) {
	if s.shared {
		s.row = fmt.Appendf(s.row, `<c r="%c%d" t="s"><v>%d</v></c>`, 'A'+column, row, s.place(text, common))
		return
	}
	s.row = fmt.Appendf(s.row, `<c r="%c%d" t="inlineStr"><is><t xml:space="preserve">`, 'A'+column, row)
	s.row = append(append(s.row, escaped(text)...), `</t></is></c>`...)
}

// place is where a string stands among the shared ones.
func (s *sheetWriter) place(text string, common bool) int {
	if at, ok := s.index[text]; ok && common {
		return at
	}
	at := s.strings
	s.strings++
	if common {
		s.index[text] = at
	}
	s.table.WriteString(`<si><t xml:space="preserve">`)
	s.table.Write(escaped(text))
	s.table.WriteString(`</t></si>`)
	return at
}

func escaped(text string) []byte {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(text))
	return b.Bytes()
}
