package reconcile

// titleLanguages says the words of offer titles in English, one table a
// language: the words that stand in localised copies of Microsoft's licensing
// table and price lists. Where a language uses one word for both Business and
// Enterprise, it becomes "company", which alone decides nothing; only whole
// product names say which of the two is meant.
var titleLanguages = []string{titleEnglish, titleItalian, titleSpanish, titleFrench, titleGerman, titleDutch, titlePortuguese, titleNordic,
	titlePolish, titleCzech, titleHungarian, titleTurkish, titleRussian}

// titleEnglish are English phrases that must be seen before stop words go.
const titleEnglish = `
no | excluding | excl => without
add on | add ons | addon | addons | add in | add ins | addin => add_on
e commerce => ecommerce
per user | peruser => per_user
per app => per_app
per flow => per_flow
per device => per_device
w out => without
und | et | och | og | y => and
e invoicing => einvoicing
`
