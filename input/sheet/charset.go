package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// A charset is how the bytes of a text file are read.
type charset struct {
	name    string            // IANA name
	decoder encoding.Encoding // nil: the bytes are UTF-8 already
	bom     int               // bytes of byte order mark to leave out
	guessed bool              // found by looking at the letters
}

// saveAsUTF8 is the way out of every encoding trouble.
const saveAsUTF8 = "save it as CSV UTF-8 (or as .xlsx), or name its encoding in the settings (inputs: encoding)"

// decode reads the text of r as UTF-8.
func (c charset) decode(r io.Reader) (io.Reader, error) {
	if _, err := io.CopyN(io.Discard, r, int64(c.bom)); err != nil {
		return nil, err
	}
	if c.decoder == nil {
		return r, nil
	}
	return transform.NewReader(r, c.decoder.NewDecoder()), nil
}

// detectCharset finds how the text is encoded: by its byte order mark, by the
// zero bytes of UTF-16, by the settings, because the whole of it is valid UTF-8,
// and only then by its letters. The whole text is decoded once before it is
// trusted, so that no replacement character ever stands for a letter.
func detectCharset(src *source, start []byte, setting string) (charset, error) {
	c, known := markedCharset(start)
	if !known && setting != "" {
		var err error
		if c, err = namedCharset(setting); err != nil {
			return charset{}, refuse(CodeEncoding, src.name, "the settings name the encoding %q, which is not known; use an IANA name such as windows-1252", setting)
		}
		known = true
	}
	if known && c.decoder != nil {
		return c, checkDecodes(src, c)
	}
	badLine, shifts, err := invalidUTF8(src, c)
	switch {
	case err != nil:
		return charset{}, src.refusal(err)
	case badLine == 0 && shifts && !known:
		shifted := charset{name: "ISO-2022-JP", decoder: japanese.ISO2022JP, guessed: true}
		return shifted, checkDecodes(src, shifted)
	case badLine == 0:
		return charset{name: "UTF-8", bom: c.bom}, nil
	case known:
		return charset{}, refuse(CodeEncoding, src.name, "line %d holds bytes that are not UTF-8, which its mark or the settings promise; %s", badLine, saveAsUTF8)
	}
	return guessCharset(src)
}

// markedCharset obeys a byte order mark, or the zero bytes of UTF-16 without one.
func markedCharset(start []byte) (charset, bool) {
	utf16 := func(order unicode.Endianness, bom int) charset {
		name := "UTF-16LE"
		if order == unicode.BigEndian {
			name = "UTF-16BE"
		}
		return charset{name: name, decoder: unicode.UTF16(order, unicode.IgnoreBOM), bom: bom}
	}
	switch {
	case bytes.HasPrefix(start, []byte("\xEF\xBB\xBF")):
		return charset{name: "UTF-8", bom: 3}, true
	case bytes.HasPrefix(start, []byte("\xFF\xFE")):
		return utf16(unicode.LittleEndian, 2), true
	case bytes.HasPrefix(start, []byte("\xFE\xFF")):
		return utf16(unicode.BigEndian, 2), true
	}
	switch utf16Order(start) {
	case "LE":
		return utf16(unicode.LittleEndian, 0), true
	case "BE":
		return utf16(unicode.BigEndian, 0), true
	}
	return charset{}, false
}

// utf16Order recognises UTF-16 without a byte order mark: its delimiters, digits
// and line ends have a zero byte on one side, and hardly a character has it on
// the other. A stray zero byte or two in another text is not enough.
func utf16Order(start []byte) string {
	var even, odd int
	for i, b := range start {
		if b != 0 {
			continue
		}
		if i%2 == 0 {
			even++
		} else {
			odd++
		}
	}
	enough := max(2, len(start)/40)
	switch {
	case odd >= enough && even*20 <= odd:
		return "LE"
	case even >= enough && odd*20 <= even:
		return "BE"
	}
	return ""
}

