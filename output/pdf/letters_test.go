package pdf

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cspplan/reconcile"
	"cspplan/report"
)

// letterCountries give the five languages.
var letterCountries = []string{"GB", "IT", "DE", "FR", "ES"}

// lettersOf is a report whose customers get letters: one for each language, one
// with many subscriptions, one with awkward names, and one who must get none.
func lettersOf(t testing.TB) (*report.Report, []report.Letter) {
	t.Helper()
	p := &reconcile.Plan{
		AsOf: asOf, Region: "Europe",
		Partner: reconcile.Partner{Name: "Cirrus Partner S.p.A.", Address: "Via dei Mulini 14, 40121 Bologna · +39 051 555 0142", Contact: "+39 051 555 0147, csp@cirrus.example"},
		Policy:  reconcile.Policy{LeadDays: 7, RelationshipDays: 21, WarnDays: 30, DecideDays: 30},
	}
	add := func(name, country string, status reconcile.Status, offers int) {
		c := reconcile.Customer{Key: fmt.Sprintf("%08x00000000", 0xabc0+len(p.Customers)), Owner: "Giulia Rinaldi",
			Facts: &reconcile.CustomerFacts{Name: name, Country: country, Domain: "customer.onmicrosoft.example"}}
		for n := range offers {
			r := sampleRow(len(p.Rows), len(p.Customers), subscription{
				expires: asOf + 40 + reconcile.Date(20*n), customer: name, offer: fmt.Sprintf("Microsoft 365 Business Standard %d", n), status: status,
				licences: int32(25 + n), currency: "EUR", cost: 77731113, region: "Japan",
			})
			r.ActBy, r.RelationshipBy, r.CSPStart, r.StopRenewalBy = r.Sub.Expires-7, r.Sub.Expires-28, r.Sub.Expires-7, r.Sub.Expires-1
			r.Relationship, r.Reassign = reconcile.RelationshipRequested, reconcile.No
			r.Told, r.Match.Score, r.CreditAskedBy = &reconcile.Told{Note: "INTERNAL"}, 87, reconcile.CreditByPartner
			c.Rows = append(c.Rows, int32(len(p.Rows)))
			p.Rows = append(p.Rows, r)
		}
		c.Note = "INTERNAL"
		p.Customers = append(p.Customers, c)
	}
	for i, country := range letterCountries {
		add(fmt.Sprintf("Officine Brambilla %d", i), country, reconcile.Ready, 2+i%2)
	}
	add("Nine Subscriptions Ltd", "GB", reconcile.Ready, 9)
	add("Thirty Subscriptions Ltd", "FR", reconcile.Ready, 30)
	add("有限会社さくら印刷 🚀 "+strings.Repeat("Gesellschaft", 20), "JP", reconcile.Ready, 1)
	add("شركة السحاب", "AE", reconcile.Ready, 1)
	add("Blocked Elsewhere K.K.", "JP", reconcile.Blocked, 1)
	r := report.Compute(p, report.Options{Text: texts(t, "en"), RunID: "2026-11-23-0a1b2c3d", InputHash: "a3f9c1e0", Letters: true})
	return r, r.Letters().List
}

func drawLetters(t testing.TB, r *report.Report, letters []report.Letter, opt Options) ([]byte, Drawn) {
	t.Helper()
	var b bytes.Buffer
	drawn, err := WriteLetters(&b, r, letters, opt)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), drawn
}

// Each letter stands on pages of its own, and holds everything it says and
// nothing of another customer, no amount, no score and no note.
func TestLettersText(t *testing.T) {
	r, letters := lettersOf(t)
	if len(letters) != 9 {
		t.Fatalf("%d letters, want 9", len(letters))
	}
	for _, size := range []string{"a4", "letter"} {
		document, drawn := drawLetters(t, r, letters, Options{Paper: size, NoSystemFonts: true})
		pages := strings.Split(strings.TrimSuffix(tool(t, document, "pdftotext", "-raw", "FILE", "-"), "\f"), "\f")
		if len(pages) != drawn.Pages {
			t.Fatalf("%s: %d pages of text, %d drawn", size, len(pages), drawn.Pages)
		}
		at := 0
		for i := range letters {
			l := &letters[i]
			text := packed(pages[at])
			for at++; at < len(pages) && !strings.Contains(packed(pages[at]), packed(l.Text.Label("letter.title"))) && strings.Contains(packed(pages[at]), packed(l.Reference)); at++ {
				text += packed(pages[at])
			}
			checkLetter(t, l, text)
			for k := range letters {
				if name := packed(letters[k].Customer[:6]); k != i && !strings.HasPrefix(letters[k].Customer, "Officine") && strings.Contains(text, name) {
					t.Errorf("the letter to %s names %s", l.Customer, letters[k].Customer)
				}
			}
			if strings.Contains(text, packed("Brambilla")) && !strings.Contains(text, packed(l.Customer)) {
				t.Errorf("the letter to %s names another customer", l.Customer)
			}
		}
		if at != len(pages) {
			t.Errorf("%s: %d pages belong to no letter", size, len(pages)-at)
		}
	}
}

