package report

import (
	"strings"

	"cspplan/reconcile"
)

// evidenceTexts says how the arguments of findings are called, and by which
// labels their values are translated where they are words.
var evidenceTexts = map[string]struct{ label, words string }{
	"a":               {label: "evidence.assigned"},
	"accepted":        {label: "evidence.accepted", words: "finding."},
	"access_lost":     {label: "evidence.access_lost"},
	"act_by":          {label: "col.act_by"},
	"add_on":          {label: "evidence.add_on"},
	"agreement":       {label: "fact.agreement"},
	"amount":          {label: "evidence.amount"},
	"assigned":        {label: "evidence.assigned"},
	"auto_renew":      {label: "col.autorenew"},
	"base":            {label: "evidence.base"},
	"billed_in":       {label: "evidence.billed_in"},
	"billing":         {label: "evidence.billing", words: "billing."},
	"by":              {label: "col.who"},
	"candidates":      {label: "evidence.candidates"},
	"channel":         {label: "col.channel", words: "channel."},
	"cloud":           {label: "evidence.cloud", words: "cloud."},
	"column":          {label: "col.column"},
	"countries":       {label: "evidence.countries"},
	"country":         {label: "col.country"},
	"csp_currency":    {label: "col.csp_currency"},
	"currency":        {label: "col.currency"},
	"customer":        {label: "col.customer_id"},
	"data_deleted":    {label: "evidence.data_deleted"},
	"date":            {label: "evidence.date"},
	"decision":        {label: "col.decision", words: "decision."},
	"delegated_admin": {label: "col.dap"},
	"domain":          {label: "fact.domain"},
	"end_of_term":     {label: "col.end_of_term", words: "end_of_term."},
	"error":           {label: "evidence.error"},
	"expires":         {label: "col.expires"},
	"exported":        {label: "evidence.exported"},
	"found":           {label: "evidence.found"},
	"instead":         {label: "evidence.instead"},
	"less":            {label: "evidence.less"},
	"licences":        {label: "col.licences"},
	"limit":           {label: "evidence.limit"},
	"lost":            {label: "evidence.lost"},
	"match":           {label: "col.match", words: "match."},
	"n":               {label: "col.licences"},
	"name":            {label: "col.customer"},
	"now":             {label: "col.now"},
	"offer":           {label: "col.csp_offer"},
	"offer_id":        {label: "col.offer_id"},
	"on":              {label: "evidence.on"},
	"ours":            {label: "evidence.ours", words: "region."},
	"over":            {label: "evidence.over"},
	"owner":           {label: "col.owner"},
	"part_number":     {label: "evidence.part_number"},
	"place":           {label: "col.source"},
	"planned":         {label: "col.planned"},
	"scheduled":       {label: "evidence.on"},
	"plans":           {label: "evidence.plans"},
	"price":           {label: "evidence.price"},
	"product":         {label: "evidence.product"},
	"programme":       {label: "col.programme", words: "programme."},
	"provider":        {label: "evidence.provider"},
	"provider_region": {label: "evidence.provider_region", words: "region."},
	"reason":          {label: "evidence.reason"},
	"region":          {label: "col.region_customer", words: "region."},
	"relationship":    {label: "col.relationship", words: "rel."},
	"reseller_id":     {label: "evidence.reseller_id"},
	"result":          {label: "evidence.result"},
	"route":           {label: "col.route", words: "route."},
	"sale":            {label: "col.offer_state", words: "sale."},
	"seats":           {label: "evidence.seats"},
	"seen":            {label: "evidence.seen"},
	"segment":         {label: "evidence.segment", words: "segment."},
	"side":            {label: "evidence.side", words: "side."},
	"since":           {label: "evidence.since"},
	"sku_guid":        {label: "evidence.sku"},
	"start":           {label: "fact.start"},
	"state":           {label: "evidence.state"},
	"subscriptions":   {label: "col.subscriptions"},
	"tenant":          {label: "evidence.tenant"},
	"tenant_id":       {label: "col.customer_id"},
	"term":            {label: "evidence.term", words: "duration."},
	"title":           {label: "evidence.title"},
	"trial":           {label: "evidence.trial"},
	"unexplained":     {label: "evidence.unexplained"},
	"until":           {label: "evidence.until"},
	"wanted":          {label: "col.offer_wanted"},
	"was":             {label: "col.before"},
	"who":             {label: "evidence.who", words: "who."},
}

