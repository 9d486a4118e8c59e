package report

import (
	"cmp"
	"slices"
	"strings"

	"cspplan/reconcile"
)

// Letters are the letters to customers of a run, and who gets none.
type Letters struct {
	List    []Letter  // in the order of the first expiry
	LeftOut []LeftOut // in the same order
}

// A Letter is what one customer is told and asked, in the customer's language.
// It holds no price, no score, no finding and no note: it is made of the fields
// below and of nothing else.
type Letter struct {
	Text     *Texts
	By       string // what decided its language
	Key      string // of the customer
	Customer string
	TenantID string
	Domain   string
	Owner    string // who signs; empty: the partner

	Sender, Address string
	Reference       string
	Day             string
	Intro           string
	Asks            []string // empty: nothing is asked
	Pages           []string // Microsoft's pages on what is asked
	Subs            []LetterLine
	EndDays         bool // the lines name the day by which to set the end of each
	Steps           []LetterStep
	Contact         string // empty: nobody is named
}

// A LetterLine is one subscription of a letter.
type LetterLine struct {
	Ends     string
	Offer    string
	CSPOffer string
	Licences string
	Active   string
	EndBy    string // empty: nothing is to be set
}

// A LetterStep is one day on the line of dates.
type LetterStep struct {
	Day  string
	What string
	Ends bool // the old subscription ends
}

// A LeftOut is a customer who gets no letter: a person writes to them.
type LeftOut struct {
	Key      string
	Customer string
	TenantID string
	Domain   string
	Owner    string
	Reason   string // one of LeftOutReasons
	Rows     int    // subscriptions, or rejected rows, that are the reason
}

// LeftOutReasons are the reasons in the order in which they are counted.
var LeftOutReasons = []string{"blocked", "data-loss", "decide", "rejected-row", "nothing-to-move", "no-name"}

// Letters are the letters of the run; nil if none are asked for.
func (rep *Report) Letters() *Letters { return rep.letters }

// writeLetters writes to each customer all of whose subscriptions are clear:
// Ready, or done, or not to be moved. One that cannot move, may lose data or
// awaits a decision keeps its customer from getting a letter: it would promise
// what nobody knows yet.
func (rep *Report) writeLetters() *Letters {
	letters := &Letters{}
	languages := map[string]*Texts{rep.Text.Lang: rep.Text}
	rejected := rep.namedInRejected()
	for i := range rep.Plan.Customers {
		c := &rep.Plan.Customers[i]
		moving, out := rep.clearRows(c, rejected)
		if out.Reason != "" {
			out.Key, out.Customer, out.TenantID, out.Domain, out.Owner = c.Key, customerTitle(c), c.Facts.TenantID, c.Facts.Domain, c.Owner
			letters.LeftOut = append(letters.LeftOut, out)
			continue
		}
		lang, by := rep.letterLanguage(c)
		if languages[lang] == nil {
			languages[lang] = mustTexts(lang)
		}
		w := letterWriter{rep: rep, text: languages[lang], customer: c, rows: moving}
		l := w.letter()
		l.By = by
		letters.List = append(letters.List, l)
	}
	return letters
}

// mustTexts loads a language that the settings were checked for.
func mustTexts(lang string) *Texts {
	t, err := LoadTexts(lang)
	if err != nil {
		panic("embedded labels: " + err.Error())
	}
	return t
}

// clearRows are the subscriptions of a customer that move, or why nobody can
// write about them yet.
func (rep *Report) clearRows(c *reconcile.Customer, rejected map[string]int) (moving []*reconcile.Row, out LeftOut) {
	worst := reconcile.Ready
	var count [reconcile.Done + 1]int
	for _, i := range c.Rows {
		r := &rep.Plan.Rows[i]
		count[r.Status]++
		worst = min(worst, r.Status)
		if r.Status == reconcile.Ready && r.Target != nil && r.Route != reconcile.RouteLetExpire && r.Route != reconcile.RouteNone {
			moving = append(moving, r)
		}
	}
	unread := 0
	for _, name := range []string{c.Facts.TenantID, c.Facts.Domain, c.Facts.Name} {
		unread = max(unread, rejected[foldCell(name)])
	}
	switch {
	case worst != reconcile.Ready:
		return nil, LeftOut{Reason: worst.String(), Rows: count[worst]}
	case unread > 0:
		return nil, LeftOut{Reason: "rejected-row", Rows: unread}
	case len(moving) == 0:
		return nil, LeftOut{Reason: "nothing-to-move", Rows: len(c.Rows)}
	case cmp.Or(c.Facts.Name, c.Facts.Domain) == "":
		return nil, LeftOut{Reason: "no-name", Rows: len(c.Rows)}
	}
	return moving, LeftOut{}
}

// namedInRejected counts the rejected rows in which a text is a whole cell, or a
// folder of the file: a customer named there has a subscription that nobody
// could read, and a letter would leave it out.
func (rep *Report) namedInRejected() map[string]int {
	named := make(map[string]int)
	for _, i := range rep.rejected {
		read := &rep.opt.Ledger[i]
		texts := append(strings.Split(rep.Plan.Source(read.At).File, "/"), read.Record.Cells()...)
		once := make(map[string]bool, len(texts))
		for _, text := range texts {
			if text = foldCell(text); text != "" && !once[text] {
				once[text] = true
				named[text]++
			}
		}
	}
	return named
}

func foldCell(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// Bundle is the letters as some owner or customer needs them, for a file of
// their own.
type Bundle struct {
	Part Part // its Report is nil
	List []Letter
}

// ByOwner groups the letters by who looks after the customer.
func (l *Letters) ByOwner() []Bundle {
	return l.bundles(func(l *Letter) Part {
		name := first(l.Owner, Unassigned)
		return Part{Name: name, Key: name}
	})
}

// ByCustomer makes a bundle of each letter.
func (l *Letters) ByCustomer() []Bundle {
	return l.bundles(func(l *Letter) Part { return Part{Name: l.Customer, Key: l.Key} })
}

// bundles groups the letters in the order of their keys.
func (l *Letters) bundles(of func(*Letter) Part) []Bundle {
	at := make(map[string]int)
	var list []Bundle
	for i := range l.List {
		part := of(&l.List[i])
		if _, ok := at[part.Key]; !ok {
			at[part.Key] = len(list)
			list = append(list, Bundle{Part: part})
		}
		b := &list[at[part.Key]]
		b.List = append(b.List, l.List[i])
	}
	slices.SortFunc(list, func(a, b Bundle) int { return cmp.Compare(a.Part.Key, b.Part.Key) })
	return list
}
