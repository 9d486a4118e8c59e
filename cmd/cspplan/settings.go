package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

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
	OverallRows     int               `yaml:"overall_rows" json:"overall_rows"` // of a plan that is split
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
		Output:   OutputSettings{Dir: "plans", Language: "en", Calendars: true, SplitBy: report.SplitNone, OverallRows: 250_000, PDFRows: 400, Paper: "a4", Keep: 400},
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

// resolve makes a path of the settings relative to their folder.
func (s *Settings) resolve(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(s.dir, path)
}
