package main

import (
	"strings"
	"time"

	"cspplan/input"
	"cspplan/reconcile"
)

func (s *Settings) partner() reconcile.Partner {
	p := reconcile.Partner{Name: s.Partner.Name, Country: strings.ToUpper(s.Partner.Country), Address: s.Partner.Address, Contact: s.Partner.Contact,
		Provider: reconcile.Provider{Name: s.Partner.Provider.Name, Country: strings.ToUpper(s.Partner.Provider.Country)}}
	for _, t := range s.Partner.Tenants {
		cloud, _ := reconcile.ParseCloud(t.Cloud) // checked when loaded
		p.Tenants = append(p.Tenants, reconcile.Tenant{ID: t.ID, Name: t.Name, Country: strings.ToUpper(t.Country), Cloud: cloud})
	}
	if p.Country == "" && len(p.Tenants) > 0 {
		p.Country = p.Tenants[0].Country
	}
	return p
}

// policy turns the checked settings into values of the domain.
func (s *Settings) policy() reconcile.Policy {
	p := reconcile.Policy{
		LeadDays: s.Policy.LeadDays, RelationshipDays: s.Policy.RelationshipDays,
		WarnDays: s.Policy.WarnDays, DecideDays: s.Policy.DecideDays,
		SeatCap: s.Policy.SeatCap, SubscriptionCap: s.Policy.SubscriptionCap, MaxTermMonths: s.Policy.MaxTermMonths,
	}
	for _, day := range s.Policy.Weekend {
		p.Weekend[weekdays[day]] = true
	}
	for _, day := range s.Policy.Holidays {
		d, _ := reconcile.ParseDate(day) // checked when loaded
		p.Holidays = append(p.Holidays, d)
	}
	return p
}

var weekdays = map[string]time.Weekday{
	"sun": time.Sunday, "mon": time.Monday, "tue": time.Tuesday, "wed": time.Wednesday,
	"thu": time.Thursday, "fri": time.Friday, "sat": time.Saturday,
}

// lifecycleKey reads a programme or a channel, which is how policy.lifecycle names its rows.
func lifecycleKey(name string) (reconcile.Channel, reconcile.Programme, bool) {
	if p, ok := reconcile.ParseProgramme(name); ok && p != reconcile.ProgrammeUnknown {
		return reconcile.ChannelUnknown, p, true
	}
	c, ok := reconcile.ParseChannel(name)
	return c, reconcile.ProgrammeUnknown, ok && c != reconcile.ChannelUnknown
}

// readOptions are the settings as package input takes them.
func (s *Settings) readOptions(asOf reconcile.Date) input.Options {
	opt := input.Options{AsOf: asOf, Limits: s.Limits.limits()}
	for _, r := range s.Inputs {
		channel, _ := reconcile.ParseChannel(r.Channel)
		country, _ := input.ParseCountry(r.Country) // checked when loaded
		programme, _ := reconcile.ParseProgramme(r.Programme)
		opt.Rules = append(opt.Rules, input.Rule{
			Match: r.Match, Ignore: r.Ignore, Layout: r.Layout, Side: r.Side, Sheet: r.Sheet, HeaderRow: r.HeaderRow,
			Encoding: r.Encoding, Delimiter: r.Delimiter, DateOrder: r.DateOrder, Decimal: r.Decimal, Columns: r.Columns,
			Customer: reconcile.CustomerFacts{Name: r.Customer, TenantID: r.TenantID, Domain: r.Domain, Country: country},
			Currency: strings.ToUpper(r.Currency), Owner: r.Owner, Channel: channel, Programme: programme,
		})
	}
	return opt
}

// letterLanguages are the languages by keys in lower case.
func (s *Settings) letterLanguages() map[string]string {
	folded := map[string]string{}
	for key, lang := range s.Output.LetterLanguages {
		folded[strings.ToLower(key)] = lang
	}
	return folded
}

// location is the time zone that decides which day it is.
func (s *Settings) location() (*time.Location, error) {
	if s.Schedule.Timezone == "" || s.Schedule.Timezone == "Local" {
		return time.Local, nil
	}
	return time.LoadLocation(s.Schedule.Timezone)
}
