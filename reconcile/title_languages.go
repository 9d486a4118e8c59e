package reconcile

// titleCJK parts Japanese and Chinese words, which are written without blanks,
// and says them in English.
var titleCJK = []struct{ from, to string }{
	{"プラン", "plan"}, {"教職員", "faculty"}, {"学生", "student"}, {"政府機関", "government"}, {"非営利団体", "nonprofit"},
	{"試用版", "trial"}, {"アドオン", "add-on"}, {"無料", "free"}, {"電話会議", "audio conferencing"}, {"電話システム", "phone system"},
	{"ユーザー単位", "per user"}, {"ユーザーごと", "per user"}, {"デバイス", "device"}, {"アーカイブ", "archiving"},
	{"なし", ""}, {"一般法人", "business"}, {"向け", " "}, {"用", " "}, {"付き", "with"}, {"の", " "}, {"と", " "},
	{"计划", "plan"}, {"教师", "faculty"}, {"免费", "free"}, {"플랜", "plan"},
}

// titleLanguages says the words of offer titles in English, one table a
// language: the words that stand in localised copies of Microsoft's licensing
// table and price lists. Where a language uses one word for both Business and
// Enterprise, only whole product names are listed: nothing is guessed.
var titleLanguages = []string{titleEnglish, titleItalian, titleSpanish, titleFrench, titleGerman, titleDutch, titlePortuguese, titlePolish, titleOthers}

// titleEnglish are English phrases that must be seen before stop words go.
const titleEnglish = `
add on | add ons | addon | addons | add in | add ins | addin => add_on
e commerce => ecommerce
e invoicing => einvoicing
`

const titleItalian = `
piano | piani => plan
per | di | del | della | dello | dei | degli | delle | da | il | gli | le | con | e =>
senza => without
aziende | le aziende | per le aziende => business
piccole imprese | le piccole imprese => small business
medie imprese => midsize business
docenti | facolta | insegnanti | corpo docente => faculty
studenti => students
enti pubblici | pubblica amministrazione | governo => government
no profit | senza scopo di lucro | organizzazioni no profit => charity
prova | versione di prova | valutazione | versione di valutazione => trial
componente aggiuntivo | componenti aggiuntivi => add_on
gratuito | gratuita | gratis => free
per utente => per user
per app => per app
per flusso => per flow
per dispositivo => per device
dispositivo => device
utente => user
minuti => minutes
chiamate | chiamata => calling
nazionali | nazionale => domestic
internazionali | internazionale => international
piano per chiamate | piano di chiamata | piano chiamate => calling plan
audioconferenza | audioconferenze | servizi di audioconferenza | servizio di audioconferenza => audio conferencing
sistema telefonico => phone system
utente virtuale => virtual user
telefono area comune | telefono per aree comuni => common area phone
crediti di comunicazione | crediti comunicazioni => communications credits
stampa universale => universal print
archiviazione file aggiuntiva | spazio di archiviazione file aggiuntivo => extra file storage
archiviazione di exchange online => exchange online archiving
protezione avanzata dalle minacce => advanced threat protection
conformita avanzata => advanced compliance
servizio clienti => customer service
membri del team => team members
vendite => sales
app per la logica => logic
funzionalita multi geografiche => multi geo capabilities
`

