package input

import (
	"slices"
	"strings"
	"testing"

	"cspplan/reconcile"
)

func TestParseTri(t *testing.T) {
	for want, words := range map[reconcile.Tri]string{
		reconcile.Yes:     "Yes|TRUE|True|VERO|Wahr|Vrai|Ja|Oui|Sì|si|Y|1|ano|tak|evet|sim|Verdadeiro|はい|是|예|På|On|Enabled|Attivo|Activé|あり|有|✓|✔|○|Aktiv|Ativa|Actif|Aktivní",
		reconcile.No:      "No|FALSE|FALSO|Falsch|Faux|Nein|Non|N|0|ne|nie|hayır|não|いいえ|否|아니요|Nej|Nee|Off|Disabled|Non attivo|なし|无|없음|None|✗|×|Inaktiv|Inativo|Inactif|Pasif",
		reconcile.Unknown: "|-|n/a|Not known|Non noto|Nicht bekannt|Inconnu",
	} {
		for _, text := range strings.Split(words, "|") {
			if got, ok := parseTri(text); !ok || got != want {
				t.Errorf("parseTri(%q) = %v %v, want %v", text, got, ok, want)
			}
		}
	}
	if got, ok := parseTri("perhaps"); ok || got != reconcile.Unknown {
		t.Errorf("parseTri(perhaps) = %v %v, want an unknown word", got, ok)
	}
}

func TestParseCountry(t *testing.T) {
	for want, words := range map[string]string{
		"IT": "IT|it|ITA|Italy|Italia|Italien|Italie|Włochy|イタリア|Italy (IT)",
		"GB": "GB|UK|uk|GBR|United Kingdom|Regno Unito|Großbritannien|England|Great Britain",
		"GR": "GR|EL|Greece|Grecia|Griechenland",
		"DE": "DE|DEU|Germany|Deutschland|Germania|Allemagne|Alemania",
		"US": "US|USA|United States|Stati Uniti|États-Unis|United States of America|美国",
		"KR": "KR|Korea, Republic of|South Korea|대한민국",
		"HK": "HK|Hong Kong|Hong Kong SAR", "CZ": "CZ|Czech Republic|Czechia|Česko", "TR": "TR|Turkey|Türkiye", "SZ": "SZ|Swaziland|eSwatini",
		"XK": "XK|Kosovo", "XS": "XS|Saba", "XE": "XE", "XJ": "XJ", "NL": "NL|Holland|Nederland|Paesi Bassi", "CH": "CH|Svizzera|Schweiz|Switzerland",
		"NA": "NA|Namibia", "JP": "JP|日本|Japan", "": "|-|n/a",
	} {
		for _, text := range strings.Split(words, "|") {
			if got, ok := ParseCountry(text); !ok || got != want {
				t.Errorf("ParseCountry(%q) = %q %v, want %q", text, got, ok, want)
			}
		}
	}
	for _, text := range []string{"Atlantis", "ANNULATION", "EU", "ZZ", "12", "DEPRECIA", "RA"} {
		if got, ok := ParseCountry(text); ok {
			t.Errorf("ParseCountry(%q) = %q, want unknown", text, got)
		}
	}
}

func TestParseCurrency(t *testing.T) {
	for in, want := range map[string]string{"EUR": "EUR", "eur": "EUR", " Eur ": "EUR", "€": "EUR", "ユーロ": "EUR", "usd": "USD", "": "", "n/a": ""} {
		if got, ok := parseCurrency(in); !ok || got != want {
			t.Errorf("parseCurrency(%q) = %q %v, want %q", in, got, ok, want)
		}
	}
	for _, in := range []string{"$", "XXX", "0,35", "EURO ZONE", "QQQ"} {
		if got, ok := parseCurrency(in); ok {
			t.Errorf("parseCurrency(%q) = %q, want unknown", in, got)
		}
	}
}

func TestTermAndBilling(t *testing.T) {
	for in, want := range map[string]reconcile.Term{"P1Y": reconcile.P1Y, "p1m": reconcile.P1M, "1 Year": reconcile.P1Y, "Annual": reconcile.P1Y, "36": reconcile.P3Y,
		"Triennale": reconcile.P3Y, "12 Monate": reconcile.P1Y, "1年": reconcile.P1Y, "": reconcile.TermUnknown, "One-Year commitment for monthly/yearly billing": reconcile.P1Y} {
		if got, ok := parseTerm(in); !ok || got != want {
			t.Errorf("parseTerm(%q) = %v %v, want %v", in, got, ok, want)
		}
	}
	for in, want := range map[string]reconcile.Billing{"Monthly": reconcile.Monthly, "Jährlich": reconcile.Annual, "Triennial": reconcile.Triennial, "None": reconcile.BillingUnknown,
		"1 Month(s)": reconcile.Monthly, "Tous les mois": reconcile.Monthly, "Mensalmente": reconcile.Monthly, "One-Year commitment for yearly billing": reconcile.Annual} {
		if got, ok := parseBilling(in); !ok || got != want {
			t.Errorf("parseBilling(%q) = %v %v, want %v", in, got, ok, want)
		}
	}
	if _, ok := parseBilling("One-Year commitment for monthly/yearly billing"); ok {
		t.Error("a sentence that leaves the billing open is known, want unknown")
	}
	if _, ok := parseTerm("P6Y"); ok {
		t.Error("P6Y is known, want unknown")
	}
}

