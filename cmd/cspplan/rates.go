package main

import (
	"fmt"
	"strings"

	"github.com/govalues/decimal"
	"golang.org/x/text/currency"

	"cspplan/output"
	"cspplan/reconcile"
	"cspplan/report"
)

// RateSettings is a table of exchange rates with its day. Without one nothing
// is converted.
type RateSettings struct {
	To     string            `yaml:"to" json:"to,omitempty"`         // currency to convert into
	Date   string            `yaml:"date" json:"date,omitempty"`     // of the rates
	Source string            `yaml:"source" json:"source,omitempty"` // for people
	Rates  map[string]string `yaml:"rates" json:"rates,omitempty"`   // what one unit of each currency is in To
}

// check finds every fault of the table at once.
func (r RateSettings) check() []error {
	if r.To == "" && r.Date == "" && len(r.Rates) == 0 {
		return nil
	}
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("output.currency_rates"+format, args...))
	}
	if !isCurrency(r.To) {
		bad(".to: %q is not an ISO 4217 code", r.To)
	}
	if d, err := reconcile.ParseDate(r.Date); err != nil || !d.Known() {
		bad(".date: %q is not a date as YYYY-MM-DD; rates without a day convert nothing", r.Date)
	}
	if len(r.Rates) == 0 {
		bad(".rates: is empty; write for example {USD: 0.9215}, which is what one USD is in %s", r.To)
	}
	seen := make(map[string]bool)
	for _, code := range sortedKeys(r.Rates) {
		upper := strings.ToUpper(code)
		switch d, err := decimal.Parse(r.Rates[code]); {
		case !isCurrency(code):
			bad(".rates: %q is not an ISO 4217 code", code)
		case seen[upper]:
			bad(".rates: %s stands twice", upper)
		case err != nil || d.Sign() <= 0:
			bad(".rates.%s: %q is not a number above 0, with a dot as its decimal mark", code, r.Rates[code])
		case strings.EqualFold(code, r.To) && !d.IsOne():
			bad(".rates.%s: one %s is one %s", code, upper, upper)
		}
		seen[upper] = true
	}
	return errs
}

func isCurrency(code string) bool {
	_, err := currency.ParseISO(code)
	return err == nil && len(code) == 3
}

// table is the checked settings as package report takes them; nil without rates.
func (r RateSettings) table() *report.Rates {
	if len(r.Rates) == 0 {
		return nil
	}
	rates := &report.Rates{To: strings.ToUpper(r.To), Source: r.Source, Rate: make(map[string]decimal.Decimal, len(r.Rates))}
	rates.Date, _ = reconcile.ParseDate(r.Date) // checked when loaded
	for code, rate := range r.Rates {
		rates.Rate[strings.ToUpper(code)], _ = decimal.Parse(rate)
	}
	return rates
}

// String lists the rates for Control totals.
func (r RateSettings) String() string {
	if len(r.Rates) == 0 {
		return ""
	}
	parts := []string{"to " + strings.ToUpper(r.To) + " of " + r.Date}
	for _, code := range sortedKeys(r.Rates) {
		parts = append(parts, strings.ToUpper(code)+" "+r.Rates[code])
	}
	return strings.Join(parts, ", ")
}

// warnRates says so if the rates are of a day after the plan's.
func (j *job) warnRates() {
	rates := j.settings.Output.CurrencyRates.table()
	if rates != nil && rates.Date > j.asOf {
		j.warn(output.RunWarning{File: j.settings.path, Code: "rates-newer",
			Text: fmt.Sprintf("output.currency_rates are of %s, after the as-of date %s", rates.Date, j.asOf)})
	}
}