const titleSpanish = `
plan del proyecto | plan de proyecto => project plan
planes => plan
para | de | del | la | el | los | las | con | y =>
sin => without
skype empresarial | skype para empresas => skype for business
onedrive para la empresa | onedrive para empresas | onedrive empresarial => onedrive for business
windows store para empresas | tienda windows para empresas => windows store for business
pequenas empresas | pequena empresa => small business
medianas empresas | mediana empresa => midsize business
pequenas y medianas empresas => small and medium business
profesores | profesorado | docentes | personal docente => faculty
estudiantes | alumnos => students
gobierno | administracion publica => government
sin fines de lucro | sin animo de lucro | organizaciones sin animo de lucro => charity
prueba | version de prueba | evaluacion => trial
complemento | complementos => add_on
gratuita => free
por usuario => per user
por aplicacion => per app
por flujo => per flow
por dispositivo => per device
usuario => user
usuario virtual => virtual user
minutos => minutes
llamadas | llamada => calling
nacionales => domestic
internacionales | internacional => international
plan de llamadas => calling plan
plan de llamadas nacionales => domestic calling plan
rtc => pstn
audioconferencia | audioconferencias | conferencia de audio => audio conferencing
telefono de area comun | telefono de zona comun => common area phone
sala de reuniones => meeting room
creditos de comunicaciones | creditos de comunicacion => communications credits
impresion universal => universal print
almacenamiento de archivos adicional | almacenamiento adicional de archivos => extra file storage
archivado => archiving
archivado de exchange online => exchange online archiving
proteccion contra amenazas avanzada | proteccion contra amenazas avanzadas => advanced threat protection
cumplimiento avanzado => advanced compliance
inteligencia sobre amenazas => threat intelligence
atencion al cliente | servicio de atencion al cliente | servicio al cliente => customer service
miembros del equipo => team members
ventas => sales
cliente de project => project client
esenciales => essentials
basico => basic
estandar => standard
maquinas adicionales => additional machines
escenario => scenario
capacidad => capacity
capacidades multigeograficas => multi geo capabilities
departamento => department
aplicaciones de microsoft 365 => microsoft 365 apps
sala de teams => teams room
`

const titleFrench = `
pour | du | des | les | avec | et | par =>
sans => without
skype entreprise => skype for business
onedrive entreprise | onedrive pour entreprises => onedrive for business
windows store pour entreprises => windows store for business
petites entreprises | petite entreprise => small business
entreprise de taille moyenne | moyennes entreprises => midsize business
enseignants | faculte | corps enseignant | professeurs => faculty
etudiants | eleves => students
gouvernement | administrations | secteur public => government
sans but lucratif | a but non lucratif | organisations a but non lucratif => charity
essai | version d'essai | version essai | version d'evaluation => trial
module complementaire | complement => add_on
gratuit | gratuite => free
par utilisateur => per user
par application => per app
par flux => per flow
par appareil => per device
appareil => device
utilisateur virtuel => virtual user
appels => calling
nationaux => domestic
internationaux => international
plan d'appels | forfait d'appels | forfait appels | plan appels => calling plan
conference audio | audioconference => audio conferencing
systeme telephonique => phone system
telephone de zone commune | telephone pour zone commune => common area phone
credits de communication | credits de communications => communications credits
impression universelle => universal print
stockage de fichiers supplementaire => extra file storage
archivage => archiving
archivage exchange online => exchange online archiving
protection avancee contre les menaces => advanced threat protection
conformite avancee => advanced compliance
service client => customer service
membres de l'equipe | membres d'equipe => team members
ventes => sales
client project => project client
standard => standard
applications microsoft 365 => microsoft 365 apps
`

const titleGerman = `
fur | von | der | die | das | den | dem | mit | und =>
ohne => without
windows store fur unternehmen => windows store for business
kleine unternehmen | kleinunternehmen => small business
mittelstandische unternehmen | mittelstand => midsize business
lehrkrafte | lehrpersonal | dozenten | lehrer => faculty
studierende | studenten | schuler | schuler und studenten => students
behorden | regierung | regierungsbehorden => government
gemeinnutzig | gemeinnutzige organisationen | gemeinnutzige => charity
testversion | test version | probeversion => trial
kostenlos | kostenlose version => free
pro benutzer | je benutzer => per user
pro app => per app
pro flow => per flow
pro gerat => per device
gerat => device
virtueller benutzer => virtual user
minuten => minutes
anrufe => calling
inlandsanrufe | inlandsgesprache => domestic calling
inlands => domestic
auslands => international
anrufplan => calling plan
inlandsanrufplan | anrufplan fur inlandsgesprache => domestic calling plan
audiokonferenz | audiokonferenzen => audio conferencing
telefonsystem => phone system
telefon fur gemeinschaftsbereiche | telefon fur gemeinsame bereiche => common area phone
kommunikationsguthaben | guthaben fur kommunikation => communications credits
universeller druck => universal print
zusatzlicher dateispeicher => extra file storage
archivierung => archiving
exchange online archivierung => exchange online archiving
erweiterter bedrohungsschutz => advanced threat protection
erweiterte compliance => advanced compliance
kundendienst | kundenservice => customer service
teammitglieder => team members
vertrieb => sales
project client => project client
zusatzliche => additional
`

