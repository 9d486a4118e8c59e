package reconcile

import (
	"slices"
	"strings"
)

// outOfScope tells why a title that means no known offer is nothing to move:
// azure, hardware, domain, third-party, service; empty if it may be an offer
// of Microsoft's. A row taken out of scope leaves the plan, so any word of a
// Microsoft product keeps it in, unless the title names a publisher who sells
// beside Microsoft's offers (Veeam Backup for Microsoft 365).
func outOfScope(t offerTitle) string {
	if isAzureUsage(t.words) {
		return "azure"
	}
	for _, w := range t.words {
		if publishers[w] {
			return "third-party"
		}
	}
	for _, w := range t.words {
		if titleFamilies[w] {
			return ""
		}
	}
	for _, w := range t.words {
		if why := outOfScopeWords[w]; why != "" {
			return why
		}
	}
	return ""
}

// isAzureUsage accepts titles of Azure and what meters it, with whatever region
// or size stands beside, and titles of nothing but words of its bills. A
// licence that is merely named after Azure (Azure Information Protection) is
// one word here and no usage; one that is spelled wrongly stays in the plan.
func isAzureUsage(words []string) bool {
	if !slices.Contains(words, "azure") {
		return false
	}
	metered := slices.ContainsFunc(words, func(w string) bool { return azureMeters[w] })
	return !slices.ContainsFunc(words, func(w string) bool {
		if metered {
			return titleFamilies[w] && !azureUsageWords[w]
		}
		return !azureUsageWords[w] && !azureRegions[w] && !isAzureNumber(w)
	})
}

// isAzureNumber tells whether a word is the number, size or product id of a
// resource. P1 and E3 are plans of licences, and 365 is a family of them.
func isAzureNumber(w string) bool {
	plan := len(w) == 2 && strings.IndexByte("aefgp", w[0]) >= 0
	return strings.ContainsAny(w, "0123456789") && !plan && !strings.Contains(w, "365")
}

// azureMeters say by themselves that something is billed as it is used.
var azureMeters = map[string]bool{
	"usage": true, "consumption": true, "pay_as_you_go": true, "prepayment": true, "reservation": true, "reservations": true, "reserved": true,
	"utilizzo": true, "consumo": true, "verbrauch": true, "nutzung": true, "consommation": true, "utilisation": true, "uso": true, "verbruik": true,
}

var azureUsageWords = map[string]bool{
	"azure": true, "plan": true, "credits": true, "instance": true, "instances": true, "vm": true, "virtual": true,
	"machine": true, "machines": true, "savings": true, "marketplace": true, "storage": true, "sql": true, "database": true, "backup": true,
	"global": true, "windows": true, "cloud": true, "service": true, "services": true, "desktop": true, "monitor": true, "bandwidth": true,
}

// azureRegions are the words that the names of its regions are made of.
var azureRegions = map[string]bool{
	"west": true, "east": true, "north": true, "south": true, "central": true, "northeast": true, "southeast": true, "southcentral": true,
	"europe": true, "eu": true, "us": true, "uk": true, "uae": true, "asia": true, "africa": true, "brazil": true, "canada": true, "france": true,
	"germany": true, "india": true, "italy": true, "japan": true, "korea": true, "norway": true, "poland": true, "spain": true, "sweden": true,
	"switzerland": true, "australia": true, "westeurope": true, "northeurope": true,
}

// titleFamilies are the canonical words of which one is enough to keep a title
// in scope.
var titleFamilies = map[string]bool{
	"office_365": true, "microsoft_365": true, "dynamics_365": true, "windows_365": true, "microsoft_365_apps": true, "office": true,
	"exchange_online": true, "exchange": true, "sharepoint_online": true, "sharepoint": true, "onedrive_for_business": true, "onedrive": true,
	"skype_for_business": true, "skype": true, "teams": true, "power_bi": true, "power_apps": true, "power_automate": true, "power_pages": true,
	"entra_id": true, "entra": true, "azure": true, "azure_information_protection": true, "intune": true, "enterprise_mobility_security": true,
	"defender": true, "defender_for_office_365": true, "defender_for_endpoint": true, "defender_for_identity": true, "purview": true,
	"visio": true, "project": true, "planner": true, "windows": true, "crm": true, "nav": true, "copilot": true, "copilot_studio": true, "viva": true,
	"yammer": true, "dataverse": true, "stream": true, "sql": true, "365": true, "phone_system": true, "audio_conferencing": true, "bing": true,
}

// publishers are names that no offer of Microsoft's bears.
var publishers = map[string]bool{
	"veeam": true, "acronis": true, "barracuda": true, "mimecast": true, "proofpoint": true, "skykick": true, "avepoint": true, "dropsuite": true,
	"hornetsecurity": true, "codetwo": true, "exclaimer": true, "datto": true, "sophos": true, "bitdefender": true, "kaspersky": true,
	"malwarebytes": true, "webroot": true, "teamviewer": true, "lastpass": true, "adobe": true, "autodesk": true, "mcafee": true, "symantec": true,
}

// outOfScopeWords are what managed service providers and distributors list
// beside Microsoft's offers, in the languages of the exports.
var outOfScopeWords = map[string]string{
	"laptop": "hardware", "notebook": "hardware", "workstation": "hardware", "monitor": "hardware", "printer": "hardware",
	"drucker": "hardware", "stampante": "hardware", "impresora": "hardware", "imprimante": "hardware", "headset": "hardware", "keyboard": "hardware",
	"mouse": "hardware", "router": "hardware", "switch": "hardware", "firewall": "hardware", "wifi": "hardware", "ups": "hardware", "nas": "hardware",
	"docking": "hardware", "toner": "hardware", "hardware": "hardware", "iphone": "hardware", "ipad": "hardware", "smartphone": "hardware",
	"domain": "domain", "dominio": "domain", "domaine": "domain", "dns": "domain", "hosting": "domain", "ssl": "domain", "webspace": "domain",
	"adobe": "third-party", "acrobat": "third-party", "photoshop": "third-party", "illustrator": "third-party", "autocad": "third-party",
	"autodesk": "third-party", "google": "third-party", "dropbox": "third-party", "zoom": "third-party", "slack": "third-party",
	"salesforce": "third-party", "atlassian": "third-party", "jira": "third-party", "symantec": "third-party", "norton": "third-party",
	"mcafee": "third-party", "sophos": "third-party", "eset": "third-party", "kaspersky": "third-party", "bitdefender": "third-party",
	"acronis": "third-party", "veeam": "third-party", "barracuda": "third-party", "mimecast": "third-party", "proofpoint": "third-party",
	"webroot": "third-party", "malwarebytes": "third-party", "teamviewer": "third-party", "lastpass": "third-party", "keeper": "third-party",
	"cisco": "third-party", "vmware": "third-party", "citrix": "third-party", "docusign": "third-party", "skykick": "third-party",
	"consulting": "service", "helpdesk": "service", "onboarding": "service", "installation": "service",
}
