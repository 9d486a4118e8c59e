package reconcile

// The words of titles in Polish, Czech, Hungarian, Turkish and Russian.
// What follows its noun there, as "Teams nélkül", becomes "lacking", which
// settle turns round.

const titlePolish = `
dla | i | do =>
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
na uzytkownika => per_user
na aplikacje => per_app
na przeplyw => per_flow
urzadzenie => device
minut => minutes
konferencje glosowe | konferencja audio | konferencje audio => audio conferencing
system telefoniczny => phone system
archiwizacja => archiving
archiwizacja exchange online => exchange online archiving
z => with
pakiet | pakietu | pakiety => pack
firm | firma => company
srednie firmy => midsize business
male firmy => small business
wersja bezplatna | wersja darmowa | darmowy | darmowa => free
bezplatnie => free
programu | uslugi | uslugi =>
sklep windows => windows store
klienta project => project client
przedsiebiorstw | dla przedsiebiorstw => enterprise
roczna | roczny | miesieczna | miesieczny | platnosc miesieczna | rozliczenie miesieczne | subskrypcja roczna =>
uzytkownika => user
urzadzenia => device
standardowy | standardowa => standard
podstawowy | podstawowa => basic
`

// titleCzech has no entry for "pro" alone, which is also a product name.
const titleCzech = `
plán | plánu => plan
ve =>
bez => without
pro studenty => students
pro vyučující | pro učitele | pro pedagogy => faculty
pro státní správu | pro veřejnou správu => government
pro firmy | pro podnikatele => company
pro zákazníky service => customer service
zvukové konference | zvuková konference | audiokonference => audio conferencing
telefonní systém => phone system
základní => basic
zkušební verze => trial
doplněk => add_on
zdarma => free
archivace => archiving
ročně | měsíčně | roční | měsíční | roční předplatné | měsíční platba | předplatné =>
uživatele => user
zařízení => device
středně velké firmy => midsize business
`

const titleHungarian = `
1 csomag => p1
2 csomag => p2
3 csomag => p3
5 csomag => p5
csomag => plan
nélkül => lacking
ingyenes => free
próbaverzió => trial
bővítmény => add_on
hanganyag konferencia | hangkonferencia => audio conferencing
éves | havi | előfizetés =>
oktatók => faculty
diákok | tanulók => students
`

const titleTurkish = `
için | ve =>
planı => plan
olmadan | hariç => lacking
işletme | iş => company
kurumsal => enterprise
ücretsiz => free
deneme | deneme sürümü => trial
eklentisi | eklenti => add_on
sesli konferans => audio conferencing
telefon sistemi => phone system
öğrenciler | öğrenci => students
öğretim görevlileri | öğretmenler | eğitimciler => faculty
kamu => government
yıllık | aylık | abonelik | aboneliği =>
kullanıcı başına => per_user
`

const titleRussian = `
для | и =>
с => with
без => without
план | планы | плана | тарифный план => plan
для бизнеса | бизнеса => company
корпоративный | корпоративная | корпоративные => enterprise
бизнес базовый => business basic
бизнес стандарт => business standard
бизнес премиум => business premium
учащихся | студентов => students
преподавателей | сотрудников учебных заведений => faculty
государственных учреждений | госорганов => government
пробная версия => trial
бесплатный | бесплатная | бесплатно => free
надстройка | надстройки | дополнение => add_on
аудиоконференции | аудиоконференций | аудиоконференцсвязь | аудиоконференц связь => audio conferencing
телефонная система | телефонной системы => phone system
магазин windows => windows store
на пользователя => per_user
пользователя => user
мин | минут => minutes
годовая | годовой | ежемесячно | ежегодно | месячная | подписка =>
`
