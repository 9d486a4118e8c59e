package pdf

import "cspplan/reconcile"

// A color is red, green, blue as 0xRRGGBB.
type color uint32

func (c color) rgb() (r, g, b int) { return int(c >> 16), int(c >> 8 & 0xFF), int(c & 0xFF) }

// The colours are those of the workbook. Text keeps a contrast of at least
// 4.5:1 on its ground. The four fills form a ladder of lightness, so that they
// stay apart on a black-and-white printer.
const (
	ink       color = 0x1F2933
	secondary color = 0x52606D
	faint     color = 0x6B7680
	hairline  color = 0xD5DAE0
	alarm     color = 0xA63F00
	tint      color = 0xFBE3D6
	linkBlue  color = 0x0B5CAD
	white     color = 0xFFFFFF

	amber      color = 0x7A5200
	green      color = 0x00664B
	amberTint  color = 0xFDF0D5
	fillBlock  color = 0x1F2933
	fillLoss   color = 0xC04A00
	fillDecide color = 0xE69F00
	fillReady  color = 0xB5E0D3
)

// A look is how a status appears: the fill of its mark and bars, the outline,
// and the colour of its word.
type look struct{ fill, outline, text color }

var looks = [...]look{
	reconcile.Blocked:  {fillBlock, fillBlock, ink},
	reconcile.DataLoss: {fillLoss, fillLoss, alarm},
	reconcile.Decide:   {fillDecide, amber, amber},
	reconcile.Ready:    {fillReady, green, green},
	reconcile.Done:     {white, faint, faint},
}

// The type sizes. Nothing is smaller than 7.5 points, except an amount that
// would not fit its column otherwise.
var (
	titleStyle    = style{24, bold, ink}
	h1Style       = style{18, bold, ink}
	headlineStyle = style{14, bold, ink}
	h2Style       = style{12, bold, ink}
	figureStyle   = style{17, bold, ink}
	subtitleStyle = style{12, regular, secondary}
	bodyStyle     = style{9.5, regular, ink}
	noteStyle     = style{8.5, italic, secondary}
	cellStyle     = style{9, regular, ink}
	headStyle     = style{8.5, bold, secondary}
	captionStyle  = style{8, regular, secondary}
	footerStyle   = style{7.5, regular, secondary}
)