const titleDutch = `
abonnement | abonnementen => plan
voor | van | de | het | een | met | en =>
zonder => without
bedrijven => business
kleine bedrijven => small business
middelgrote bedrijven => midsize business
ondernemingen | grote ondernemingen => enterprise
docenten | faculteit | personeel => faculty
studenten | leerlingen => students
overheid => government
zonder winstoogmerk => charity
proefversie | proefabonnement | proef => trial
invoegtoepassing | invoeg toepassing => add_on
per gebruiker => per user
per stroom => per flow
per apparaat => per device
apparaat => device
virtuele gebruiker => virtual user
bellen | oproep | oproepen => calling
binnenland | binnenlands | binnenlandse => domestic
internationaal | internationale => international
belplan | belabonnement => calling plan
audiovergaderen | audioconferentie | audiovergaderingen => audio conferencing
telefoonsysteem => phone system
telefoon voor gemeenschappelijke ruimte | telefoon in gemeenschappelijke ruimte => common area phone
communicatietegoed | communicatie tegoed => communications credits
universeel afdrukken => universal print
extra bestandsopslag => extra file storage
archivering => archiving
exchange online archivering => exchange online archiving
geavanceerde beveiliging tegen bedreigingen => advanced threat protection
geavanceerde compliance => advanced compliance
klantenservice => customer service
teamleden => team members
verkoop => sales
hoofdzaken | hoofd zaken => essentials
basis => basic
ontwikkelaar => developer
`

const titlePortuguese = `
plano => plan
do | dos | das | ao | com =>
sem => without
skype para empresas => skype for business
onedrive para empresas => onedrive for business
windows store para empresas => windows store for business
pequenas empresas => small business
medias empresas => midsize business
corpo docente | professores => faculty
estudantes | alunos => students
governo => government
sem fins lucrativos => charity
avaliacao | versao de avaliacao | teste => trial
suplemento => add_on
gratuito => free
por usuario | por utilizador => per user
por aplicativo | por aplicacao => per app
por fluxo => per flow
por dispositivo => per device
chamadas => calling
nacionais | domesticas => domestic
internacionais => international
plano de chamadas => calling plan
audioconferencia => audio conferencing
sistema de telefonia | sistema telefonico => phone system
telefone de area comum => common area phone
creditos de comunicacao | creditos de comunicacoes => communications credits
impressao universal => universal print
armazenamento extra de arquivos | armazenamento de arquivos extra => extra file storage
arquivamento => archiving
arquivamento do exchange online => exchange online archiving
protecao avancada contra ameacas => advanced threat protection
conformidade avancada => advanced compliance
atendimento ao cliente => customer service
membros da equipe => team members
vendas => sales
padrao => standard
cliente do project => project client
departamento => department
`

const titlePolish = `
dla | z | i | do =>
bez => without
malych firm => small business
srednich firm => midsize business
wykladowcow | nauczycieli | kadry => faculty
studentow | uczniow => students
rzadu | instytucji rzadowych => government
organizacji non profit | organizacji pozytku publicznego => charity
wersja probna => trial
dodatek => add_on
bezplatny | bezplatna => free
na uzytkownika => per user
na aplikacje => per app
na przeplyw => per flow
urzadzenie => device
minut => minutes
konferencje glosowe | konferencja audio | konferencje audio => audio conferencing
system telefoniczny => phone system
archiwizacja => archiving
archiwizacja exchange online => exchange online archiving
`

const titleOthers = `
för | til | och | og | av | af | ja | için | ve | для | и | с =>
utan | uden | uten | ilman | без | nélkül => without
план | планы | plán => plan
studerande | öğrenciler | учащихся | студентов => students
lärare | преподавателей => faculty
пробная версия => trial
provversion | prøveversion | kokeiluversio => trial
бесплатный => free
`