// isTri are the arguments whose values are yes, no or unknown.
var isTri = map[string]bool{"auto_renew": true, "agreement": true, "delegated_admin": true}

// Evidence is what a finding rests on, as name: value; name: value. Arguments
// that the sentence itself prints are left out.
func (t *Texts) Evidence(code string, args []string) string {
	return t.evidence(args, t.labels["finding."+code])
}

// evidence leaves out what the sentence prints.
func (t *Texts) evidence(args []string, sentence string) string {
	var parts []string
	for i := 0; i+1 < len(args); i += 2 {
		name, value := args[i], args[i+1]
		switch {
		case name == "field" && i+9 < len(args):
			parts = append(parts, t.disagreement(args[i:i+10]))
			i += 8
		case value == "" || strings.Contains(sentence, "{"+name+"}"):
		case name == "amount" && i+3 < len(args) && args[i+2] == "currency":
			parts = append(parts, t.Named(t.evidenceName(name), t.evidenceAmount(value, args[i+3])))
			i += 2
		default:
			parts = append(parts, t.Named(t.evidenceName(name), t.evidenceValue(name, value)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, t.next) + "."
}

// disagreement shows a value with its source, and what another source says:
// field, value, source, other, other_source, each with its name before it.
func (t *Texts) disagreement(args []string) string {
	field, value, source, other, otherSource := args[1], args[3], args[5], args[7], args[9]
	return t.Named(t.evidenceName(field), t.evidenceValue(field, value)) + " (" + source + "), " +
		t.evidenceValue(field, other) + " (" + otherSource + ")"
}

func (t *Texts) evidenceName(name string) string {
	if e, ok := evidenceTexts[name]; ok {
		return t.Label(e.label)
	}
	return strings.ReplaceAll(name, "_", " ")
}

// evidenceValue translates words, shows dates as people write them, and lists
// with commas.
func (t *Texts) evidenceValue(name, value string) string {
	if e := evidenceTexts[name]; e.words != "" || isTri[name] {
		value = t.translated(e.words, value)
	}
	if name == "less" {
		return t.shrinkArgs(value)
	}
	if looksLikeDate(value) {
		if d, err := reconcile.ParseDate(value); err == nil {
			return t.Day(d)
		}
	}
	if name == "was" || name == "now" {
		return t.stamp(value)
	}
	return strings.ReplaceAll(value, "|", ", ")
}

// looksLikeDate tells what is worth reading as a date: most values are none, and
// to be told so in an error takes longer than to see it.
func looksLikeDate(s string) bool { return len(s) == len("2006-01-02") && s[4] == '-' && s[7] == '-' }

// translated is a word, or a list of words, by the labels with a prefix;
// "unknown" is one word for all. Sentences lose their full stop in a list.
func (t *Texts) translated(prefix, value string) string {
	words := strings.Split(value, "|")
	for i, word := range words {
		words[i] = strings.TrimSuffix(t.labelOr(prefix+word, t.labelOr(word, word)), ".")
	}
	return strings.Join(words, "|")
}

// stamp translates the facts a decision was made on: licences=25; expires=….
func (t *Texts) stamp(facts string) string {
	var parts []string
	for fact := range strings.SplitSeq(facts, "; ") {
		name, value, named := strings.Cut(fact, "=")
		switch {
		case !named:
			parts = append(parts, fact)
		case value != "":
			parts = append(parts, t.evidenceName(name)+" "+t.evidenceValue(name, value))
		}
	}
	return strings.Join(parts, ", ")
}

// evidenceAmount prints an amount as people write it, or as it stands if it is none.
func (t *Texts) evidenceAmount(value, currency string) string {
	a, err := reconcile.ParseAmount(value, currency)
	if err != nil || !a.Known() {
		return strings.TrimSpace(currency + " " + value)
	}
	return t.Money(a.Minor(), currency)
}
