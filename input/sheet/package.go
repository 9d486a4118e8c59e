package sheet

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"
)

// directoryBytes is how much of an archive may be its list of entries: a hundred
// times that of a large workbook.
const directoryBytes = 16 << 20

// A pack is the zip archive of a workbook, with its parts by name. Part names
// are compared without case, as the format wants it.
type pack struct {
	src   *source
	parts entries
}

// openPack lists the archive of a workbook. What its entries declare is checked
// before any of them is unpacked; what they hold is measured while they are.
func openPack(src *source) (*pack, error) {
	files, err := listEntries(src)
	if err != nil {
		return nil, err
	}
	p := &pack{src: src, parts: namedParts(files)}
	for _, f := range files {
		if name := partName(f.Name); p.parts[name] != f && p.parts.ofOffice() {
			return nil, refuse(CodeBrokenZip, src.name, "the archive holds the part %s twice, and nothing tells which one counts; %s", Plain(name), saveAgain)
		}
	}
	return p, nil
}

// listEntries lists a zip archive and refuses one that asks for too much.
func listEntries(src *source) ([]*zip.File, error) {
	at, size, err := src.random()
	if err != nil {
		return nil, err
	}
	limited := &budgetReader{r: at, left: directoryBytes}
	archive, err := zip.NewReader(limited, size)
	switch {
	case errors.Is(err, errBudget):
		return nil, refuse(CodeTooLarge, src.name, "the list of entries in this archive is longer than %s; %s", byteSize(directoryBytes), saveAgain)
	case err != nil:
		return nil, refuse(CodeBrokenZip, src.name, "the archive's list of entries, at the end of the file, is missing or damaged: the file has probably been cut off while it was copied; %s", copyAgain)
	}
	limited.unlimited = true
	archive.RegisterDecompressor(zip.Deflate, unpackDeflate)
	if n := len(archive.File); n > src.limits.Entries {
		return nil, refuse(CodeTooLarge, src.name, "the archive has %d entries, more than the %d that are read; %s", n, src.limits.Entries, raise("entries"))
	}
	var declared uint64
	for _, f := range archive.File {
		const encrypted = 1
		if f.Flags&encrypted != 0 {
			return nil, refuse(CodePasswordProtected, src.name, "the archive is protected by a password; %s", unpackIt)
		}
		if declared += f.UncompressedSize64; declared > uint64(src.limits.InflatedBytes) || f.UncompressedSize64 > uint64(src.limits.InflatedBytes) {
			return nil, refuse(CodeTooLarge, src.name, "unpacked the workbook or archive has more than the %s that are read; %s", byteSize(src.limits.InflatedBytes), raise("inflated_bytes"))
		}
	}
	return archive.File, src.budget.charge(int64(declared))
}

// entries are those of an archive by the names that they are looked up by.
type entries map[string]*zip.File

func namedParts(files []*zip.File) entries {
	named := make(entries, len(files))
	for _, f := range files {
		named[partName(f.Name)] = f
	}
	return named
}

// ofOffice tells the archive that is one document from an archive of files.
func (p entries) ofOffice() bool {
	return p["[content_types].xml"] != nil && p["_rels/.rels"] != nil || p.ofOpenDocument() || p.ofNumbers()
}

func (p entries) ofOpenDocument() bool { return p["content.xml"] != nil && p["mimetype"] != nil }

func (p entries) ofNumbers() bool { return p["index/document.iwa"] != nil || p["index.zip"] != nil }

// partName brings a part's name into the form in which parts are looked up.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// open begins to read a part. The caller must read it to its end, where its
// checksum is verified. Nothing needs closing: the archive is read by position.
func (p *pack) open(name string) (io.Reader, error) {
	f := p.parts[partName(name)]
	if f == nil {
		return nil, refuse(CodeBrokenZip, p.src.name, "the part %s of the workbook is missing; %s", name, saveAgain)
	}
	return openEntry(f, p.src.name, "the part "+name, p.src)
}

// openEntry begins to unpack an entry of an archive; what names it in messages.
func openEntry(f *zip.File, where, what string, src *source) (io.Reader, error) {
	r, err := f.Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		return nil, refuse(CodeUnreadable, where, "%s is packed by a method that is not read; %s", what, unpackIt)
	}
	if err != nil {
		return nil, refuse(CodeBrokenZip, where, "%s cannot be unpacked; %s", what, copyAgain)
	}
	packed := int64(min(f.CompressedSize64, uint64(src.size)))
	return &timed{src.ctx, &inflated{r: r, where: where, what: what, packed: packed, limits: src.limits}}, nil
}

// read scans a small part from its root element to its very end.
func (p *pack) read(name, root string, space xmlSpace, visit func(x *xmlScanner) error) error {
	part, err := p.open(name)
	if err != nil {
		return err
	}
	x := newXMLScanner(part)
	defer x.release()
	if err = x.root(root, space); err == nil {
		if err = visit(x); err == nil {
			err = x.finish()
		}
	}
	return p.refusal(name, p.src.name, err)
}

// refusal words an error met while scanning a part.
func (p *pack) refusal(part, where string, err error) error {
	var fault xmlFault
	if errors.As(err, &fault) {
		return refuse(CodeBrokenXML, where, "the part %s is damaged: %s; %s", part, fault, saveAgain)
	}
	return err
}

// A relation says which part plays a role for another part.
type relation struct{ id, role, part string }

// relations reads the relations of a part; of the archive itself for the empty
// name.
func (p *pack) relations(of string) ([]relation, error) {
	dir, base := path.Split(of)
	var relations []relation
	err := p.read(dir+"_rels/"+base+".rels", "Relationships", packageSpace, func(x *xmlScanner) error {
		for {
			more, err := x.child()
			if err != nil || !more {
				return err
			}
			id, _ := x.attr("Id")
			role, _ := x.attr("Type")
			target, _ := x.attr("Target")
			if mode, _ := x.attr("TargetMode"); string(mode) != "External" {
				relations = append(relations, relation{string(id), path.Base(string(role)), targetPart(dir, string(target))})
			}
			if err := x.skip(); err != nil {
				return err
			}
		}
	})
	return relations, err
}

// partOf is the part that plays a role, empty if there is none.
func partOf(relations []relation, role string) string {
	for _, r := range relations {
		if r.role == role {
			return r.part
		}
	}
	return ""
}

// targetPart resolves the target of a relation: absolute, or relative to the
// folder of the part that names it.
func targetPart(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = dir + target
	}
	return strings.TrimPrefix(path.Clean("/"+target), "/")
}
