package input

import (
	"regexp"
	"sync"
)

// A pattern is a regular expression that is compiled when it is first asked
// for: compiling those of this package took every command two milliseconds, and
// half of the commands read no spreadsheet.
type pattern struct{ compiled func() *regexp.Regexp }

func newPattern(expr string) pattern {
	return pattern{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })}
}

func (p pattern) MatchString(s string) bool            { return p.compiled().MatchString(s) }
func (p pattern) FindStringSubmatch(s string) []string { return p.compiled().FindStringSubmatch(s) }
func (p pattern) ReplaceAllString(s, with string) string {
	return p.compiled().ReplaceAllString(s, with)
}
