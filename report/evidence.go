package report

import (
	"strings"

	"cspplan/reconcile"
)

// evidenceTexts says how the arguments of findings are called, and by which
// labels their values are translated where they are words.
var evidenceTexts = map[string]struct{ label, words string }{
	"a":             {label: "evidence.assigned"},
	"assigned":      {label: "evidence.assigned"},
	"accepted":      {label: "evidence.accepted", words: "finding."},
	"amount":        {label: "evidence.amount"},
	"auto_renew":    {label: "col.autorenew"},
	"base":          {label: "evidence.base"},
	"billing":       {label: "evidence.billing", words: "billing."},
	"by":            {label: "col.who"},
	"candidates":    {label: "evidence.candidates"},
	"column":        {label: "col.column"},
	"country":       {label: "col.country"},
	"csp_currency":  {label: "col.csp_currency"},
	"currency":      {label: "col.currency"},
	"customer":      {label: "col.customer_id"},
	"date":          {label: "evidence.date"},
	"error":         {label: "evidence.error"},
	"expires":       {label: "col.expires"},
	"exported":      {label: "evidence.exported"},
	"found":         {label: "evidence.found"},
	"instead":       {label: "evidence.instead"},
	"licences":      {label: "col.licences"},
	"limit":         {label: "evidence.limit"},
	"match":         {label: "col.match", words: "match."},
	"n":             {label: "col.licences"},
	"now":           {label: "col.now"},
	"offer":         {label: "col.csp_offer"},
	"offer_id":      {label: "col.offer_id"},
	"on":            {label: "evidence.on"},
	"place":         {label: "col.source"},
	"planned":       {label: "evidence.planned"},
	"plans":         {label: "evidence.plans"},
	"price":         {label: "evidence.price"},
	"product":       {label: "evidence.product"},
	"reason":        {label: "evidence.reason"},
	"region":        {label: "col.region_customer"},
	"relationship":  {label: "col.relationship", words: "rel."},
	"result":        {label: "evidence.result"},
	"sale":          {label: "col.offer_state", words: "sale."},
	"route":         {label: "col.route", words: "route."},
	"seats":         {label: "evidence.seats"},
	"seen":          {label: "evidence.seen"},
	"segment":       {label: "evidence.segment", words: "segment."},
	"side":          {label: "evidence.side", words: "side."},
	"since":         {label: "evidence.since"},
	"sku_guid":      {label: "evidence.sku"},
	"state":         {label: "evidence.state"},
	"subscriptions": {label: "col.subscriptions"},
	"term":          {label: "evidence.term", words: "duration."},
	"title":         {label: "evidence.title"},
	"unexplained":   {label: "evidence.unexplained"},
	"until":         {label: "evidence.until"},
	"wanted":        {label: "col.offer_wanted"},
	"was":           {label: "col.before"},
	"who":           {label: "evidence.who", words: "who."},
}

// Evidence is what a finding rests on, as name: value; name: value. Arguments
// that the sentence itself prints are left out.
func (t *Texts) Evidence(f reconcile.Finding) string {
	var parts []string
	sentence := t.labels["finding."+f.Code]
	for i := 0; i+1 < len(f.Args); i += 2 {
		name, value := f.Args[i], f.Args[i+1]
		switch {
		case name == "field" && i+9 < len(f.Args):
			parts = append(parts, t.disagreement(f.Args[i:i+10]))
			i += 8
		case value == "" || strings.Contains(sentence, "{"+name+"}"):
		case name == "amount" && i+3 < len(f.Args) && f.Args[i+2] == "currency":
			parts = append(parts, t.evidenceName(name)+": "+t.evidenceAmount(value, f.Args[i+3]))
			i += 2
		default:
			parts = append(parts, t.evidenceName(name)+": "+t.evidenceValue(name, value))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "; ") + "."
}

// disagreement shows a value with its source, and what another source says:
// field, value, source, other, other_source, each with its name before it.
func (t *Texts) disagreement(args []string) string {
	field, value, source, other, otherSource := args[1], args[3], args[5], args[7], args[9]
	return t.evidenceName(field) + ": " + t.evidenceValue(field, value) + " (" + source + "), " +
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
	if e := evidenceTexts[name]; e.words != "" || name == "auto_renew" {
		value = t.translated(e.words, value)
	}
	if d, err := reconcile.ParseDate(value); err == nil {
		return t.Day(d)
	}
	if name == "was" || name == "now" {
		return t.stamp(value)
	}
	return strings.ReplaceAll(value, "|", ", ")
}

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
	if err != nil || !a.Known {
		return strings.TrimSpace(currency + " " + value)
	}
	return t.Money(a.Minor, currency)
}
