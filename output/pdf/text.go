package pdf

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// mmPerPoint turns type sizes into lengths on the page.
const mmPerPoint = 25.4 / 72

// A style is how text looks.
type style struct {
	size   float64 // points
	weight weight
	color  color
}

// with returns the style in another colour.
func (s style) with(c color) style { s.color = c; return s }

// in returns the style in another weight.
func (s style) in(w weight) style { s.weight = w; return s }

// width is the length of s in mm.
func (d *document) width(s printable, st style) float64 {
	em := 0.0
	for _, r := range s {
		em += d.faces.advance(r, st.weight)
	}
	return em * st.size * mmPerPoint
}

// text draws s from x rightwards on the baseline and returns where it ends.
func (d *document) text(x, baseline float64, s printable, st style) float64 {
	s = visual(printable(strings.TrimRight(string(s), " ")))
	d.pdf.SetTextColor(st.color.rgb())
	for s != "" {
		run, face := d.run(s)
		d.setFont(face, st)
		d.pdf.Text(x, baseline, string(run))
		x += d.width(run, st)
		s = s[len(run):]
	}
	return x
}

// textRight draws s so that it ends at x.
func (d *document) textRight(x, baseline float64, s printable, st style) {
	s = printable(strings.TrimRight(string(s), " "))
	d.text(x-d.width(s, st), baseline, s, st)
}

// textCentre draws s with its middle at x.
func (d *document) textCentre(x, baseline float64, s printable, st style) {
	d.text(x-d.width(s, st)/2, baseline, s, st)
}

// run is the longest start of s that one font draws.
func (d *document) run(s printable) (printable, faceNumber) {
	var face faceNumber
	for i, r := range s {
		f := d.faces.of(r)
		if i == 0 {
			face = f
		} else if f != face {
			return s[:i], face
		}
	}
	return s, face
}

// fit returns the style no larger than needed for s to be at most w wide. It
// is for figures: a name may be cut, an amount never.
func (d *document) fit(s printable, w float64, st style) style {
	if got := d.width(s, st); got > w {
		st.size *= w / got
	}
	return st
}

// smallest is the size in points below which no name is drawn.
const smallest = 7.5

// squeezed draws a name in one line w wide: smaller if it must be, then cut.
func (d *document) squeezed(x, baseline, w float64, s printable, st style) {
	st.size = max(smallest, d.fit(s, w, st).size)
	d.text(x, baseline, d.clip(s, w, st), st)
}

// wrap breaks s into lines at most w wide, at the places of the Unicode line
// breaking rules, and inside a word only if the word alone is wider. Nothing
// is lost: the lines put together are s again. An empty s is one empty line.
func (d *document) wrap(s printable, w float64, st style) []printable {
	var lines []printable
	rest, state := string(s), -1
	line := 0 // bytes of s before the current line
	end := 0  // bytes of s up to which the current line is filled
	for rest != "" {
		var segment string
		segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		next := end + len(segment)
		if end > line && !d.fits(s[line:next], w, st) {
			lines = append(lines, s[line:end])
			line = end
		}
		for !d.fits(s[line:next], w, st) {
			cut := line + d.clusters(s[line:next], w, st)
			if cut >= next {
				break
			}
			lines = append(lines, s[line:cut])
			line = cut
		}
		end = next
	}
	return append(lines, s[line:])
}

// fits tells whether s, without the spaces at its end, is at most w wide.
func (d *document) fits(s printable, w float64, st style) bool {
	const rounding = 1e-6 // of sums of widths in another order
	return d.width(printable(strings.TrimRight(string(s), " ")), st) <= w+rounding
}

// clusters returns how many bytes of s fit into w: whole grapheme clusters,
// at least one.
func (d *document) clusters(s printable, w float64, st style) int {
	n, state, rest := 0, -1, string(s)
	for used := 0.0; rest != ""; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		used += d.width(printable(cluster), st)
		if n > 0 && used > w {
			break
		}
		n += len(cluster)
	}
	return n
}

const ellipsis = "…"

// clip cuts s to w with an ellipsis, without punctuation in front of it.
func (d *document) clip(s printable, w float64, st style) printable {
	if d.fits(s, w, st) {
		return s
	}
	n := d.clusters(s, w-d.width(ellipsis, st), st)
	return printable(strings.TrimRightFunc(string(s[:n]), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r) && r != replacement
	})) + ellipsis
}

// wrapTo wraps into at most n lines; the last ends in … if more was to come.
func (d *document) wrapTo(n int, s printable, w float64, st style) []printable {
	lines := d.wrap(s, w, st)
	if len(lines) <= n {
		return lines
	}
	kept := 0
	for _, l := range lines[:n-1] {
		kept += len(l)
	}
	return append(lines[:n-1:n-1], d.clip(s[kept:], w, st))
}

// bound keeps a figure on the line of the word it belongs to, and a point
// between figures from beginning a line.
var bound = strings.NewReplacer(" : ", "\u00a0:\u00a0", ": ", ":\u00a0", " · ", "\u00a0· ")

// sentence wraps into at most n lines and, if more was to come, ends in … at a
// place where the line may break: an amount is there as a whole or not at all.
func (d *document) sentence(n int, s printable, w float64, st style) []printable {
	lines := d.wrap(s, w, st)
	if len(lines) <= n {
		return lines
	}
	lines = d.wrap(s, w-d.width(" "+ellipsis, st), st)[:n]
	lines[n-1] = printable(strings.TrimRight(string(lines[n-1]), " ")) + " " + ellipsis
	return lines
}
