package main

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/currency"

	"cspplan/input"
	"cspplan/input/sheet"
	"cspplan/reconcile"
	"cspplan/report"
)

// check finds every fault between the keys at once.
func (s *Settings) check() []error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	oneOf := func(key, value string, allowed ...string) {
		if !slices.Contains(allowed, value) {
			bad("%s: %q is not one of %s", key, value, strings.Join(allowed, ", "))
		}
	}
	notNegative := func(key string, n int) {
		if n < 0 {
			bad("%s: %d is negative", key, n)
		}
	}
	positive := func(key string, n int) {
		if n <= 0 {
			bad("%s: %d is not above zero", key, n)
		}
	}
	oneOf("output.language", s.Output.Language, report.Languages...)
	oneOf("output.split_by", s.Output.SplitBy, report.SplitNone, report.SplitOwner, report.SplitCustomer)
	oneOf("output.paper", s.Output.Paper, "a4", "letter")
	oneOf("log.format", s.Log.Format, "text", "json")
	oneOf("log.level", s.Log.Level, "debug", "info", "warn", "error")
	notNegative("policy.lead_days", s.Policy.LeadDays)
	notNegative("policy.relationship_days", s.Policy.RelationshipDays)
	notNegative("policy.warn_days", s.Policy.WarnDays)
	notNegative("policy.decide_days", s.Policy.DecideDays)
	positive("policy.seat_cap", s.Policy.SeatCap)
	positive("policy.subscription_cap", s.Policy.SubscriptionCap)
	positive("policy.max_term_months", s.Policy.MaxTermMonths)
	notNegative("policy.min_rejected", s.Policy.MinRejected)
	notNegative("policy.max_age_days", s.Policy.MaxAgeDays)
	notNegative("output.pdf_rows", s.Output.PDFRows)
	notNegative("output.overall_rows", s.Output.OverallRows)
	if s.Output.Dir == "" {
		bad("output.dir: is empty, expected a folder")
	}
	if s.Output.Keep < 1 {
		bad("output.keep: %d, expected at least 1 run", s.Output.Keep)
	}
	for _, day := range s.Policy.Weekend {
		if _, ok := weekdays[day]; !ok {
			bad("policy.weekend: %q is not one of mon tue wed thu fri sat sun", day)
		}
	}
	if len(s.Policy.Weekend) > 6 {
		bad("policy.weekend: no working day is left")
	}
	for _, day := range s.Policy.Holidays {
		if d, err := reconcile.ParseDate(day); err != nil || !d.Known() {
			bad("policy.holidays: %q is not a date as YYYY-MM-DD", day)
		}
	}
	for _, name := range sortedKeys(s.Policy.Lifecycle) {
		if _, _, ok := lifecycleKey(name); !ok {
			bad("policy.lifecycle: %q is neither a programme nor a channel", name)
		}
		notNegative("policy.lifecycle."+name+".working", s.Policy.Lifecycle[name].Working)
		notNegative("policy.lifecycle."+name+".admin", s.Policy.Lifecycle[name].Admin)
	}
	for i, t := range s.Partner.Tenants {
		if _, ok := reconcile.ParseCloud(t.Cloud); !ok {
			bad("partner.tenants[%d].cloud: %q is not one of worldwide, us-government, china, germany", i, t.Cloud)
		}
	}
	errs = append(errs, s.Output.CurrencyRates.check()...)
	errs = append(errs, s.Output.checkLanguages()...)
	for i, rule := range s.Inputs {
		errs = append(errs, rule.check(fmt.Sprintf("inputs[%d]", i))...)
	}
	errs = append(errs, s.Limits.check()...)
	errs = append(errs, s.Mail.check()...)
	if _, err := s.timetable(); err != nil {
		errs = append(errs, err)
	}
	return errs
}

