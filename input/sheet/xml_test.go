package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// ourTokens reads XML by the scanner: elements with their attributes, texts
// joined.
func ourTokens(r io.Reader) (tokens []string, err error) {
	x := newXMLScanner(r)
	text := ""
	add := func(s string) {
		if text != "" {
			tokens = append(tokens, "text "+text)
			text = ""
		}
		if s != "" {
			tokens = append(tokens, s)
		}
	}
	for {
		token, err := x.next()
		switch {
		case err != nil:
			return tokens, err
		case token == xmlEOF:
			add("")
			return tokens, nil
		case token == xmlText:
			text += string(x.chars)
		case token == xmlEnd:
			add("end")
		case token == xmlStart:
			s := "start " + string(x.name)
			for _, a := range x.attrs {
				_, local, found := bytes.Cut(a.name, []byte(":"))
				if !found {
					local = a.name
				}
				s += fmt.Sprintf(" %s=%q", local, a.value)
			}
			add(s)
		}
	}
}

// theirTokens reads the same by encoding/xml.
func theirTokens(text string) (tokens []string, err error) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	depth := 0
	chars := ""
	for {
		token, err := d.Token()
		if c, ok := token.(xml.CharData); ok {
			if depth > 0 {
				chars += string(c)
			}
			continue
		}
		switch token.(type) {
		case xml.Comment, xml.ProcInst:
			continue
		}
		if chars != "" {
			tokens = append(tokens, "text "+chars)
			chars = ""
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			s := "start " + token.Name.Local
			for _, a := range token.Attr {
				s += fmt.Sprintf(" %s=%q", a.Name.Local, a.Value)
			}
			tokens = append(tokens, s)
		case xml.EndElement:
			depth--
			tokens = append(tokens, "end")
		}
		if err == io.EOF {
			return tokens, nil
		}
		if err != nil {
			return tokens, err
		}
	}
}

