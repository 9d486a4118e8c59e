package report

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"cspplan/reconcile"
)

// textCell is a text; the empty text is an empty cell.
func textCell(s string) Value {
	if s == "" {
		return Value{}
	}
	return Value{Form: Form{Kind: Text}, Text: s}
}

func dateCell(d reconcile.Date) Value {
	if !d.Known() {
		return Value{}
	}
	return Value{Form: Form{Kind: Date}, N: int64(d)}
}

func countCell(c reconcile.Count) Value {
	if !c.Known {
		return Value{}
	}
	return numberCell(int64(c.N))
}

func numberCell(n int64) Value { return Value{Form: Form{Kind: Count}, N: n} }

// amountCell is money in the currency that stands in the column beside it.
func amountCell(a reconcile.Amount, currency string) Value {
	if !a.Known() {
		return Value{}
	}
	return Value{Form: Form{Kind: Amount, Digits: uint8(reconcile.MinorDigits(currency))}, N: a.Minor()}
}

func differenceCell(a reconcile.Amount, currency string) Value {
	v := amountCell(a, currency)
	if v.Kind == Amount {
		v.Kind = Difference
	}
	return v
}

// with gives a filled cell a look; empty cells stay as they are.
func (v Value) with(l Look) Value {
	if v.Kind != Empty {
		v.Look = l
	}
	return v
}

// when gives the cell a look on a condition.
func (v Value) when(burns bool, l Look) Value {
	if burns {
		return v.with(l)
	}
	return v
}

// Show prints a cell as a person reads it; currency is the one beside it.
func (t *Texts) Show(v Value, currency string) string {
	switch v.Kind {
	case Text:
		return v.Text
	case Date:
		return t.Day(reconcile.Date(v.N))
	case Count, Bytes:
		return t.Count(v.N)
	case Days, Score:
		return strconv.FormatInt(v.N, 10)
	case Amount, Difference:
		return t.Amount(v.N, currency)
	}
	return ""
}

// statusCell is mark and word, so that colour is never alone.
func (t *Texts) statusCell(s reconcile.Status) Value {
	return textCell(t.marked[s]).with(StatusLook(s))
}

var marks = [...]string{"■", "▲", "◆", "●", "○"}

// Mark is the shape that stands for a status.
func Mark(s reconcile.Status) string { return marks[s] }

// first returns the first text that is not blank.
func first(texts ...string) string {
	for _, s := range texts {
		if !blank(s) {
			return s
		}
	}
	return ""
}

// blank tells whether a text has nothing but spaces.
func blank(s string) bool {
	if s != "" && s[0] > ' ' && s[0] < utf8.RuneSelf {
		return false // as nearly all texts
	}
	return strings.TrimSpace(s) == ""
}
