package report

import (
	"slices"
	"strings"
	"testing"

	"cspplan/reconcile"
)

// letterPlan is one customer with rows that are Ready in every way; change makes
// them what a test is about.
func letterPlan(t *testing.T, lang string, rows int, change func(*reconcile.Plan, *Options)) *Report {
	t.Helper()
	var subs []subscription
	for i := range rows {
		subs = append(subs, subscription{customer: "Caffè Aurora S.r.l.", offer: "Office 365 E3", days: 40 + 30*i, licences: 25, status: reconcile.Ready, currency: "EUR", cost: 690000})
	}
	p, opt := samplePlan(subs...)
	opt.Text, opt.Letters = texts(t, lang), true
	p.Partner.Contact, p.Partner.Address = "csp@cirrus.example", "Via dei Mulini 14"
	p.Customers[0].Owner = "Giulia Rinaldi"
	p.Customers[0].Facts.Country = map[string]string{"en": "GB", "it": "IT", "de": "DE", "fr": "FR", "es": "ES"}[lang]
	for i := range p.Rows {
		r := &p.Rows[i]
		r.Reassign, r.Relationship, r.RelationshipBy = reconcile.No, reconcile.RelationshipRequested, r.ActBy-21
		r.CSPStart, r.StopRenewalBy = r.ActBy, r.Sub.Expires-1
		r.CreditAskedBy = reconcile.CreditByPartner
	}
	change(p, &opt)
	return Compute(p, opt)
}

func onlyLetter(t *testing.T, rep *Report) Letter {
	t.Helper()
	all := rep.Letters()
	if len(all.List) != 1 {
		t.Fatalf("%d letters, left out %+v; want one letter", len(all.List), all.LeftOut)
	}
	return all.List[0]
}

// What a letter asks follows from how the old subscription ends (rules.md §4).
func TestLetterAsks(t *testing.T) {
	en := texts(t, "en")
	day := func(d reconcile.Date) string { return en.LetterDay(d) }
	each := func(f func(*reconcile.Row)) func(*reconcile.Plan, *Options) {
		return func(p *reconcile.Plan, _ *Options) {
			for i := range p.Rows {
				f(&p.Rows[i])
			}
		}
	}
	accept := en.Label("letter.accept", "date", day(asOf+12))
	we := en.Label("letter.credit_we")
	tests := []struct {
		name   string
		change func(*reconcile.Plan, *Options)
		want   []string
	}{
		{"cancel at the end of the term", each(func(*reconcile.Row) {}),
			[]string{accept, en.Label("letter.end_of_term", "date", day(asOf+39)) + " " + en.Label("letter.end_days"), we}},
		{"switching the renewal off ends it", each(func(r *reconcile.Row) { r.RenewalOffEnds = true }),
			[]string{accept, en.Label("letter.end_renewal", "date", day(asOf+39)) + " " + en.Label("letter.end_days"), we}},
		{"one of each", func(p *reconcile.Plan, _ *Options) { p.Rows[1].RenewalOffEnds = true },
			[]string{accept, en.Label("letter.end_either", "date", day(asOf+39)) + " " + en.Label("letter.end_days"), we}},
		{"it ends by itself", each(func(r *reconcile.Row) { r.StopRenewalBy = 0 }), []string{accept, we}},
		{"one ends by itself", func(p *reconcile.Plan, _ *Options) { p.Rows[0].StopRenewalBy = 0 },
			[]string{accept, en.Label("letter.end_of_term", "date", day(asOf+69)) + " " + en.Label("letter.end_days"), we}},
		{"planned after the last safe day", func(p *reconcile.Plan, _ *Options) {
			p.Rows = p.Rows[:1]
			p.Customers[0].Rows = p.Customers[0].Rows[:1]
			p.Rows[0].CSPStart = asOf + 40
		}, []string{accept, en.Label("letter.end_of_term", "date", day(asOf+40)), we}},
		{"the invitation is accepted, a credit is the customer's to ask", each(func(r *reconcile.Row) {
			r.Relationship, r.CreditAskedBy, r.StopRenewalBy = reconcile.RelationshipAccepted, reconcile.CreditByCustomer, 0
		}), []string{en.Label("letter.credit_you")}},
		{"the day to accept is over", each(func(r *reconcile.Row) { r.RelationshipBy, r.StopRenewalBy, r.CreditAskedBy = asOf-3, 0, 0 }),
			[]string{en.Label("letter.accept", "date", day(asOf))}},
		{"a transfer", each(func(r *reconcile.Row) {
			r.Route, r.Relationship, r.StopRenewalBy, r.CreditAskedBy = reconcile.RouteBAM, reconcile.RelationshipAccepted, 0, 0
		}), nil},
	}
	for _, tt := range tests {
		l := onlyLetter(t, letterPlan(t, "en", 2, tt.change))
		if !slices.Equal(l.Asks, tt.want) {
			t.Errorf("%s: asks\n%s\nwant\n%s", tt.name, strings.Join(l.Asks, "\n"), strings.Join(tt.want, "\n"))
		}
	}
}

