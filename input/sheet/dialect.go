package sheet

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"
)

// What the sniffing of a dialect looks at.
const (
	sniffBytes   = 256 << 10
	sniffRecords = 200
)

// delimiters are tried in this order; the comma is last because it also stands
// in texts and numbers, so that another one that fits as well is meant.
var delimiters = []rune{';', '\t', '|', ','}

// sniffDialect finds how the cells are separated: by the settings, by a sep= line,
// or by the delimiter that gives the most records of one and the same number of
// cells above one. Records of a title block above the table have fewer and are
// outvoted. A text in which nothing separates is a table of one column.
func sniffDialect(sample string, setting rune, where string, limits Limits) dialect {
	body := sample
	separators := delimiters
	if sep, skip := sepLine(sample); skip > 0 {
		body = sample[skip:]
		separators = []rune{sep}
	}
	if setting != 0 {
		separators = []rune{setting}
	}
	best, bestFit := dialect{delimiter: ','}, fit{}
	if len(separators) == 1 {
		best.delimiter = separators[0]
	}
	for _, delimiter := range separators {
		d := dialect{delimiter: delimiter}
		f := try(body, d, where, limits)
		if f.faults > 0 && delimiter != '\t' { // a tab is itself a space to be trimmed
			trimmed := dialect{delimiter: delimiter, trim: true}
			if t := try(body, trimmed, where, limits); t.better(f) {
				d, f = trimmed, t
			}
		}
		if f.better(bestFit) {
			best, bestFit = d, f
			best.columns = f.columns
		}
	}
	return best
}

// A fit is how well a dialect explains a sample.
type fit struct {
	records int // that have columns cells
	columns int // above one
	faults  int
}

func (f fit) better(than fit) bool {
	if f.records != than.records {
		return f.records > than.records
	}
	return f.columns > than.columns
}

// try reads the first records of the sample in a dialect.
func try(sample string, d dialect, where string, limits Limits) fit {
	counts := map[int]int{}
	var f fit
	c := newCutter(d, where, limits)
	c.begin(textBlock{text: sample, line: 1, last: true})
	for range sniffRecords {
		row, err := c.next()
		if err != nil {
			break
		}
		if row.Fault != "" {
			f.faults++
			continue
		}
		n := len(row.Cells)
		counts[n]++
		if c := counts[n]; n > 1 && (c > f.records || c == f.records && n > f.columns) {
			f.records, f.columns = c, n
		}
	}
	return f
}

// sepLine reads the line sep=; that Excel writes and obeys at the top of a file,
// quoted or not, and returns the delimiter and the bytes to leave out. They are 0
// if there is no such line.
func sepLine(text string) (delimiter rune, skip int) {
	const longest = 16
	lines := newLineFinder(text[:min(len(text), longest+2)])
	end, size := lines.line(0)
	if end > longest {
		return 0, 0
	}
	line := strings.ToLower(text[:end])
	if len(line) > 1 && line[0] == '"' && line[len(line)-1] == '"' {
		line = line[1 : len(line)-1]
	}
	value, found := strings.CutPrefix(line, "sep=")
	delimiter, ok := oneRune(value)
	if !found || !ok {
		return 0, 0
	}
	return delimiter, end + size
}

// namedDelimiter reads the delimiter of the settings: a character, or the word
// tab. The empty string is none.
func namedDelimiter(setting string) (rune, error) {
	switch strings.ToLower(setting) {
	case "":
		return 0, nil
	case "tab", `\t`:
		return '\t', nil
	}
	if r, ok := oneRune(setting); ok {
		return r, nil
	}
	return 0, errors.New("not one character")
}

// oneRune accepts what can separate cells: one character that is no quote and
// ends no line.
func oneRune(s string) (rune, bool) {
	r, size := utf8.DecodeRuneInString(s)
	return r, size == len(s) && size > 0 && r != utf8.RuneError && !strings.ContainsRune("\"\r\n\x00", r)
}

// sample decodes the beginning of a text, up to its last complete line.
func sample(src *source, c charset) (string, error) {
	raw, err := src.open()
	if err != nil {
		return "", err
	}
	text, err := c.decode(raw)
	if err != nil {
		return "", err
	}
	beginning, err := head(text, sniffBytes)
	if err != nil {
		return "", err
	}
	if len(beginning) == sniffBytes {
		if i := bytes.LastIndexAny(beginning, "\r\n"); i > 0 {
			beginning = beginning[:i+1]
		}
	}
	return string(beginning), nil
}
