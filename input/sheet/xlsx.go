package sheet

import (
	"iter"
	"strings"
)

// Workbooks are read by our own streaming reader and not by excelize, which
// writes them elsewhere in this program. As a reader excelize ends a damaged
// sheet silently at the damage, joins rows that are out of order, drops a row for
// an empty style, and tells neither the type of a cell nor that a number is a
// date. Here every part that matters is read to its end, where its checksum is
// verified; every <row> is either given out or named in a refusal; and excelize
// is the oracle in the tests.

// A workbook is what all sheets of a book share.
type workbook struct {
	pack     *pack
	date1904 bool
	dates    []bool // by the number of a cell style: it shows a number as a date
	strings  sharedStrings
	formulas bool // see Options

	onFormula func() // see Options
}

// openXLSX prepares the worksheets of a workbook (.xlsx, .xlsm).
func openXLSX(src *source, opt Options) (*Book, error) {
	p, err := openPack(src)
	if err != nil {
		return nil, err
	}
	top, err := p.workbookPart()
	if err != nil {
		return nil, err
	}
	relations, err := p.relations(top)
	if err != nil {
		return nil, err
	}
	w := &workbook{pack: p, formulas: opt.Formulas, onFormula: opt.OnFormula}
	listed, err := w.readSheets(top)
	if err != nil {
		return nil, err
	}
	if styles := partOf(relations, "styles"); styles != "" {
		if w.dates, err = p.dateStyles(styles); err != nil {
			return nil, err
		}
	}
	if shared := partOf(relations, "sharedStrings"); shared != "" {
		if w.strings, err = p.sharedStrings(shared); err != nil {
			return nil, err
		}
	}
	book := &Book{Kind: "xlsx", Packing: src.packing, Date1904: w.date1904, src: src}
	if book.Sheets, err = w.sheets(listed, relations); err != nil {
		return nil, err
	}
	return book, nil
}

// workbookPart finds the part that lists the sheets, and refuses archives that
// hold no workbook by what they hold instead.
func (p *pack) workbookPart() (string, error) {
	if p.parts["[content_types].xml"] == nil || p.parts["_rels/.rels"] == nil {
		return "", p.refuseForeignArchive()
	}
	relations, err := p.relations("")
	if err != nil {
		return "", err
	}
	part := partOf(relations, "officeDocument")
	switch {
	case part == "":
		return "", refuse(CodeNotASpreadsheet, p.src.name, "this Office archive holds no workbook; export the list as .xlsx or CSV")
	case strings.HasSuffix(strings.ToLower(part), ".bin"):
		return "", refuse(CodeNotASpreadsheet, p.src.name, "this is a binary workbook (.xlsb); %s", saveAsXLSX)
	case strings.HasPrefix(part, "word/"):
		return "", refuse(CodeNotASpreadsheet, p.src.name, "this is a Word document; export the list as .xlsx or CSV")
	case strings.HasPrefix(part, "ppt/"):
		return "", refuse(CodeNotASpreadsheet, p.src.name, "this is a presentation; export the list as .xlsx or CSV")
	}
	return part, nil
}

func (p *pack) refuseForeignArchive() error {
	switch {
	case p.parts.ofOpenDocument():
		return refuse(CodeNotASpreadsheet, p.src.name, "this is an OpenDocument file (.ods); %s", saveAsXLSX)
	case p.parts.ofNumbers():
		return refuse(CodeNotASpreadsheet, p.src.name, "this is an Apple Numbers file; export it from Numbers as Excel or CSV")
	case p.src.packing != Unpacked:
		return refuse(CodeNestedArchive, p.src.name, "this is an archive in an archive, in which nothing is read; unpack the outer one")
	}
	return refuse(CodeNotASpreadsheet, p.src.name, "this is a zip archive of files and no workbook; %s", unpackIt)
}

// A listedSheet is a sheet as the workbook part lists it.
type listedSheet struct {
	name, rel string
	hidden    bool
}

// readSheets reads the list of sheets and the epoch of the workbook's dates.
func (w *workbook) readSheets(part string) (listed []listedSheet, err error) {
	err = w.pack.read(part, "workbook", mainSpace, func(x *xmlScanner) error {
		for {
			more, err := x.child()
			if err != nil || !more {
				return err
			}
			switch {
			case x.space == mainSpace && string(x.name) == "workbookPr":
				v, _ := x.attr("date1904")
				w.date1904 = string(v) == "1" || string(v) == "true"
			case x.space == mainSpace && string(x.name) == "sheets":
				if listed, err = readSheetList(x); err != nil {
					return err
				}
				continue
			}
			if err := x.skip(); err != nil {
				return err
			}
		}
	})
	return listed, err
}

func readSheetList(x *xmlScanner) (listed []listedSheet, err error) {
	for {
		more, err := x.child()
		if err != nil || !more {
			return listed, err
		}
		name, _ := x.attr("name")
		state, _ := x.attr("state")
		listed = append(listed, listedSheet{string(name), x.relID(), len(state) > 0 && string(state) != "visible"})
		if err := x.skip(); err != nil {
			return nil, err
		}
	}
}

// sheets makes the worksheets of those that are listed. Chart sheets hold no rows
// and are left out; a worksheet whose part is missing refuses the file.
func (w *workbook) sheets(listed []listedSheet, relations []relation) ([]Sheet, error) {
	var sheets []Sheet
	src := w.pack.src
	for _, l := range listed {
		var rel relation
		for _, r := range relations {
			if r.id == l.rel {
				rel = r
			}
		}
		if rel.role == "chartsheet" || rel.role == "dialogsheet" || strings.HasSuffix(rel.role, "acrosheet") {
			continue
		}
		if w.pack.parts[partName(rel.part)] == nil || l.rel == "" {
			return nil, refuse(CodeBrokenZip, src.name+"!"+l.name, "the workbook lists this sheet, but the archive does not hold it; %s", saveAgain)
		}
		rows := func(only []bool) iter.Seq2[Row, error] {
			return walk(src, func() (rowReader, error) { return w.openSheet(l.name, rel.part, only) })
		}
		inBlocks := func() *blocks {
			return &blocks{src: src, open: func() (blockReader, error) {
				rows, err := w.openSheet(l.name, rel.part, nil)
				return &sheetBlocks{rows: rows}, err
			}}
		}
		sheets = append(sheets, Sheet{Name: l.name, Number: len(sheets) + 1, Hidden: l.hidden, rows: rows, blocks: inBlocks}.all())
	}
	if len(sheets) == 0 {
		return nil, refuse(CodeNotASpreadsheet, src.name, "the workbook holds no worksheet; export the list as .xlsx or CSV")
	}
	return sheets, nil
}
