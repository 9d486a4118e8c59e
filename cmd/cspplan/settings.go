package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/currency"

	"cspplan/input"
	"cspplan/input/sheet"
	"cspplan/output"
	"cspplan/reconcile"
	"cspplan/report"
)

// Settings is cspplan.yaml (the keys and their defaults stand in the README).
// Unknown and repeated keys are errors.
type Settings struct {
	Partner  PartnerSettings `yaml:"partner" json:"partner"`
	Inputs   []InputRule     `yaml:"inputs" json:"inputs"`
	Catalog  CatalogSettings `yaml:"catalog" json:"catalog"`
	Policy   PolicySettings  `yaml:"policy" json:"policy"`
	Output   OutputSettings  `yaml:"output" json:"output"`
	Schedule Schedule        `yaml:"schedule" json:"-"` // when it runs changes nothing in the plan
	Mail     MailSettings    `yaml:"mail" json:"mail"`
	Log      LogSettings     `yaml:"log" json:"-"`
	Limits   LimitSettings   `yaml:"limits" json:"limits"`

	path string // of the file, empty if none was read
	dir  string // that relative paths start from
}

// PartnerSettings says who moves customers to itself.
type PartnerSettings struct {
	Name     string           `yaml:"name" json:"name"`
	Country  string           `yaml:"country" json:"country"`
	Tenants  []TenantSettings `yaml:"tenants" json:"tenants"`
	Provider ProviderSettings `yaml:"provider" json:"provider"`
	Address  string           `yaml:"address" json:"address"`
	Contact  string           `yaml:"contact" json:"contact"`
}

// ProviderSettings is the indirect provider that a reseller buys from.
type ProviderSettings struct {
	Name    string `yaml:"name" json:"name"`
	Country string `yaml:"country" json:"country"`
}

// TenantSettings is one CSP tenant of the partner.
type TenantSettings struct {
	ID      string `yaml:"id" json:"id"`
	Name    string `yaml:"name" json:"name"`
	Country string `yaml:"country" json:"country"`
	Cloud   string `yaml:"cloud" json:"cloud"`
}

// InputRule says what settings know of the files that match a pattern.
type InputRule struct {
	Match     string            `yaml:"match" json:"match"`
	Ignore    bool              `yaml:"ignore" json:"ignore"`
	Layout    string            `yaml:"layout" json:"layout"`
	Side      string            `yaml:"side" json:"side"`
	Sheet     string            `yaml:"sheet" json:"sheet"`
	HeaderRow int               `yaml:"header_row" json:"header_row"`
	Encoding  string            `yaml:"encoding" json:"encoding"`
	Delimiter string            `yaml:"delimiter" json:"delimiter"`
	DateOrder string            `yaml:"date_order" json:"date_order"`
	Decimal   string            `yaml:"decimal" json:"decimal"`
	Columns   map[string]string `yaml:"columns" json:"columns"`
	Customer  string            `yaml:"customer" json:"customer"`
	TenantID  string            `yaml:"tenant_id" json:"tenant_id"`
	Domain    string            `yaml:"domain" json:"domain"`
	Country   string            `yaml:"country" json:"country"`
	Currency  string            `yaml:"currency" json:"currency"`
	Owner     string            `yaml:"owner" json:"owner"`
	Channel   string            `yaml:"channel" json:"channel"`
	Programme string            `yaml:"programme" json:"programme"`
}

// CatalogSettings names files of the user that go before the embedded tables.
type CatalogSettings struct {
	Aliases     string `yaml:"aliases" json:"aliases"`
	OfferMatrix string `yaml:"offer_matrix" json:"offer_matrix"`
	PriceList   string `yaml:"price_list" json:"price_list"`
	SellPrices  string `yaml:"sell_prices" json:"sell_prices"`
	Tables      string `yaml:"tables" json:"tables"`
}

