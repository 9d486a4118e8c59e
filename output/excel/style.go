package excel

import (
	"fmt"
	"strings"
	"sync"

	"github.com/xuri/excelize/v2"

	"cspplan/report"
)

// The palette. Hues follow Okabe and Ito; each text colour was measured against
// its own background and has a contrast of 4.5:1 or more.
const (
	inkColour    = "1F2933" // body
	faintColour  = "6B7680" // repeated value
	greyColour   = "52606D" // secondary: ids, notes
	alarmColour  = "A63F00"
	decideColour = "7A5200"
	readyColour  = "00664B"
	linkColour   = "1F4E8C"
	ruleColour   = "D5DAE0" // thin line under each row

	headFill     = "2F3E4E"
	headInk      = "FFFFFF"
	editHeadFill = "FFE699"
	editFill     = "FFFBEB"
	blockedFill  = "DDE1E6"
	dataLossFill = "FBE3D6"
	decideFill   = "FDF0D5"
)

// Sizes of type in points, and heights of rows.
const (
	bodySize  = 11
	headSize  = 10
	smallSize = 9
	titleSize = 14

	rowHeight  = 18
	lineHeight = 15 // each further line of a wrapped cell
)

// place is the role of a cell on its sheet.
type place uint8

const (
	placeBody place = iota
	placeHead
	placeTitle     // A1
	placeHero      // A1 of Start
	placeNote      // small grey sentence
	placeSentence  // body text without a line below
	placeSection   // heading of a block
	placeConverted // amounts of several currencies in one: italics
	placeSum       // last row of a table: a line above, bold
	placeLink
)

// A shape is everything that decides the style of a cell. Equal shapes share
// one style: a workbook may hold 65,490 of them, and ours has some dozens.
type shape struct {
	place  place
	kind   report.Kind
	look   report.Look
	digits uint8
	edit   bool
	id     bool
	indent bool
	wrap   bool
	zero   bool // print 0 as a figure instead of a dash
	right  bool // heading above numbers, or a word in their place
}

// styles makes the styles of a workbook as they are asked for. Those that are
// known may be asked for while others are made.
type styles struct {
	f    *excelize.File
	mu   sync.RWMutex
	made map[shape]int
}

// known returns the style of a shape if it has been made.
func (s *styles) known(sh shape) (int, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	id, ok := s.made[sh]
	return id, ok
}

// of returns the style of a shape.
func (s *styles) of(sh shape) (int, error) {
	if id, ok := s.known(sh); ok {
		return id, nil
	}
	id, err := s.f.NewStyle(styleOf(sh))
	if err != nil {
		return 0, fmt.Errorf("making a cell style: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made[sh] = id
	return id, nil
}

// styleOf puts a style together.
func styleOf(sh shape) *excelize.Style {
	st := &excelize.Style{
		Font:       fontOf(sh),
		Alignment:  alignmentOf(sh),
		Protection: &excelize.Protection{Locked: !sh.edit},
	}
	if fill := fillOf(sh); fill != "" {
		st.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
	}
	switch sh.place {
	case placeBody, placeLink:
		st.Border = []excelize.Border{{Type: "bottom", Color: ruleColour, Style: 1}}
	case placeSum:
		st.Border = []excelize.Border{{Type: "top", Color: inkColour, Style: 1}}
	}
	if format := formatOf(sh); format != "" {
		st.CustomNumFmt = &format
	}
	return st
}

// fontOf gives size, weight and colour.
func fontOf(sh shape) *excelize.Font {
	f := &excelize.Font{Family: "Calibri", Size: bodySize, Color: inkColour}
	switch sh.place {
	case placeHead:
		f.Size, f.Bold, f.Color = headSize, true, headInk
		if sh.edit {
			f.Color = inkColour
		}
		return f
	case placeTitle:
		f.Size, f.Bold = titleSize, true
	case placeHero:
		f.Size, f.Bold = 18, true
	case placeNote:
		f.Size, f.Color = smallSize+1, greyColour
	case placeSection:
		f.Size, f.Bold = 13, true
	case placeConverted:
		f.Italic, f.Color = true, greyColour
	case placeSum:
		f.Bold = true
	case placeLink:
		f.Color, f.Underline = linkColour, "single"
	}
	if sh.id {
		f.Size, f.Color = smallSize, greyColour
	}
	switch sh.look {
	case report.Alarm:
		f.Bold, f.Color = true, alarmColour
	case report.Strong:
		f.Bold = true
	case report.Faint:
		f.Color = faintColour
	case report.BlockedLook:
		f.Bold = true
	case report.DataLossLook:
		f.Bold, f.Color = true, alarmColour
	case report.DecideLook:
		f.Bold, f.Color = true, decideColour
	case report.ReadyLook:
		f.Color = readyColour
	case report.DoneLook:
		f.Color = greyColour
	}
	return f
}

// fillOf gives the background: only headings, exceptions and the cells that
// belong to people have one.
func fillOf(sh shape) string {
	switch {
	case sh.place == placeHead && sh.edit:
		return editHeadFill
	case sh.place == placeHead:
		return headFill
	case sh.edit:
		return editFill
	}
	switch sh.look {
	case report.BlockedLook:
		return blockedFill
	case report.DataLossLook:
		return dataLossFill
	case report.DecideLook:
		return decideFill
	}
	return ""
}

// alignmentOf puts figures and dates to the right and text to the left. The
// left must be said: excelize drops an indent without it.
func alignmentOf(sh shape) *excelize.Alignment {
	a := &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: sh.wrap || sh.place == placeHead}
	switch {
	case sh.right:
		a.Horizontal = "right"
	case sh.place != placeHead && sh.kind != report.Empty && sh.kind != report.Text:
		a.Horizontal, a.WrapText = "right", false
	}
	if sh.indent && a.Horizontal == "left" {
		a.Indent = 1
	}
	return a
}

// formatOf is the number format. Excel prints the names of months, the
// separators and the minus sign in the way of the reader's own language.
func formatOf(sh shape) string {
	if sh.place == placeHead {
		return ""
	}
	dash := `"–"`
	switch sh.kind {
	case report.Date:
		return "dd mmm yyyy"
	case report.Days:
		return "0;-0;0"
	case report.Score:
		return "0"
	case report.Bytes:
		return "#,##0"
	case report.Count:
		if sh.zero {
			return "#,##0"
		}
		return "#,##0;-#,##0;" + dash
	case report.Amount:
		n := "#,##0" + decimals(sh.digits)
		if sh.zero {
			return n
		}
		return n + ";-" + n + ";" + dash
	case report.Difference:
		n := "#,##0" + decimals(sh.digits)
		if sh.zero {
			return "+" + n + ";-" + n + ";" + "0" + decimals(sh.digits)
		}
		return "+" + n + ";-" + n + ";" + dash
	}
	return ""
}

// decimals is the part of a number format behind the point.
func decimals(digits uint8) string {
	if digits == 0 {
		return ""
	}
	return "." + strings.Repeat("0", int(digits))
}