func TestXMLScanner(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string // nil: refused
		fault    string
	}{
		{"elements", `<a><b x="1" y='2'/>t<c>u</c></a>`, []string{"start a", `start b x="1" y="2"`, "end", "text t", "start c", "text u", "end", "end"}, ""},
		{"prolog and tail", "\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<!-- c --><a/>\n<!-- d --> ", []string{"start a", "end"}, ""},
		{"references", `<a x="&lt;&#65;&#x42;">&amp;&quot;&apos;&gt;&#233;</a>`, []string{`start a x="<AB"`, `text &"'>é`, "end"}, ""},
		{"line ends", "<a>1\r\n2\r3\n</a>", []string{"start a", "text 1\n2\n3\n", "end"}, ""},
		{"CDATA", "<a>x<![CDATA[<&]]&gt;]]]>y</a>", []string{"start a", "text x<&]]&gt;]y", "end"}, ""},
		{"prefixes", `<x:a xmlns:x="u"><x:b/></x:a>`, []string{`start a x="u"`, "start b", "end", "end"}, ""},
		{"> in a value", `<a x=">"/>`, []string{`start a x=">"`, "end"}, ""},
		{"brackets in a text", "<a>]] >]></a>", []string{"start a", "text ]] >]>", "end"}, ""},

		{"cut in a text", "<a><b>x", nil, "it ends inside of <b>"},
		{"cut in a tag", "<a><b", nil, "it ends inside of a tag"},
		{"cut in a comment", "<a><!-- ", nil, "it ends inside of a tag"},
		{"cut in CDATA", "<a><![CDATA[x", nil, "it ends inside of"},
		{"cut in a reference", "<a>&am", nil, "it ends inside of a tag"},
		{"empty", " \n", nil, "it is empty"},
		{"wrong end", "<a><b></a></b>", nil, "</a> closes no element"},
		{"end too many", "<a/></a>", nil, "</a> closes no element"},
		{"two roots", "<a/><b/>", nil, "it goes on behind its end"},
		{"text behind", "<a/>x", nil, "outside of all elements"},
		{"undefined entity", "<a>&nope;</a>", nil, "&nope; which is not defined"},
		{"zero character", "<a>&#0;</a>", nil, "which is not defined"},
		{"surrogate", "<a>&#xD800;</a>", nil, "which is not defined"},
		{"bare &", "<a>R&D</a>", nil, "&"},
		{"bare & in a value", `<a x="R&D"/>`, nil, "&"},
		{"control character", "<a>\x01</a>", nil, "control character"},
		{"not UTF-8", "<a>\xff</a>", nil, "not UTF-8"},
		{"]]> in a text", "<a>]]></a>", nil, "]]>"},
		{"DOCTYPE", `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, nil, "DOCTYPE"},
		{"attribute twice", `<a x="1" x="2"/>`, nil, "twice"},
		{"attribute without quotes", `<a x=1/>`, nil, "quoted value"},
		{"attributes not separated", `<a x="1"y="2"/>`, nil, "not separated"},
		{"< in a value", `<a x="<"/>`, nil, "holds <"},
		{"prefix not declared", `<x:a/>`, nil, "not declared"},
		{"prefix declared elsewhere", `<a><b xmlns:x="u"/><x:c/></a>`, nil, "not declared"},
		{"other encoding", `<?xml version="1.0" encoding="UTF-16"?><a/>`, nil, "UTF-8"},
		{"too deep", strings.Repeat("<a>", 300), nil, "deeper than 256"},
		{"tag too long", `<a x="` + strings.Repeat("y", 200000) + `"/>`, nil, "longer than 64 KiB"},
		{"name too long", "<" + strings.Repeat("y", 200000) + "/>", nil, "longer than 64 KiB"},
		{"instruction cut to nothing", "<?><a/>", nil, "ends inside of a tag"},
		{"--", "<a><!-- -- --></a>", nil, "a comment holds --"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			readers := []io.Reader{strings.NewReader(tt.in)}
			if len(tt.in) < 1000 {
				// Byte by byte, every token meets every edge of what has been read.
				readers = append(readers, iotest.OneByteReader(strings.NewReader(tt.in)))
			}
			for _, r := range readers {
				got, err := ourTokens(r)
				if tt.want != nil {
					if err != nil || !slices.Equal(got, tt.want) {
						t.Errorf("got %q, %v, want %q", got, err, tt.want)
					}
					continue
				}
				var fault xmlFault
				if !errors.As(err, &fault) || !strings.Contains(string(fault), tt.fault) {
					t.Errorf("got %q, %v, want the fault %q", got, err, tt.fault)
				}
			}
		})
	}
}

// A comment or a text of any length needs no memory of its length.
func TestXMLScannerLongTokens(t *testing.T) {
	const n = 4 << 20
	long := io.LimitReader(zeroes{}, n)
	x := newXMLScanner(io.MultiReader(strings.NewReader("<a><!--"), long, strings.NewReader("--><b/></a>")))
	for range 4 {
		if _, err := x.next(); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.finish(); err != nil || cap(x.buf) > 4*maxTagBytes {
		t.Errorf("got %v with a buffer of %d bytes", err, cap(x.buf))
	}
}

type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

// FuzzXMLScanner holds that what the scanner accepts, encoding/xml accepts too,
// and reads the same.
func FuzzXMLScanner(f *testing.F) {
	for _, s := range []string{
		`<a><b x="1" y='2'/>t<c>u</c></a>`, "<?xml version=\"1.0\"?><a>&amp;\r\n]]</a>", "<a><![CDATA[]]]]></a>",
		`<x:a xmlns:x="u" x:y=">"><x:b/></x:a>`, "<a>é</a><!-- - -->", "<a>]]&gt;</a>", "<a><?b c?>d</a >",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ourTokens(strings.NewReader(text))
		slow, slowErr := ourTokens(iotest.OneByteReader(strings.NewReader(text)))
		if (err == nil) != (slowErr == nil) || err == nil && !slices.Equal(got, slow) {
			t.Fatalf("%q: %q, %v at once, but %q, %v byte by byte", text, got, err, slow, slowErr)
		}
		if err != nil {
			return
		}
		want, err := theirTokens(text)
		if err != nil {
			if strings.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 && strings.Contains(err.Error(), "name") {
				t.Skip() // encoding/xml knows which letters beyond ASCII may be in a name
			}
			t.Fatalf("%q: accepted as %q, but encoding/xml says %v", text, got, err)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q: got %q, encoding/xml %q", text, got, want)
		}
	})
}
