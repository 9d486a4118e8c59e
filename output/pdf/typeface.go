package pdf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansitalic"
	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/jung-kurt/gofpdf"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// SystemFonts are the places where a fallback font is looked for, in order,
// when the settings name none. Only TrueType outlines can be used: Noto CJK
// and most .otf and .ttc files cannot.
var SystemFonts = []string{
	"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",          // Debian, Ubuntu: fonts-droid-fallback
	"/usr/share/fonts/google-droid-sans-fonts/DroidSansFallbackFull.ttf", // Fedora, Red Hat
	"/usr/share/fonts/droid/DroidSansFallbackFull.ttf",                   // Arch
	"/usr/share/fonts/truetype/wqy/wqy-zenhei.ttf",                       // WenQuanYi
	"/System/Library/Fonts/Supplemental/Arial Unicode.ttf",               // macOS
	"/Library/Fonts/Arial Unicode.ttf",                                   // macOS, older
	`C:\Windows\Fonts\arialuni.ttf`,                                      // Windows with Office
	`C:\Windows\Fonts\simhei.ttf`,                                        // Windows, Chinese
	`C:\Windows\Fonts\malgun.ttf`,                                        // Windows, Korean
	"/usr/share/fonts/truetype/nanum/NanumGothic.ttf",                    // Debian: Korean
	"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",                    // Debian, Ubuntu: Arabic, symbols
	"/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",                  // Fedora
	"/usr/share/fonts/TTF/DejaVuSans.ttf",                                // Arch
	`C:\Windows\Fonts\segoeui.ttf`,                                       // Windows: Arabic, symbols
	"/System/Library/Fonts/Supplemental/Times New Roman.ttf",             // macOS: Arabic
}

// maxFont is the size above which a fallback font is refused: 64 MiB, three
// times the largest known.
const maxFont = 64 << 20

// fallbackScale sets fallback glyphs a little smaller: ideographs fill their
// square and look larger than Latin text of the same size.
const fallbackScale = 0.94

// weight is one cut of Liberation Sans. A fallback font has the first only.
type weight uint8

const (
	regular weight = iota
	bold
	italic
)

// String is how the library names the cut.
func (w weight) String() string { return [...]string{"", "B", "I"}[w] }

// A faceNumber says which font draws a character: Liberation, then the
// fallback fonts in the order in which they were opened.
type faceNumber int8

const (
	notAsked   faceNumber = 0
	noFace     faceNumber = -1
	liberation faceNumber = 1 // the first fallback font is 2
)

// A fontFile is one TrueType font: its bytes for the document, and the parsed
// form that tells which characters it has and how wide they are.
type fontFile struct {
	path string
	data []byte
	font *sfnt.Font
}

// typefaces chooses a font for each character and measures it. It serves both
// passes of one document and is not safe for concurrent use.
type typefaces struct {
	latin    [3]fontFile // by weight
	fallback []fontFile
	unopened []string
	chosen   [1 << 16]faceNumber
	widths   [4]map[rune]float64 // by weight; the last for fallback fonts. Unit: em
	buf      sfnt.Buffer
}

// liberationFonts parses the embedded fonts once; sfnt fonts are read-only.
var liberationFonts = sync.OnceValues(func() ([3]fontFile, error) {
	var fonts [3]fontFile
	for i, data := range [][]byte{liberationsansregular.TTF, liberationsansbold.TTF, liberationsansitalic.TTF} {
		parsed, err := sfnt.Parse(data)
		if err != nil {
			return fonts, fmt.Errorf("reading the embedded font: %w", err)
		}
		fonts[i] = fontFile{data: data, font: parsed}
	}
	return fonts, nil
})

func newTypefaces(opt Options) (*typefaces, error) {
	t := &typefaces{}
	for i := range t.widths {
		t.widths[i] = make(map[rune]float64)
	}
	var err error
	if t.latin, err = liberationFonts(); err != nil {
		return nil, err
	}
	switch {
	case opt.FallbackFont != "":
		f, err := openFont(opt.FallbackFont)
		if err != nil {
			return nil, fmt.Errorf("output.font_fallback: %w", err)
		}
		t.fallback = append(t.fallback, f)
	case !opt.NoSystemFonts:
		t.unopened = SystemFonts
	}
	return t, nil
}

