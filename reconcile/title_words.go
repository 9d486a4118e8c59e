package reconcile

import "strings"

// titleDressing is what sellers add to an offer's name. It names the way of
// selling, never the SKU; to the right stands what it tells.
const titleDressing = `
new commerce experience | new commerce | nce | csp =>
qualified offer =>
p1m | p1y | p3y | p1y p1y | monthly | yearly | annually | annual =>
annual commitment | yearly commitment | monthly commitment | annual commit | monthly commit | annual term | yearly term | monthly term | one year commitment | three year commitment =>
p1m m | p1y m | p1y a | p3y m | p3y a | p3y t | pre paid | prepaid annual | annual prepaid | paid yearly | paid monthly | paid annually =>
monthly bill | annual bill | monthly payment | monthly payments | annual payment | yearly payment | billed upfront | billed up front | up front | pay monthly | pay yearly =>
one year | one month | three years | three year =>
billed monthly | billed annually | billed yearly | monthly billing | annual billing | yearly billing | annual billed monthly | commitment | upfront =>
annuale | mensile | mensili | annuali | anual | mensual | mensal | annuel | annuelle | mensuel | mensuelle | jahrlich | monatlich | jaarlijks | maandelijks | rocznie | miesiecznie =>
engagement annuel | engagement mensuel | engagement 1 an | engagement 3 ans | engagement 1 mois | engagement 12 mois | engagement 36 mois =>
abonnement mensuel | abonnement 1 an | abonnement 3 ans | abonnement 1 mois =>
jahresbindung | monatsbindung | jahreslizenz | monatslizenz | monatlich kundbar | jahrlich kundbar | pro monat | pro jahr | je monat | je jahr =>
abonnement lizenz | canone | canone mensile | canone annuale | 1 benutzer | 1 user | fusl =>
monthly pricing | annual pricing | yearly pricing =>
olp | olp nl | olp nl qlfd | qlfd | open shrdsvr | annual qlfd =>
per user per month | per user month | per month | per year =>
license | licenses | licence | licences | licensing | lizenz | lizenzen | licenza | licenze | licencia | licencias | licenca | licencas | licentie | licenties | licencja | licencje =>
subscription | subscriptions | sottoscrizione | abbonamento | suscripcion | assinatura | subskrypcja | abonnement annuel =>
commercial pricing | corporate | commercial price | com mth | com ann | com | ann | mth =>
shrdsvr | shrd svr | shared server | shared all lng | alng | sngl | all lng | subsvl | subvl | subs vl | sub vl | subs | sub | sub per user | subs per user | sub per usr | mvl per user | mvl perusr | perusr | per usr | mvl | olv | monthlysub | monthlysub addon =>
sku =>
nonprofit staff pricing | nonprofits pricing | nonprofit pricing | non profit pricing | non profits pricing | non profit staff pricing | charity pricing => charity
nonprofit | nonprofits | non profit | non profits | not for profit | charity | charities | nfp | npo => charity
promo | promotion | promotional | promozione | promocion | promocao | aktion => promotion
`

// isTrailing tells of words that are dressing at the end of a title only:
// "Commercial" is part of Microsoft Teams Commercial Cloud.
func isTrailing(w string) bool { return w == "commercial" || w == "modern" }

// titleTermUnits are the units in which a length of term is written.
var titleTermUnits = map[string]string{
	"year": "year", "years": "year", "yr": "year", "y": "year", "yrs": "year", "anno": "year", "anni": "year", "ano": "year", "anos": "year",
	"an": "year", "ans": "year", "jahr": "year", "jahre": "year", "jaar": "year", "jaren": "year", "rok": "year", "lata": "year", "ar": "year",
	"ev": "year", "yil": "year", "год": "year", "года": "year", "年": "year",
	"month": "month", "months": "month", "mo": "month", "m": "month", "mos": "month", "mth": "month", "mths": "month", "mese": "month", "mesi": "month",
	"mes": "month", "meses": "month", "mois": "month", "mies": "month", "miesiac": "month", "miesiecy": "month", "monat": "month", "monate": "month", "maand": "month", "maanden": "month",
}

// titleTermCounts are the terms CSP ever sold. Another length is part of a
// product's name.
var titleTermCounts = map[string][]string{"year": {"1", "3", "5", "6"}, "month": {"1", "12", "36", "60", "72"}}

// titleTermWords may follow a length of term.
var titleTermWords = map[string]bool{
	"term": true, "terms": true, "commit": true, "commitment": true, "contract": true, "agreement": true, "prepaid": true,
	"laufzeit": true, "vertrag": true, "contratto": true, "contrato": true, "contrat": true, "engagement": true, "looptijd": true,
}

