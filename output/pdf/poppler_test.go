package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"cspplan/report"

	"golang.org/x/text/unicode/norm"
)

// tool runs a program on a document and returns what it says; the test is
// skipped where the program is missing.
func tool(t *testing.T, document []byte, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed", name)
	}
	file := filepath.Join(t.TempDir(), "plan.pdf")
	if err := os.WriteFile(file, document, 0o644); err != nil {
		t.Fatal(err)
	}
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "FILE", file)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// packed is text without spaces, composed, as names are compared.
func packed(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), "") }

// TestTextHoldsEveryRow takes the text out of the document again: the first
// line of every customer and offer, every amount of the month totals.
func TestTextHoldsEveryRow(t *testing.T) {
	r := sample(t, "en", 87)
	document, drawn := draw(t, r, Options{NoSystemFonts: true})
	text := packed(tool(t, document, "pdftotext", "-raw", "FILE", "-"))
	d := blank(t)
	c := d.columnsOfPlan()
	for _, m := range r.Months {
		for _, l := range m.Lines {
			name := d.wrapTo(2, d.nameOf(l.Customer, l.Domain), c.customerW-cellGap, cellStyle.in(bold))[0]
			if unshaped(l.Customer) {
				name = d.clean(strings.Split(l.Domain, "-")[0])
			}
			name = printable(strings.Map(func(r rune) rune {
				if d.faces.of(r) != liberation {
					return replacement
				}
				return r
			}, string(name)))
			if !strings.Contains(text, packed(string(name))) {
				t.Errorf("customer %q is not in the text", name)
			}
			st := cellStyle
			st.size = smallest
			offer := strings.TrimSuffix(string(d.clip(d.clean(l.Offer), c.offerW-cellGap, st)), ellipsis)
			if !strings.Contains(text, packed(offer)) {
				t.Errorf("offer %q is not in the text", offer)
			}
		}
		for _, total := range m.Totals {
			if amount := packed(r.Text.Money(total.Minor, total.Currency)); !strings.Contains(text, amount) {
				t.Errorf("total %s of %s is not in the text", amount, m.Title)
			}
		}
	}
	if last := packed("Page " + strconv.Itoa(drawn.Pages) + " of " + strconv.Itoa(drawn.Pages)); !strings.Contains(text, last) {
		t.Errorf("%q is not in the text", last)
	}
	if !strings.Contains(text, packed("Prepared by (billing)")) || strings.Contains(text, packed("Not to be signed")) {
		t.Error("totals agree, yet the document cannot be signed")
	}
}

func TestNoSignatureIfTotalsDiffer(t *testing.T) {
	r := sample(t, "en", 14)
	r.Agree = false
	r.Checks[0].Out--
	document, _ := draw(t, r, Options{})
	text := packed(tool(t, document, "pdftotext", "-raw", "FILE", "-"))
	if n := strings.Count(text, packed("Not to be signed: control totals differ.")); n != 2 {
		t.Errorf("the warning stands %d times, want on the first and the last page", n)
	}
	if strings.Contains(text, "Signature") {
		t.Error("there is a line to sign on")
	}
	if !strings.Contains(text, "Differs") {
		t.Error("the check that differs does not say so")
	}
}

var word = regexp.MustCompile(`<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>`)

// TestInsideThePage: no word leaves the margins or runs into the footer,
// whatever the language, the paper and the names.
func TestInsideThePage(t *testing.T) {
	for _, lang := range report.Languages {
		for _, size := range []string{"a4", "letter"} {
			document, _ := draw(t, sampleOf(t, lang, append(spread(87), awkward()...)), Options{Paper: size, NoSystemFonts: true})
			p, err := paperOf(size)
			if err != nil {
				t.Fatal(err)
			}
			boxes := tool(t, document, "pdftotext", "-bbox", "FILE", "-")
			words := word.FindAllStringSubmatch(boxes, -1)
			if len(words) < 1000 {
				t.Fatalf("%s, %s: %d words, want more", lang, size, len(words))
			}
			for _, w := range words {
				left, right, low := millimetres(t, w[1]), millimetres(t, w[3]), millimetres(t, w[4])
				inFooter := low > p.height-footerRule && low < p.height-footerLine+2
				if left < margin-0.5 || right > p.width-margin+0.5 || low > p.height-textBottom+2 && !inFooter {
					t.Errorf("%s, %s: %q ends at %.1f, %.1f mm", lang, size, w[5], right, low)
				}
			}
		}
	}
}

func millimetres(t *testing.T, points string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(points, 64)
	if err != nil {
		t.Fatal(err)
	}
	return f * mmPerPoint
}

// TestNoHeadingAlone: below each month's heading stand two rows, or all there
// are; a total never opens a page.
func TestNoHeadingAlone(t *testing.T) {
	for n := 30; n < 60; n += 4 {
		r := sample(t, "en", n)
		document, _ := draw(t, r, Options{NoSystemFonts: true})
		for i, page := range strings.Split(tool(t, document, "pdftotext", "-layout", "FILE", "-"), "\f") {
			checkMonths(t, r, n, i+1, page)
		}
	}
}

func checkMonths(t *testing.T, r *report.Report, n, number int, page string) {
	t.Helper()
	for _, m := range r.Months {
		_, below, found := strings.Cut(page, "\n"+m.Title+" ")
		total := strings.Contains(page, "Total "+m.Title)
		if !found && total {
			t.Errorf("%d rows, page %d: the total of %s has no heading above it", n, number, m.Title)
		}
		if !found {
			continue
		}
		below, _, _ = strings.Cut(below, "Total ")
		rows := strings.Count(below, "→") - strings.Count(below, "Current offer →")
		if want := min(2, len(m.Lines)); rows < want && !(total && rows == 1 && strings.Contains(page, m.Title+" (continued)") && len(m.Lines) == 1) {
			t.Errorf("%d rows, page %d: %d rows below %s, want at least %d", n, number, rows, m.Title, want)
		}
	}
}

func TestMetadata(t *testing.T) {
	document, _ := draw(t, sample(t, "en", 3), Options{})
	info := tool(t, document, "pdfinfo", "-isodates", "FILE")
	for _, want := range []string{
		"Moving customers to CSP · Cirrus Partner S.p.A.", "Author:          Cirrus Partner S.p.A.",
		"run 2026-11-23-0a1b2c3d", "input a3f9c1e0", "CreationDate:    2026-11-23",
	} {
		if !strings.Contains(info, want) {
			t.Errorf("the metadata lack %q:\n%s", want, info)
		}
	}
}

func TestStructure(t *testing.T) {
	for _, n := range []int{1, 87} {
		document, _ := draw(t, sample(t, "de", n), Options{})
		tool(t, document, "qpdf", "--check", "FILE") // exit code 0: no warning
		if !bytes.HasSuffix(bytes.TrimSpace(document), []byte("%%EOF")) {
			t.Errorf("%d rows: the file has no end", n)
		}
	}
}
