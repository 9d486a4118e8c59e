package sheet

import (
	"strconv"
	"strings"
)

// dateStyles reads which cell styles show a number as a date, by the number that
// cells refer to.
func (p *pack) dateStyles(part string) (dates []bool, err error) {
	formats := map[int]bool{} // custom number formats by their id
	err = p.read(part, "styleSheet", mainSpace, func(x *xmlScanner) error {
		for {
			more, err := x.child()
			if err != nil || !more {
				return err
			}
			switch {
			case x.space == mainSpace && string(x.name) == "numFmts":
				err = readFormats(x, formats)
			case x.space == mainSpace && string(x.name) == "cellXfs":
				dates, err = readCellStyles(x, formats)
			default:
				err = x.skip()
			}
			if err != nil {
				return err
			}
		}
	})
	return dates, err
}

func readFormats(x *xmlScanner, formats map[int]bool) error {
	for {
		more, err := x.child()
		if err != nil || !more {
			return err
		}
		id, _ := x.attr("numFmtId")
		code, _ := x.attr("formatCode")
		if n, err := strconv.Atoi(string(id)); err == nil {
			formats[n] = isDateFormat(string(code))
		}
		if err := x.skip(); err != nil {
			return err
		}
	}
}

// readCellStyles reads the styles in their order. The schema puts the custom
// formats before them.
func readCellStyles(x *xmlScanner, formats map[int]bool) (dates []bool, err error) {
	for {
		more, err := x.child()
		if err != nil || !more {
			return dates, err
		}
		id, _ := x.attr("numFmtId")
		n, err := strconv.Atoi(string(id))
		date, custom := formats[n]
		dates = append(dates, err == nil && (date || !custom && builtinDate(n)))
		if err := x.skip(); err != nil {
			return nil, err
		}
	}
}

// builtinDate knows the number formats that exist without being written into the
// file and show a date or time: 14 to 22 and 45 to 47 everywhere, 27 to 36 and 50
// to 58 in East Asian Excel (ECMA-376 part 1, 18.8.30).
func builtinDate(id int) bool {
	return 14 <= id && id <= 22 || 27 <= id && id <= 36 || 45 <= id && id <= 47 || 50 <= id && id <= 58
}

// isDateFormat tells whether a number format's code shows a date or a time of
// day: it has a letter of year, month, day, hour or second outside of quotes,
// brackets and escapes, and no place for a digit other than of split seconds.
// Elapsed time such as [h]:mm is a number.
func isDateFormat(code string) bool {
	date := false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			quoted, _, _ := strings.Cut(code[i+1:], `"`)
			i += len(quoted) + 1
		case '[':
			inside, _, _ := strings.Cut(code[i+1:], "]")
			if inside != "" && strings.Trim(inside, "hmsHMS") == "" {
				return false
			}
			i += len(inside) + 1
		case '\\', '_', '*':
			i++
		case 'y', 'Y', 'm', 'M', 'd', 'D', 'h', 'H', 's', 'S':
			date = true
		case '#', '?':
			return false
		case '0':
			if before := strings.TrimRight(code[:i], "0"); !strings.HasSuffix(before, "s.") && !strings.HasSuffix(before, "S.") && !strings.HasSuffix(before, "s,") {
				return false
			}
		}
	}
	return date
}