// isDateWord tells of words that may stand before a day. It is asked for every
// word, and a switch costs a quarter of a map.
func isDateWord(w string) bool {
	switch w {
	case "from", "to", "until", "through", "vom", "von", "bis", "dal", "al",
		"du", "au", "desde", "hasta", "van", "tot":
		return true
	}
	return false
}

// titlePieces are the words that price lists of volume licensing and people in
// a hurry run together: ExchgOnlnPlan1, O365E3. None of them ends in a number.
var titlePieces = pieceSet("office microsoft dynamics windows exchange exchg exch online onln share point sharepoint onedrive visio project proj planner " +
	"power pwr bi pro azure active actv directory drctry prem premium ent enterprise mob mobility and sec security plan piano plano " +
	"o365 m365 d365 w365 ms365 365 win ems aad aip teams business bus apps defender intune")

var longestPiece = 10

func pieceSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// titlePlanWords come before the number of a plan, which is no length of term:
// Exchange Online Plan 1 mth.
var titlePlanWords = map[string]bool{"plan": true, "piano": true, "plano": true, "abonnement": true, "abonnemang": true, "forfait": true, "план": true}

// titleGluedBefore and titleGluedAfter are words that people write together
// with the number that follows or precedes them.
var (
	titleGluedBefore = map[string]bool{
		"plan": true, "piano": true, "plano": true, "abonnement": true, "tier": true, "office": true, "microsoft": true,
		"dynamics": true, "windows": true, "projplan": true, "visioplan": true,
	}
	titleGluedAfter = map[string]bool{
		"gb": true, "tb": true, "vcpu": true, "min": true, "mo": true, "yr": true, "yrs": true, "mth": true, "ram": true, "m": true, "y": true,
	}
)

// titleUnits follow the number they belong to, titleRanks precede it.
var (
	titleUnits = map[string]bool{"gb": true, "tb": true, "vcpu": true, "min": true, "units": true, "unit": true, "seats": true, "seat": true, "jobs": true, "app": true, "apps": true}
	titleRanks = map[string]bool{"tier": true, "band": true, "zone": true}
)

// isStopWord tells of words that carry no meaning in a title once it is English.
// Negations and "per" of per user are not among them.
func isStopWord(w string) bool {
	switch w {
	case "for", "the", "of", "and", "in", "by", "only", "includes", "per":
		return true
	}
	return false
}

// titleSpellings brings abbreviations and joined or parted spellings to the
// words that Microsoft writes.
const titleSpellings = `
ms 365 | ms365 | m365 | msft 365 => microsoft 365
o365 | off365 | microsoft office 365 | ms office 365 => office 365
d365 | dyn365 | dyn 365 | microsoft dynamics 365 | ms dynamics 365 => dynamics 365
dynamics 365 bc | d365 bc => dynamics 365 business central
w365 | win 365 => windows 365
windows azure => azure
microsoft | ms | msft =>
microsoft 365 => microsoft 365
microsoft business center => microsoft business center
aad | azure ad => azure active directory
aip => azure information protection
ems | em s | entmobandsec | ent mob sec => enterprise mobility security
microsoft 365 bp | m365 bp | m365bp | ms 365 bp => microsoft 365 business premium
microsoft 365 bs | m365 bs | m365bs | ms 365 bs => microsoft 365 business standard
microsoft 365 bb | m365 bb | m365bb | ms 365 bb => microsoft 365 business basic
exo | exch online | exchange onl | exch onln | exchg onln => exchange online
exch | exchg => exchange
spo | share point online | sharepoint onl => sharepoint online
share point => sharepoint
odfb | od4b | one drive business | onedrive biz | onedrive company | one drive company => onedrive business
windows store company | store company => windows store business
one drive => onedrive
sfb | s4b | skype4business | skypebusiness | skype company | company skype => skype business
pbi | powerbi | pwr bi | pwrbi => power bi
pwrbipro => power bi pro
ppu => premium per_user
powerapps | powerapp => power apps
powerautomate => power automate
projectonline => project online
visioonline => visio online
projplan => project plan
visioplan => visio plan
azure actv drctry => azure active directory
mdatp => defender endpoint
mdb => defender business
mde => defender endpoint
mdo => defender office 365
mdi => defender identity
mcas => cloud app security
bus => business
std => standard
prem => premium
ent => enterprise
enter prise => enterprise
win => windows
addl | addnl => additional
non prod => nonproduction
non production => nonproduction
dept | department | departments => department
us gov | usgov | us government => usgov
gcc high | gcchigh => gcc_high
governmental community cloud pricing | government community cloud pricing | government community cloud | government pricing gcc => gcc
gov | govt | government => gcc
education faculty pricing | educational faculty pricing | faculties => faculty
education student pricing | educational student pricing | students => student
education pricing => edu
student use benefits | student use benefit | students use benefits | students use benefit | student benefit => students_use_benefit
minutes | mins => min
team member => team members
business central essential => business central essentials
usl => user
eee | ewr | eer | eog => eea
audio conf => audio conferencing
mgmt => management
intl => international
gb ram => gb
mtr => teams rooms
cds database => common data service database
cds file => common data service file
cds log => common data service log
attach to qualifying dynamics 365 base offer | attach to qualifying d365 base offer | attach to qualifying dyn365 base offer => attach
dynamics 365 scm | d365 scm => dynamics 365 supply chain management
sales pro => sales professional
customer service pro => customer service professional
defender company => defender business
pay as you go | payg => pay_as_you_go
pro plus => proplus
free of charge => free
`

