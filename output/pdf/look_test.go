package pdf

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"cspplan/report"
)

var lookDir = flag.String("look", "", "write sample documents into this folder, to be looked at")

// TestLook writes documents for the eye. Text tests do not see a missing glyph
// or a line through a word.
func TestLook(t *testing.T) {
	if *lookDir == "" {
		t.Skip("no -look folder")
	}
	r, letters := lettersOf(t)
	for _, paper := range []string{"a4", "letter"} {
		document, _ := drawLetters(t, r, letters, Options{Paper: paper})
		if err := os.WriteFile(filepath.Join(*lookDir, "letters-"+paper+".pdf"), document, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	differs := sample(t, "de", 30)
	differs.Agree = false
	for name, r := range map[string]*report.Report{
		"empty": emptyReport(t, "en"), "one": sample(t, "en", 1), "big": sample(t, "en", 3000), "differs": differs,
		"en": sample(t, "en", 87), "it": sample(t, "it", 87), "fr": sample(t, "fr", 87), "es": sample(t, "es", 87),
		"awkward": sampleOf(t, "en", awkward()), "rolled": rolledSample(t, "fr", 87), "rolled-awkward": rolledAwkward(t, "fr"),
	} {
		for _, paper := range []string{"a4", "letter"} {
			document, _ := draw(t, r, Options{Paper: paper})
			if err := os.WriteFile(filepath.Join(*lookDir, name+"-"+paper+".pdf"), document, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
