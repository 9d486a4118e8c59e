package input

import (
	"testing"

	"cspplan/input/sheet"
)

func (n numberCell) said() string {
	switch n.form {
	case noNumber:
		return "none"
	case notNumber:
		return "bad"
	case openNumber:
		return n.grouped + " or " + n.text
	}
	text := n.text
	if n.proves != 0 {
		text += " " + string(n.proves)
	}
	if n.currency != "" {
		text += " " + n.currency
	}
	return text
}

func TestScanNumber(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", "none"}, {"-", "none"}, {"––", "none"}, {"n/a", "none"}, {"0", "0"}, {"25", "25"}, {"007", "007"}, {"1000000", "1000000"},
		{"1.000", "1000 or 1.000"}, {"1,000", "1000 or 1.000"}, {"12.345", "12345 or 12.345"}, {"0.045", "0.045 ."}, {"0,045", "0.045 ,"},
		{"5.7", "5.7 ."}, {"5,70", "5.70 ,"}, {"275.00", "275.00 ."}, {"1234.567", "1234.567 ."}, {".5", "0.5 ."},
		{"1,234.56", "1234.56 ."}, {"1.234,56", "1234.56 ,"}, {"1.234.567", "1234567 ,"}, {"1,234,567", "1234567 ."}, {"1.234.567,89", "1234567.89 ,"},
		{"1 234,56", "1234.56 ,"}, {"1\u00a0234", "1234"}, {"1\u202f234,5", "1234.5 ,"}, {"1'234.50", "1234.50 ."}, {"1’234’567", "1234567"},
		{"12,34,567.00", "1234567.00 ."}, {"1,2,3", "bad"}, {"1.2.3", "bad"}, {"1,234.56.7", "bad"}, {"1.234,56,7", "bad"}, {"3 5", "bad"}, {"12 3456", "bad"},
		{"-5", "-5"}, {"−5", "-5"}, {"5-", "-5"}, {"(338.31)", "-338.31 ."}, {"+7", "7"}, {"--5", "-5"}, {"-5-", "bad"},
		{"$338.31", "338.31 ."}, {"-$5", "-5"}, {"€ 12,50", "12.50 , EUR"}, {"12,50 €", "12.50 , EUR"}, {"EUR 12.5", "12.5 . EUR"}, {"12.50 usd", "12.50 . USD"},
		{"£9", "9 GBP"}, {"¥9600", "9600"}, {"1 234,50 kr", "1234.50 ,"}, {"99 Kč", "99 CZK"}, {"R$ 10,00", "10.00 , BRL"}, {"CHF 1'000.00", "1000.00 . CHF"},
		{"１２３", "123"}, {"five", "bad"}, {"5 users", "bad"}, {"1e3", "bad"}, {"NaN", "bad"}, {"Inf", "bad"}, {"0x10", "bad"}, {"5%", "bad"}, {"5.", "bad"}, {",", "bad"}, {"EUR", "bad"},
	} {
		if got := scanNumber(textCell(c.in)).said(); got != c.want {
			t.Errorf("scanNumber(%q) = %s, want %s", c.in, got, c.want)
		}
	}
	for _, c := range []struct{ in, want string }{{"321.16666666666669", "321.166666666667"}, {"275", "275"}, {"1E+3", "1000"}, {"5.5", "5.5"}, {"abc", "bad"}} {
		if got := scanNumber(sheet.Cell{Kind: sheet.Number, Text: c.in}).said(); got != c.want {
			t.Errorf("stored number %q = %s, want %s", c.in, got, c.want)
		}
	}
}