// Nobody is told to set the end of anything before the new one starts, and every
// such sentence says to wait for our word.
func TestLetterEndsNothingEarly(t *testing.T) {
	for start := reconcile.Date(0); start < 45; start += 3 {
		rep := letterPlan(t, "en", 1, func(p *reconcile.Plan, _ *Options) { p.Rows[0].CSPStart = asOf + start })
		if by := endBy(&rep.Plan.Rows[0]); by < rep.Plan.Rows[0].CSPStart {
			t.Errorf("to end by %s what starts on %s", by, rep.Plan.Rows[0].CSPStart)
		}
	}
	wait := map[string]string{"en": "before we confirm", "it": "prima della nostra conferma", "de": "bevor wir bestätigen", "fr": "avant notre confirmation", "es": "hasta que confirmemos"}
	for _, lang := range Languages {
		for _, key := range []string{"letter.end_of_term", "letter.end_renewal", "letter.end_either"} {
			if s := texts(t, lang).Label(key); !strings.Contains(s, wait[lang]) {
				t.Errorf("%s in %s does not say %q: %s", key, lang, wait[lang], s)
			}
		}
	}
}

// That nothing changes for users is said only where nothing does.
func TestLetterChanges(t *testing.T) {
	tests := []struct {
		name   string
		change func(*reconcile.Row)
		want   []string
	}{
		{"same offer, same number", func(*reconcile.Row) {}, []string{"letter.no_change"}},
		{"another SKU", func(r *reconcile.Row) { r.Reassign = reconcile.Yes }, []string{"letter.reassign"}},
		{"nobody knows", func(r *reconcile.Row) { r.Reassign = reconcile.Unknown }, []string{"letter.reassign"}},
		{"services lost", func(r *reconcile.Row) {
			r.Reassign, r.Loses, r.Match.PlansLost = reconcile.Yes, true, []string{"Kaizala Pro"}
		}, []string{"letter.reassign", "letter.lost"}},
		{"another number", func(r *reconcile.Row) { r.Told = &reconcile.Told{Wish: reconcile.Wish{Licences: reconcile.Whole(30)}} }, []string{"letter.number"}},
	}
	for _, tt := range tests {
		l := onlyLetter(t, letterPlan(t, "en", 2, func(p *reconcile.Plan, _ *Options) { tt.change(&p.Rows[1]) }))
		for _, key := range []string{"letter.no_change", "letter.reassign", "letter.lost", "letter.number"} {
			if got := strings.Contains(l.Intro, l.Text.Label(key)); got != slices.Contains(tt.want, key) {
				t.Errorf("%s: %s is said: %v; intro %q", tt.name, key, got, l.Intro)
			}
		}
	}
}

