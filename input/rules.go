package input

import (
	"maps"
	"path"
	"slices"
	"strings"

	"cspplan/reconcile"
)

// RuleFor returns the rule for a file; archive is the name of the archive it is in,
// its own if it is in none.
func (o Options) RuleFor(name, archive string) Rule { return ruleFor(o.Rules, name, archive) }

// ruleFor returns the first rule whose glob fits one of the names; the zero Rule
// if none does.
func ruleFor(rules []Rule, names ...string) Rule {
	for i, r := range rules {
		if slices.ContainsFunc(names, func(name string) bool { return globMatch(r.Match, name) }) {
			r.number = i + 1
			return r
		}
	}
	return Rule{}
}

// globMatch matches a slash-separated name; ** stands for any number of
// folders. Letter case does not count: Windows users do not see it. A name fits
// itself, whatever brackets it holds: messages give it as the pattern to set.
func globMatch(pattern, name string) bool {
	if strings.EqualFold(pattern, name) {
		return true
	}
	pattern = strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(pattern, `\`, "/")), "./")
	name = strings.TrimPrefix(strings.ToLower(name), "./")
	return globParts(strings.Split(pattern, "/"), strings.Split(name, "/"))
}

func globParts(pattern, name []string) bool {
	if len(pattern) == 0 {
		return len(name) == 0
	}
	if pattern[0] == "**" {
		for skip := range len(name) + 1 {
			if globParts(pattern[1:], name[skip:]) {
				return true
			}
		}
		return false
	}
	if len(name) == 0 {
		return false
	}
	fits, err := path.Match(pattern[0], name[0])
	return err == nil && fits && globParts(pattern[1:], name[1:])
}

func (r Rule) dateOrder() dateOrder { return parseDateOrder(r.DateOrder) }

func (r Rule) decimalMark() byte {
	if r.Decimal == "," || r.Decimal == "." {
		return r.Decimal[0]
	}
	return 0
}

// side is the role that the settings give to the subscriptions of a file.
func (r Rule) side(role reconcile.Role) reconcile.Role {
	if role != reconcile.RoleSubscription && role != reconcile.RoleInCSP {
		return role
	}
	switch r.Side {
	case "legacy":
		return reconcile.RoleSubscription
	case "csp":
		return reconcile.RoleInCSP
	}
	return role
}

// fieldOf is the field that the settings give to a folded heading.
func (r Rule) fieldOf(folded string) (field, bool) {
	for _, f := range slices.Sorted(maps.Keys(r.Columns)) {
		if folded != "" && fold(r.Columns[f]) == folded {
			return fieldNamed(f), true
		}
	}
	return noField, false
}
