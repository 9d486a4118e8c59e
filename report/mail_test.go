package report

import (
	"strings"
	"testing"

	"cspplan/reconcile"
)

func TestMail(t *testing.T) {
	p, opt := samplePlan(mixed()...)
	opt.Text, opt.MailNames, opt.PreviousDate = texts(t, "en"), true, asOf-3
	subject, body := Compute(p, opt).Mail(MailFiles{Workbook: "plans/csp-plan.xlsx", PDF: "plans/csp-plan.pdf"})
	if want := "CSP plan 23 Nov 2026: expire in 30 days 2, cannot move 1"; subject != want {
		t.Errorf("subject: got %q, want %q", subject, want)
	}
	want := `Expire in the next 30 days: 2; of these cannot move: 1, to decide: 0. Already expired: 1.

Do first
  ▲  19 Nov  Bäckerei Grünwald GmbH                Expired. Provision today; check access and data.
  ■  24 Nov  有限会社さくら印刷                    Stop: tenant in another CSP region. Hand over.
  ◆  26 Nov  Officine Meccaniche Brambilla S.r.l.  On 19 Nov 2026 provision 25 × Office 365 E3.

Since 20 Nov: 0 worse, 0 changed, 0 better, 9 new, 0 gone.
Money: EUR 2,121.00 paid twice if all moved today; EUR 169.68 at the planned dates. Other currencies: PDF, page 2.
Input: 9 rows = 9 planned. Control totals agree.

Workbook  plans/csp-plan.xlsx   (write in the yellow columns; they are kept)
PDF       plans/csp-plan.pdf
`
	if got := strings.ReplaceAll(body, "\u00a0", " "); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMailWithoutNames(t *testing.T) {
	rep := compute(t, "it", mixed()...)
	_, body := rep.Mail(MailFiles{})
	for i := range rep.Plan.Customers {
		if name := rep.Plan.Customers[i].Facts.Name; strings.Contains(body, name) {
			t.Errorf("the mail names %s", name)
		}
	}
	if !strings.Contains(body, rep.Plan.Rows[0].Key) {
		t.Errorf("the mail has no key:\n%s", body)
	}
}

func TestMailFitsTheScreen(t *testing.T) {
	var subs []subscription
	for i := range 40 {
		subs = append(subs, subscription{customer: strings.Repeat("株式会社", i+1), offer: strings.Repeat("Offer ", i+1), days: i, licences: 3,
			status: reconcile.Decide, currency: "EUR", cost: 100, next: reconcile.NextConfirm})
	}
	for _, lang := range Languages {
		_, body := compute(t, lang, subs...).Mail(MailFiles{})
		if n := strings.Count(body, "\n"); n > 25 {
			t.Errorf("%s: %d lines", lang, n)
		}
	}
}

func TestMailOfAQuietDay(t *testing.T) {
	p, opt := samplePlan(subscription{customer: "A", offer: "O", days: 60, licences: 5, status: reconcile.Ready})
	r := &p.Rows[0]
	opt.Text, opt.PreviousDate = texts(t, "en"), asOf-1
	opt.Previous = []reconcile.PreviousRow{{Key: r.Key, Status: r.Status, Expires: r.Sub.Expires, Offer: "O", CSPOffer: "O", Licences: r.Sub.Licences}}
	subject, body := Compute(p, opt).Mail(MailFiles{})
	if subject != "CSP plan 23 Nov 2026: no change" || strings.Count(body, "\n") != 1 {
		t.Errorf("got %q, %q", subject, body)
	}
	_, body = Compute(p, opt).Mail(MailFiles{Workbook: "plans/2026-11-23-0a1b2c3d/csp-plan.xlsx", Left: []string{"csp-plan.xlsx"}})
	if !strings.Contains(body, "csp-plan.xlsx is open") || !strings.Contains(body, "2026-11-23-0a1b2c3d") {
		t.Errorf("the workbook is open, but the mail says %q", body)
	}
}

// What the mail says of files: parts, copies that stay what they were, exports
// that were refused.
func TestMailOfFiles(t *testing.T) {
	p, opt := samplePlan(mixed()...)
	opt.Text, opt.MailNames = texts(t, "en"), true
	opt.Inputs = []InputLine{{File: "exports/Contoso/old.xls", Refused: "an old workbook"}}
	files := MailFiles{Workbook: "w.xlsx", PDF: "p.pdf", Parts: 3, PartsAt: "plans/csp-plan-*.xlsx", Left: []string{"csp-plan.xlsx"}}
	_, body := Compute(p, opt).Mail(files)
	for _, want := range []string{
		"Files not read: 1 (exports/Contoso/old.xls).\n", "And 3 workbooks of parts: plans/csp-plan-*.xlsx\n",
		"csp-plan.xlsx is open, or was saved meanwhile, and was left alone. What is saved there later is read tonight.\n",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the mail lacks %q:\n%s", want, body)
		}
	}
	opt.MailNames = false
	if _, body := Compute(p, opt).Mail(files); strings.Contains(body, "Contoso") || !strings.Contains(body, "Files not read: 1 (…).") {
		t.Errorf("without names:\n%s", body)
	}
}