// One row that is not clear keeps its customer from getting a letter.
func TestLettersLeftOut(t *testing.T) {
	tests := []struct {
		name   string
		change func(*reconcile.Plan)
		reason string // empty: a letter
		subs   int
	}{
		{"all ready", func(*reconcile.Plan) {}, "", 2},
		{"one blocked, one at risk", func(p *reconcile.Plan) {
			p.Rows[0].Status, p.Rows[1].Status = reconcile.DataLoss, reconcile.Blocked
		}, "blocked", 1},
		{"one at risk", func(p *reconcile.Plan) { p.Rows[1].Status = reconcile.DataLoss }, "data-loss", 1},
		{"both to decide", func(p *reconcile.Plan) { p.Rows[0].Status, p.Rows[1].Status = reconcile.Decide, reconcile.Decide }, "decide", 2},
		{"one is done", func(p *reconcile.Plan) { p.Rows[0].Status = reconcile.Done }, "", 1},
		{"all are done", func(p *reconcile.Plan) { p.Rows[0].Status, p.Rows[1].Status = reconcile.Done, reconcile.Done }, "nothing-to-move", 2},
		{"one is not to be moved", func(p *reconcile.Plan) { p.Rows[0].Route = reconcile.RouteLetExpire }, "", 1},
		{"the customer leaves", func(p *reconcile.Plan) {
			p.Rows[0].Route, p.Rows[1].Route = reconcile.RouteLetExpire, reconcile.RouteLetExpire
		}, "nothing-to-move", 2},
		{"a tenant without a name", func(p *reconcile.Plan) { p.Customers[0].Facts = &reconcile.CustomerFacts{TenantID: "x"} }, "no-name", 2},
	}
	for _, tt := range tests {
		rep := letterPlan(t, "en", 2, func(p *reconcile.Plan, _ *Options) { tt.change(p) })
		got := rep.Letters()
		switch {
		case tt.reason == "" && (len(got.List) != 1 || len(got.List[0].Subs) != tt.subs || len(got.LeftOut) != 0):
			t.Errorf("%s: %d letters, left out %+v; want a letter on %d subscriptions", tt.name, len(got.List), got.LeftOut, tt.subs)
		case tt.reason != "" && (len(got.List) != 0 || len(got.LeftOut) != 1 || got.LeftOut[0].Reason != tt.reason || got.LeftOut[0].Rows != tt.subs):
			t.Errorf("%s: %d letters, left out %+v; want %s for %d rows", tt.name, len(got.List), got.LeftOut, tt.reason, tt.subs)
		}
	}
}

// A row that could not be read may be one more subscription of its customer.
func TestLettersLeftOutByRejectedRows(t *testing.T) {
	tests := []struct {
		name, file string
		cells      []string
		letters    int
	}{
		{"another customer's row", "exports/a.csv", []string{"Fabrikam", "Office 365 E3"}, 1},
		{"named in a cell", "exports/a.csv", []string{"Office 365 E3", " caffè aurora S.R.L."}, 0},
		{"its domain in a cell", "exports/a.csv", []string{"C0.onmicrosoft.com"}, 0},
		{"named by its folder", "exports/Caffè Aurora S.r.l./b.csv", nil, 0},
	}
	for _, tt := range tests {
		rep := letterPlan(t, "it", 1, func(p *reconcile.Plan, opt *Options) {
			opt.Ledger = append(opt.Ledger, rejectedLine(p, reconcile.Source{File: tt.file, Row: 9}, &reconcile.Problem{Code: "bad-date", Cells: tt.cells}))
			p.Fates = append(p.Fates, reconcile.Fate{Outcome: reconcile.Rejected, Row: -1})
		})
		got := rep.Letters()
		if len(got.List) != tt.letters || tt.letters == 0 && (got.LeftOut[0].Reason != "rejected-row" || got.LeftOut[0].Rows != 1) {
			t.Errorf("%s: %d letters, left out %+v; want %d", tt.name, len(got.List), got.LeftOut, tt.letters)
		}
	}
}