// PolicySettings is what people agreed on.
type PolicySettings struct {
	LeadDays         int             `yaml:"lead_days" json:"lead_days"`
	RelationshipDays int             `yaml:"relationship_days" json:"relationship_days"`
	WarnDays         int             `yaml:"warn_days" json:"warn_days"`
	DecideDays       int             `yaml:"decide_days" json:"decide_days"`
	SeatCap          int             `yaml:"seat_cap" json:"seat_cap"`
	SubscriptionCap  int             `yaml:"subscription_cap" json:"subscription_cap"`
	MaxTermMonths    int             `yaml:"max_term_months" json:"max_term_months"`
	MaxRejected      Percent         `yaml:"max_rejected" json:"max_rejected"`
	MinRejected      int             `yaml:"min_rejected" json:"min_rejected"`
	ShrinkGuard      Percent         `yaml:"shrink_guard" json:"shrink_guard"`
	MaxAgeDays       int             `yaml:"max_age_days" json:"max_age_days"`
	Weekend          []string        `yaml:"weekend" json:"weekend"`
	Holidays         []string        `yaml:"holidays" json:"holidays"`
	Lifecycle        map[string]Days `yaml:"lifecycle" json:"lifecycle"`
}

// Days overrides the days after the end of a term for one programme or channel.
type Days struct {
	Working int `yaml:"working" json:"working"`
	Admin   int `yaml:"admin" json:"admin"`
}

// OutputSettings is where reports go and how they look.
type OutputSettings struct {
	Dir       string `yaml:"dir" json:"-"` // where they lie changes nothing in them
	Language  string `yaml:"language" json:"language"`
	Letters   bool   `yaml:"letters" json:"letters"`
	Calendars bool   `yaml:"calendars" json:"calendars"`

	LetterLanguages map[string]string `yaml:"letter_languages" json:"letter_languages"` // by country, or by tenant id, domain or name of a customer
	SplitBy         string            `yaml:"split_by" json:"split_by"`
	ProtectLists    bool              `yaml:"protect_lists" json:"protect_lists"`
	PDFRows         int               `yaml:"pdf_rows" json:"pdf_rows"`
	PDFFull         bool              `yaml:"pdf_full" json:"pdf_full"`
	Paper           string            `yaml:"paper" json:"paper"`
	FontFallback    string            `yaml:"font_fallback" json:"font_fallback"`
	CurrencyRates   RateSettings      `yaml:"currency_rates" json:"currency_rates"`
	Keep            int               `yaml:"keep" json:"-"`
}

// Schedule is when `cspplan schedule` runs.
type Schedule struct {
	Cron     string `yaml:"cron"`
	Timezone string `yaml:"timezone"`
	CatchUp  bool   `yaml:"catch_up"`
}

// LogSettings is how the log is written.
type LogSettings struct {
	Format string `yaml:"format"`
	Level  string `yaml:"level"`
}

// A Percent is written as 10% and held in hundredths: 10.
type Percent int

// UnmarshalYAML reads 10% or 10.
func (p *Percent) UnmarshalYAML(b []byte) error {
	text := strings.Trim(strings.TrimSpace(string(b)), `"'`)
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(text, "%")))
	if err != nil || n < 0 || n > 100 {
		return fmt.Errorf("%s is not a share between 0%% and 100%%", text)
	}
	*p = Percent(n)
	return nil
}

// maxSettings caps the settings file: it is written by hand.
const maxSettings = 1 << 20

// defaults are the values of rules.md §10.
func defaults() Settings {
	p := reconcile.DefaultPolicy()
	return Settings{
		Policy: PolicySettings{
			LeadDays: p.LeadDays, RelationshipDays: p.RelationshipDays, WarnDays: p.WarnDays, DecideDays: p.DecideDays,
			SeatCap: p.SeatCap, SubscriptionCap: p.SubscriptionCap, MaxTermMonths: p.MaxTermMonths,
			MaxRejected: 10, MinRejected: 20, ShrinkGuard: 20, Weekend: []string{"sat", "sun"},
		},
		Output:   OutputSettings{Dir: "plans", Language: "en", Calendars: true, SplitBy: output.SplitNone, PDFRows: 400, Paper: "a4", Keep: 400},
		Schedule: Schedule{Cron: "15 4 * * *", Timezone: "Local", CatchUp: true},
		Mail:     defaultMail(),
		Log:      LogSettings{Format: "text", Level: "info"},
	}
}

