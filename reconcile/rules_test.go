package reconcile

import (
	"slices"
	"testing"

	"github.com/govalues/decimal"
)

func TestGoodRowIsReady(t *testing.T) {
	s := newSituation()
	r := s.first(t)
	if r.Status != Ready || r.Route != RouteBuyReassignEnd || r.Reassign != No || r.Provision != Whole(20) {
		t.Errorf("got %v %v %v %v, want ready, buy-reassign-end, no, 20; findings %v", r.Status, r.Route, r.Reassign, r.Provision, codes(r))
	}
	if want := []string{"prepaid-lost", "credit-possible"}; !slices.Equal(codes(r), want) {
		t.Errorf("got findings %v, want %v", codes(r), want)
	}
}

// Each rule: it fires, it does not on either side of its boundary, and it does
// not where the field it needs is missing.
func TestRules(t *testing.T) {
	set := func(edit func(*Subscription)) func(*situation) { return func(s *situation) { edit(&s.Sub) } }
	move := func(choice string) func(*situation) {
		return func(s *situation) { s.Decisions = append(s.Decisions, decide(keyOf("sub", "s-1"), "decision", choice)) }
	}
	all := func(edits ...func(*situation)) func(*situation) {
		return func(s *situation) {
			for _, edit := range edits {
				edit(s)
			}
		}
	}
	expires := func(date string) func(*situation) {
		return set(func(s *Subscription) { s.Expires = day(date) })
	}
	sku := func(guid, title string) func(*situation) {
		return set(func(s *Subscription) { s.SKUGUID, s.OfferTitle = guid, title })
	}
	relationship := func(r Relationship) func(*situation) { return func(s *situation) { s.Register.Relationship = r } }
	licences := func(n, assigned int) func(*situation) {
		return set(func(s *Subscription) { s.Licences, s.Assigned = Whole(n), Whole(assigned) })
	}
	country := func(code string) func(*situation) {
		return set(func(s *Subscription) { s.Customer.Country = code })
	}
	addOn := func(base string) func(*situation) {
		return all(sku(skuAudio, "Microsoft 365 Audio Conferencing"), set(func(s *Subscription) { s.AddOn, s.BaseID = Yes, base }))
	}
	another := func(role Role, edit func(*Subscription)) func(*situation) {
		return func(s *situation) {
			sub := good()
			sub.SubscriptionID = "S-2"
			edit(&sub)
			s.add(role, sub)
		}
	}
	barred := func(reason string) func(*situation) {
		return set(func(s *Subscription) {
			s.Channel, s.Programme, s.MigrationEligible, s.IneligibleReason = LegacyCSP, Legacy, No, reason
		})
	}
	business := sku(skuBP, "Microsoft 365 Business Premium")
	nce := set(func(s *Subscription) { s.Channel, s.Programme = OtherPartner, NCE })
	legacy := set(func(s *Subscription) { s.Channel, s.Programme, s.MigrationEligible = LegacyCSP, Legacy, Yes })
	uploaded := func(m Migration) func(*situation) {
		return all(legacy, func(s *situation) {
			fill(&m.SubscriptionID, "s-1")
			s.Records = append(s.Records, Record{Source: Source{File: "results.csv", Row: len(s.Records) + 2}, Role: RoleReference,
				Hash: hashOf(500 + len(s.Records)), Exported: day("2026-11-20"), Migration: &m})
		})
	}
	before := func(state MigrationState) func(*situation) {
		return func(s *situation) {
			s.Previous = []PreviousRow{{Key: keyOf("sub", "s-1"), FirstSeen: day("2026-01-01"), Migration: state}}
		}
	}
	seenOn := func(date string) func(*situation) {
		return func(s *situation) {
			s.Previous = []PreviousRow{{Key: keyOf("sub", "s-1"), FirstSeen: day(date)}}
		}
	}
	otherSKU := func(n int) func(*situation) {
		return another(RoleInCSP, func(s *Subscription) { s.SKUGUID, s.OfferTitle, s.Licences = skuBP, "", Whole(n) })
	}
	writeOn := func(field, value, facts string) func(*situation) {
		return func(s *situation) {
			d := decide(keyOf("sub", "s-1"), field, value)
			d.Facts, d.By = facts, "Anna"
			s.Decisions = append(s.Decisions, d)
		}
	}
	write := func(field, value string) func(*situation) { return writeOn(field, value, "") }

	tests := []struct {
		code  string
		name  string
		edit  func(*situation)
		fires bool
	}{
		{"region-mismatch", "other region", country("JP"), true},
		{"region-mismatch", "country in no region", country("BY"), true},
		{"region-mismatch", "other country of the region", country("DE"), false},
		{"region-mismatch", "no country", country(""), false},
		{"region-mismatch", "a further tenant of the partner", all(country("JP"), func(s *situation) { s.Partner.Tenants = []Tenant{{Country: "JP"}} }), false},

		{"expired", "yesterday", expires("2026-11-22"), true},
		{"expired", "today counts whole", expires("2026-11-23"), false},
		{"expired", "no date", expires(""), false},
		{"expired", "the source says so", set(func(s *Subscription) { s.State = "Disabled" }), true},
		{"expired", "suspended serves nobody", set(func(s *Subscription) { s.State = "Suspended" }), true},
		{"expired", "in the days of grace", set(func(s *Subscription) { s.State = "Warning" }), true},
		{"expired", "active", set(func(s *Subscription) { s.State = "Active" }), false},
		{"expired", "the batch tool says not active", barred("Subscription is not active."), true},
		{"expired", "active for less than a month", barred("Subscription has been active for less than one month."), false},

		{"no-equivalent", "retired without successor", sku(skuGone, "Microsoft StaffHub"), true},
		{"no-equivalent", "never heard of", sku("", "Gold Bundle 7"), true},
		{"no-equivalent", "has a successor", sku(skuOld, "Office 365 Midsize Business"), false},

		{"services-lost", "the successor lacks a plan", sku(skuE4, "Office 365 E4"), true},
		{"services-lost", "nothing is lost", sku(skuOld, "Office 365 Midsize Business"), false},
		{"services-lost", "a person decided to move", all(sku(skuE4, "Office 365 E4"), move("move")), false},
		{"services-lost", "a person waits", all(sku(skuE4, "Office 365 E4"), move("wait")), true},

		{"more-assigned-than-licences", "one more", licences(20, 21), true},
		{"more-assigned-than-licences", "equal", licences(20, 20), false},
		{"more-assigned-than-licences", "not known", set(func(s *Subscription) { s.Assigned = Count{} }), false},

		{"orphaned-add-on", "its base is in no export", addOn("S-9"), true},
		{"orphaned-add-on", "its base moves too", all(addOn("s-2"), another(RoleSubscription, func(*Subscription) {})), false},
		{"orphaned-add-on", "its base has no equivalent", all(addOn("S-2"), another(RoleSubscription, func(s *Subscription) { s.SKUGUID, s.OfferTitle = skuGone, "Microsoft StaffHub" })), true},
		{"orphaned-add-on", "its base is in CSP", all(addOn("S-2"), another(RoleInCSP, func(s *Subscription) { s.SubscriptionID, s.MigratedFrom = "N-2", "S-2" })), false},
		{"orphaned-add-on", "no base is named", addOn(""), false},
		{"orphaned-add-on", "not an add-on", all(addOn("S-9"), set(func(s *Subscription) { s.AddOn = No })), false},

		{"region-unknown", "no country", country(""), true},
		{"region-unknown", "no such country", country("ZZ"), true},
		{"region-unknown", "sources name two regions", all(func(s *situation) { s.Register.Customer.Country = "JP" }), true},
		{"region-unknown", "two countries of the region", all(func(s *situation) { s.Register.Customer.Country = "DE" }), false},

		{"equivalent-unconfirmed", "another SKU", sku(skuOld, "Office 365 Midsize Business"), true},
		{"equivalent-unconfirmed", "confirmed", all(sku(skuOld, "Office 365 Midsize Business"), move("early")), false},
		{"equivalent-unconfirmed", "same SKU", sku(skuE3, "Office 365 E3"), false},

		{"title-id-disagree", "two offers", sku(skuE3, "Microsoft 365 Business Premium"), true},
		{"title-id-disagree", "one offer", sku(skuE3, "Office 365 E3"), false},
		{"title-id-disagree", "id only", sku(skuE3, ""), false},

		{"id-damaged", "by a spreadsheet", set(func(s *Subscription) { s.DamagedID = "Subscription ID" }), true},
		{"id-damaged", "none", set(func(s *Subscription) { s.DamagedID = "" }), false},

		{"licences-differ", "not known", set(func(s *Subscription) { s.Licences = Count{} }), true},
		{"licences-differ", "known", set(func(s *Subscription) { s.Licences = Whole(1) }), false},
		{"licences-differ", "fewer migrated", another(RoleInCSP, func(s *Subscription) { s.MigratedFrom, s.Licences = "S-1", Whole(19) }), true},
		{"licences-differ", "all migrated", another(RoleInCSP, func(s *Subscription) { s.MigratedFrom = "S-1" }), false},
		{"licences-differ", "unexplained in CSP", another(RoleInCSP, func(*Subscription) {}), true},
		{"licences-differ", "of another customer", another(RoleInCSP, func(s *Subscription) { s.Customer = CustomerFacts{TenantID: tenantB, Country: "IT"} }), false},
		{"licences-differ", "a person says they are others", all(another(RoleInCSP, func(*Subscription) {}), move("move")), false},

		{"sources-disagree", "on the expiry", another(RoleSubscription, func(s *Subscription) { s.SubscriptionID, s.Expires = "s-1", day("2027-03-01") }), true},
		{"sources-disagree", "they agree", another(RoleSubscription, func(s *Subscription) { s.SubscriptionID = "s-1" }), false},
		{"sources-disagree", "one does not say", another(RoleSubscription, func(s *Subscription) { s.SubscriptionID, s.Expires = "s-1", 0 }), false},
		{"sources-disagree", "one price, two periods", another(RoleSubscription, func(s *Subscription) { s.SubscriptionID, s.Price = "s-1", euros("120.00", PerYear) }), false},
		{"sources-disagree", "on auto-renew", another(RoleSubscription, func(s *Subscription) { s.SubscriptionID, s.AutoRenew = "s-1", No }), true},
		{"sources-disagree", "auto-renew not known to one", another(RoleSubscription, func(s *Subscription) { s.SubscriptionID, s.AutoRenew = "s-1", Unknown }), false},
		{"sources-disagree", "on the product", all(set(func(s *Subscription) { s.ProductID, s.ProductSKU = "CFQ7TTC0LF8R", "0001" }),
			another(RoleSubscription, func(s *Subscription) { s.SubscriptionID, s.ProductID, s.ProductSKU = "s-1", "CFQ7TTC0LF8R", "2" })), true},
		{"sources-disagree", "one product, zeros lost", all(set(func(s *Subscription) { s.ProductID, s.ProductSKU = "CFQ7TTC0LF8R", "0001" }),
			another(RoleSubscription, func(s *Subscription) { s.SubscriptionID, s.ProductID, s.ProductSKU = "s-1", "cfq7ttc0lf8r", "1" })), false},
		{"sources-disagree", "on both sides", another(RoleInCSP, func(s *Subscription) { s.SubscriptionID = "S-1" }), true},

		{"expiry-missing", "no date", expires(""), true},
		{"expiry-missing", "a date", expires("2030-01-01"), false},

		{"trial", "the source says so", set(func(s *Subscription) { s.Trial = Yes }), true},
		{"trial", "the title says so", sku("", "Office 365 E3 Trial"), true},
		{"trial", "a person moves it", all(set(func(s *Subscription) { s.Trial = Yes }), move("move")), false},
		{"trial", "a person moves it to nothing", all(sku(skuGone, "Microsoft StaffHub"), set(func(s *Subscription) { s.Trial = Yes }), move("move")), true},
		{"trial", "not known", set(func(s *Subscription) { s.Trial = Unknown }), false},

		{"segment-unverified", "education", set(func(s *Subscription) { s.Segment = Education }), true},
		{"segment-unverified", "commercial", set(func(s *Subscription) { s.Segment = Commercial }), false},
		{"segment-unverified", "not known", set(func(s *Subscription) { s.Segment = SegmentUnknown }), false},
		{"segment-unverified", "the title says so, the column does not", all(sku("", "Office 365 E3 (Nonprofit Staff Pricing)"), set(func(s *Subscription) { s.Segment = Commercial })), true},
		{"segment-unverified", "a person vouches", all(set(func(s *Subscription) { s.Segment = Charity }), move("move")), false},

		{"seat-cap", "151 twice", all(business, licences(151, 151)), true},
		{"seat-cap", "150 twice", all(business, licences(150, 150)), false},
		{"seat-cap", "150 twice and one in CSP", all(business, licences(150, 150), another(RoleInCSP, func(s *Subscription) { s.SKUGUID, s.Licences, s.MigratedFrom = skuBP, Whole(1), "elsewhere" })), true},
		{"seat-cap", "151 twice without Teams", all(sku(skuNoTeams, "Microsoft 365 Business Premium (no Teams)"), licences(151, 151)), true},
		{"seat-cap", "150 twice with and 150 twice without Teams", all(business, licences(150, 150), another(RoleSubscription, func(s *Subscription) {
			s.SKUGUID, s.OfferTitle, s.Licences, s.Assigned = skuNoTeams, "Microsoft 365 Business Premium (no Teams)", Whole(150), Whole(150)
		})), false},
		{"seat-cap", "no Business SKU", licences(151, 151), false},
		{"seat-cap", "a transfer does not overlap", all(business, licences(151, 151), nce), false},

		{"subscription-limit", "76 move", many(75), true},
		{"subscription-limit", "75 move", many(74), false},

		{"sale-status-unknown", "ended, not held", sku(skuToEnd, "Project Lite"), true},
		{"sale-status-unknown", "ended, held already", sku(skuEnded, "Project Online Essentials"), false},
		{"sale-status-unknown", "ended, held in CSP", all(sku(skuToEnd, "Project Lite"), another(RoleInCSP, func(s *Subscription) { s.SKUGUID, s.OfferTitle, s.MigratedFrom = skuEnded, "", "elsewhere" })), false},
		{"sale-status-unknown", "withdrawn, even if held", all(business, func(s *situation) {
			s.Sub.ProductID, s.Sub.ProductSKU = "CFQ7TTC0LCHC", "0002"
			s.Catalogue.Sales = append(s.Catalogue.Sales, SaleStatus{SKUGUID: skuBP, Status: SaleWithdrawn, From: day("2025-01-01")})
			s.Catalogue.Index()
		}), true},
		{"sale-status-unknown", "on sale", sku(skuE3, ""), false},
		{"sale-status-unknown", "in no price list, even if held", notListed(skuE3), true},
		{"sale-status-unknown", "in no price list, a person has looked", all(notListed(skuE3), move("move")), false},
		{"sale-status-unknown", "in no price list but the partner's own", all(notListed(skuE3), func(s *situation) {
			s.Prices = []PriceLine{{ProductID: "CFQ7TTC0LF8R", SKUID: "0001", Term: P1Y, Billing: Monthly, Currency: "EUR", ERP: decimal.MustParse("276"), HasERP: true}}
		}), false},
		{"sale-status-unknown", "in no price list, transferred as it is", all(notListed(skuE3), set(func(s *Subscription) { s.Channel, s.Programme = Volume, EA })), false},
		{"sale-status-unknown", "ended, nothing to buy", all(sku(skuToEnd, "Project Lite"), licences(0, 0)), false},
		{"sale-status-unknown", "Microsoft's tool knows no product", barred("Subscription cannot be migrated to New Commerce because no equivalent product is available."), true},
		{"sale-status-unknown", "Microsoft's tool knows no product, a person does", all(barred("no equivalent product is available"), move("move")), false},
		{"sale-status-unknown", "channel transfer", all(sku(skuToEnd, "Project Lite"), set(func(s *Subscription) { s.Channel, s.Programme = Volume, EA })), false},

		// act by 2027-02-19 (28 Feb − 7 is a Sunday), relationship by 2027-01-29
		{"relationship-late", "the day after", all(relationship(RelationshipRequested), func(s *situation) { s.AsOf = day("2027-01-30") }), true},
		{"relationship-late", "on the day", all(relationship(RelationshipRequested), func(s *situation) { s.AsOf = day("2027-01-29") }), false},
		{"relationship-late", "accepted", func(s *situation) { s.AsOf = day("2027-01-30") }, false},
		{"relationship-late", "not known and late", all(relationship(RelationshipUnknown), func(s *situation) { s.AsOf = day("2027-01-30") }), true},
		{"relationship-late", "no expiry", all(relationship(RelationshipNone), expires("")), false},
		{"relationship-late", "the customer leaves", all(relationship(RelationshipNone), move("leaves"), func(s *situation) { s.AsOf = day("2027-01-30") }), false},

		{"migration-failed", "with a reason", uploaded(Migration{State: MigrationFailed, Reason: "…"}), true},
		{"migration-failed", "failed first, completed since", all(uploaded(Migration{State: MigrationFailed}), uploaded(Migration{State: MigrationCompleted, Licences: Whole(20)})), false},
		{"migration-failed", "of another subscription", uploaded(Migration{State: MigrationFailed, SubscriptionID: "S-9"}), false},
		{"migration-failed", "no result", legacy, false},
		{"migration-failed", "not to be moved any more", all(uploaded(Migration{State: MigrationFailed}), move("leaves")), false},

		{"migration-vanished", "running last time", all(legacy, before(MigrationRunning)), true},
		{"migration-vanished", "vanished last time", all(legacy, before(MigrationVanished)), true},
		{"migration-vanished", "failed last time", all(legacy, before(MigrationFailed)), false},
		{"migration-vanished", "running still", all(uploaded(Migration{State: MigrationRunning}), before(MigrationRunning)), false},
		{"migration-vanished", "in CSP now", all(legacy, before(MigrationRunning), another(RoleInCSP, func(s *Subscription) { s.MigratedFrom = "S-1" })), false},

		{"migration-pending", "running", uploaded(Migration{State: MigrationRunning}), true},
		{"migration-pending", "scheduled", uploaded(Migration{State: MigrationScheduled, On: day("2026-12-07")}), true},
		{"migration-pending", "in words of its own", uploaded(Migration{State: MigrationReported, Word: "Validated"}), true},
		{"migration-pending", "cancelled", uploaded(Migration{State: MigrationCancelled}), false},
		{"migration-pending", "completed", uploaded(Migration{State: MigrationCompleted, Licences: Whole(20)}), false},
		{"migration-pending", "no result", legacy, false},

		{"csp-offer-differs", "migrated into another SKU", another(RoleInCSP, func(s *Subscription) { s.MigratedFrom, s.SKUGUID, s.OfferTitle = "S-1", skuBP, "" }), true},
		{"csp-offer-differs", "migrated into the same SKU", another(RoleInCSP, func(s *Subscription) { s.MigratedFrom = "S-1" }), false},
		{"csp-offer-differs", "as many of another SKU since", all(seenOn("2026-02-28"), otherSKU(20)), true},
		{"csp-offer-differs", "as many of another SKU on the day", all(seenOn("2026-03-01"), otherSKU(20)), false},
		{"csp-offer-differs", "fewer of another SKU since", all(seenOn("2026-02-28"), otherSKU(19)), false},
		{"csp-offer-differs", "a person has decided since", all(seenOn("2026-02-28"), otherSKU(20), move("move")), false},
		{"csp-offer-differs", "its SKU is not known", all(seenOn("2026-02-28"), another(RoleInCSP, func(s *Subscription) { s.SKUGUID, s.OfferTitle = "", "Gold Bundle 7" })), false},

		{"wish-impossible", "no such offer", write("offer_wanted", "Gold Bundle 7"), true},
		{"wish-impossible", "an offer on sale", write("offer_wanted", "Microsoft 365 Business Premium"), false},
		{"wish-impossible", "retired", write("offer_wanted", "Microsoft StaffHub"), true},
		{"wish-impossible", "fewer in a transfer", all(nce, write("licences_wanted", "15")), true},
		{"wish-impossible", "nothing written", nce, false},

		{"changed-by-hand", "another number", write("licences_wanted", "15"), true},
		{"changed-by-hand", "another offer", write("offer_wanted", skuBP), true},
		{"changed-by-hand", "no number", write("licences_wanted", "many"), false},
		{"changed-by-hand", "the facts changed", writeOn("licences_wanted", "15", "licences=19; assigned=20"), false},
		{"changed-by-hand", "the facts stand", writeOn("licences_wanted", "15", "licences=20; assigned=20"), true},

		{"exception-accepted", "until tomorrow", all(set(func(s *Subscription) { s.Segment = Charity }), write("accepted_until", "2026-11-24")), true},
		{"exception-accepted", "until today", all(set(func(s *Subscription) { s.Segment = Charity }), write("accepted_until", "2026-11-23")), true},
		{"exception-accepted", "until yesterday", all(set(func(s *Subscription) { s.Segment = Charity }), write("accepted_until", "2026-11-22")), false},
		{"exception-accepted", "nothing to accept", write("accepted_until", "2027-11-23"), false},
		{"exception-accepted", "no day", all(set(func(s *Subscription) { s.Segment = Charity }), write("accepted_until", "soon")), false},

		{"decision-stale", "the number wanted was for other licences", writeOn("licences_wanted", "15", "licences=19; assigned=20"), true},
		{"decision-stale", "the number wanted stands", writeOn("licences_wanted", "15", "licences=20; assigned=20"), false},
		{"decision-stale", "the licences changed", staleIf("licences=19; expires=2027-02-28; price=EUR 120; sku=" + skuE3), true},
		{"decision-stale", "another SKU is to be bought", staleIf("licences=20; expires=2027-02-28; price=EUR 120; sku=" + skuEnded), true},
		{"decision-stale", "nothing changed", staleIf("licences=20; expires=2027-02-28; price=EUR 120; sku=" + skuE3), false},
		{"decision-stale", "written today", move("move"), false},

		{"relationship-pending", "requested", relationship(RelationshipRequested), true},
		{"relationship-pending", "accepted", relationship(RelationshipAccepted), false},
		{"relationship-pending", "late instead", all(relationship(RelationshipNone), func(s *situation) { s.AsOf = day("2027-01-30") }), false},

		{"auto-renew-on", "in 30 days", expires("2026-12-23"), true},
		{"auto-renew-on", "in 31 days", expires("2026-12-24"), false},
		{"auto-renew-on", "today", expires("2026-11-23"), true},
		{"auto-renew-on", "yesterday", expires("2026-11-22"), false},
		{"auto-renew-on", "off", all(expires("2026-12-23"), set(func(s *Subscription) { s.AutoRenew = No })), false},
		{"auto-renew-on", "every month", all(expires("2026-12-23"), set(func(s *Subscription) { s.Term = P1M })), false},

		{"est-default", "off at an NCE partner", all(nce, set(func(s *Subscription) { s.AutoRenew = No })), true},
		{"est-default", "set to cancel", all(nce, set(func(s *Subscription) { s.AutoRenew, s.EndOfTerm = No, EndCancel })), false},
		{"est-default", "not known", all(nce, set(func(s *Subscription) { s.AutoRenew = Unknown })), false},

		{"no-price", "none", set(func(s *Subscription) { s.Price = UnitPrice{} }), true},
		{"no-price", "no currency", set(func(s *Subscription) { s.Currency = "" }), true},
		{"no-price", "a price of nought", set(func(s *Subscription) { s.Price = euros("0", PerMonth) }), false},
		{"no-price", "a price list without it", func(s *situation) { s.Prices = []PriceLine{{ProductID: "OTHER", SKUID: "1"}} }, true},

		{"currency-differs", "two", func(s *situation) { s.Prices = []PriceLine{erp("CHF", "100")} }, true},
		{"currency-differs", "one", func(s *situation) { s.Prices = []PriceLine{erp("EUR", "100")} }, false},
		{"currency-differs", "one not known", set(func(s *Subscription) { s.Price = UnitPrice{} }), false},

		{"no-order-id", "no product", sku(skuEnded, "Project Online Essentials"), true},
		{"no-order-id", "a product", sku(skuE3, ""), false},
		{"no-order-id", "nothing chosen", sku(skuGone, ""), false},

		{"prepaid-lost", "in the middle of a month", expires("2027-02-28"), true},
		{"prepaid-lost", "on the last day", expires("2027-02-23"), false},
		{"prepaid-lost", "billing not known", set(func(s *Subscription) { s.Billing = BillingUnknown }), false},

		{"credit-possible", "direct", set(func(s *Subscription) { s.Channel = Direct }), true},
		{"credit-possible", "volume", set(func(s *Subscription) { s.Channel, s.Programme = Volume, OpenValue }), false},
		{"credit-possible", "nothing unused", expires("2027-02-23"), false},
		{"credit-possible", "unused part not known", set(func(s *Subscription) { s.Price = UnitPrice{} }), true},
		{"credit-possible", "expired", expires("2026-11-22"), false},

		{"unused-seats", "one fewer", licences(20, 19), true},
		{"unused-seats", "equal", licences(20, 20), false},
		{"unused-seats", "a person orders no more than are assigned", all(licences(20, 19), write("licences_wanted", "19")), false},
		{"unused-seats", "ends today", all(licences(20, 19), expires("2026-11-23")), true},
		{"unused-seats", "ended yesterday", all(licences(20, 19), expires("2026-11-22")), false},
		{"unused-seats", "some are in CSP already", all(licences(20, 19), another(RoleInCSP, func(s *Subscription) { s.MigratedFrom, s.Licences = "S-1", Whole(1) })), false},
		{"unused-seats", "the customer leaves", all(licences(20, 19), move("leaves")), false},
		{"unused-seats", "in another region", all(licences(20, 19), country("JP")), false},
		{"unused-seats", "not known", set(func(s *Subscription) { s.Assigned = Count{} }), false},

		{"monthly-renewal", "P1M on", set(func(s *Subscription) { s.Term = P1M }), true},
		{"monthly-renewal", "P1M off", set(func(s *Subscription) { s.Term, s.AutoRenew = P1M, No }), false},
		{"monthly-renewal", "term not known", set(func(s *Subscription) { s.Term = TermUnknown }), false},

		{"promotion", "the source says so", set(func(s *Subscription) { s.Promotion = Yes }), true},
		{"promotion", "the batch tool says so", barred("Subscription is too close to its end.;Subscription has promotions."), true},
		{"promotion", "it is eligible all the same", all(barred("Subscription has promotions."), set(func(s *Subscription) { s.MigrationEligible = Yes })), false},
		{"promotion", "not known", set(func(s *Subscription) { s.Promotion = Unknown }), false},
	}
	tested := map[string]bool{}
	for _, test := range tests {
		tested[test.code] = true
		t.Run(test.code+"/"+test.name, func(t *testing.T) {
			s := newSituation()
			test.edit(s)
			r := s.first(t)
			if got := r.Has(test.code); got != test.fires {
				t.Errorf("got %v, want %v; findings %v, match %v, status %v", got, test.fires, codes(r), r.Match.Class, r.Status)
			}
			checkStatus(t, r)
		})
	}
	for _, rule := range Rules {
		if !tested[rule.Code] && rule.Code != "offer-ambiguous" { // TestAmbiguousOffer
			t.Errorf("rule %s has no test", rule.Code)
		}
	}
}