// checkLanguages holds the languages of letters to those there are; keys that
// differ in upper and lower case only would leave it to chance which one counts.
func (o *OutputSettings) checkLanguages() []error {
	var errs []error
	seen := map[string]string{}
	for _, key := range sortedKeys(o.LetterLanguages) {
		if lang := o.LetterLanguages[key]; !slices.Contains(report.Languages, lang) {
			errs = append(errs, fmt.Errorf("output.letter_languages.%s: %q is not one of %s", key, lang, strings.Join(report.Languages, ", ")))
		}
		folded := strings.ToLower(key)
		if before, twice := seen[folded]; twice {
			errs = append(errs, fmt.Errorf("output.letter_languages: %q and %q are one key", before, key))
		}
		seen[folded] = key
	}
	return errs
}

func (r InputRule) check(key string) []error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(key+format, args...)) }
	if r.Match == "" {
		bad(".match: is empty; every entry needs a pattern such as exports/contoso/*")
	}
	if _, err := path.Match(r.Match, ""); err != nil {
		bad(".match: %q is not a pattern: %w", r.Match, err)
	}
	if err := sheet.CheckSettings(r.Encoding, r.Delimiter); err != nil {
		bad(".%w", err)
	}
	if _, ok := input.ParseCountry(r.Country); r.Country != "" && !ok {
		bad(".country: %q is no country that is known; use its two-letter code", r.Country)
	}
	if r.Layout != "" && !slices.Contains(input.Layouts(), r.Layout) {
		bad(".layout: %q is not one of %s", r.Layout, strings.Join(input.Layouts(), ", "))
	}
	for _, field := range sortedKeys(r.Columns) {
		if !slices.Contains(input.Fields(), field) {
			bad(".columns: %q is not one of the fields %s", field, strings.Join(input.Fields(), ", "))
		}
	}
	if r.Side != "" && r.Side != "legacy" && r.Side != "csp" {
		bad(".side: %q is not one of legacy, csp", r.Side)
	}
	if r.DateOrder != "" && !slices.Contains(input.DateOrders, r.DateOrder) {
		bad(".date_order: %q is not one of %s", r.DateOrder, strings.Join(input.DateOrders, ", "))
	}
	if r.Decimal != "" && r.Decimal != "," && r.Decimal != "." {
		bad(".decimal: %q is not one of \",\", \".\"", r.Decimal)
	}
	if _, ok := reconcile.ParseChannel(r.Channel); r.Channel != "" && !ok {
		bad(".channel: %q is not one of direct, volume, partner, legacy-csp, unknown", r.Channel)
	}
	if _, ok := reconcile.ParseProgramme(r.Programme); r.Programme != "" && !ok {
		bad(".programme: %q is not one of mosa, mca, mca-e, ea, open-value, mpsa, nce, legacy, unknown", r.Programme)
	}
	if r.Currency != "" {
		if _, err := currency.ParseISO(r.Currency); err != nil {
			bad(".currency: %q is not an ISO 4217 code", r.Currency)
		}
	}
	return errs
}

// needPartner is asked by the commands that cannot do without a region.
func (s *Settings) needPartner(cat *reconcile.Catalogue) error {
	countries := []string{s.Partner.Country}
	for _, t := range s.Partner.Tenants {
		countries = append(countries, t.Country)
	}
	countries = slices.DeleteFunc(countries, func(c string) bool { return c == "" })
	if len(countries) == 0 {
		return usage(errors.New("settings: partner.country is missing"),
			"write in cspplan.yaml, for example:\n  partner:\n    name: Cirrus Partner S.p.A.\n    country: IT")
	}
	for _, c := range countries {
		if region, known := cat.RegionOf(c); !known || region == "" {
			return usage(fmt.Errorf("settings: partner.country %q is in no CSP region", c),
				"give the two-letter code of the country of your CSP tenant, such as IT")
		}
	}
	if c := s.Partner.Provider.Country; c != "" {
		if region, known := cat.RegionOf(c); !known || region == "" {
			return usage(fmt.Errorf("settings: partner.provider.country %q is in no CSP region", c),
				"give the two-letter code of the country of your indirect provider, such as IT")
		}
	}
	return nil
}