func TestFailedMail(t *testing.T) {
	run := FailedRun{AsOf: asOf, Reason: "missing-column", Folder: "plans/failed/2026-11-23T031500Z", LastPlan: "plans/2026-11-20-7c51e9d2/csp-plan.xlsx", LastDate: asOf - 3,
		Said: "cspplan: cannot read a.xlsx: column \"expires\" not found\n  Nothing was published.\n  Give the column a heading.   missing-column, Exit 3.\n"}
	subject, body := texts(t, "en").FailedMail(run)
	if want := "CSP plan 23 Nov 2026: NOT WRITTEN (input lacks a column that is needed)"; subject != want {
		t.Errorf("subject: got %q, want %q", subject, want)
	}
	want := run.Said + `
The last good plan stands, as at 20 Nov 2026: plans/2026-11-20-7c51e9d2/csp-plan.xlsx
Details: plans/failed/2026-11-23T031500Z/run.json
Log: where the scheduler keeps what this run printed (standard error).
`
	if body != want {
		t.Errorf("got\n%s\nwant\n%s", body, want)
	}
	run.Said = strings.Repeat("  none-such: a file\n", 100)
	for _, lang := range Languages {
		if _, body := texts(t, lang).FailedMail(run); strings.Count(body, "\n") > 25 {
			t.Errorf("%s: %d lines", lang, strings.Count(body, "\n"))
		}
	}
	run.Said, run.Reason, run.LastPlan = "", "no-such-word", ""
	subject, body = texts(t, "it").FailedMail(run)
	if subject != "Piano CSP 23 nov 2026: NON SCRITTO (un input manca o non è utilizzabile)" ||
		!strings.HasPrefix(body, "Il piano non è stato scritto: un input manca o non è utilizzabile.\n\nNon esiste un piano precedente.\n") {
		t.Errorf("got %q\n%s", subject, body)
	}
}

// A quiet night with an export that nobody could read is not quiet.
func TestMailNamesRefusedFilesOnAQuietDay(t *testing.T) {
	p, opt := samplePlan(subscription{customer: "A", offer: "O", days: 60, licences: 5, status: reconcile.Ready})
	r := &p.Rows[0]
	opt.Text, opt.PreviousDate, opt.MailNames = texts(t, "en"), asOf-1, true
	opt.Previous = []reconcile.PreviousRow{{Key: r.Key, Status: r.Status, Expires: r.Sub.Expires, Offer: "O", CSPOffer: "O", Licences: r.Sub.Licences}}
	opt.Inputs = []InputLine{{File: "b.csv", Refused: "damaged"}}
	if subject, body := Compute(p, opt).Mail(MailFiles{}); strings.Contains(subject, "no change") || !strings.Contains(body, "b.csv") {
		t.Errorf("got %q, %q", subject, body)
	}
}
