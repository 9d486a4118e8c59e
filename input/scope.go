package input

import (
	"slices"
	"strings"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// rowFacts is what decides whether a row is about a licence at all.
type rowFacts struct {
	sub       *reconcile.Subscription
	publisher string
	title     title
}

// A title is the name of an offer, and the role and the note of the rows that it
// takes out of the plan by itself.
type title struct {
	text string
	role reconcile.Role
	note string
}

// scopeOf decides the role of one row: the layout's, unless the row is out of
// scope or an older month of a report that repeats itself.
func (b *builder) scopeOf(row sheet.Row, sub *reconcile.Subscription) (reconcile.Role, string) {
	if b.newest != nil {
		if month, ok := b.newest[strings.ToLower(sub.SubscriptionID)]; ok {
			if day, result := b.column(fMonth).dates.read(b.cell(row, fMonth)); result == dateRead && day < month {
				return reconcile.RoleReference, "an older month of the same subscription"
			}
		}
	}
	if b.layout.scope == nil {
		return reconcile.RoleNone, ""
	}
	b.facts = rowFacts{sub: sub, publisher: b.text(row, fPublisher), title: b.titled}
	return b.layout.scope(&b.facts)
}

// reconScope takes usage and software out of the invoices: the letters before
// an NCE product id tell licences (CFQ7TTC0) from Azure (DZH318Z0) and
// perpetual software (DG7GMGF0).
func reconScope(f *rowFacts) (reconcile.Role, string) {
	switch {
	case strings.HasPrefix(f.sub.ProductID, "DZH318Z0"):
		return reconcile.RoleOutOfScope, "azure"
	case strings.HasPrefix(f.sub.ProductID, "DG7GMGF0"):
		return reconcile.RoleOutOfScope, "software"
	}
	return genericScope(f)
}

// distributorScope completes what a distributor's row leaves open: an NCE
// product is new commerce, a legacy offer id is not.
func distributorScope(f *rowFacts) (reconcile.Role, string) {
	if f.sub.Programme == reconcile.ProgrammeUnknown {
		switch {
		case f.sub.ProductID != "":
			f.sub.Programme = reconcile.NCE
		case isGUID(f.sub.OfferID):
			f.sub.Programme = reconcile.Legacy
		}
	}
	return reconScope(f)
}

// apiScope tells the two sides of Partner Center's own list of subscriptions
// apart: a new commerce product is in CSP already, a legacy offer is to be
// moved.
func apiScope(f *rowFacts) (reconcile.Role, string) {
	if role, note := reconScope(f); role != reconcile.RoleNone {
		return role, note
	}
	switch {
	case f.sub.ProductID != "":
		f.sub.Programme, f.sub.Channel = reconcile.NCE, reconcile.ChannelUnknown
		return reconcile.RoleInCSP, ""
	case isGUID(f.sub.OfferID):
		f.sub.Programme, f.sub.Channel = reconcile.Legacy, reconcile.LegacyCSP
	}
	return reconcile.RoleNone, ""
}

// otherMakers are words of products that other publishers sell through the
// same distributors.
var otherMakers = []string{"adobe", "creativecloud", "photoshop", "acrobat", "illustratorforteams", "indesign", "premierepro", "lightroom", "autodesk", "vmware"}

// microsoftNames are what only Microsoft's offers are called by.
var microsoftNames = []string{
	"microsoft", "office365", "o365", "m365", "dynamics365", "d365", "exchange", "sharepoint", "onedrive", "teams", "powerbi", "powerapps",
	"powerautomate", "powerpages", "visio", "windows", "enterprisemobility", "intune", "entra", "azure", "defender", "copilot", "viva",
	"purview", "businesspremium", "businessbasic", "businessstandard", "appsforbusiness", "appsforenterprise",
}

// genericScope takes rows of other publishers, and Azure consumption, out of
// the plan. Azure in an offer's name is not enough: Azure AD and Azure
// Information Protection are licences. Nor is a publisher: many people write
// the distributor there, and a subscription left out of the plan runs out
// unnoticed.
func genericScope(f *rowFacts) (reconcile.Role, string) {
	if !blank(f.publisher) && !isMicrosoft(fold(f.publisher)) && !isMicrosofts(fold(f.title.text), f.sub) {
		return reconcile.RoleOutOfScope, "publisher " + shorten(strings.Clone(f.publisher), 40)
	}
	return f.title.role, f.title.note
}

func newTitle(text string) title {
	t := title{text: text}
	folded := fold(text)
	switch folded {
	case "azureplan", "microsoftazure", "microsoftazureplan", "azuresubscription", "microsoftazuresubscription", "azure", "azureusage",
		"azureplanmicrosoftazure", "azurereservation", "microsoftazurepayasyougo":
		t.role, t.note = reconcile.RoleOutOfScope, "azure"
		return t
	}
	for _, maker := range otherMakers {
		if strings.HasPrefix(folded, maker) || strings.HasPrefix(folded, "subscriptionfor"+maker) {
			t.role, t.note = reconcile.RoleOutOfScope, "other publisher"
		}
	}
	return t
}

func isMicrosoft(publisher string) bool {
	return strings.Contains(publisher, "microsoft") || publisher == "msft" || publisher == "ms"
}

// isMicrosofts reports whether an offer is Microsoft's by its ids or its name.
func isMicrosofts(title string, sub *reconcile.Subscription) bool {
	if sub.ProductID != "" || isGUID(sub.SKUGUID) || isGUID(sub.OfferID) {
		return true
	}
	return slices.ContainsFunc(microsoftNames, func(name string) bool { return strings.Contains(title, name) })
}
