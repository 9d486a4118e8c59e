package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"cspplan/output"
	"cspplan/reconcile"
	"cspplan/report"
)

// makeReport computes the one model that all writers print.
func (j *job) makeReport(context.Context) error {
	j.progress.show("Working out the reports", "subscriptions", len(j.plan.Rows))
	text, err := report.LoadTexts(j.settings.Output.Language)
	if err != nil {
		return err
	}
	opt := report.Options{
		Text: text, RunID: j.record.ID, InputHash: j.record.Hash["inputs"][:8], Version: programVersion(),
		PDFRows: j.settings.Output.PDFRows, PDFFull: j.settings.Output.PDFFull,
		Ledger: j.ledger, Prices: j.priceSources(), Settings: j.settings.shownValues(),
		Rates: j.settings.Output.CurrencyRates.table(), MailNames: j.settings.Mail.Names,
		SplitBy: j.settings.Output.SplitBy, OverallRows: j.settings.Output.OverallRows, PartFile: output.PartFile,
		Letters: j.settings.Output.Letters, LetterLanguages: j.settings.letterLanguages(),
	}
	for i, in := range j.record.Inputs {
		line := report.InputLine{File: in.Path, Layout: in.Layout, Rows: in.Rows, Bytes: in.Bytes, SHA256: in.SHA256, Modified: j.batch.Files[i].Modified.UTC().Format(time.DateOnly)}
		if in.Refused != nil {
			line.Refused = j.batch.Files[i].Refused.Shown()
		} else {
			opt.Read = append(opt.Read, report.FileTotals{File: in.Path, Rows: in.Rows, Licences: in.Licences})
		}
		opt.Inputs = append(opt.Inputs, line)
	}
	if j.previous != nil {
		if opt.PreviousDate, err = reconcile.ParseDate(j.previous.AsOf); err != nil {
			return fmt.Errorf("run %s: %w", j.previous.ID, err)
		}
		opt.PreviousRun, opt.Previous, opt.Outstanding, opt.AgesUnknown = j.previous.ID, j.before, j.open, j.ageless
		if opt.Calendar, err = output.ReadCalendar(j.dir, j.previous.ID); err != nil {
			j.warn(output.RunWarning{Code: "history-damaged", Text: err.Error()})
		}
	}
	if opt.Past, err = shownTrend(j.record.Trend); err != nil {
		return err
	}
	j.notes.Fill(&opt)
	j.report = report.Compute(&j.plan, opt)
	j.record.Exceptions = output.CountExceptions(j.report)
	j.record.Letters = output.CountLetters(j.report.Letters())
	return nil
}

// priceSources names the price lists in use with the newest day a price starts.
func (j *job) priceSources() []report.PriceSource {
	var sources []report.PriceSource
	at := map[string]int{}
	for _, p := range j.prices {
		i, ok := at[p.Source.File]
		if !ok {
			i = len(sources)
			at[p.Source.File] = i
			sources = append(sources, report.PriceSource{Name: p.Source.File})
		}
		sources[i].Rows++
		if p.From <= j.asOf {
			sources[i].AsOf = max(sources[i].AsOf, p.From)
		}
	}
	return sources
}

// shownValues are the settings in force that decide what the plan says.
func (s *Settings) shownValues() []report.Setting {
	p := s.Policy
	return []report.Setting{
		{Name: "partner.name", Value: s.Partner.Name},
		{Name: "partner.country", Value: s.partner().Country},
		{Name: "policy.lead_days", Value: fmt.Sprint(p.LeadDays)},
		{Name: "policy.relationship_days", Value: fmt.Sprint(p.RelationshipDays)},
		{Name: "policy.warn_days", Value: fmt.Sprint(p.WarnDays)},
		{Name: "policy.decide_days", Value: fmt.Sprint(p.DecideDays)},
		{Name: "policy.seat_cap", Value: fmt.Sprint(p.SeatCap)},
		{Name: "policy.subscription_cap", Value: fmt.Sprint(p.SubscriptionCap)},
		{Name: "policy.max_term_months", Value: fmt.Sprint(p.MaxTermMonths)},
		{Name: "policy.max_rejected", Value: fmt.Sprintf("%d%%", p.MaxRejected)},
		{Name: "policy.min_rejected", Value: fmt.Sprint(p.MinRejected)},
		{Name: "policy.shrink_guard", Value: fmt.Sprintf("%d%%", p.ShrinkGuard)},
		{Name: "policy.max_age_days", Value: fmt.Sprint(p.MaxAgeDays)},
		{Name: "policy.weekend", Value: strings.Join(p.Weekend, ", ")},
		{Name: "policy.holidays", Value: strings.Join(p.Holidays, ", ")},
		{Name: "catalog.price_list", Value: s.Catalog.PriceList},
		{Name: "catalog.sell_prices", Value: s.Catalog.SellPrices},
		{Name: "catalog.aliases", Value: s.Catalog.Aliases},
		{Name: "output.currency_rates", Value: s.Output.CurrencyRates.String()},
		{Name: "output.language", Value: s.Output.Language},
		{Name: "output.pdf_rows", Value: fmt.Sprint(s.Output.PDFRows)},
	}
}

// headers gives the header cells of each sheet, for rejected-rows.csv.
func (j *job) headers() map[string][]string {
	headers := map[string][]string{}
	for _, f := range j.batch.Files {
		for _, s := range f.Sheets {
			var cells []string
			for _, c := range s.Columns {
				cells = append(cells, c.Heading)
			}
			headers[output.HeaderKey(f.Name, s.Sheet)] = cells
		}
	}
	return headers
}