// checkStatus: the worst finding decides, and findings stand in the order of
// Rules.
func checkStatus(t *testing.T, r *Row) {
	t.Helper()
	want, last := Ready, -1
	for _, f := range r.Findings {
		n := slices.IndexFunc(Rules, func(rule Rule) bool { return rule.Code == f.Code })
		if n <= last {
			t.Errorf("finding %s is out of order: %v", f.Code, codes(r))
		}
		want, last = min(want, Rules[n].Severity), n
	}
	if r.Progress == ProgressDone {
		want = Done
	}
	if r.Status != want {
		t.Errorf("got status %v, want %v from %v", r.Status, want, codes(r))
	}
}

func erp(currency, price string) PriceLine {
	return PriceLine{ProductID: "CFQ7TTC0LF8R", SKUID: "1", Term: P1Y, Billing: Monthly, Currency: currency,
		ERP: euros(price, PerYear).Value, HasERP: true, From: day("2026-01-01")}
}

// many adds further subscriptions of the same customer.
func many(n int) func(*situation) {
	return func(s *situation) {
		for i := range n {
			sub := good()
			sub.SubscriptionID = "M-" + string(rune('A'+i/26)) + string(rune('A'+i%26))
			s.add(RoleSubscription, sub)
		}
	}
}

// notListed takes a SKU out of every price list.
func notListed(guid string) func(*situation) {
	return func(s *situation) {
		s.Catalogue.Sales = append(s.Catalogue.Sales, SaleStatus{SKUGUID: guid, Status: SaleNotListed, From: day("2025-11-01")})
		s.Catalogue.Index()
	}
}

