package pdf

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var outlineItem = regexp.MustCompile(`(?s)(\d+) 0 obj\n<</Title .*?/Parent (\d+) 0 R\n(.*?)/Count +(-?\d+)>>\nendobj`)

// TestOutlineCounts: an item of the outline says how many stand below it, and
// a document whose structure is checked strictly has no fault in it.
func TestOutlineCounts(t *testing.T) {
	r := sample(t, "fr", 87)
	document, _ := draw(t, r, Options{NoSystemFonts: true})
	below := map[string]int{}
	items := outlineItem.FindAllStringSubmatch(string(document), -1)
	for _, item := range items {
		below[item[2]]++
	}
	if want := len(r.Months) + 3; len(items) < want {
		t.Fatalf("%d bookmarks, want at least %d", len(items), want)
	}
	parents := 0
	for _, item := range items {
		count, err := strconv.Atoi(item[4])
		if err != nil {
			t.Fatal(err)
		}
		if count != -below[item[1]] {
			t.Errorf("object %s says %d items stand below it, want %d closed ones", item[1], count, below[item[1]])
		}
		if strings.Contains(item[3], "/First ") {
			parents++
		}
	}
	if parents == 0 {
		t.Error("no bookmark has others below it")
	}
	tool(t, document, "qpdf", "--check", "FILE")
}