// loadSettings reads a settings file. With an empty path it takes
// ./cspplan.yaml if that exists, else the defaults alone; partner.country is
// checked by the commands that need it.
func loadSettings(path string) (Settings, error) {
	s := defaults()
	s.dir = "."
	named := path != ""
	if !named {
		path = "cspplan.yaml"
	}
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return s, nil
	}
	if err != nil {
		return s, usage(fmt.Errorf("reading settings: %w", err), "name the settings file with -c, or run `cspplan init DIR` for one to start from")
	}
	if len(b) > maxSettings {
		return s, usage(fmt.Errorf("settings %s have %d bytes, more than %d", path, len(b), maxSettings), "settings are written by hand; is this the right file?")
	}
	s.path, s.dir = path, filepath.Dir(path)
	if err := decodeSettings(bytes.TrimPrefix(b, []byte("\ufeff")), &s); err != nil { // Windows' editor marks UTF-8
		s.Log = logSettings(b)
		return s, usage(fmt.Errorf("settings %s: %w", path, err), "the README lists every key with its default")
	}
	if errs := s.check(); len(errs) > 0 {
		s.Log = logSettings(b)
		return s, usage(fmt.Errorf("settings %s: %w", path, errors.Join(errs...)), "the README lists every key with its default")
	}
	return s, nil
}

// logSettings finds how the log is written in settings that are at fault
// elsewhere: that they are is to be read in the log.
func logSettings(b []byte) LogSettings {
	own := struct{ Log LogSettings }{Log: defaults().Log}
	func() {
		defer func() { recover() }() // the YAML library's
		if yaml.Unmarshal(b, &own) != nil {
			own.Log = defaults().Log
		}
	}()
	return own.Log
}

// decodeSettings reads the settings strictly. It shields the program from panics
// in the YAML library.
func decodeSettings(b []byte, s *Settings) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("cannot be read as YAML: %v", r)
		}
	}()
	if len(strings.TrimSpace(string(b))) == 0 {
		return nil
	}
	if faults := typeFaults(b); len(faults) > 0 {
		return errors.Join(faults...)
	}
	if err := yaml.UnmarshalWithOptions(b, s, yaml.Strict(), yaml.DisallowUnknownField()); err != nil {
		return errors.New(withoutSecrets(yaml.FormatError(err, false, !maybeSecret(b))))
	}
	return nil
}

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
	oneOf("output.split_by", s.Output.SplitBy, output.SplitNone, output.SplitOwner, output.SplitCustomer)
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

// letterLanguages are the languages by keys in lower case.
func (s *Settings) letterLanguages() map[string]string {
	folded := map[string]string{}
	for key, lang := range s.Output.LetterLanguages {
		folded[strings.ToLower(key)] = lang
	}
	return folded
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

var weekdays = map[string]time.Weekday{
	"sun": time.Sunday, "mon": time.Monday, "tue": time.Tuesday, "wed": time.Wednesday,
	"thu": time.Thursday, "fri": time.Friday, "sat": time.Saturday,
}

// location is the time zone that decides which day it is.
func (s *Settings) location() (*time.Location, error) {
	if s.Schedule.Timezone == "" || s.Schedule.Timezone == "Local" {
		return time.Local, nil
	}
	return time.LoadLocation(s.Schedule.Timezone)
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

// resolve makes a path of the settings relative to their folder.
func (s *Settings) resolve(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(s.dir, path)
}
