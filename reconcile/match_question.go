package reconcile

import (
	"maps"
	"slices"
	"strings"
)

// Question is what a query asks: queries with equal questions have one answer.
// The day of the purchase counts only for titles that came to mean another SKU,
// and then by the era it falls into; countries count by what the tables of sale
// and of successors tell apart. A million rows ask few questions.
func (m *Matcher) Question(q OfferQuery) OfferQuery {
	m.ask(&q, m.isDated(q.Title))
	return q
}

// ask turns a query into its question; dated is isDated of its title.
func (m *Matcher) ask(q *OfferQuery, dated bool) {
	q.Country = m.market(q.Country)
	if dated {
		q.At = m.era(q.At)
	} else {
		q.At = 0
	}
}

// era is one day for all days on which every title means the same: the last
// one on which a name came to mean another SKU, or the day before the first.
// A day that is not known is the as-of date.
func (m *Matcher) era(day Date) Date {
	if !day.Known() {
		day = m.asOf
	}
	i, exact := slices.BinarySearch(m.eras, day)
	switch {
	case exact:
		return day
	case i == 0:
		return m.eras[0] - 1
	}
	return m.eras[i-1]
}

// isDated tells whether a title may be a name that came to mean another SKU. It
// is found out once a title: asked for each row, it took longer than matching.
func (m *Matcher) isDated(title string) bool {
	t := m.titles.title(title)
	t.dated.once.Do(func() {
		t.dated.is = slices.ContainsFunc(m.dated, func(i int) bool {
			name := m.names.names[i].title
			return name.squeezed == t.squeezed || !slices.ContainsFunc(name.words, func(w string) bool { return !slices.Contains(t.words, w) })
		})
	})
	return t.dated.is
}

// addEras finds the names that came to mean another SKU, and when.
func (m *Matcher) addEras() {
	for i := range m.names.names {
		if until := m.names.names[i].until; until.Known() {
			m.dated = append(m.dated, i)
			m.eras = append(m.eras, until)
		}
	}
	slices.Sort(m.eras)
	m.eras = slices.Compact(m.eras)
}

// elsewhere stands for every country that no table names.
const elsewhere = "--"

// market is one country for all that the tables treat alike; unknown stays
// unknown. Each row asks for it, and nearly all by a code.
func (m *Matcher) market(country string) string {
	if isCode(country) {
		return m.marketOf[country[0]-'A'][country[1]-'A']
	}
	return m.findMarket(CountryCode(country))
}

func (m *Matcher) findMarket(code string) string {
	if code == "" {
		return ""
	}
	if alike, ok := m.markets[code]; ok {
		return alike
	}
	return elsewhere
}

// sale is the sale status of a SKU for who asks.
func (m *Matcher) sale(a *question, guid string) string {
	a.byCountry = a.byCountry || m.c.saleVaries(guid)
	return m.c.Sale(guid, a.q.Country, m.asOf)
}

// worstSale is that of an offer.
func (m *Matcher) worstSale(a *question, t *Target) string {
	a.byCountry = a.byCountry || slices.ContainsFunc(t.GUIDs(), m.c.saleVaries)
	return m.c.worstSale(t, a.q.Country, m.asOf)
}

// countsFor tells whether a successor counts for who asks.
func (a *question) countsFor(s *Successor) bool {
	a.byCountry = a.byCountry || len(s.Countries) > 0
	return s.AppliesIn(a.q.Country)
}

// addMarkets puts together the countries that stand in the same lists of the
// tables, under the first of them.
func (m *Matcher) addMarkets() {
	lists := map[string]bool{}
	for i := range m.c.Sales {
		lists[strings.Join(m.c.Sales[i].Regions, "|")] = true
	}
	for i := range m.c.Successors {
		lists[strings.Join(m.c.Successors[i].Countries, "|")] = true
	}
	in := map[string]string{} // country → the lists it stands in
	for _, list := range slices.Sorted(maps.Keys(lists)) {
		for country := range strings.SplitSeq(list, "|") {
			in[country] += list + "\n"
		}
	}
	first := map[string]string{}
	for _, country := range slices.Sorted(maps.Keys(in)) {
		if first[in[country]] == "" {
			first[in[country]] = country
		}
		m.markets[country] = first[in[country]]
	}
	for a := range m.marketOf {
		for b := range m.marketOf[a] {
			m.marketOf[a][b] = m.findMarket(CountryCode(string([]byte{'A' + byte(a), 'A' + byte(b)})))
		}
	}
}