// openFont reads a font and makes sure that the library can embed it: given
// anything else, that prints to standard output and fails later.
func openFont(path string) (fontFile, error) {
	info, err := os.Stat(path)
	if err != nil {
		return fontFile{}, fmt.Errorf("reading the font: %w", err)
	}
	if !info.Mode().IsRegular() || info.Size() > maxFont {
		return fontFile{}, fmt.Errorf("reading the font %s: not a file of at most %d MiB", path, maxFont>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return fontFile{}, fmt.Errorf("reading the font: %w", err)
	}
	if err := checkTrueType(data); err != nil {
		return fontFile{}, fmt.Errorf("reading the font %s: %w", path, err)
	}
	parsed, err := sfnt.Parse(data)
	if err != nil {
		return fontFile{}, fmt.Errorf("reading the font %s: %w", path, err)
	}
	return fontFile{path: path, data: data, font: parsed}, nil
}

var errNotTrueType = errors.New("no TrueType outlines: name a .ttf file with a glyf table, not .otf or .ttc")

// checkTrueType looks into the table directory for the outlines.
func checkTrueType(data []byte) error {
	if len(data) < 12 {
		return errNotTrueType
	}
	if v := binary.BigEndian.Uint32(data); v != 0x00010000 && v != 0x74727565 { // version 1.0, "true"
		return errNotTrueType
	}
	tables := int(binary.BigEndian.Uint16(data[4:]))
	for i := 0; i < tables && 12+16*i+4 <= len(data); i++ {
		if string(data[12+16*i:][:4]) == "glyf" {
			return nil
		}
	}
	return errNotTrueType
}

// of returns the font that has r, opening further fallback fonts as long as
// none has it. All three cuts of Liberation must have it to be chosen.
func (t *typefaces) of(r rune) faceNumber {
	if r < 0 || r > 0xFFFF {
		return noFace
	}
	if t.chosen[r] == notAsked {
		t.chosen[r] = t.search(r)
	}
	return t.chosen[r]
}

func (t *typefaces) search(r rune) faceNumber {
	if t.has(t.latin[regular].font, r) && t.has(t.latin[bold].font, r) && t.has(t.latin[italic].font, r) {
		return liberation
	}
	for i := range t.fallback {
		if t.has(t.fallback[i].font, r) {
			return liberation + 1 + faceNumber(i)
		}
	}
	for len(t.unopened) > 0 {
		path := t.unopened[0]
		t.unopened = t.unopened[1:]
		f, err := openFont(path)
		if err != nil {
			continue // a font the system happens to lack
		}
		t.fallback = append(t.fallback, f)
		if t.has(f.font, r) {
			return liberation + faceNumber(len(t.fallback))
		}
	}
	return noFace
}

func (t *typefaces) has(f *sfnt.Font, r rune) bool {
	index, err := f.GlyphIndex(&t.buf, r)
	return err == nil && index != 0
}

// advance is the width of r in em.
func (t *typefaces) advance(r rune, w weight) float64 {
	face := t.of(r)
	slot, file, scale := int(w), &t.latin[w], 1.0
	if face > liberation {
		slot, file, scale = 3, &t.fallback[face-liberation-1], fallbackScale
	}
	if em, ok := t.widths[slot][r]; ok {
		return em
	}
	// A thousand units are what the document's own width table counts in.
	index, err := file.font.GlyphIndex(&t.buf, r)
	if err != nil {
		panic(fmt.Sprintf("glyph of %U: %v", r, err))
	}
	adv, err := file.font.GlyphAdvance(&t.buf, index, fixed.I(1000), font.HintingNone)
	if err != nil {
		panic(fmt.Sprintf("width of %U: %v", r, err))
	}
	em := float64(adv.Round()) / 1000 * scale
	t.widths[slot][r] = em
	return em
}

// register adds the cuts of Liberation to a document. Each document gets its
// own copy of the bytes: the library writes into them while it cuts subsets.
func (t *typefaces) register(pdf *gofpdf.Fpdf) {
	for w := regular; w <= italic; w++ {
		pdf.AddUTF8FontFromBytes(family(liberation), w.String(), bytes.Clone(t.latin[w].data))
	}
}

// registerFallback adds one fallback font, when the first character needs it.
func (t *typefaces) registerFallback(pdf *gofpdf.Fpdf, face faceNumber) {
	pdf.AddUTF8FontFromBytes(family(face), "", bytes.Clone(t.fallback[face-liberation-1].data))
}

// family is the name of a font inside the document.
func family(face faceNumber) string {
	if face == liberation {
		return "liberation"
	}
	return fmt.Sprintf("fallback%d", face-liberation)
}

// used lists the paths of the fallback fonts that some character needed.
func (t *typefaces) used() []string {
	var paths []string
	for i := range t.fallback {
		for _, face := range t.chosen {
			if face == liberation+1+faceNumber(i) {
				paths = append(paths, t.fallback[i].path)
				break
			}
		}
	}
	return paths
}
