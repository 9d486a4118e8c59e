package sheet

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// A tongue is what an export of customers looks like in a language, and the
// encodings that it may come in.
type tongue struct {
	lang, headings, customers string
	encodings                 map[string]encoding.Encoding
}

var (
	westernPages  = map[string]encoding.Encoding{"1252": charmap.Windows1252, "850": charmap.CodePage850}
	centralPages  = map[string]encoding.Encoding{"1250": charmap.Windows1250, "8859-2": charmap.ISO8859_2}
	turkishPages  = map[string]encoding.Encoding{"1254": charmap.Windows1254, "8859-9": charmap.ISO8859_9}
	balticPages   = map[string]encoding.Encoding{"1257": charmap.Windows1257, "8859-13": charmap.ISO8859_13}
	cyrillicPages = map[string]encoding.Encoding{"1251": charmap.Windows1251, "KOI8-R": charmap.KOI8R, "866": charmap.CodePage866, "8859-5": charmap.ISO8859_5}
)

var tongues = []tongue{
	{"it", "Cliente;Prodotto;Quantità;Data di scadenza", "Caffè Sport S.r.l.|Società Agricola Forlì|Università di Cantù|Perché No S.p.A.|Pasticceria Città Alta|Libertà Assicurazioni|Hotel Lungomare Viè|Comune di Nardò|Cooperativa Unità|Però Design", westernPages},
	{"de", "Kunde;Produkt;Anzahl Lizenzen;Läuft ab", "Müller GmbH|Bäckerei Jäger|Großhandel Weiß|Schröder & Söhne|Universität Köln|Stadtwerke München|Österreichische Post|Straßenbau Höß|Kälte Klima Grün|Fürstenfeld KG", westernPages},
	{"fr", "Client;Produit;Quantité;Date d'échéance", "Société Générale|Hôtel Crécy|Garçon & Fils|Boulangerie Besançon|L'Œuvre Française|Théâtre de l'Île|Épicerie Noël|Crédit Coopératif|Lycée Molière|Château Pétrus", westernPages},
	{"es", "Cliente;Producto;Cantidad;Fecha de expiración", "Compañía Española|Información Málaga|Panadería Muñoz|Hotel León|Diseño Gráfico|Construcción Pérez|Asociación Niños|Ayuntamiento Alcalá|Año Nuevo SL|Logística Jerez", westernPages},
	{"pt", "Cliente;Produto;Quantidade;Data de expiração", "São Paulo Comércio|Informação Lda|Construções João|Padaria Conceição|Associação Évora|Município de Guimarães|Irmãos Simões|Câmara de Lisboa|Saúde e Educação|Vinícola Avô", westernPages},
	{"nl", "Klant;Product;Aantal;Vervaldatum", "Geïntegreerd B.V.|Coöperatie Zeeland|Café De Kroon|Financiële Dienst|Ideeën Fabriek|Reünie BV|België Transport|Oriëntatie NV|Patiënt Zorg|Vacuüm Techniek", westernPages},
	{"sv", "Kund;Produkt;Antal;Utgångsdatum", "Malmö Åkeri|Göteborgs Bröd|Företagarna|Västerås Kök|Ängelholm Möbler|Örebro Hälsa|Lindström & Söner|Håkan Bygg|Skärgård AB|Växjö IT", westernPages},
	{"da", "Kunde;Produkt;Antal;Udløbsdato", "Købmand Ærø|Sønderborg Møbler|Ålborg Værft|Jørgensen & Søn|Håndværk ApS|Rådgivning Fyn|Hørsholm Apotek|Grønt Køkken|Smørrebrød Nær|Træ og Stål", westernPages},
	{"fi", "Asiakas;Tuote;Määrä;Päättymispäivä", "Hämeenlinna Oy|Jyväskylä Sähkö|Mäkinen & Pojat|Työterveys|Pääkaupunki|Lähitapiola|Kärkkäinen|Järvi Vesi|Kyläkauppa|Sähkötyö Räsänen", westernPages},
	{"cs", "Zákazník;Produkt;Množství;Datum vypršení platnosti", "Příklad s.r.o.|Škoda Plzeň|Důl Třebíč|Město Brno-Židenice|Kovářství Dvořák|Nemocnice Ústí|Pekařství U Růže|Účetnictví Černý|Český Těšín|Stavby Veselý", centralPages},
	{"sk", "Zákazník;Produkt;Množstvo;Dátum vypršania", "Žilina Stavby|Košice Strojárne|Ľubovňa|Mäso Hôrka|Obec Šaľa|Poľnohospodár|Účtovníctvo Kováč|Nitra Víno|Vŕbové|Dôvera", centralPages},
	{"pl", "Klient;Produkt;Liczba licencji;Data wygaśnięcia", "Spółka Łódź|Usługi Świąteczne|Żółć Kraków|Gdańsk Port|Wieź Sp. z o.o.|Piekarnia Gąsior|Przedsiębiorstwo Źródło|Księgowość Wróbel|Poznań Media|Zakład Śląski", centralPages},
	{"hu", "Ügyfél;Termék;Mennyiség;Lejárat dátuma", "Győr Műhely|Székesfehérvár|Fűszer Kft.|Pécs Építő|Hűtőház|Tűzoltó Zrt.|Kőműves Bt.|Étterem Duna|Egészség|Szőlő Birtok", centralPages},
	{"ro", "Client;Produs;Cantitate;Data expirării", "Timişoara Soft|Braşov Construcţii|Piaţa Unirii|Cluj Învăţământ|Grădina Mică|Bucureşti Pâine|Oraş Iaşi|Fântâna|Sănătate Plus|Brutărie Târgu", centralPages},
	{"hr", "Kupac;Proizvod;Količina;Datum isteka", "Čakovec Mlin|Šibenik Turizam|Đakovo Vino|Žito Požega|Ćuk i Sinovi|Križ Građenje|Osiječka Pivovara|Kovačić d.o.o.|Međimurje|Našice", centralPages},
	{"tr", "Müşteri;Ürün;Miktar;Bitiş tarihi", "İstanbul Şirketi|Ağrı Dağıtım|Eskişehir Sanayi|Çağrı Merkezi|Güneş Enerji|Işık Yayıncılık|Öğretmen Evi|Şeker Fabrikası|Yıldız Çelik|Doğuş Otomotiv", turkishPages},
	{"lt", "Klientas;Produktas;Kiekis;Galiojimo pabaiga", "Šiaulių Duona|Žemaitijos Pienas|Kauno Įmonė|Ąžuolas UAB|Lietuvos Energija, sąskaitos|Panevėžio Statyba|Mažeikių Nafta|Čiurlionio Galerija|Ūkio Bankas|Lėlė", balticPages},
	{"lv", "Klients;Produkts;Daudzums;Derīguma termiņš", "Rīgas Siltums|Liepājas Metalurgs|Jūrmalas Pašvaldība|Ķekava Foods|Daugavpils Mācību centrs|Ēdināšana SIA|Ģimene|Ceļu Pārvalde|Žurnāls Santa|Ūdens Valmierā", balticPages},
	{"et", "Klient;Toode;Kogus;Aegumiskuupäev", "Tööriistad OÜ|Pärnu Lääts|Õunaaed AS|Jõgeva Piim|Võru Mööbel|Šokolaad Žanna|Kärdla Käsitöö|Hiiumaa Äri|Tõrva Põld|Rõngu Pagar", map[string]encoding.Encoding{"1257": charmap.Windows1257, "1252": charmap.Windows1252}},
	{"ru", "Клиент;Продукт;Количество;Дата окончания", "ООО Ромашка|Санкт-Петербург Связь|Москва Строй|ЗАО Вектор|Иванов и партнёры|Северный Завод|Казань Торг|Подписка Плюс|Уральский Банк|Новосибирск Софт", cyrillicPages},
	{"uk", "Клієнт;Продукт;Кількість;Дата закінчення", "ТОВ Київ Зв'язок|Львівська Кав'ярня|Харків Буд|Їжак Софт|Одеса Порт|Дніпро Енергія|Запоріжжя Сталь|Вінниця Хліб|Єдність|Полтава Агро", map[string]encoding.Encoding{"1251": charmap.Windows1251, "koi8u": charmap.KOI8U}},
	{"bg", "Клиент;Продукт;Количество;Дата на изтичане", "София Строй ЕООД|Пловдив Търговия|Варна Пристанище|Бургас Щит|Русе Хляб|Въглища АД|Държавна Банка|Съюз Ъгъл|Златен Рог|Ямбол Вино", map[string]encoding.Encoding{"1251": charmap.Windows1251}},
	{"el", "Πελάτης;Προϊόν;Ποσότητα;Ημερομηνία λήξης", "Αθήνα ΑΕ|Θεσσαλονίκη Τρόφιμα|Ελληνική Εταιρεία|Πάτρα Λιμάνι|Κρήτη Ελαιόλαδο|Ρόδος Ξενοδοχεία|Ήπειρος Γάλα|Ωμέγα Λογιστική|Ίλιον|Σπάρτη", map[string]encoding.Encoding{"1253": charmap.Windows1253, "8859-7": charmap.ISO8859_7}},
	{"he", "לקוח;מוצר;כמות;תאריך תפוגה", "תל אביב תוכנה|ירושלים בנייה|חיפה נמל|שלום ובניו|באר שבע מזון|אור ושמש|הדר יין|נתניה ספנות|רמת גן|עכו", map[string]encoding.Encoding{"1255": charmap.Windows1255}},
	{"ja", "顧客名;製品;数量;有効期限", "株式会社サンプル|東京ソフトウェア株式会社|大阪商事|日本マイクロ工業|有限会社さくら|北海道フーズ|名古屋システム|合同会社みらい|九州電機|横浜デザイン事務所", map[string]encoding.Encoding{"sjis": japanese.ShiftJIS, "eucjp": japanese.EUCJP, "2022jp": japanese.ISO2022JP}},
	{"zh-cn", "客户;产品;数量;到期日期", "北京科技有限公司|上海贸易集团|深圳软件|广州汽车|成都食品厂|中国建筑|南京大学|武汉钢铁|西安电子|杭州网络", map[string]encoding.Encoding{"gbk": simplifiedchinese.GBK}},
	{"zh-tw", "客戶;產品;數量;到期日", "台北科技股份有限公司|高雄貿易|新竹電子|臺灣銀行|國立大學|統一食品|長榮海運|鴻海精密|中華電信|嘉義農會", map[string]encoding.Encoding{"big5": traditionalchinese.Big5}},
	{"ko", "고객;제품;수량;만료일", "서울소프트|부산무역 주식회사|한국전자|대구식품|인천항만|현대건설|삼성물산|광주대학교|제주호텔|대한통운", map[string]encoding.Encoding{"euckr": korean.EUCKR}},
}

