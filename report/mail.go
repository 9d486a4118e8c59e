package report

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"cspplan/reconcile"
)

const (
	mailCustomers = 5  // lines of Do first
	mailNameWidth = 36 // columns a name takes; double-width characters count two
)

// MailFiles is what the mail says of the files that were written.
type MailFiles struct {
	Workbook string   // path, as readers of the mail reach it
	PDF      string   // the same
	Parts    int      // further workbooks, of owners or customers
	PartsAt  string   // their path, with * for what tells them apart
	Left     []string // current copies that stay what they were: open, or saved meanwhile
}

// Mail is subject and body of the mail after a good run: plain text, at most
// 25 lines, that reads in a phone's preview. Where nothing changed since the
// run before, and every file was read, it is one line, and where the plan is if
// a current copy was left alone.
func (rep *Report) Mail(files MailFiles) (subject, body string) {
	t := rep.Text
	date := t.Day(rep.AsOf)
	if rep.opt.PreviousDate.Known() && len(rep.Changes) == 0 && rep.RollForward.Opened()+rep.RollForward.Closed() == 0 && len(rep.notRead()) == 0 && rep.Agree {
		blocks := [][]string{{rep.Headline}}
		if len(files.Left) > 0 {
			blocks = append(blocks, rep.mailFiles(files))
		}
		return t.Label("mail.no_change", "date", date), joinBlocks(blocks)
	}
	u := rep.urgent
	subject = t.Label("mail.subject", "date", date, "days", t.Count(urgentDays),
		"n", t.Count(int64(u.soon)), "bad", t.Count(int64(u.cannot)))
	return subject, joinBlocks([][]string{{rep.Headline}, rep.mailDoFirst(), rep.mailFigures(), rep.mailFiles(files)})
}

// joinBlocks puts a blank line between the blocks that hold something.
func joinBlocks(blocks [][]string) string {
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
	return b.String()
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
	lines = append(lines, rep.mailInput())
	if files := rep.notRead(); len(files) > 0 {
		lines = append(lines, t.Label("mail.not_read", "n", t.Count(int64(len(files))), "files", rep.someNames(files)))
	}
	return lines
}

// notRead are the files that were refused.
func (rep *Report) notRead() []string {
	var files []string
	for _, in := range rep.Inputs {
		if in.Refused != "" {
			files = append(files, in.File)
		}
	}
	return files
}

// mailNames is how many files one line names.
const mailNames = 3

// someNames lists the first few files. A folder may be named for a customer, so
// without names it is silent.
func (rep *Report) someNames(files []string) string {
	if !rep.opt.MailNames {
		return "…"
	}
	list := strings.Join(files[:min(mailNames, len(files))], ", ")
	if len(files) > mailNames {
		list += ", …"
	}
	return list
}

func (rep *Report) mailInput() string {
	t := rep.Text
	var parts []string
	total := 0
	for _, o := range reconcile.Outcomes {
		n := rep.Outcomes[o].Rows
		total += n
		if n > 0 {
			parts = append(parts, t.Count(int64(n))+" "+t.Label("mail_rows."+o.String()))
		}
	}
	verdict := "mail.agree"
	if !rep.Agree {
		verdict = "mail.differ"
	}
	return t.Label("mail.input", "n", t.Count(int64(total)), "parts", first(strings.Join(parts, ", "), "0")) + " " + t.Label(verdict)
}

func (rep *Report) mailFiles(files MailFiles) []string {
	t := rep.Text
	var lines []string
	if files.Workbook != "" {
		lines = append(lines, t.Label("mail.workbook", "path", files.Workbook))
	}
	if files.Parts > 0 {
		parts := "mail.parts"
		if rep.RowsInParts() {
			parts = "mail.parts_hold"
		}
		lines = append(lines, t.Label(parts, "n", t.Count(int64(files.Parts)), "path", files.PartsAt))
	}
	if files.PDF != "" {
		lines = append(lines, t.Label("mail.pdf", "path", files.PDF))
	}
	for _, name := range files.Left {
		lines = append(lines, t.Label("mail.left", "file", name))
	}
	return lines
}

// dayMonth is a day without its year: 19 Nov.
func (rep *Report) dayMonth(d reconcile.Date) string {
	day := rep.Text.Day(d)
	return day[:strings.LastIndexByte(day, ' ')]
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
