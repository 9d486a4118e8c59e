package sheet

import (
	"bufio"
	"bytes"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// sampleBytes is how many bytes of lines with other than ASCII are looked at.
const sampleBytes = 256 << 10

// sureEnough is the confidence from which the detector is believed about the
// scripts it has models of.
const sureEnough = 0.7

// scripts are the encodings in which the detector is good: those of other
// scripts than Latin, by the names it gives them.
var scripts = map[string]charset{
	"shift_jis":    {name: "Shift_JIS", decoder: japanese.ShiftJIS},
	"cp932":        {name: "Shift_JIS", decoder: japanese.ShiftJIS},
	"euc-jp":       {name: "EUC-JP", decoder: japanese.EUCJP},
	"gb2312":       {name: "GB18030", decoder: simplifiedchinese.GB18030},
	"gb18030":      {name: "GB18030", decoder: simplifiedchinese.GB18030},
	"big5":         {name: "Big5", decoder: traditionalchinese.Big5},
	"euc-kr":       {name: "EUC-KR", decoder: korean.EUCKR},
	"cp949":        {name: "EUC-KR", decoder: korean.EUCKR},
	"windows-1251": {name: "windows-1251", decoder: charmap.Windows1251},
	"iso-8859-5":   {name: "ISO-8859-5", decoder: charmap.ISO8859_5},
	"koi8-r":       {name: "KOI8-R", decoder: charmap.KOI8R},
	"windows-1253": {name: "windows-1253", decoder: charmap.Windows1253},
	"iso-8859-7":   {name: "windows-1253", decoder: charmap.Windows1253}, // its superset but for three signs
}

// A latin is a code page of Latin letters with the languages written in it, each
// as its letters beyond ASCII. No general detector tells these apart (Polish is
// called Western European, German Turkish), and the wrong one is a silent
// misspelling of every customer, so the letters themselves are asked.
type latin struct {
	name      string
	enc       encoding.Encoding
	languages []string
}

// latins stand in the order in which they are taken when the letters do not
// decide. ISO-8859-1 is read as windows-1252, its superset in practice.
var latins = []latin{
	{"windows-1252", charmap.Windows1252, []string{
		"àèéìíîòóùú",       // Italian
		"äöüß",             // German
		"àâæçèéêëîïôœùûüÿ", // French
		"áéíñóúü",          // Spanish
		"áâãàçéêíóôõúü",    // Portuguese
		"áäèéëïóöü",        // Dutch
		"åäöé",             // Swedish, Finnish
		"æøåé",             // Danish, Norwegian
		"àçèéíïòóúü",       // Catalan
		"áðéíóúýþæö",       // Icelandic
	}},
	{"windows-1250", charmap.Windows1250, []string{
		"ąćęłńóśźż",         // Polish
		"áčďéěíňóřšťúůýž",   // Czech
		"áäčďéíĺľňóôŕšťúýž", // Slovak
		"áéíóöőúüű",         // Hungarian
		"ăâîşţ",             // Romanian
		"čćđšž",             // Croatian, Slovene
		"äöüß",              // German
	}},
	{"windows-1254", charmap.Windows1254, []string{
		"çğıöşüâîû", // Turkish
	}},
}

// guessCharset finds the encoding of a text that has no mark and is not UTF-8.
// What decodes the whole text and fits its letters is taken and marked as
// guessed; if nothing fits, the file is refused rather than misspelt.
func guessCharset(src *source) (charset, error) {
	sample, err := highLines(src)
	if err != nil {
		return charset{}, src.refusal(err)
	}
	for _, c := range likely(sample) {
		line, err := undecodable(src, c)
		if err != nil {
			return charset{}, src.refusal(err)
		}
		if line == 0 {
			c.guessed = true
			return c, nil
		}
	}
	return charset{}, refuse(CodeEncoding, src.name, "the text is not UTF-8 and its letters fit no encoding we know for certain; %s", saveAsUTF8)
}

// highLines gathers lines that hold bytes beyond ASCII, from all of the text:
// the first accent may come late.
func highLines(src *source) ([]byte, error) {
	raw, err := src.open()
	if err != nil {
		return nil, err
	}
	var sample []byte
	for r := bufio.NewReaderSize(raw, 64<<10); len(sample) < sampleBytes; {
		line, err := r.ReadSlice('\n')
		if bytes.ContainsFunc(line, func(r rune) bool { return r >= 0x80 }) {
			sample = append(sample, line...)
		}
		if err == io.EOF {
			break
		}
		if err != nil && err != bufio.ErrBufferFull {
			return nil, err
		}
	}
	return sample, nil
}

// likely lists the encodings that may be meant by the sample, best first.
func likely(sample []byte) []charset {
	var found []charset
	for _, r := range chardet.DetectAll(sample) {
		if c, ok := scripts[strings.ToLower(r.Charset)]; ok && r.Confidence >= sureEnough {
			found = append(found, c)
		}
	}
	if len(found) > 0 {
		return found
	}
	type fit struct {
		charset
		cost int
	}
	var fits []fit
	for _, l := range latins {
		if cost, ok := l.cost(sample); ok {
			fits = append(fits, fit{charset{name: l.name, decoder: l.enc}, cost})
		}
	}
	slices.SortStableFunc(fits, func(a, b fit) int { return a.cost - b.cost })
	for _, f := range fits {
		found = append(found, f.charset)
	}
	return found
}

// cost says how hard it is to believe that the sample is written in the code
// page: characters that no language explains weigh most, then the languages that
// a line must mix, then those of the whole sample. A line is mostly about one
// customer in one country. It is not ok if more than a tenth of the characters
// is unexplained.
func (l latin) cost(sample []byte) (cost int, ok bool) {
	text, err := l.enc.NewDecoder().Bytes(sample)
	if err != nil {
		return 0, false
	}
	var all []rune
	strange, total := 0, 0
	for line := range strings.Lines(string(text)) {
		letters, odd, n := foreignLetters(line)
		languages, unknown := l.explain(letters)
		strange += odd + unknown
		total += n
		cost += languages
		all = append(all, letters...)
	}
	languages, _ := l.explain(all)
	return cost + languages + 10*strange, strange*10 <= total
}

// explain returns how many of the languages are needed for the letters, each
// time taking the one that explains most, and how many letters none explains.
func (l latin) explain(letters []rune) (languages, unknown int) {
	slices.Sort(letters)
	left := slices.Compact(slices.Clone(letters))
	for len(left) > 0 {
		best, explained := "", 0
		for _, alphabet := range l.languages {
			n := 0
			for _, r := range left {
				if strings.ContainsRune(alphabet, r) {
					n++
				}
			}
			if n > explained {
				best, explained = alphabet, n
			}
		}
		if explained == 0 {
			return languages, len(left)
		}
		languages++
		left = slices.DeleteFunc(left, func(r rune) bool { return strings.ContainsRune(best, r) })
	}
	return languages, 0
}

// foreignLetters returns the letters beyond ASCII of a line, in lower case; how
// many characters beyond ASCII stand where no spelling puts them (a sign between
// two letters, a capital after a small letter); and how many there are in all.
func foreignLetters(line string) (letters []rune, odd, total int) {
	chars := []rune(line)
	at := func(i int) rune {
		if i < 0 || i >= len(chars) {
			return ' '
		}
		return chars[i]
	}
	for i, r := range chars {
		if r < 0x80 {
			continue
		}
		total++
		switch before, after := at(i-1), at(i+1); {
		case meaningless(r):
			odd++
		case unicode.IsUpper(r) && unicode.IsLower(before):
			odd++
		case unicode.IsLetter(r) && r != 'ª' && r != 'º':
			if lower := unicode.ToLower(r); lower >= 0x80 { // İ becomes i
				letters = append(letters, lower)
			}
		case unicode.IsLetter(before) && unicode.IsLetter(after) && !strings.ContainsRune("’‘·–—\u00a0", r):
			odd++
		}
	}
	return letters, odd, total
}
