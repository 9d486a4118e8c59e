package excel

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
)

// contentTypes is the part that must come first and that excelize fills in map
// order.
const contentTypes = "[Content_Types].xml"

// zipVersion20 and zipVersion45 are what a reader must understand. Excel calls
// a part above 4 GiB damaged if its header does not ask for 4.5.
const (
	zipVersion20 = 20
	zipVersion45 = 45
)

// An archive is the excelize.ZipWriter that makes equal workbooks equal bytes.
// excelize hands over its parts in map order, so the archive compresses each
// part as it comes, keeps only the compressed bytes, a large part's in a file,
// and writes them out in order of their names when it is closed.
type archive struct {
	w       io.Writer
	dir     string                                  // for temporary files
	rows    map[string]*packedRows                  // by the part they belong to
	rewrite map[string]func([]byte) ([]byte, error) // parts that are not as they should be
	parts   []*part
	splice  *splice // of the part that is being written; nil: it is whole as it comes
	spliced int
}

// partPackers hold compressors for the next part: making one costs more than
// compressing a small part.
var partPackers = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.DefaultCompression)
	if err != nil {
		panic(fmt.Sprintf("compressing: %v", err)) // a constant of ours
	}
	return w
}}

// discard removes temporary files.
func (a *archive) discard() {
	for _, p := range a.parts {
		for _, piece := range p.pieces {
			piece.close()
		}
	}
}

// A part is one compressed entry, in pieces: a sheet's rows come packed.
type part struct {
	name    string
	dir     string
	sum     uint32 // CRC-32 of what was written
	size    uint64
	pieces  []*spool
	packer  *flate.Writer
	rewrite func([]byte) ([]byte, error)
	plain   bytes.Buffer // what is to be rewritten when it is whole
}

func (p *part) Write(b []byte) (int, error) {
	if p.rewrite != nil {
		return p.plain.Write(b)
	}
	p.sum = crc32.Update(p.sum, crc32.IEEETable, b)
	p.size += uint64(len(b))
	return p.packer.Write(b)
}

// begin lets what follows be compressed on its own.
func (p *part) begin() {
	piece := &spool{dir: p.dir}
	p.pieces = append(p.pieces, piece)
	p.packer.Reset(piece)
}

// insert puts packed rows behind what has been written.
func (p *part) insert(rows *packedRows) error {
	if err := p.packer.Flush(); err != nil {
		return fmt.Errorf("compressing %s: %w", p.name, err)
	}
	p.sum = joinSums(p.sum, rows.sum, rows.plain)
	p.size += rows.plain
	p.pieces = append(p.pieces, &rows.spool)
	p.begin()
	return nil
}

// end ends the compressed stream.
func (p *part) end() error {
	if rewrite := p.rewrite; rewrite != nil {
		plain, err := rewrite(p.plain.Bytes())
		if err != nil {
			return fmt.Errorf("writing part %s: %w", p.name, err)
		}
		p.rewrite = nil
		if _, err := p.Write(plain); err != nil {
			return fmt.Errorf("compressing %s: %w", p.name, err)
		}
	}
	if err := p.packer.Close(); err != nil {
		return fmt.Errorf("compressing %s: %w", p.name, err)
	}
	partPackers.Put(p.packer)
	p.packer = nil
	return nil
}

// Create begins a part and ends the one before it.
func (a *archive) Create(name string) (io.Writer, error) {
	if err := a.finish(); err != nil {
		return nil, err
	}
	p := &part{name: name, dir: a.dir, rewrite: a.rewrite[name], packer: partPackers.Get().(*flate.Writer)}
	p.begin()
	a.parts = append(a.parts, p)
	if rows, ok := a.rows[name]; ok {
		a.spliced++
		a.splice = &splice{to: p, rows: rows}
		return a.splice, nil
	}
	return p, nil
}

// AddFS is part of excelize.ZipWriter and never called by it.
func (a *archive) AddFS(fs.FS) error { return errors.New("a workbook has no file system to add") }

// finish ends the newest part.
func (a *archive) finish() error {
	if len(a.parts) == 0 {
		return nil
	}
	p := a.parts[len(a.parts)-1]
	if a.splice != nil {
		if err := a.splice.done(); err != nil {
			return err
		}
	}
	a.splice = nil
	return p.end()
}

// Close writes all parts, contentTypes first, then by name.
func (a *archive) Close() error {
	if err := a.finish(); err != nil {
		return err
	}
	if a.spliced != len(a.rows) {
		return fmt.Errorf("%d sheets with rows, but %d of them written", len(a.rows), a.spliced)
	}
	slices.SortFunc(a.parts, func(x, y *part) int {
		if (x.name == contentTypes) != (y.name == contentTypes) {
			if x.name == contentTypes {
				return -1
			}
			return 1
		}
		return strings.Compare(x.name, y.name)
	})
	z := zip.NewWriter(a.w)
	for _, p := range a.parts {
		if err := p.store(z); err != nil {
			return fmt.Errorf("writing part %s: %w", p.name, err)
		}
	}
	return z.Close()
}

// store copies the compressed bytes into the file, without a time stamp.
func (p *part) store(z *zip.Writer) error {
	h := &zip.FileHeader{
		Name: p.name, Method: zip.Deflate, ReaderVersion: zipVersion20, CreatorVersion: zipVersion20,
		CRC32: p.sum, UncompressedSize64: p.size,
	}
	for _, piece := range p.pieces {
		h.CompressedSize64 += piece.size
	}
	if p.size > math.MaxUint32 || h.CompressedSize64 > math.MaxUint32 {
		h.ReaderVersion, h.CreatorVersion = zipVersion45, zipVersion45
		h.Flags |= 0x8 // the sizes follow the data, where eight bytes fit
	}
	w, err := z.CreateRaw(h)
	if err != nil {
		return err
	}
	for _, piece := range p.pieces {
		if err := piece.copyTo(w); err != nil {
			return err
		}
	}
	return nil
}

// AsWritten tells whether a workbook still has the zip entries that Write makes:
// without time stamps and flags. Every program that saves a workbook writes
// either; so one that has neither holds no edits, whoever's run wrote it.
func AsWritten(path string) bool {
	z, err := zip.OpenReader(path)
	if err != nil {
		return false
	}
	defer z.Close()
	for _, e := range z.File {
		if e.ModifiedDate != 0 || e.ModifiedTime != 0 || e.Flags != 0 || e.CreatorVersion != zipVersion20 { //nolint:staticcheck // the raw fields, not the time made of them
			return false
		}
	}
	return len(z.File) > 0
}

// typeList is the content of contentTypes.
type typeList struct {
	XMLName   xml.Name       `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Defaults  []typeDefault  `xml:"Default"`
	Overrides []typeOverride `xml:"Override"`
}

type typeDefault struct {
	Extension   string `xml:",attr"`
	ContentType string `xml:",attr"`
}

type typeOverride struct {
	PartName    string `xml:",attr"`
	ContentType string `xml:",attr"`
}

// sortedTypes puts the entries of contentTypes in order.
func sortedTypes(b []byte) ([]byte, error) {
	var t typeList
	if err := xml.Unmarshal(b, &t); err != nil {
		return nil, fmt.Errorf("reading %s: %w", contentTypes, err)
	}
	slices.SortFunc(t.Defaults, func(x, y typeDefault) int { return strings.Compare(x.Extension, y.Extension) })
	slices.SortFunc(t.Overrides, func(x, y typeOverride) int { return strings.Compare(x.PartName, y.PartName) })
	out, err := xml.Marshal(t)
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", contentTypes, err)
	}
	return append([]byte(xml.Header), out...), nil
}