func staleIf(facts string) func(*situation) {
	return func(s *situation) {
		d := decide(keyOf("sub", "s-1"), "decision", "move")
		d.Facts = facts
		s.Decisions = append(s.Decisions, d)
	}
}

func TestAmbiguousOffer(t *testing.T) {
	s := newSituation()
	s.Sub.OfferTitle = "Project Online Essentials"
	twin := *s.Catalogue.SKU(skuEnded)
	twin.GUID, twin.PartNumber = "11111111-0000-4000-8000-00000000000e", "TWIN"
	s.Catalogue.SKUs = append(s.Catalogue.SKUs, twin)
	s.Catalogue.Index()
	s.Sub.SKUGUID = ""
	r := s.first(t)
	if !r.Has("offer-ambiguous") || r.Has("no-equivalent") || r.Status != Decide || r.Next.Code != "next.choose" {
		t.Errorf("two SKUs of one name: got %v %v %v, want offer-ambiguous, decide, next.choose", codes(r), r.Status, r.Next.Code)
	}
	s = newSituation()
	s.Sub.SKUGUID, s.Sub.OfferTitle = "", "Project Online Essentials"
	if r := s.first(t); r.Has("offer-ambiguous") {
		t.Errorf("one SKU of the name: got %v", codes(r))
	}
}

