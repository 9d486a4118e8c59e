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
			status: reconcile.Decide, currency: "EUR", cost: 100, next: "confirm"})
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
}
