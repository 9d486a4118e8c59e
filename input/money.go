package input

import (
	"strings"
	"unicode"

	"golang.org/x/text/currency"
)

// currencySymbols that belong to one currency.
var currencySymbols = map[string]string{
	"€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₺": "TRY", "zł": "PLN", "Kč": "CZK",
	"R$": "BRL", "US$": "USD", "A$": "AUD", "AU$": "AUD", "CA$": "CAD", "C$": "CAD", "NZ$": "NZD",
	"HK$": "HKD", "S$": "SGD", "NT$": "TWD", "元": "CNY", "円": "JPY", "원": "KRW", "₪": "ILS", "₽": "RUB", "TL": "TRY", "lei": "RON",
	"Fr.": "CHF", "SFr.": "CHF", "Ft": "HUF", "лв": "BGN", "₫": "VND", "฿": "THB", "₱": "PHP", "₦": "NGN", "₴": "UAH",
}

// sharedSymbols belong to several currencies: they name none, but rule out all
// others.
var sharedSymbols = map[string]string{
	"$": "USD AUD CAD NZD HKD SGD TWD MXN ARS CLP COP DOP CUP UYU BBD BSD BZD BMD BND FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD",
	"¥": "JPY CNY", "kr.": crowns, "kr": crowns, "Kr": crowns, ":-": crowns, "Rs": rupees, "Rs.": rupees,
}

const (
	crowns = "SEK NOK DKK ISK"
	rupees = "INR PKR LKR NPR MUR SCR"
)

// admits reports whether a symbol of several currencies may stand for one of
// them. No symbol and an unknown currency contradict nothing.
func admits(symbol, code string) bool {
	return symbol == "" || code == "" || strings.Contains(sharedSymbols[symbol], code)
}

// currencyWord reads a code or an unmistakable symbol; empty if it is neither.
func currencyWord(word string) string {
	if code, ok := currencySymbols[word]; ok {
		return code
	}
	if len(word) == 3 && word == strings.ToUpper(word) {
		return currencyCode(word)
	}
	return ""
}

// currencyCode checks a code against ISO 4217; empty if it is none. Codes for
// "no currency" and for tests are none.
func currencyCode(text string) string {
	text = strings.ToUpper(strings.TrimSpace(text))
	if text == "XXX" || text == "XTS" || len(text) != 3 {
		return ""
	}
	unit, err := currency.ParseISO(text)
	if err != nil {
		return ""
	}
	return unit.String()
}

// parseCurrency reads a currency column: codes, symbols, and the names that
// machine-translated files write for the euro.
func parseCurrency(text string) (code string, ok bool) {
	text = strings.TrimSpace(text)
	if blank(text) {
		return "", true
	}
	if code := currencyCode(text); code != "" {
		return code, true
	}
	if code, found := currencySymbols[text]; found {
		return code, true
	}
	switch fold(text) {
	case "euro", "euros", "ユーロ", "欧元", "유로":
		return "EUR", true
	}
	return "", false
}

// cutMoneySigns takes currency symbols and codes off both ends of a number and
// brings its sign to the front: "-$5", "5,70 €", "(338.31)", "12-". A symbol of
// several currencies is given back as it is.
func cutMoneySigns(text string) (digits, code, shared string) {
	first := strings.IndexFunc(text, unicode.IsDigit)
	last := strings.LastIndexFunc(text, unicode.IsDigit)
	if first < 0 {
		return text, "", ""
	}
	if first > 0 && (text[first-1] == '.' || text[first-1] == ',') && (first == 1 || text[first-2] == ' ') {
		first-- // .5
	}
	digits = text[first : last+1]
	before, minus := cutSign(text[:first])
	after, closing := cutSign(text[last+1:])
	if minus && closing && !strings.Contains(text, "(") {
		return text, "", "" // -5-
	}
	for _, sign := range []string{before, after} {
		switch {
		case sign == "":
		case sharedSymbols[sign] != "":
			shared = sign
		case signCode(sign) != "" && (code == "" || code == signCode(sign)):
			code = signCode(sign)
		default:
			return text, "", ""
		}
	}
	if !admits(shared, code) {
		return text, "", "" // $5 EUR
	}
	if minus || closing {
		digits = "-" + digits
	}
	return digits, code, shared
}

// cutSign takes signs and accountants' brackets out of what stands beside the
// digits.
func cutSign(text string) (rest string, minus bool) {
	rest = strings.TrimSpace(strings.Map(func(r rune) rune {
		if strings.ContainsRune("-−+()", r) {
			return -1
		}
		return r
	}, text))
	return rest, strings.ContainsAny(text, "-−()")
}

func signCode(sign string) string {
	if code, ok := currencySymbols[sign]; ok {
		return code
	}
	return currencyCode(sign)
}