func checkLetter(t *testing.T, l *report.Letter, text string) {
	t.Helper()
	want := []string{l.Sender, l.Day, l.Intro, l.Contact, l.Owner, l.Reference, l.Text.Label("letter.title"), l.Text.Label("letter.subs")}
	want = append(want, l.Asks...)
	want = append(want, l.Pages...)
	for _, s := range l.Subs {
		want = append(want, s.Ends, s.Offer, s.CSPOffer, s.Licences, s.Active)
		if l.EndDays {
			want = append(want, s.EndBy)
		}
	}
	for _, s := range l.Steps {
		want = append(want, s.Day, s.What)
	}
	for _, s := range want {
		if !strings.Contains(text, packed(s)) {
			t.Errorf("the letter to %s lacks %q", l.Customer, s)
		}
	}
	for _, secret := range []string{"EUR", "777311", "777.311", "777,311", "87", "INTERNAL", "Blocked Elsewhere", l.Key} {
		if strings.Contains(text, packed(secret)) {
			t.Errorf("the letter to %s holds %q", l.Customer, secret)
		}
	}
}

// Up to nine subscriptions stand on the first page.
func TestLettersOnOnePage(t *testing.T) {
	r, letters := lettersOf(t)
	for i := range letters {
		for _, size := range []string{"a4", "letter"} {
			_, drawn := drawLetters(t, r, letters[i:i+1], Options{Paper: size, NoSystemFonts: true})
			want := 1
			if n := len(letters[i].Subs); n > letterRows || n == letterRows && size == "letter" {
				want = 2
			}
			if drawn.Pages != want {
				t.Errorf("%s: the letter to %s has %d pages, want %d", size, letters[i].Customer, drawn.Pages, want)
			}
		}
	}
}

func TestLettersSameBytes(t *testing.T) {
	r, letters := lettersOf(t)
	want, _ := drawLetters(t, r, letters, Options{NoSystemFonts: true})
	again, others := lettersOf(t)
	if got, _ := drawLetters(t, again, others, Options{NoSystemFonts: true}); !bytes.Equal(got, want) {
		t.Error("the same letters gave other bytes")
	}
	tool(t, want, "qpdf", "--check", "FILE")
}

// No word leaves the margins or runs into the foot, in any language.
func TestLettersInsideThePage(t *testing.T) {
	r, letters := lettersOf(t)
	for _, size := range []string{"a4", "letter"} {
		document, drawn := drawLetters(t, r, letters, Options{Paper: size, NoSystemFonts: true})
		p, err := paperOf(size)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(drawn.MissingGlyphs, '有') || drawn.Replaced == 0 || drawn.Unshaped == 0 {
			t.Errorf("missing glyphs %q, %d replaced, %d unshaped; want all three counted", drawn.MissingGlyphs, drawn.Replaced, drawn.Unshaped)
		}
		for _, w := range word.FindAllStringSubmatch(tool(t, document, "pdftotext", "-bbox", "FILE", "-"), -1) {
			left, right, low := millimetres(t, w[1]), millimetres(t, w[3]), millimetres(t, w[4])
			inFooter := low > p.height-footerRule && low < p.height-footerLine+2
			if left < margin-0.5 || right > p.width-margin+0.5 || low > p.height-textBottom+2 && !inFooter {
				t.Errorf("%s: %q ends at %.1f, %.1f mm", size, w[5], right, low)
			}
		}
	}
}
