package excel

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A page says what of a sheet is printed and how.
type page struct {
	area   string // absolute range, without the sheet
	repeat int    // rows repeated on each page
	single bool   // all on one page
}

// prepareSheet sets what a streamed sheet takes only before its first row: fit
// to page, the area in use, and white paper instead of a grid.
func (b *book) prepareSheet(name, lastCell string) error {
	fit, grid := true, false
	if err := b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return fmt.Errorf("setting sheet properties: %w", err)
	}
	if err := b.f.SetSheetDimension(name, "A1:"+lastCell); err != nil {
		return fmt.Errorf("setting the area in use: %w", err)
	}
	if err := b.f.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &grid}); err != nil {
		return fmt.Errorf("setting the view: %w", err)
	}
	return nil
}

// setUpPage sets paper, margins, header, footer, print area and repeated rows:
// A4, landscape, one page wide.
func (b *book) setUpPage(name string, p page) error {
	const a4 = 9
	size, landscape, wide, high := a4, "landscape", 1, 0
	if p.single {
		high = 1
	}
	if err := b.f.SetPageLayout(name, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &high,
	}); err != nil {
		return fmt.Errorf("setting page layout: %w", err)
	}
	side, edge, head := 0.4, 0.55, 0.3
	if err := b.f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &edge, Bottom: &edge, Header: &head, Footer: &head,
	}); err != nil {
		return fmt.Errorf("setting margins: %w", err)
	}
	if err := b.f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddHeader: b.header(), OddFooter: b.footer()}); err != nil {
		return fmt.Errorf("setting header and footer: %w", err)
	}
	return b.namePrintRanges(name, p)
}

// namePrintRanges sets the print area and the repeated rows.
func (b *book) namePrintRanges(name string, p page) error {
	names := map[string]string{"_xlnm.Print_Area": p.area}
	order := []string{"_xlnm.Print_Area"}
	if p.repeat > 0 {
		names["_xlnm.Print_Titles"] = fmt.Sprintf("$1:$%d", p.repeat)
		order = append(order, "_xlnm.Print_Titles")
	}
	for _, n := range order {
		if err := b.f.SetDefinedName(&excelize.DefinedName{Name: n, RefersTo: quoted(name) + "!" + names[n], Scope: name}); err != nil {
			return fmt.Errorf("naming %s: %w", n, err)
		}
	}
	return nil
}

// header is partner, sheet and date.
func (b *book) header() string {
	date := b.r.Text.Label("doc.as_at", "date", b.r.Text.Day(b.r.AsOf))
	return "&L" + headerText(b.r.Partner) + "&C&A&R" + headerText(date)
}

// footer is run, confidentiality and page.
func (b *book) footer() string {
	text := b.r.Text
	return "&L" + headerText(text.Label("doc.run", "id", b.r.RunID)) +
		"&C" + headerText(text.Label("doc.confidential")) +
		"&R" + text.Label("doc.page", "n", "&P", "total", "&N")
}

// headerText makes a text fit for headers and footers: an ampersand is doubled
// because it begins a code there, and 255 characters hold all three parts.
func headerText(s string) string {
	const most = 80
	s = strings.Join(strings.Fields(cellText(s, "")), " ")
	return strings.ReplaceAll(cutUnits(s, most), "&", "&&")
}

// protect locks a sheet without a password: against slips, not against people.
// Filters and column widths stay usable.
func (b *book) protect(name string) error {
	err := b.f.ProtectSheet(name, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, AutoFilter: true, Sort: true, FormatColumns: true, FormatRows: true,
	})
	if err != nil {
		return fmt.Errorf("protecting the sheet: %w", err)
	}
	return nil
}