func TestCount(t *testing.T) {
	for in, want := range map[string]int32{"0": 0, "25": 25, "275.00": 275, "1000000": 1000000, "3.0": 3, "007": 7} {
		if got, ok := parseCount(in); !ok || got.N != want || !got.Known {
			t.Errorf("parseCount(%q) = %v %v, want %d", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "5.7", "-1", "1000001", "99999999999999999999", "1.5", "a", ".0"} {
		if got, ok := parseCount(in); ok || got.Known {
			t.Errorf("parseCount(%q) = %v, want none", in, got)
		}
	}
}

func TestNumberConvention(t *testing.T) {
	for _, c := range []struct {
		name             string
		cells, others    []string
		settings, layout byte
		cell, want       string
	}{
		{"thousands by a decimal comma elsewhere in the column", []string{"1.000", "12,5"}, nil, 0, 0, "1.000", "1000"},
		{"decimals by a decimal dot elsewhere in the column", []string{"1.000", "12.5"}, nil, 0, 0, "1.000", "1.000"},
		{"by the other column", []string{"1.000"}, []string{"5,70"}, 0, 0, "1.000", "1000"},
		{"by the settings", []string{"1.000"}, nil, ',', 0, "1.000", "1000"},
		{"by the layout", []string{"1,000"}, nil, 0, '.', "1,000", "1000"},
		{"nothing decides", []string{"1.000", "25"}, nil, 0, 0, "1.000", ""},
		{"a mixed column reads what has one reading", []string{"1,234.50", "5,70"}, nil, 0, 0, "5,70", "5.70"},
		{"a mixed column leaves the rest", []string{"1,234.50", "5,70", "1.000"}, nil, 0, 0, "1.000", ""},
		{"a mixed column and the settings", []string{"1,234.50", "5,70", "1.000"}, nil, ',', 0, "1.000", "1000"},
		{"digits need no convention", []string{"1.000", "25"}, nil, 0, 0, "25", "25"},
	} {
		t.Run(c.name, func(t *testing.T) {
			first, second := newNumberColumn(false), newNumberColumn(false)
			for _, text := range c.cells {
				first.survey(textCell(text))
			}
			for _, text := range c.others {
				second.survey(textCell(text))
			}
			decideNumbers([]*numberColumn{first, second}, c.settings, c.layout)
			if got, _, _ := first.read(textCell(c.cell)); got != c.want {
				t.Errorf("%q reads as %q, want %q (%s)", c.cell, got, c.want, first)
			}
		})
	}
}

// A number of licences is whole, which tells thousands from decimals where
// nothing else does.
func TestWholeNumbers(t *testing.T) {
	for _, c := range []struct {
		name           string
		counts, prices []string
		cell, want     string
	}{
		{"a fraction of a licence", []string{"1,250"}, nil, "1,250", "1250"},
		{"with dots", []string{"1.250", "2.000"}, nil, "2.000", "2000"},
		{"beside digits alone", []string{"1,000", "25"}, nil, "1,000", "1000"},
		{"three decimals throughout", []string{"1.000", "25.000"}, nil, "1.000", ""},
		{"both marks", []string{"1.250", "1,250"}, nil, "1.250", ""},
		{"both marks beside decimal prices", []string{"1.000", "1,000", "10"}, []string{"20.50"}, "1.000", ""},
		{"prices say otherwise", []string{"1,250"}, []string{"12,50"}, "1,250", ""},
		{"a half licence says otherwise", []string{"1.250", "2.5"}, nil, "1.250", "1.250"},
	} {
		t.Run(c.name, func(t *testing.T) {
			counts, prices := newNumberColumn(true), newNumberColumn(false)
			for _, text := range c.counts {
				counts.survey(textCell(text))
			}
			for _, text := range append(c.prices, "2,750") {
				prices.survey(textCell(text))
			}
			decideNumbers([]*numberColumn{counts, prices}, 0, 0)
			if got, _, _ := counts.read(textCell(c.cell)); got != c.want {
				t.Errorf("%q reads as %q, want %q (%s)", c.cell, got, c.want, counts)
			}
		})
	}
	counts, prices := newNumberColumn(true), newNumberColumn(false)
	counts.survey(textCell("1,250"))
	prices.survey(textCell("2,750"))
	decideNumbers([]*numberColumn{counts, prices}, 0, 0)
	if got, _, _ := prices.read(textCell("2,750")); got != "2750" {
		t.Errorf("a price beside 1,250 licences reads as %q, want 2750", got)
	}
}