// titleNames gives products the one name they are compared by. Renames are
// listed only where the SKU stayed the same for every segment and edition;
// a name that came to mean another SKU is in namesOfOld, with its dates.
const titleNames = `
office 365 => office_365
microsoft 365 => microsoft_365
dynamics 365 => dynamics_365
windows 365 => windows_365
dynamics crm | crm => crm
dynamics 365 plan => dynamics_365_plan
dynamics 365 customer engagement plan => dynamics_365 customer_engagement_plan
dynamics 365 unified operations plan | dynamics 365 unf ops plan enterprise => dynamics_365 operations_plan
dynamics 365 unified operations | dynamics 365 operations => dynamics_365 operations
dynamics 365 retail => dynamics_365 commerce
dynamics 365 customer voice | forms pro => dynamics_365 customer_voice
business central => business_central
customer service => customer_service
customer insights => customer_insights
field service => field_service
supply chain management => supply_chain_management
project operations => project_operations
human resources => human_resources
team members => team_members
power bi => power_bi
power apps => power_apps
power automate | flow => power_automate
logic flows => logic_flows
power pages => power_pages
common data service apps | common data service | cds apps | dataverse => dataverse
ai builder => ai_builder
copilot studio => copilot_studio

enterprise mobility security => enterprise_mobility_security
azure active directory | entra id => entra_id
azure active directory premium | entra id premium => entra_id premium
azure information protection => azure_information_protection
azure advanced threat protection users | azure advanced threat protection | azure atp | defender identity => defender_for_identity
windows defender advanced threat protection | windows defender atp | defender advanced threat protection | defender atp | defender endpoint => defender_for_endpoint
office 365 advanced threat protection | office 365 atp | exchange online advanced threat protection | exchange online atp => defender_for_office_365 atp
defender office 365 => defender_for_office_365
office 365 threat intelligence => defender_for_office_365 p2
cloud app security | defender cloud apps => cloud_app_security
office 365 advanced security management => office_365 cloud_app_security
advanced ediscovery => advanced_ediscovery

office 365 exchange online | exchange online => exchange_online
office 365 sharepoint online | sharepoint online => sharepoint_online
office 365 skype business online => skype_for_business online
onedrive business => onedrive_for_business
skype business => skype_for_business
lync online => skype_for_business online
project essentials => project online essentials
exchange kiosk => exchange_online kiosk
windows store => windows_store
universal print => universal_print
extra file storage => extra_file_storage
audio conferencing | microsoft 365 audio conferencing | pstn conferencing | skype business pstn conferencing => audio_conferencing
teams audio conferencing => teams audio_conferencing
teams phone standard | microsoft 365 phone system | phone system | skype business cloud pbx | cloud pbx => phone_system
teams phone resource account | microsoft 365 phone system virtual user | phone system virtual user | teams phone system virtual user => phone_system virtual_user
common area phone | teams shared devices | teams shared device => shared_devices
meeting room | teams rooms standard | teams room standard => teams rooms standard
calling plan => calling_plan
project client => project_client

microsoft 365 apps | microsoft 365 app => microsoft_365_apps
office 365 proplus | office proplus => microsoft_365_apps enterprise
office 365 business essentials => microsoft_365 business basic
office 365 business premium => microsoft_365 business standard
office 365 business => microsoft_365_apps business
secure productive enterprise => microsoft_365
office 365 k1 | office 365 enterprise k1 | office 365 kiosk k1 => office_365 f1
with teams phone => with teams phone
with teams enterprise => with teams_enterprise
teams enterprise => teams_enterprise
with teams | teams included | including teams | incl teams | includes teams => with_teams
planner project => project
planner p1 => project p1
project online professional | project online pro => project p3
project online premium => project p5
developer pack => developer
`
