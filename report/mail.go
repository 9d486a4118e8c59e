package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"cspplan/reconcile"
)

const (
	mailCustomers = 5  // lines of Do first
	mailNameWidth = 36 // columns a name takes; double-width characters count two
)

// Mail is subject and body of the mail after a good run: plain text, at most
// 25 lines, that reads in a phone's preview. Where nothing changed since the
// run before it is one line.
func (rep *Report) Mail() (subject, body string) {
	t := rep.Text
	date := t.Day(rep.AsOf)
	if rep.opt.PreviousDate.Known() && len(rep.Changes) == 0 && rep.Agree {
		return t.Label("mail.no_change", "date", date), rep.Headline + "\n"
	}
	u := countUrgency(rep.Plan)
	subject = t.Label("mail.subject", "date", date, "days", t.Count(urgentDays),
		"n", t.Count(int64(u.soon)), "bad", t.Count(int64(u.cannot)))
	blocks := [][]string{{rep.Headline}, rep.mailDoFirst(), rep.mailFigures(), rep.mailFiles()}
	var b strings.Builder
	for _, block := range blocks {
		if len(block) == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		for _, line := range block {
			b.WriteString(line)
			b.WriteByte('\n')
		}
	}
	return subject, b.String()
}

// mailDoFirst is the customers to call, in columns.
func (rep *Report) mailDoFirst() []string {
	if len(rep.DoFirst.Lines) == 0 {
		return nil
	}
	lines := []string{rep.Text.Label("start.do_first")}
	for _, l := range rep.DoFirst.Lines[:min(mailCustomers, len(rep.DoFirst.Lines))] {
		name := l.Customer
		if !rep.opt.MailNames {
			name = rep.Plan.Rows[l.PlanRow].Key
		}
		lines = append(lines, "  "+Mark(l.Status)+" "+padLeft(rep.dayMonth(l.FirstExpiry), 7)+"  "+pad(name, mailNameWidth)+"  "+l.Next)
	}
	return lines
}

// mailFigures is what changed, what is paid twice, and what became of the input.
func (rep *Report) mailFigures() []string {
	t := rep.Text
	var lines []string
	if rep.opt.PreviousDate.Known() {
		lines = append(lines, rep.movedSince(rep.dayMonth(rep.opt.PreviousDate)))
	} else {
		lines = append(lines, rep.ChangesNote)
	}
	if main := rep.Money.Main; main != "" {
		l := rep.Money.in(main)
		money := t.Label("mail.money", "today", t.Money(l.OverlapToday, main), "planned", t.Money(l.OverlapPlanned, main))
		if len(rep.Money.Lines) > 1 {
			money += " " + t.Label("mail.other_currencies")
		}
		lines = append(lines, money)
	}
	if l := rep.Letters(); l != nil {
		lines = append(lines, t.Label("mail.letters", "n", t.Count(int64(len(l.List))), "out", t.Count(int64(len(l.LeftOut)))))
	}
	return append(lines, rep.mailInput())
}

func (rep *Report) mailInput() string {
	t := rep.Text
	var parts []string
	total := 0
	for _, o := range reconcile.Outcomes {
		n := rep.Outcomes[o].Rows
		total += n
		if n > 0 {
			parts = append(parts, t.Count(int64(n))+" "+t.lower(t.Outcome(o)))
		}
	}
	verdict := "mail.agree"
	if !rep.Agree {
		verdict = "mail.differ"
	}
	return t.Label("mail.input", "n", t.Count(int64(total)), "parts", first(strings.Join(parts, ", "), "0")) + " " + t.Label(verdict)
}

func (rep *Report) mailFiles() []string {
	var lines []string
	if rep.opt.WorkbookPath != "" {
		lines = append(lines, rep.Text.Label("mail.workbook", "path", rep.opt.WorkbookPath))
	}
	if rep.opt.PDFPath != "" {
		lines = append(lines, rep.Text.Label("mail.pdf", "path", rep.opt.PDFPath))
	}
	return lines
}

// dayMonth is a day without its year: 19 Nov.
func (rep *Report) dayMonth(d reconcile.Date) string {
	day := rep.Text.Day(d)
	return day[:strings.LastIndexByte(day, ' ')]
}

// lower puts a word into the middle of a sentence; German keeps its capitals.
func (t *Texts) lower(word string) string {
	if t.Lang == "de" {
		return word
	}
	r, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToLower(r)) + word[size:]
}

// pad cuts or fills a text to a width in columns of a terminal.
func pad(s string, width int) string {
	if uniseg.StringWidth(s) > width {
		for uniseg.StringWidth(s) > width-1 {
			_, size := utf8.DecodeLastRuneInString(s)
			s = s[:len(s)-size]
		}
		s = strings.TrimRight(s, " ") + "…"
	}
	return s + strings.Repeat(" ", max(0, width-uniseg.StringWidth(s)))
}

func padLeft(s string, width int) string {
	return strings.Repeat(" ", max(0, width-uniseg.StringWidth(s))) + s
}
