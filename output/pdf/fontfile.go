package pdf

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansitalic"
	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font/sfnt"
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

// A fontFile is one TrueType font: its bytes for the document, and the parsed
// form that tells which characters it has and how wide they are.
type fontFile struct {
	path string
	data []byte
	font *sfnt.Font
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
