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

// extent is the length of s.
func (d *document) extent(s printable, w weight) (sum units) {
	for _, r := range s {
		sum += d.faces.advance(r, w)
	}
	return sum
}

// mm is what u comes to in the style.
func (st style) mm(u units) float64 { return float64(u) / float64(perEm) * st.size * mmPerPoint }

// width is the length of s in mm.
func (d *document) width(s printable, st style) float64 { return st.mm(d.extent(s, st.weight)) }

// text draws s from x rightwards on the baseline and returns where it ends.
func (d *document) text(x, baseline float64, s printable, st style) float64 {
	s = trimmed(s)
	if d.measuring {
		return x + d.width(s, st)
	}
	s = visual(s)
	d.setTextColor(st.color)
	for s != "" {
		run, face := d.run(s)
		d.setFont(face, st)
		d.pdf.Text(x, baseline, string(run))
		x += d.width(run, st)
		s = s[len(run):]
	}
	return x
}

// trimmed is s without the spaces at its end, which a line break leaves there.
func trimmed(s printable) printable { return printable(strings.TrimRight(string(s), " ")) }

// textRight draws s so that it ends at x.
func (d *document) textRight(x, baseline float64, s printable, st style) {
	s = trimmed(s)
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
	if d.fits(s, w, st) {
		return []printable{s} // nearly every cell; no printable text holds a break that must be kept
	}
	var lines []printable
	room := st.room(w)
	rest, state := string(s), -1
	line, end := 0, 0 // bytes of s: where the current line begins, and up to where it is filled
	var filled units  // s[line:end]
	for rest != "" {
		var segment string
		segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		next := end + len(segment)
		whole, visible := d.extents(printable(segment), st.weight)
		if end > line && filled+visible > room {
			lines = append(lines, s[line:end])
			line, filled = end, 0
		}
		for line == end && visible > room {
			cut := line + d.clusters(s[line:next], w, st)
			if cut >= next {
				break
			}
			lines = append(lines, s[line:cut])
			line, end = cut, cut
			whole, visible = d.extents(s[cut:next], st.weight)
		}
		filled += whole
		end = next
	}
	return append(lines, s[line:])
}

// extents is the length of s, and that without the spaces at its end.
func (d *document) extents(s printable, w weight) (whole, visible units) {
	visible = d.extent(trimmed(s), w)
	return visible + units(len(s)-len(trimmed(s)))*d.faces.advance(' ', w), visible
}

// room is what fits into w mm, with the rounding of a width that was made from
// a text's own.
func (st style) room(w float64) units {
	const rounding = 1e-6
	return units((w + rounding) / (st.size * mmPerPoint) * float64(perEm))
}

// fits tells whether s, without the spaces at its end, is at most w wide.
func (d *document) fits(s printable, w float64, st style) bool {
	return d.extent(trimmed(s), st.weight) <= st.room(w)
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
	if d.fits(s, w, st) {
		return []printable{s}
	}
	key := wrapping{s, w, n, st.size, st.weight}
	if lines, ok := d.wrapped[key]; ok {
		return lines
	}
	lines := d.wrap(s, w, st)
	if len(lines) > n {
		kept := 0
		for _, l := range lines[:n-1] {
			kept += len(l)
		}
		lines = append(lines[:n-1:n-1], d.clip(s[kept:], w, st))
	}
	if len(d.wrapped) == maxWrapped {
		clear(d.wrapped)
	}
	d.wrapped[key] = lines
	return lines
}

// A wrapping is a text that was broken into lines and all that decides where.
// Reasons and offers repeat from row to row, and finding the places where a
// text may break is what costs most in a table.
type wrapping struct {
	text   printable
	width  float64
	lines  int
	size   float64
	weight weight
}

// maxWrapped bounds how many are remembered.
const maxWrapped = 1 << 14

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