func TestLetterLanguage(t *testing.T) {
	own := map[string]string{"ch": "fr", "contoso.example": "es", "0b5a3c1e-7d42-4f7a-9a51-2f6f0d9c8e11": "de", "caffè aurora": "en"}
	tests := []struct {
		name   string
		report string
		facts  reconcile.CustomerFacts
		lang   string // of the register
		want   string
	}{
		{"country", "en", reconcile.CustomerFacts{Country: "IT"}, "", "it by country"},
		{"unknown country", "fr", reconcile.CustomerFacts{}, "", "fr by output.language"},
		{"country of no language of ours", "it", reconcile.CustomerFacts{Country: "PL"}, "", "it by output.language"},
		{"country of several, ours among them", "fr", reconcile.CustomerFacts{Country: "LU"}, "", "fr by country"},
		{"country of several, none ours", "es", reconcile.CustomerFacts{Country: "CA"}, "", "en by country"},
		{"register before country", "en", reconcile.CustomerFacts{Country: "IT"}, "de", "de by register"},
		{"register names none of ours", "en", reconcile.CustomerFacts{Country: "IT"}, "nl", "en by output.language"},
		{"settings on the country", "en", reconcile.CustomerFacts{Country: "CH"}, "", "fr by settings"},
		{"register before settings on the country", "en", reconcile.CustomerFacts{Country: "CH"}, "it", "it by register"},
		{"settings on the domain", "en", reconcile.CustomerFacts{Country: "IT", Domain: "Contoso.example"}, "it", "es by settings"},
		{"settings on the tenant before the domain", "en", reconcile.CustomerFacts{Domain: "contoso.example", TenantID: "0B5A3C1E-7D42-4F7A-9A51-2F6F0D9C8E11"}, "", "de by settings"},
		{"settings on the name", "it", reconcile.CustomerFacts{Name: "CAFFÈ Aurora"}, "", "en by settings"},
		{"a customer called like a country", "en", reconcile.CustomerFacts{Name: "CH"}, "", "en by output.language"},
	}
	for _, tt := range tests {
		rep := letterPlan(t, tt.report, 1, func(_ *reconcile.Plan, opt *Options) { opt.LetterLanguages = own })
		lang, by := rep.letterLanguage(&reconcile.Customer{Facts: &tt.facts, Language: tt.lang})
		if got := lang + " by " + by; got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestLetterDay(t *testing.T) {
	first, later := reconcile.NewDate(2027, 1, 1), reconcile.NewDate(2026, 11, 23)
	want := map[string][2]string{
		"en": {"1 January 2027", "23 November 2026"}, "it": {"1º gennaio 2027", "23 novembre 2026"},
		"de": {"1. Januar 2027", "23. November 2026"}, "fr": {"1er janvier 2027", "23 novembre 2026"}, "es": {"1 de enero de 2027", "23 de noviembre de 2026"},
	}
	for _, lang := range Languages {
		x := texts(t, lang)
		for i, d := range []reconcile.Date{first, later} {
			if got := strings.ReplaceAll(x.LetterDay(d), "\u00a0", " "); got != want[lang][i] {
				t.Errorf("%s: got %s, want %s", lang, got, want[lang][i])
			}
		}
	}
}

// What falls on one day stands together; the line ends when only CSP is left.
func TestLetterSteps(t *testing.T) {
	l := onlyLetter(t, letterPlan(t, "it", 1, func(p *reconcile.Plan, _ *Options) {
		r := &p.Rows[0]
		r.RelationshipBy, r.CSPStart, r.Sub.Expires = asOf+1, asOf+1, asOf+3
	}))
	var got []string
	for _, s := range l.Steps {
		got = append(got, s.Day+": "+s.What)
	}
	want := []string{"23 nov 2026: questa lettera", "24 nov 2026: invito accettato, CSP attivo", "26 nov 2026: scade la vecchia sottoscrizione", "dal 27 nov 2026: solo CSP"}
	if !slices.Equal(got, want) {
		t.Errorf("steps %q, want %q", got, want)
	}
}