// CheckSettings tells whether settings name an encoding and a delimiter that
// files can be read by; empty ones are found by looking at the file.
func CheckSettings(encoding, delimiter string) error {
	if _, err := namedCharset(encoding); encoding != "" && err != nil {
		return fmt.Errorf("encoding: %q is not known; use an IANA name such as windows-1252", encoding)
	}
	if _, err := namedDelimiter(delimiter); err != nil {
		return fmt.Errorf("delimiter: %q is not one character; use one such as ; or the word tab", delimiter)
	}
	return nil
}

// namedCharset finds an encoding by a name that people or the IANA give it.
func namedCharset(name string) (charset, error) {
	enc, err := htmlindex.Get(name) // reads ISO-8859-1 as windows-1252, which is what is meant
	if err != nil {
		if enc, err = ianaindex.IANA.Encoding(name); err != nil || enc == nil {
			return charset{}, errors.New("no such encoding")
		}
	}
	canonical, err := ianaindex.IANA.Name(enc)
	if err != nil {
		canonical = name
	}
	if canonical == "UTF-8" {
		return charset{name: canonical}, nil
	}
	return charset{name: canonical, decoder: enc}, nil
}

// shiftToKanji begins a stretch of Japanese in ISO-2022-JP, which is made of ASCII
// bytes and so is valid UTF-8 too. A lone escape character is just a character.
var shiftToKanji = []byte("\x1b$")

// invalidUTF8 returns the first line that is not UTF-8, 0 if there is none, and
// whether the lines before shift to Japanese.
func invalidUTF8(src *source, c charset) (line int, shifts bool, err error) {
	raw, err := src.open()
	if err != nil {
		return 0, false, err
	}
	if raw, err = c.decode(raw); err != nil {
		return 0, false, err
	}
	buf := make([]byte, 256<<10)
	kept, line := 0, 1 // kept: bytes of a character that the next block completes
	for {
		n, err := io.ReadFull(raw, buf[kept:])
		block := buf[:kept+n]
		ended := err == io.EOF || err == io.ErrUnexpectedEOF
		if err != nil && !ended {
			return 0, false, err
		}
		shifts = shifts || bytes.Contains(block, shiftToKanji)
		kept = 0
		if !ended {
			kept = partialRune(block)
		}
		whole := block[:len(block)-kept]
		if !utf8.Valid(whole) {
			return line + bytes.Count(whole[:firstInvalid(whole)], []byte{'\n'}), shifts, nil
		}
		if ended {
			return 0, shifts, nil
		}
		line += bytes.Count(whole, []byte{'\n'})
		copy(buf, block[len(whole):])
	}
}

// partialRune is the number of bytes at the end of block that begin a character
// and need more bytes.
func partialRune(block []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(block); n++ {
		if tail := block[len(block)-n:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return n
		}
	}
	return 0
}

func firstInvalid(b []byte) int {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(b)
}

// checkDecodes reads the whole text as c and refuses it where a byte has no
// meaning in c.
func checkDecodes(src *source, c charset) error {
	line, err := undecodable(src, c)
	if err != nil {
		return src.refusal(err)
	}
	if line > 0 {
		return refuse(CodeEncoding, src.name, "line %d holds bytes that mean nothing in %s; %s", line, c.name, saveAsUTF8)
	}
	return nil
}

// undecodable returns the first line of the text that c cannot read, 0 if there
// is none. A zero byte and the control characters of ISO-8859 (U+0080 to U+009F)
// show a wrong encoding as well as U+FFFD does: nobody types them.
func undecodable(src *source, c charset) (line int, err error) {
	raw, err := src.open()
	if err != nil {
		return 0, err
	}
	text, err := c.decode(raw)
	if err != nil {
		return 0, err
	}
	r := bufio.NewReaderSize(text, 64<<10)
	for line = 1; ; {
		switch char, _, err := r.ReadRune(); {
		case err == io.EOF:
			return 0, nil
		case err != nil:
			return 0, err
		case char == '\n':
			line++
		case meaningless(char):
			return line, nil
		}
	}
}

func meaningless(r rune) bool {
	return r == 0 || r == utf8.RuneError || 0x80 <= r && r < 0xA0
}