// exports makes a file of n customers; seed chooses them.
func (l tongue) export(headings string, enc encoding.Encoding, n int, seed uint64) (text string, content []byte, ok bool) {
	random := rand.New(rand.NewPCG(seed, 7))
	customers := strings.Split(l.customers, "|")
	var b strings.Builder
	b.WriteString(headings + "\n")
	for i := range n {
		fmt.Fprintf(&b, "%s;Microsoft 365 E3;%d;2026-12-31\n", customers[(int(seed)+i*random.IntN(10))%len(customers)], 5+i)
	}
	content, err := enc.NewEncoder().Bytes([]byte(b.String()))
	return b.String(), content, err == nil
}

// An export in any language and encoding is read as it was written, or refused,
// and never read as something else. With headings in the language and a few
// customers it is read.
func TestNoLanguageIsMisread(t *testing.T) {
	const english = "Customer;Product;Quantity;Expires"
	path := filepath.Join(t.TempDir(), "t.csv")
	var read, refused int
	for _, l := range tongues {
		for name, enc := range l.encodings {
			for _, headings := range []string{l.headings, english} {
				for _, n := range []int{1, 3, 25} {
					for seed := range uint64(2) {
						text, content, ok := l.export(headings, enc, n, seed)
						if !ok {
							continue // a letter that this encoding does not have
						}
						if err := os.WriteFile(path, content, 0o600); err != nil {
							t.Fatal(err)
						}
						b, err := Open(context.Background(), path, "t.csv", Options{})
						if err != nil {
							refused++
							if wantRefused(t, err.(*Refusal), CodeEncoding, "t.csv", "settings"); n == 25 {
								t.Errorf("%s in %s, %d rows: %v", l.lang, name, n, err)
							}
							continue
						}
						read++
						if got := textOf(t, b); got != text {
							t.Errorf("%s in %s, %d rows: read as %s: %.100q, want %.100q", l.lang, name, n, b.Encoding, got, text)
						}
						b.Close()
					}
				}
			}
		}
	}
	t.Logf("%d files read, %d refused", read, refused)
	if refused*10 > read {
		t.Errorf("%d files read and %d refused, want nine in ten to be read", read, refused)
	}
}
