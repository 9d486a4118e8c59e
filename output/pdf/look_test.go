package pdf

import (
	"bytes"
	"flag"
	"os"
	"testing"
)

var lookDir = flag.String("look", "", "write the sample documents into this folder, to be looked at")

// TestLook writes documents for the eye. Text tests do not see a missing glyph
// or a line through a word.
func TestLook(t *testing.T) {
	if *lookDir == "" {
		t.Skip("no -look folder")
	}
	docs := map[string]func() ([]byte, error){}
	add := func(name, lang string, n int, opt Options, agree bool) {
		docs[name] = func() ([]byte, error) {
			var b bytes.Buffer
			r := sample(t, lang, n)
			r.Agree = agree
			_, err := Write(&b, r, opt)
			return b.Bytes(), err
		}
	}
	add("en", "en", 87, Options{}, true)
	add("it", "it", 87, Options{}, true)
	add("de", "de", 30, Options{}, false)
	add("fr", "fr", 87, Options{}, true)
	add("es", "es", 87, Options{}, true)
	add("letter", "en", 87, Options{Paper: "letter"}, true)
	add("one", "en", 1, Options{}, true)
	add("big", "en", 3000, Options{}, true)
	for name, make := range docs {
		b, err := make()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := os.WriteFile(*lookDir+"/"+name+".pdf", b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if _, err := Write(&b, emptyReport(t, "en"), Options{}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(*lookDir+"/empty.pdf", b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
