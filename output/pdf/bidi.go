package pdf

import (
	"slices"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// rightToLeft are the scripts that run from right to left.
var rightToLeft = []*unicode.RangeTable{unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko}

// unshapedScripts need letters joined, stacked or reordered to be read well,
// which the library cannot do. Hebrew is among them for its direction.
var unshapedScripts = append([]*unicode.RangeTable{
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.Mongolian,
	unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya,
	unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala,
}, rightToLeft...)

// unshaped tells whether a name holds letters that come out hard to read.
func unshaped(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r > 0x58F && unicode.In(r, unshapedScripts...) })
}

// visual puts stretches that run from right to left in the order in which they
// are drawn. The line as a whole stays left to right, as in every table cell
// of the document; digits inside a stretch end it.
func visual(s printable) printable {
	if !strings.ContainsFunc(string(s), isRightToLeft) {
		return s
	}
	var b strings.Builder
	var stretch, between []string // clusters, and neutral ones that may join the stretch
	flush := func() {
		slices.Reverse(stretch)
		b.WriteString(strings.Join(stretch, "") + strings.Join(between, ""))
		stretch, between = nil, nil
	}
	state, rest := -1, string(s)
	for rest != "" {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		first := []rune(cluster)[0]
		switch {
		case isRightToLeft(first):
			stretch = append(append(stretch, between...), cluster)
			between = nil
		case len(stretch) > 0 && !unicode.IsLetter(first) && !unicode.IsNumber(first):
			between = append(between, cluster)
		default:
			flush()
			b.WriteString(cluster)
		}
	}
	flush()
	return printable(b.String())
}

func isRightToLeft(r rune) bool { return r > 0x58F && unicode.In(r, rightToLeft...) }