func TestChannelAndRelationship(t *testing.T) {
	for in, want := range map[string]reconcile.Channel{"Direct from Microsoft": reconcile.Direct, "Direttamente da Microsoft": reconcile.Direct, "Volumenlizenzierung": reconcile.Volume,
		"Autre partenaire": reconcile.OtherPartner, "Legacy CSP": reconcile.LegacyCSP, "Indirect reseller": reconcile.OtherPartner, "その他のパートナー": reconcile.OtherPartner, "EA": reconcile.Volume, "MCA-E": reconcile.Direct, "": reconcile.ChannelUnknown} {
		if got, _, ok := parseChannel(in); !ok || got != want {
			t.Errorf("parseChannel(%q) = %v %v, want %v", in, got, ok, want)
		}
	}
	for in, want := range map[string]reconcile.Relationship{"Accepted": reconcile.RelationshipAccepted, "Angenommen": reconcile.RelationshipAccepted, "Richiesta": reconcile.RelationshipRequested,
		"Non demandée": reconcile.RelationshipNone, "not requested": reconcile.RelationshipNone, "承認済み": reconcile.RelationshipAccepted, "": reconcile.RelationshipUnknown} {
		if got, ok := parseRelationship(in); !ok || got != want {
			t.Errorf("parseRelationship(%q) = %v %v, want %v", in, got, ok, want)
		}
	}
}

// The tables must not give one word two meanings, and their values must be
// words that the domain knows.
func TestWordTable(t *testing.T) {
	seen := make(map[wordKey]string)
	for _, r := range mustRows("words.csv", wordsCSV) {
		key := wordKey{wordKind(r[0]), fold(r[3])}
		if earlier, ok := seen[key]; ok && earlier != r[1] {
			t.Errorf("%s %q means %q and %q", r[0], r[3], earlier, r[1])
		}
		seen[key] = r[1]
		if key.folded == "" {
			t.Errorf("%s %q folds to nothing", r[0], r[3])
		}
		ok := true
		switch key.kind {
		case channelWords:
			_, ok = reconcile.ParseChannel(r[1])
		case programmeWords:
			_, ok = reconcile.ParseProgramme(r[1])
		}
		if !ok {
			t.Errorf("%s: %q is no word of the domain", r[0], r[1])
		}
	}
}

func TestHeadingTable(t *testing.T) {
	seen := make(map[string][2]string)
	languages := make(map[string]map[string]bool)
	for _, r := range mustRows("headers.csv", headersCSV) {
		folded := fold(r[2])
		if earlier, ok := seen[folded]; ok && earlier[0] != r[0] {
			t.Errorf("heading %q means %s and, as %q, %s", r[2], r[0], earlier[1], earlier[0])
		}
		seen[folded] = [2]string{r[0], r[2]}
		if languages[r[0]] == nil {
			languages[r[0]] = make(map[string]bool)
		}
		languages[r[0]][r[1]] = true
	}
	for _, f := range inEveryLanguage {
		for _, l := range fifteen {
			if !languages[f.String()][l] {
				t.Errorf("field %s has no heading in %s", f, l)
			}
		}
	}
	for _, r := range mustRows("headers.csv", headersCSV) {
		if !slices.Contains([]string{"microsoft docs", "tool export", "cspplan label", "ours"}, r[3]) {
			t.Errorf("heading %q is marked %q: say whose it is", r[2], r[3])
		}
	}
}

// fifteen are the languages that headings, words and month names are known in.
var fifteen = []string{"en", "cs", "de", "it", "ja", "zh-cn", "fr", "ko", "pt-br", "pt-pt", "es", "pl", "tr", "nl", "sv"}

// inEveryLanguage are the fields that an export of any language may hold.
var inEveryLanguage = []field{
	fCustomer, fCustomerID, fTenantID, fDomain, fCountry, fOwner, fRelationship, fDelegatedAdmin, fAgreement,
	fSubscriptionID, fOffer, fOfferID, fSKUID, fPartNumber, fProductID, fLicences, fAssigned, fStart, fExpires, fEnds, fRenews,
	fTerm, fBilling, fAutoRenew, fEndOfTerm, fState, fChannel, fProgramme, fSegment, fAddOn, fBaseID, fTrial, fPromotion,
	fCurrency, fPrice, fPriceMonth, fPriceYear, fPriceTerm, fCostYear, fListPrice, fERPPrice, fPublisher, fOther,
}

func TestNewHeading(t *testing.T) {
	for in, want := range map[string][2]string{
		"Customer": {"customer", ""}, " CUSTOMER\nNAME ": {"customer", ""}, "Quantità": {"licences", ""}, "quantita": {"licences", ""},
		"Unit price (EUR)": {"unit_price", "EUR"}, "Prezzo unitario €": {"unit_price", "EUR"}, "unit_cost_usd": {"unit_price", "USD"}, "Unit price ($)": {"unit_price", ""},
		"Unit price (EUR/month)": {"unit_price_month", "EUR"}, "Price EUR / year": {"unit_price_year", "EUR"}, "Preis/Monat in EUR": {"unit_price_month", "EUR"},
		"Einzelpreis (CHF) pro Monat": {"unit_price_month", "CHF"}, "Total EUR": {"", ""}, "Colour (EUR)": {"", ""},
		"End date (dd/mm/yyyy)": {"ends", ""}, "Expiry date (UTC)": {"expires", ""}, "Expiry date (old)": {"", ""},
		"Licences (total)": {"licences", ""}, "Licences (assigned)": {"assigned", ""}, "Licences (old)": {"", ""}, "Seats (qty)": {"licences", ""},
		"Scadenza": {"expires", ""}, "到期日期": {"expires", ""}, "Läuft ab": {"expires", ""}, "Subscription Commitment End Date.": {"expires", ""}, "Colour": {"", ""},
	} {
		if got := newHeading(in); got.field.String() != want[0] || got.currency != want[1] {
			t.Errorf("newHeading(%q) = %q %q, want %v", in, got.field, got.currency, want)
		}
	}
}
