package excel

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cspplan/report"
)

// Each customer's name leads to the customer's first row, also where the plan
// goes on on further sheets.
func TestCustomersLeadToTheirFirstRow(t *testing.T) {
	for _, opt := range []Options{{}, {SheetRows: 5}} {
		r := computed(t, "en", 200)
		f := opened(t, r, opt)
		sheet, row := "Customers", firstDataRow
		for i := range r.Table("Customers").Len {
			if opt.SheetRows > 0 && i == opt.SheetRows*(i/opt.SheetRows) && i > 0 {
				sheet, row = fmt.Sprint("Customers ", i/opt.SheetRows+1), firstDataRow
			}
			name := cell(t, f, sheet, cellName(4, row))
			linked, target, err := f.GetCellHyperLink(sheet, cellName(4, row))
			if err != nil || !linked {
				t.Fatalf("%s row %d, %s: linked %t, error %v", sheet, row, name, linked, err)
			}
			to, at, _ := strings.Cut(target, "!")
			if got := customerAt(t, f, strings.Trim(to, "'"), at); got != name {
				t.Errorf("%s row %d, %s leads to %s, a row of %s", sheet, row, name, target, got)
			}
			if want := firstOf(t, f, opt, name); want != target {
				t.Errorf("%s row %d, %s leads to %s, want its first row %s", sheet, row, name, target, want)
			}
			row++
		}
	}
}

// customerAt is the customer in the row of a cell on a sheet of the plan.
func customerAt(t *testing.T, f *excelize.File, sheet, at string) string {
	t.Helper()
	_, row, err := excelize.CellNameToCoordinates(at)
	if err != nil {
		t.Fatal(err)
	}
	return cell(t, f, sheet, cellName(planCustomer(t, f, sheet), row))
}

func planCustomer(t *testing.T, f *excelize.File, sheet string) int {
	t.Helper()
	for i := 1; i < 40; i++ {
		if cell(t, f, sheet, cellName(i, headRow)) == "Customer" {
			return i
		}
	}
	t.Fatalf("%s has no column Customer", sheet)
	return 0
}

// firstOf searches the sheets of the plan for a customer.
func firstOf(t *testing.T, f *excelize.File, opt Options, name string) string {
	t.Helper()
	for _, sheet := range f.GetSheetList() {
		if sheet != "Plan" && !strings.HasPrefix(sheet, "Plan ") {
			continue
		}
		column := planCustomer(t, f, sheet)
		for row := firstDataRow; cell(t, f, sheet, cellName(column, row)) != ""; row++ {
			if cell(t, f, sheet, cellName(column, row)) == name {
				return quoted(sheet) + "!" + cellName(1, row)
			}
		}
	}
	t.Fatalf("nothing of %s on the plan with %+v", name, opt)
	return ""
}

// Links stay few on long lists, and none comes from the input.
func TestLinksAreLimited(t *testing.T) {
	r := sample(t, 60)
	c := r.Tables[1]
	row := c.Row
	c.Columns[3].Link, c.Len = true, maxLinks+20
	c.Row = func(i int, dst []report.Value) []report.Value { return row(i%len(sampleCustomers), dst) }
	c.PlanRow = func(i int) int { return i % 60 }
	b, _ := workbook(t, r, Options{SheetRows: 3000})
	links := 0
	for name, part := range parts(t, b) {
		if !strings.HasPrefix(name, "xl/worksheets/") {
			continue
		}
		var sheet struct {
			Links []struct {
				Location string `xml:"location,attr"`
				ID       string `xml:"id,attr"`
			} `xml:"hyperlinks>hyperlink"`
		}
		if err := xml.Unmarshal(part, &sheet); err != nil {
			t.Fatal(err)
		}
		for _, l := range sheet.Links {
			if l.ID != "" || !strings.HasPrefix(l.Location, "'") {
				t.Errorf("%s has a link to %+v, want a place in the workbook", name, l)
			}
			if strings.HasPrefix(l.Location, "'Plan") && strings.Contains(string(part), "Worst status") { // streamed: a sheet of Customers
				links++
			}
		}
	}
	if links != maxLinks {
		t.Errorf("%d links to Plan, want %d on Customers", links, maxLinks)
	}
}

func TestLinkToARowThatIsNotThere(t *testing.T) {
	r := sample(t, 3)
	r.Tables[1].Columns[3].Link = true
	r.Tables[1].PlanRow = func(int) int { return 3 }
	var b strings.Builder
	if _, err := Write(&b, r, Options{Tmp: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "row 4 of the plan") {
		t.Errorf("got error %v, want one that names the row", err)
	}
}
