package report

import (
	"regexp"
	"slices"
	"strings"
)

// An expectation says what an input row should have held, in one language and in
// English, in which the reading of the files says it.
type expectation struct {
	english *regexp.Regexp
	names   []string // of the placeholders, in the order of the groups
	key     string
}

const expectedPrefix = "expected."

var expectedPlaceholder = regexp.MustCompile(`\\\{([a-z_]+)\\\}`)

// expectations are the sentences of the catalogue, the longest first: the more
// of a sentence is fixed, the less it takes for its own by chance. A report in
// English needs none.
func expectations(t, english *Texts) []expectation {
	if t.Lang == english.Lang {
		return nil
	}
	var list []expectation
	for key, text := range english.labels {
		if !strings.HasPrefix(key, expectedPrefix) {
			continue
		}
		quoted := regexp.QuoteMeta(text)
		e := expectation{key: key}
		for _, hit := range expectedPlaceholder.FindAllStringSubmatch(quoted, -1) {
			e.names = append(e.names, hit[1])
		}
		e.english = regexp.MustCompile(`(?s)^` + expectedPlaceholder.ReplaceAllString(quoted, `(.*)`) + `$`)
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b expectation) int {
		if n := len(b.english.String()) - len(a.english.String()); n != 0 {
			return n
		}
		return strings.Compare(a.key, b.key)
	})
	return list
}

// expected is what a rejected row should have held, in the reader's language.
// What the catalogue does not know, such as the word of a parser, stays English:
// it is what people search for.
func (rep *Report) expected(english string) string {
	for _, e := range rep.expectations {
		hit := e.english.FindStringSubmatch(english)
		if hit == nil {
			continue
		}
		var args []string
		for i, name := range e.names {
			args = append(args, name, hit[i+1])
		}
		return rep.Text.Label(e.key, args...)
	}
	return english
}
