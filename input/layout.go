package input

import (
	"strings"

	"cspplan/reconcile"
)

// A layout is a kind of export that is known by its header. Layouts are data:
// knowing a new export is adding an entry to layouts and a fixture to its test.
type layout struct {
	name string

	// sign are the headings that tell the layout, all of which must be there;
	// "a|b" is either of two, "@field" any heading that means the field.
	// absent are headings of which none may be there.
	sign   []string
	absent []string

	role reconcile.Role
	note string // why the rows are reference or out of scope

	// bind gives headings a meaning other than the header words' one; "" leaves
	// a column unused. Headings that are not listed are read by header words,
	// except in a closed layout.
	bind   map[string]field
	closed bool

	must []field // without these the sheet is of no use: missing-column

	// Conventions of the program that writes it, for columns that leave them
	// open. Cells must look as that program writes them.
	order   dateOrder
	written func(string) bool
	decimal byte

	channel   reconcile.Channel
	programme reconcile.Programme
	own       bool // rows are of the partner's own customers: the relationship is accepted
	register  bool // rows are customers, not subscriptions
	prices    bool // rows are prices
	corrects  bool // rows are rejected rows of other files, perhaps corrected
	results   bool // rows say what became of migrations
	pricePer  reconcile.Period
	invoice   bool // the partner's own invoice: its prices are what the partner pays
	lines     bool // an invoice: several lines are one subscription
	newest    bool // the report repeats subscriptions each month; the newest month counts

	scope func(*rowFacts) (role reconcile.Role, note string) // per row; RoleNone keeps the layout's role
}

// fits reports whether a header is of this layout.
func (l *layout) fits(header []heading) bool {
	for _, want := range l.sign {
		if !anyHeading(header, want) {
			return false
		}
	}
	for _, banned := range l.absent {
		if anyHeading(header, banned) {
			return false
		}
	}
	return true
}

func anyHeading(header []heading, want string) bool { return signOf(header, want) != "" }

// signOf is the heading that stands for a sign; empty if there is none.
func signOf(header []heading, want string) string {
	for _, alternative := range strings.Split(want, "|") {
		wantField, byField := strings.CutPrefix(alternative, "@")
		for _, h := range header {
			if byField && h.might(fieldNamed(wantField)) || !byField && h.folded == fold(alternative) {
				return h.text
			}
		}
	}
	return ""
}

// signs are the headings by which a header is of the layout.
func (l *layout) signs(header []heading) []string {
	var texts []string
	for _, want := range l.sign {
		texts = append(texts, signOf(header, want))
	}
	return texts
}

// fieldOf is what a heading means in this layout, and what it may mean where
// that is open.
func (l *layout) fieldOf(h heading) (field, []field) {
	for text, f := range l.bind {
		if fold(text) == h.folded {
			return f, nil
		}
	}
	if l.closed {
		return noField, nil
	}
	return h.field, h.options
}

// reads reports whether the rows of the layout are subscriptions.
func (l *layout) reads() bool {
	return l.role == reconcile.RoleSubscription || l.role == reconcile.RoleInCSP
}

// findLayout returns the first layout that fits a header, nil if none does. A
// header that merely holds known words is of the generic layout or of the
// generic register.
func findLayout(header []heading) *layout {
	for i := range layouts {
		if layouts[i].fits(header) {
			return &layouts[i]
		}
	}
	return nil
}

// layoutNamed finds a layout by the name that settings and `check` use.
func layoutNamed(name string) *layout {
	for _, list := range [][]layout{layouts, generic} {
		for i := range list {
			if list[i].name == name {
				return &list[i]
			}
		}
	}
	return nil
}

// Layouts lists the names that the settings' `layout` accepts.
func Layouts() []string {
	var names []string
	for _, list := range [][]layout{layouts, generic} {
		for _, l := range list {
			names = append(names, l.name)
		}
	}
	return names
}
