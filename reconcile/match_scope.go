package reconcile

import "slices"

// outOfScope tells why a title that means no known offer is nothing to move:
// azure, hardware, domain, third-party, service; empty if it may be an offer
// of Microsoft's. A row taken out of scope leaves the plan, so any word of a
// Microsoft product keeps it in.
func outOfScope(t offerTitle) string {
	if isAzureUsage(t.words) {
		return "azure"
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

// isAzureUsage accepts titles that consist of Azure and words of its billing,
// so that Azure Information Protection is never taken for usage.
func isAzureUsage(words []string) bool {
	return slices.Contains(words, "azure") && !slices.ContainsFunc(words, func(w string) bool { return !azureUsageWords[w] })
}

var azureUsageWords = map[string]bool{
	"azure": true, "plan": true, "usage": true, "consumption": true, "prepayment": true, "credits": true, "pay_as_you_go": true,
	"reservation": true, "reservations": true, "reserved": true, "instance": true, "instances": true, "vm": true, "virtual": true,
	"machine": true, "machines": true, "savings": true, "marketplace": true, "storage": true, "sql": true, "database": true, "backup": true,
	"global": true, "windows": true, "cloud": true, "services": true,
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
