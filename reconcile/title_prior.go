package reconcile

// A priorName is a name that a SKU carried and that no dated table holds.
// It applies until that day; zero: it never came to mean anything else.
type priorName struct {
	part  string
	name  string
	until Date
}

// namesOfOld are further names of SKUs: names older than the oldest version of
// Microsoft's licensing table, names it never adopted, and names that later
// went to another SKU.
var namesOfOld = []priorName{
	// On 2020-04-01 Microsoft 365 F1 became F3 and a smaller F1 appeared.
	{"SPE_F1", "Microsoft 365 F1", NewDate(2020, 4, 1)},
	// Endpoint Plan 1 appeared in November 2021; the product sold before is Plan 2.
	{"WIN_DEF_ATP", "Microsoft Defender for Endpoint Plan 2", 0},
	// Premium P2 appeared in September 2016; before, there was one Premium.
	{"AAD_PREMIUM", "Azure Active Directory Premium", NewDate(2016, 9, 15)},
	{"EMS", "Enterprise Mobility Suite", 0},
	{"RIGHTSMANAGEMENT", "Azure Information Protection Premium P1", 0},
	{"RIGHTSMANAGEMENT", "Azure Rights Management Premium", 0},
	{"RIGHTSMANAGEMENT", "Azure Rights Management", 0},
	{"INTUNE_A", "Microsoft Intune Plan 1", 0},
	{"INTUNE_A", "Windows Intune", 0},
	{"INTUNE_A", "Windows Intune Plan A", 0},
	{"INTUNE_A_D", "Microsoft Intune Plan 1 Device", 0},
	{"INTUNE_A_D", "Intune per-device for Enterprise", 0},
	{"INTUNE_A_VL", "Microsoft Intune Volume License", 0},
	{"INTUNE_A_VL", "Microsoft Intune VL", 0},
	{"ADV_COMMS", "Advanced Communications add-on for Microsoft Teams", 0},
	{"CDS_DB_CAPACITY", "Dataverse Database Capacity add-on", 0},
	{"CDS_FILE_CAPACITY", "Dataverse File Capacity add-on", 0},
	{"CDS_LOG_CAPACITY", "Dataverse Log Capacity add-on", 0},
	{"CRMSTORAGE", "CRM Online Additional Storage", 0},
	{"CRMSTORAGE", "CRM Storage", 0},
	{"CRMTESTINSTANCE", "CRM Online Additional Test Instance", 0},
	{"CRMTESTINSTANCE", "CRM Online Additional Non-Production Instance", 0},
	{"CRMTESTINSTANCE", "CRM Test Instance", 0},
	{"CRMINSTANCE", "CRM Online Additional Production Instance", 0},
	{"CRMINSTANCE", "CRM Instance", 0},
	{"CRMPLAN2", "CRM Online Plan 2", 0},
	{"CRMSTANDARD", "CRM Online Professional", 0},
	{"CRMSTANDARD_GCC", "CRM Online Professional for Government", 0},
	{"CRM_HYBRIDCONNECTOR", "CRM Hybrid Connector", 0},
	{"DYN365_ENTERPRISE_PLAN1", "Dynamics 365 Customer Engagement Plan Enterprise Edition", 0},
	{"DYN365_ENTERPRISE_PLAN1", "Dynamics 365 Plan 1 Enterprise Edition", 0},
	{"PROJECTCLIENT", "Project Pro for Office 365", 0},
	{"PROJECTESSENTIALS", "Project Lite", 0},
	{"VISIOCLIENT", "Visio Pro for Office 365", 0},
	{"VISIOCLIENT_FACULTY", "Visio Online Plan 2 for Faculty", 0},
	{"VISIOCLIENT_GOV", "Visio Online Plan 2 for GCC", 0},
	{"VISIOCLIENT_FACULTY", "Visio Pro for Office 365 for Faculty", 0},
	{"VISIOCLIENT_GOV", "Visio Pro for Office 365 for GCC", 0},
	{"WACONEDRIVESTANDARD", "OneDrive for Business with Office Online", 0},
	{"WACONEDRIVESTANDARD", "OneDrive for Business with Office Web Apps", 0},
	{"SHAREPOINTSTORAGE", "SharePoint Online Storage", 0},
	{"SHAREPOINTSTORAGE", "Office 365 Additional Storage", 0},
	{"EQUIVIO_ANALYTICS", "Office 365 Advanced eDiscovery", 0},
	{"POWERAPPS_VIRAL", "Microsoft PowerApps (Free)", 0},
	{"POWERAPPS_DEV", "Power Apps Developer Plan", 0},
	{"DYN365_RETAIL_TRIAL", "Dynamics 365 for Retail Trial", 0},
	{"TEAMS_EXPLORATORY", "Microsoft Teams Exploratory Trial", 0},
	{"CCIBOTS_PRIVPREV_VIRAL", "Dynamics 365 AI for Customer Service Virtual Agents Viral", 0},
	{"MCOPSTNPP", "Communications Credits Calling Plan", 0},
	{"LITEPACK", "Office 365 (Plan P1)", 0},
	{"DESKLESSPACK", "Office 365 (Plan K1)", 0},
	{"PROJECTONLINE_PLAN_1", "Project Online Plan 1", 0},
	{"PROJECTONLINE_PLAN_1_FACULTY", "Project Online Plan 1 for Faculty", 0},
	{"PROJECTONLINE_PLAN_2", "Project Online Plan 2", 0},
	{"PROJECTONLINE_PLAN_2", "Project Online with Project Pro for Office 365", 0},
}
