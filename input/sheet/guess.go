package sheet

import (
	"bufio"
	"bytes"
	"cmp"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// What is looked at of a text: so many bytes of lines with other than ASCII, and
// so many different words of them.
const (
	sampleBytes = 256 << 10
	sampleWords = 4000
)

// When a reading is believed.
const (
	clearlyBetter = 5.0  // than every other one that gives another text, as logarithm: 150 to 1
	likeWords     = -5.0 // a letter, on average, in the words with letters beyond ASCII
	likeRareWords = -4.5 // the same, in an encoding that is hardly in use
	sureEnough    = 0.7  // confidence of the detector of East Asian encodings
	enoughChars   = 8    // different characters of them
)

// eastAsian are the encodings of several bytes a character, by the names that the
// detector gives them. It tells them apart by how frequent their characters are.
var eastAsian = map[string]charset{
	"shift_jis": {name: "Shift_JIS", decoder: japanese.ShiftJIS},
	"cp932":     {name: "Shift_JIS", decoder: japanese.ShiftJIS},
	"euc-jp":    {name: "EUC-JP", decoder: japanese.EUCJP},
	"gb2312":    {name: "GB18030", decoder: simplifiedchinese.GB18030},
	"gb18030":   {name: "GB18030", decoder: simplifiedchinese.GB18030},
	"big5":      {name: "Big5", decoder: traditionalchinese.Big5},
	"euc-kr":    {name: "EUC-KR", decoder: korean.EUCKR},
	"cp949":     {name: "EUC-KR", decoder: korean.EUCKR},
}

// guessCharset finds the encoding of a text that has no mark and is not UTF-8.
// What decodes the whole text and reads like a language is taken and marked as
// guessed; if two readings are about as good, or none is, the file is refused
// rather than misspelt: the wrong one is a silent misspelling of every customer.
func guessCharset(src *source) (charset, error) {
	sample, err := highLines(src)
	if err != nil {
		return charset{}, src.refusal(err)
	}
	c, why := likely(sample)
	if why == "" {
		line, err := undecodable(src, c)
		if err != nil {
			return charset{}, src.refusal(err)
		}
		if line == 0 {
			c.guessed = true
			return c, nil
		}
		why = "its letters fit no encoding in all of its lines"
	}
	return charset{}, refuse(CodeEncoding, src.name, "the text is not UTF-8, and %s; %s", why, saveAsUTF8)
}

// likely is the encoding that is meant by the sample, or why nobody can tell.
func likely(sample []byte) (c charset, why string) {
	words := wordsOf(sample)
	var readings []reading
	for _, p := range codePages {
		if r, ok := p.read(words); ok {
			readings = append(readings, r)
		}
	}
	slices.SortStableFunc(readings, func(a, b reading) int { return cmp.Compare(b.score, a.score) })
	if len(readings) > 0 && readings[0].plausible() {
		best := readings[0].page
		if best.cost > 0 && allKana(sample) {
			return charset{}, "it reads as " + best.name + " and as Japanese"
		}
		for _, other := range readings[1:] {
			if readings[0].score-other.score < clearlyBetter && !sameText(best, other.page, words) {
				return charset{}, "it reads as " + best.name + " about as well as " + other.page.name
			}
		}
		usual := slices.IndexFunc(codePages, func(p codePage) bool { return sameText(best, p, words) })
		return charset{name: codePages[usual].name, decoder: codePages[usual].table}, ""
	}
	for _, r := range chardet.DetectAll(sample) {
		if c, ok := eastAsian[strings.ToLower(r.Charset)]; ok && r.Confidence >= sureEnough {
			return c, c.doubt(sample)
		}
	}
	return charset{}, "its letters fit no encoding we know for certain"
}

// doubt says why the detector's word is not enough for an East Asian encoding: it
// counts how frequent characters are, which a name or two do not show, and takes
// short Korean texts for Chinese.
func (c charset) doubt(sample []byte) string {
	text, err := c.decoder.NewDecoder().Bytes(sample)
	if err != nil {
		return "its letters fit no encoding we know for certain"
	}
	chars := map[rune]bool{}
	for _, r := range string(text) {
		if r >= 0x80 {
			chars[r] = true
		}
	}
	if len(chars) < enoughChars {
		return "it holds too few characters of " + c.name + " to be sure"
	}
	if c.name != "EUC-KR" && allHangul(sample) {
		return "it reads as " + c.name + " and as Korean"
	}
	return ""
}

func allHangul(sample []byte) bool {
	text, err := korean.EUCKR.NewDecoder().Bytes(sample)
	return err == nil && !bytes.ContainsFunc(text, func(r rune) bool { return r >= 0x80 && !unicode.Is(unicode.Hangul, r) })
}

// allKana reports whether a text is Shift_JIS in which everything beyond ASCII is
// kana, somewhere two or more together and apart from Latin letters, as in no
// other language. The detector needs more of them than a name or two have.
func allKana(sample []byte) bool {
	text, err := japanese.ShiftJIS.NewDecoder().Bytes(sample)
	if err != nil {
		return false
	}
	letters := func(r rune) bool { return r >= 0x80 || isLetter(r) }
	longest := 0
	for _, word := range strings.FieldsFunc(string(text), func(r rune) bool { return !letters(r) }) {
		beyond := strings.ContainsFunc(word, func(r rune) bool { return r >= 0x80 })
		if beyond && strings.ContainsFunc(word, func(r rune) bool { return !isKana(r) }) {
			return false
		}
		if beyond {
			longest = max(longest, utf8.RuneCountInString(word))
		}
	}
	return longest > 1
}

// isKana takes the mark that lengthens a vowel as well. Half-width kana are single
// bytes that letters of every code page have.
func isKana(r rune) bool {
	return r >= 0x3040 && r <= 0x30ff
}

// plausible tells whether the words beyond ASCII look like words at all.
func (r reading) plausible() bool {
	if r.page.cost > 0 {
		return r.foreign >= likeRareWords
	}
	return r.foreign >= likeWords
}

// sameText tells whether two code pages make the same text of the words.
func sameText(a, b codePage, words []string) bool {
	for _, w := range words {
		for i := range len(w) {
			if w[i] >= 0x80 && a.table.DecodeByte(w[i]) != b.table.DecodeByte(w[i]) {
				return false
			}
		}
	}
	return true
}

// wordsOf lists the different words of a sample: runs of letters and of bytes
// beyond ASCII. A digit beside a lone such byte stays with it, for a sign stands
// there and hardly a letter: £20.
func wordsOf(sample []byte) []string {
	seen := map[string]bool{}
	var words []string
	inWord := func(b byte) bool { return b >= 0x80 || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' }
	for from := 0; from < len(sample) && len(words) < sampleWords; {
		to := from
		for to < len(sample) && inWord(sample[to]) {
			to++
		}
		if w := string(withDigit(sample, from, to)); w != "" && !seen[w] {
			seen[w] = true
			words = append(words, w)
		}
		from = to + 1
	}
	return words
}

func withDigit(sample []byte, from, to int) []byte {
	digit := func(i int) bool { return i >= 0 && i < len(sample) && '0' <= sample[i] && sample[i] <= '9' }
	if to-from == 1 && sample[from] >= 0x80 {
		switch {
		case digit(to):
			to++
		case digit(from - 1):
			from--
		}
	}
	return sample[from:to]
}

// highLines gathers lines that hold bytes beyond ASCII, from all of the text, for
// the first accent may come late, and the first line, whose headings tell the
// language.
func highLines(src *source) ([]byte, error) {
	raw, err := src.open()
	if err != nil {
		return nil, err
	}
	var sample []byte
	first := true
	for r := bufio.NewReaderSize(raw, 64<<10); len(sample) < sampleBytes; {
		line, err := r.ReadSlice('\n')
		if first || bytes.ContainsFunc(line, func(r rune) bool { return r >= 0x80 }) {
			sample = append(sample, line...)
		}
		first = false
		if err == io.EOF {
			break
		}
		if err != nil && err != bufio.ErrBufferFull {
			return nil, err
		}
	}
	return sample, nil
}