// A row that is done is outside the status tables, whatever was found.
func TestDoneOutranksFindings(t *testing.T) {
	s := newSituation()
	s.Sub.Expires = day("2026-11-01")
	s.Decisions = []Decision{decide(keyOf("sub", "s-1"), "decision", "done")}
	if r := s.first(t); r.Status != Done || !r.Has("expired") {
		t.Errorf("got %v with %v, want done with expired", r.Status, codes(r))
	}
}

func TestRuleTable(t *testing.T) {
	seen := map[string]bool{}
	last := Blocked
	for _, rule := range Rules {
		if seen[rule.Code] || rule.Source == "" || !rule.SourceDate.Known() || rule.Who == "" || rule.fires == nil {
			t.Errorf("rule %q is repeated or incomplete", rule.Code)
		}
		if rule.Severity < last {
			t.Errorf("rule %s stands behind milder ones", rule.Code)
		}
		seen[rule.Code], last = true, rule.Severity
	}
	est := Rules[slices.IndexFunc(Rules, func(r Rule) bool { return r.Code == "est-default" })]
	for _, test := range []struct {
		on   string
		want bool
	}{{"2026-02-08", false}, {"2026-02-09", true}, {"2030-01-01", true}} {
		if got := est.Applies(day(test.on)); got != test.want {
			t.Errorf("est-default on %s: got %v, want %v", test.on, got, test.want)
		}
	}
	closed := Rule{Until: day("2026-03-31")}
	if !closed.Applies(day("2026-03-31")) || closed.Applies(day("2026-04-01")) {
		t.Error("a rule holds on its last day and not after")
	}
}
