package reconcile

// An Origin says which source gave a field of a merged row.
type Origin struct {
	Field  string
	Source Source
}

// originFields are the fields whose origin is kept, in the order in which they
// are shown. What is taken together counts as one: a price with its currency, a
// product with its SKU.
var originFields = []struct {
	field string
	has   func(*Subscription) bool
}{
	{"tenant_id", func(s *Subscription) bool { return s.Customer.TenantID != "" }},
	{"domain", func(s *Subscription) bool { return s.Customer.Domain != "" }},
	{"name", func(s *Subscription) bool { return s.Customer.Name != "" }},
	{"country", func(s *Subscription) bool { return s.Customer.Country != "" }},
	{"title", func(s *Subscription) bool { return s.OfferTitle != "" }},
	{"offer_id", func(s *Subscription) bool { return s.OfferID != "" }},
	{"sku_guid", func(s *Subscription) bool { return s.SKUGUID != "" }},
	{"part_number", func(s *Subscription) bool { return s.PartNumber != "" }},
	{"product", func(s *Subscription) bool { return s.ProductID != "" }},
	{"licences", func(s *Subscription) bool { return s.Licences.Known }},
	{"assigned", func(s *Subscription) bool { return s.Assigned.Known }},
	{"start", func(s *Subscription) bool { return s.Start.Known() }},
	{"expires", func(s *Subscription) bool { return s.Expires.Known() }},
	{"term", func(s *Subscription) bool { return s.Term != TermUnknown }},
	{"billing", func(s *Subscription) bool { return s.Billing != BillingUnknown }},
	{"auto_renew", func(s *Subscription) bool { return s.AutoRenew != Unknown }},
	{"end_of_term", func(s *Subscription) bool { return s.EndOfTerm != EndUnknown }},
	{"state", func(s *Subscription) bool { return s.State != "" }},
	{"channel", func(s *Subscription) bool { return s.Channel != ChannelUnknown }},
	{"programme", func(s *Subscription) bool { return s.Programme != ProgrammeUnknown }},
	{"segment", func(s *Subscription) bool { return s.Segment != SegmentUnknown }},
	{"add_on", func(s *Subscription) bool { return s.AddOn != Unknown }},
	{"trial", func(s *Subscription) bool { return s.Trial != Unknown }},
	{"owner", func(s *Subscription) bool { return s.Owner != "" }},
}

// origins tells, for records by rank, which of them gave what mergeFields took.
func (p *planning) origins(members []int32) []Origin {
	var found []Origin
	for _, f := range originFields {
		for _, i := range members {
			if rec := &p.in.Records[i]; f.has(rec.Sub) {
				found = append(found, Origin{f.field, rec.Source})
				break
			}
		}
	}
	return append(found, p.priceOrigin(members)...)
}

// priceOrigin is the first price that a customer pays, else the first at all.
func (p *planning) priceOrigin(members []int32) []Origin {
	var found []Origin
	for _, i := range members {
		rec := &p.in.Records[i]
		switch {
		case !rec.Sub.Price.Known:
		case !rec.Sub.Price.Partner:
			return []Origin{{"price", rec.Source}}
		case found == nil:
			found = []Origin{{"price", rec.Source}}
		}
	}
	return found
}
