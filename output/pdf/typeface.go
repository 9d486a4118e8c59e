package pdf

import (
	"bytes"
	"fmt"

	"github.com/jung-kurt/gofpdf"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// fallbackScale sets fallback glyphs a little smaller: ideographs fill their
// square and look larger than Latin text of the same size.
const fallbackScale = 0.94

// units measure text in hundred-thousandths of an em: whole numbers, so that a
// text's width is the sum of its parts whatever the order. A glyph is as wide as
// a whole number of thousandths, which the document's own width table counts in.
type units int32

const (
	perEm     units = 100_000
	glyphUnit units = perEm / 1000
	// of a glyph of a fallback font
	fallbackUnit units = fallbackScale * 100
)

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

// typefaces chooses a font for each character and measures it. It serves both
// passes of one document and is not safe for concurrent use.
type typefaces struct {
	latin    [3]fontFile // by weight
	fallback []fontFile
	unopened []string
	chosen   [1 << 16]faceNumber
	widths   [4][1 << 16]units // by weight; the last for fallback fonts; 0: not asked, else one more than it is
	buf      sfnt.Buffer
}

func newTypefaces(opt Options) (*typefaces, error) {
	t := &typefaces{}
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

// advance is the width of r.
func (t *typefaces) advance(r rune, w weight) units {
	face := t.of(r)
	slot := int(w)
	if face > liberation {
		slot = 3
	}
	known := &t.widths[slot][r&0xFFFF]
	if *known == 0 {
		*known = 1 + t.measure(r, w, face)
	}
	return *known - 1
}

// measure asks the font for the width of r.
func (t *typefaces) measure(r rune, w weight, face faceNumber) units {
	file, scale := &t.latin[w], glyphUnit
	if face > liberation {
		file, scale = &t.fallback[face-liberation-1], fallbackUnit
	}
	index, err := file.font.GlyphIndex(&t.buf, r)
	if err != nil {
		panic(fmt.Sprintf("glyph of %U: %v", r, err))
	}
	adv, err := file.font.GlyphAdvance(&t.buf, index, fixed.I(1000), font.HintingNone)
	if err != nil {
		panic(fmt.Sprintf("width of %U: %v", r, err))
	}
	return units(adv.Round()) * scale
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
