package input

import (
	"strings"
	"testing"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// said is what one cell says about its date, in a form that a table can hold.
func (d dateCell) said() string {
	switch d.form {
	case noDate:
		return "none"
	case never:
		return "never"
	case notDate:
		return "bad"
	case severalReadings:
		var days []string
		for _, day := range d.readings {
			if day.Known() {
				days = append(days, day.String())
			}
		}
		return strings.Join(days, " or ")
	}
	if d.fits != 0 && d.fits.only() != orderOpen {
		return d.day.String() + " " + d.fits.only().String()
	}
	return d.day.String()
}

func TestScanDate(t *testing.T) {
	days := calendar{asOf: reconcile.NewDate(2026, 11, 23)}.forField(fExpires)
	for _, c := range []struct{ in, want string }{
		{"", "none"}, {"-", "none"}, {"—", "none"}, {"N/A", "none"}, {"n/d", "none"}, {"null", "none"}, {"未設定", "none"},
		{"Never", "never"}, {"Never expires", "never"}, {"Unbegrenzt", "never"}, {"无限期", "never"},
		{"2026-12-31", "2026-12-31"}, {"2026-1-5", "2026-01-05"}, {"2026/12/31", "2026-12-31"}, {"2026.12.31", "2026-12-31"},
		{"2026-12-31T00:00:00", "2026-12-31"}, {"2026-12-31T23:59:59Z", "2026-12-31"}, {"2026-12-31T00:00:00+02:00", "2026-12-31"},
		{"2026-12-31T00:00:00.0000000Z", "2026-12-31"}, {"2026-12-31 23:59", "2026-12-31"}, {"2026-12-31 11:59:59 PM", "2026-12-31"},
		{"20261231", "2026-12-31"}, {"20261331", "bad"}, {"2026-02-29", "bad"}, {"2028-02-29", "2028-02-29"}, {"2026-13-01", "bad"},
		{"23/11/2026", "2026-11-23 day first"}, {"11/23/2026", "2026-11-23 month first"}, {"05/12/2026", "2026-12-05 or 2026-05-12"},
		{"5/12/2026 0:00", "2026-12-05 or 2026-05-12"}, {"07/07/2026", "2026-07-07"}, {"31/02/2027", "bad"}, {"02/31/2027", "bad"}, {"0/5/2026", "bad"},
		{"12/14/2026 00:00:00", "2026-12-14 month first"}, {"14/12/2026 00:00", "2026-12-14 day first"},
		{"2/28/2019 23:59", "2019-02-28 month first"}, {"2/1/2019 12:00:00 AM", "2019-01-02 or 2019-02-01"},
		{"23-11-2026", "2026-11-23 day first"}, {"05-12-2026", "2026-12-05 or 2026-05-12"}, {"05-12/2026", "bad"},
		{"31.12.2026", "2026-12-31 day first"}, {"5.12.2026", "2026-12-05 or 2026-05-12"}, {"05.12.26", "2026-12-05 or 2026-05-12"}, {"30. 8. 2025", "2025-08-30 day first"}, {"12.31.2026", "2026-12-31 month first"},
		{"31/12/26", "2026-12-31 day first"}, {"12/31/26", "2026-12-31 month first"},
		{"30-AUG-2025", "2025-08-30"}, {"30-Aug-25", "2025-08-30"}, {"1 January 2027", "2027-01-01"}, {"January 1, 2027", "2027-01-01"},
		{"Aug 30 2025", "2025-08-30"}, {"30th August 2025", "2025-08-30"}, {"Friday, August 29, 2025 12:00:00 AM", "2025-08-29"}, {"2025 Aug 30", "2025-08-30"},
		{"31 dicembre 2026", "2026-12-31"}, {"1 gen 2027", "2027-01-01"}, {"lunedì 30 novembre 2026", "2026-11-30"},
		{"31. Dezember 2026", "2026-12-31"}, {"15. Mär. 2027", "2027-03-15"}, {"3. März 2027", "2027-03-03"}, {"Donnerstag, 31. Dezember 2026", "2026-12-31"},
		{"31 décembre 2026", "2026-12-31"}, {"1er janvier 2027", "2027-01-01"}, {"15 févr. 2027", "2027-02-15"}, {"3 août 2027", "2027-08-03"},
		{"31 de diciembre de 2026", "2026-12-31"}, {"1 ene 2027", "2027-01-01"}, {"15 sept 2026", "2026-09-15"},
		{"31 de dezembro de 2026", "2026-12-31"}, {"10 de março de 2027", "2027-03-10"}, {"5 de outubro de 2026", "2026-10-05"},
		{"31. prosince 2026", "2026-12-31"}, {"1. ledna 2027", "2027-01-01"}, {"15. září 2026", "2026-09-15"},
		{"31 grudnia 2026", "2026-12-31"}, {"1 stycznia 2027", "2027-01-01"}, {"5 października 2026", "2026-10-05"},
		{"31 Aralık 2026", "2026-12-31"}, {"1 Ocak 2027", "2027-01-01"}, {"15 Şubat 2027", "2027-02-15"}, {"5 Ağustos 2027", "2027-08-05"},
		{"31 december 2026", "2026-12-31"}, {"1 mrt 2027", "2027-03-01"}, {"5 mei 2027", "2027-05-05"}, {"5 maj 2027", "2027-05-05"}, {"1 oktober 2026", "2026-10-01"},
		{"2026年12月31日", "2026-12-31"}, {"2020 年 9 月 30 日", "2020-09-30"}, {"２０２６年１２月３１日", "2026-12-31"}, {"2026년 12월 31일", "2026-12-31"}, {"2026. 12. 31.", "2026-12-31"},
		{"45990", "2025-11-29"}, {"45990.75", "2025-11-29"}, {"46387", "2026-12-31"}, {"0", "never"}, {"12", "bad"}, {"99999", "bad"}, {"1.5E+4", "bad"},
		{"9999-12-31", "never"}, {"9999-11-30T23:59:59.0000000Z", "never"}, {"31/12/9999", "never"}, {"01/01/0001 00:00:00", "never"}, {"1753-01-01", "never"}, {"1/1/1900", "never"},
		{"12/31/9999", "never"}, {"12/31/9999 11:59:59 PM", "never"}, {"12/30/1899", "never"}, {"01.01.1970", "never"}, {"1970-01-02", "bad"},
		{"Do 31.12.2026", "2026-12-31 day first"}, {"Thu 12/31/2026", "2026-12-31 month first"}, {"Fri 05/12/2026", "2026-12-05 or 2026-05-12"}, {"about 31.12.2026", "bad"},
		{"soon", "bad"}, {"2026", "bad"}, {"Q4 2026", "bad"}, {"December 2026", "bad"}, {"31 Foo 2026", "bad"}, {"31/12", "bad"}, {"31/12/2026 maybe", "bad"}, {"TRUE", "bad"},
		{"  31/12/2026  ", "2026-12-31 day first"}, {"31/12/2026\u00a000:00", "2026-12-31 day first"},
	} {
		if got := days.scanDate(sheet.Cell{Kind: sheet.Text, Text: c.in}).said(); got != c.want {
			t.Errorf("scanDate(%q) = %s, want %s", c.in, got, c.want)
		}
	}
}

func TestScanStoredDate(t *testing.T) {
	for _, c := range []struct {
		cell     sheet.Cell
		date1904 bool
		want     string
	}{
		{sheet.Cell{Kind: sheet.Date, Text: "2026-12-05"}, false, "2026-12-05"},
		{sheet.Cell{Kind: sheet.Date, Text: "2026-12-31T15:30:00"}, false, "2026-12-31"},
		{sheet.Cell{Kind: sheet.Number, Text: "46387"}, false, "2026-12-31"},
		{sheet.Cell{Kind: sheet.Number, Text: "44925"}, true, "2026-12-31"},
		{sheet.Cell{Kind: sheet.Number, Text: "3"}, false, "bad"},
		{sheet.Cell{Kind: sheet.Fault, Text: "#N/A"}, false, "none"},
		{sheet.Cell{Kind: sheet.Bool, Text: "TRUE"}, false, "bad"},
		{sheet.Cell{}, false, "none"},
	} {
		if got := (calendar{date1904: c.date1904}).scanDate(c.cell).said(); got != c.want {
			t.Errorf("scanDate(%v, %v) = %s, want %s", c.cell, c.date1904, got, c.want)
		}
	}
}

// Month names that two languages give to different months must not be read.
func TestMonthNames(t *testing.T) {
	names := monthNames()
	if len(names) < 150 {
		t.Errorf("got %d month names, want those of fifteen languages", len(names))
	}
	for name, m := range names {
		if m < 1 || m > 12 {
			t.Errorf("%q is month %d", name, m)
		}
	}
	for _, name := range []string{"august", "agosto", "sierpnia", "srpna", "agustos", "kasim"} {
		if names[name] == 0 {
			t.Errorf("%q is no month", name)
		}
	}
}

func surveyed(cells ...string) *dateColumn {
	c := newDateColumn(calendar{})
	for _, text := range cells {
		c.survey(textCell(text))
	}
	return c
}

func textCell(text string) sheet.Cell {
	if text == "" {
		return sheet.Cell{}
	}
	return sheet.Cell{Kind: sheet.Text, Text: text}
}

func TestDateConvention(t *testing.T) {
	for _, c := range []struct {
		name             string
		cells, others    []string
		settings, layout dateOrder
		want             string // what 05/12/2026 reads as
	}{
		{"the column proves the day first", []string{"05/12/2026", "23/11/2026"}, nil, orderOpen, orderOpen, "2026-12-05"},
		{"the column proves the month first", []string{"05/12/2026", "11/23/2026"}, nil, orderOpen, orderOpen, "2026-05-12"},
		{"a bad date proves nothing", []string{"05/12/2026", "31/02/2027"}, nil, orderOpen, orderOpen, "ambiguous"},
		{"the other column decides", []string{"05/12/2026"}, []string{"30/06/2025"}, orderOpen, orderOpen, "2026-12-05"},
		{"the other column before the settings", []string{"05/12/2026"}, []string{"30/06/2025"}, monthFirst, orderOpen, "2026-12-05"},
		{"the settings decide", []string{"05/12/2026"}, []string{"01/02/2025"}, monthFirst, orderOpen, "2026-05-12"},
		{"the column before the settings", []string{"05/12/2026", "23/11/2026"}, nil, monthFirst, orderOpen, "2026-12-05"},
		{"the layout decides", []string{"05/12/2026"}, nil, orderOpen, monthFirst, "2026-05-12"},
		{"the settings before the layout", []string{"05/12/2026"}, nil, dayFirst, monthFirst, "2026-12-05"},
		{"the column before the layout", []string{"05/12/2026", "23/11/2026"}, nil, orderOpen, monthFirst, "2026-12-05"},
		{"nothing decides", []string{"05/12/2026", "01/02/2027"}, nil, orderOpen, orderOpen, "ambiguous"},
		{"a column that proves both decides nothing", []string{"05/12/2026", "23/11/2026", "11/23/2026"}, nil, orderOpen, monthFirst, "ambiguous"},
		{"others that disagree decide nothing", []string{"05/12/2026"}, []string{"30/06/2025", "06/30/2025"}, orderOpen, orderOpen, "ambiguous"},
	} {
		t.Run(c.name, func(t *testing.T) {
			first, second := surveyed(c.cells...), surveyed(c.others...)
			decideDates([]*dateColumn{first, second}, c.settings, c.layout)
			day, result := first.read(textCell("05/12/2026"))
			got := day.String()
			if result == dateAmbiguous {
				got = "ambiguous"
			}
			if got != c.want {
				t.Errorf("05/12/2026 reads as %s, want %s (%s)", got, c.want, first)
			}
		})
	}
}

// A batch tool export that a spreadsheet has saved again no longer looks as
// the tool writes it, and its order is not believed.
func TestLayoutOrderNeedsTheLayoutsForm(t *testing.T) {
	for text, want := range map[string]dateOrder{"05/12/2026 00:00:00": monthFirst, "05/12/2026 00:00": orderOpen, "5/12/2026 0:00": orderOpen} {
		c := newDateColumn(calendar{})
		c.known = batchToolDate
		c.survey(textCell(text))
		decideDates([]*dateColumn{c}, orderOpen, monthFirst)
		if c.order != want {
			t.Errorf("order of %q is %v, want %v", text, c.order, want)
		}
	}
}

// An Italian Excel that opens a month-first file makes date cells of what fits
// day first and leaves the rest as text: every date cell is then wrong.
func TestSwappedDateCells(t *testing.T) {
	c := newDateColumn(calendar{})
	swapped := sheet.Cell{Kind: sheet.Date, Text: "2026-12-05"}
	c.survey(swapped)
	c.survey(textCell("12/14/2026 00:00:00"))
	decideDates([]*dateColumn{c}, orderOpen, orderOpen)
	if _, result := c.read(swapped); result != dateAmbiguous {
		t.Errorf("a date cell beside month-first texts reads with result %v, want ambiguous", result)
	}
	if day, _ := c.read(textCell("12/14/2026 00:00:00")); day.String() != "2026-12-14" {
		t.Errorf("the text beside it reads as %s, want 2026-12-14", day)
	}
	c.survey(sheet.Cell{Kind: sheet.Date, Text: "2026-12-20"})
	if _, result := c.read(swapped); result != dateRead {
		t.Errorf("with a date cell after the 12th the result is %v, want read", result)
	}
}

// A heading that says how its dates are written decides dates with two
// readings, unless the column itself proves otherwise.
func TestDateOrderOfTheHeading(t *testing.T) {
	for _, c := range []struct{ heading, first, second, want string }{
		{"Expires (dd/mm/yyyy)", "05/12/2026", "06/12/2026", "2026-12-05"},
		{"Expires [MM/DD/YYYY]", "05/12/2026", "06/12/2026", "2026-05-12"},
		{"Data di scadenza (gg/mm/aaaa)", "05/12/2026", "06/12/2026", "2026-12-05"},
		{"Date d'expiration (jj/mm/aaaa)", "05/12/2026", "06/12/2026", "2026-12-05"},
		{"Expires (yyyy-mm-dd)", "05/12/2026", "06/12/2026", ""},
		{"Expires (dd/mm/yyyy)", "05/12/2026", "12/25/2026", "2026-05-12"},
	} {
		batch := readAll(t, Options{}, "exports/a.csv", csvOf("Customer|Offer|Licences|"+c.heading, "Contoso|Office 365 E3|5|"+c.first, "Contoso|Office 365 E3|6|"+c.second))
		got := ""
		if len(batch.Records) > 0 && batch.Records[0].Sub != nil {
			got = batch.Records[0].Sub.Expires.String()
		}
		if got != c.want {
			t.Errorf("%s: %s beside %s reads as %q, want %q", c.heading, c.first, c.second, got, c.want)
		}
	}
}
