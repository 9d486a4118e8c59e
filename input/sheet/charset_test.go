package sheet

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// encoded writes a text in another encoding.
func encoded(t testing.TB, enc encoding.Encoding, text string) []byte {
	t.Helper()
	b, err := enc.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// textOf reads a file back as the text it was made of.
func textOf(t testing.TB, b *Book) string {
	t.Helper()
	got, err := rows(b.Sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, row := range got {
		_, cells, _ := strings.Cut(row, ":")
		text.WriteString(strings.ReplaceAll(cells, "|", ";") + "\n")
	}
	return text.String()
}

func TestCharset(t *testing.T) {
	le, be := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	tests := []struct {
		name, want string
		enc        encoding.Encoding
		text       string
	}{
		{"ASCII", "UTF-8", encoding.Nop, "Name;City\nContoso;Rome\n"},
		{"UTF-8", "UTF-8", encoding.Nop, "Nome;Città\nCaffè;Łódź 東京 😀\n"},
		{"UTF-8 with mark", "UTF-8", unicode.UTF8BOM, "Nome;Città\nCaffè;Łódź\n"},
		{"UTF-16LE with mark", "UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "Nome;Città\nCaffè;東京 😀\n"},
		{"UTF-16BE with mark", "UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "Nome;Città\nCaffè;東京\n"},
		{"UTF-16LE", "UTF-16LE", le, "Nome;Città\nCaffè;Forlì\n"},
		{"UTF-16BE", "UTF-16BE", be, "Nome;Città\nCaffè;Forlì\n"},
		{"UTF-16LE, few Latin characters", "UTF-16LE", le, "顧客名;製品\n株式会社サンプル;マイクロソフト\n"},
		{"UTF-16LE with emoji", "UTF-16LE", le, "Name;Note of the account manager\nContoso Limited Company;fine 😀\n"},
		{"Italian", "windows-1252", charmap.Windows1252, "Nome;Città\nCaffè Società;Forlì\nPerché;Cantù\n"},
		{"Italian, one word", "windows-1252", charmap.Windows1252, "Name;City\nCaffè Sport;Roma\n"},
		{"French", "windows-1252", charmap.Windows1252, "Société;Numéro\nHôtel Crécy;Épinal\nGarçon;Besançon\nŒuvre – 5 €;x\n"},
		{"German", "windows-1252", charmap.Windows1252, "Straße;Größe\nMüller GmbH;Köln\nJäger;Österreich\n"},
		{"Spanish", "windows-1252", charmap.Windows1252, "Compañía;Año\nEspaña;Málaga\nInformación;Coruña\n"},
		{"Portuguese", "windows-1252", charmap.Windows1252, "Assinatura;Preço unitário\nSão Paulo;Informação\n"},
		{"Swedish", "windows-1252", charmap.Windows1252, "Företag;Ändring\nMalmö;Åre\n"},
		{"Danish", "windows-1252", charmap.Windows1252, "Købmand;Sønderborg\nÆrø;Ålborg\n"},
		{"five countries", "windows-1252", charmap.Windows1252, "Müller;Köln\nCaffè;Forlì\nSociété;Besançon\nCompañía;Coruña\nKøbmand;Århus\n"},
		{"typographic signs", "windows-1252", charmap.Windows1252, "Name;Note\nx;don’t – “quoted” €5…\n"},
		{"a dash between names", "windows-1252", charmap.Windows1252, "Name;City\nContoso – Fabrikam;Rome\n"},
		{"euro alone", "windows-1252", charmap.Windows1252, "Name;Price\nContoso;€ 20\nFabrikam;20,00 €\n"},
		{"pound before a price", "windows-1252", charmap.Windows1252, "Name;Price\nContoso;£20\nFabrikam;£1,250.00\n"},
		{"Polish", "windows-1250", charmap.Windows1250, "Klient;Miasto\nSpółka Łódź;Gdańsk\nŻółć;Kraków\nUsługi świąteczne;Poznań\n"},
		{"Polish, one word", "windows-1250", charmap.Windows1250, "Klient;Miasto\nSpółka;Warszawa\n"},
		{"Polish, one letter", "windows-1250", charmap.Windows1250, "Klient;Miasto\nWieź;Warszawa\n"},
		{"Czech", "windows-1250", charmap.Windows1250, "Zákazník;Město\nPříklad s.r.o.;Plzeň\nŠkoda;Mladá Boleslav\nDůl;Třebíč\n"},
		{"Hungarian", "windows-1250", charmap.Windows1250, "Ügyfél;Város\nGyőr;Székesfehérvár\nFűszer;Pécs\n"},
		{"Turkish", "windows-1254", charmap.Windows1254, "Müşteri;Şehir\nİstanbul Şirketi;Ağrı\nDağıtım;Eskişehir\n"},
		{"Russian", "windows-1251", charmap.Windows1251, "Клиент;Город\nООО Ромашка;Москва\nПодписка;Санкт-Петербург\n"},
		{"Greek", "windows-1253", charmap.Windows1253, "Πελάτης;Πόλη\nΑθήνα;Θεσσαλονίκη\n"},
		{"Japanese", "Shift_JIS", japanese.ShiftJIS, "顧客名;製品;数量\n株式会社サンプル;マイクロソフト;5\n東京;大阪;3\n"},
		{"Japanese, EUC", "EUC-JP", japanese.EUCJP, "顧客名;製品;数量\n株式会社サンプル;マイクロソフト;5\n東京;大阪;3\n"},
		{"Chinese", "GB18030", simplifiedchinese.GB18030, "客户;产品;数量\n北京公司;微软;5\n上海有限公司;办公软件;3\n"},
		{"Chinese, traditional", "Big5", traditionalchinese.Big5, "客戶;產品;數量\n台北公司;微軟;5\n高雄有限公司;辦公軟體;3\n"},
		{"Korean", "EUC-KR", korean.EUCKR, "고객;제품;수량\n서울회사;마이크로소프트;5\n부산;오피스;3\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := open(t, write(t, "t.csv", encoded(t, tt.enc, tt.text)), Options{})
			if b.Encoding != tt.want {
				t.Errorf("got encoding %s, want %s", b.Encoding, tt.want)
			}
			if got := textOf(t, b); got != tt.text {
				t.Errorf("got text %q, want %q", got, tt.text)
			}
			if marked := strings.HasPrefix(tt.want, "UTF"); b.EncodingGuessed == marked {
				t.Errorf("got guessed %v", b.EncodingGuessed)
			}
		})
	}
}

// A file whose letters decide nothing is refused, and read when the settings
// name its encoding.
func TestCharsetRefusedThenNamed(t *testing.T) {
	const text = "顧客名;Product\nContoso;Microsoft 365 E3\n"
	path := write(t, "t.csv", encoded(t, japanese.ShiftJIS, text))
	wantRefused(t, refusalOf(t, path, Options{}), CodeEncoding, "t.csv", "settings")
	b := open(t, path, Options{Encoding: "Shift_JIS"})
	if got := textOf(t, b); got != text || b.EncodingGuessed {
		t.Errorf("got %q (guessed %v), want %q", got, b.EncodingGuessed, text)
	}
}

// Kana are the letters of a Macintosh to their last byte; a name or two of them is
// no proof of either.
func TestCharsetKana(t *testing.T) {
	for _, text := range []string{"Name;City\nカタカナ;Tokyo\n", "Name;City\nア;カタカナ\n"} {
		path := write(t, "t.csv", encoded(t, japanese.ShiftJIS, text))
		wantRefused(t, refusalOf(t, path, Options{}), CodeEncoding, "t.csv", "settings")
	}
}

// An accent far behind the part that is sniffed still decides.
func TestCharsetLateAccent(t *testing.T) {
	text := strings.Repeat("Contoso;Rome\n", 60000) + "Caffè;Forlì\n"
	b := open(t, write(t, "t.csv", encoded(t, charmap.Windows1252, text)), Options{})
	if got := textOf(t, b); b.Encoding != "windows-1252" || got != text {
		t.Errorf("got %s and a text ending in %q", b.Encoding, got[len(got)-20:])
	}
}

// A character cut by the end of a block is no damage.
func TestCharsetBlockEdge(t *testing.T) {
	for shift := range 4 {
		text := strings.Repeat("x", shift) + strings.Repeat("😀\n", 70000)
		b := open(t, write(t, "t.csv", []byte(text)), Options{})
		if b.Encoding != "UTF-8" || textOf(t, b) != text {
			t.Errorf("shift %d: got %s or another text", shift, b.Encoding)
		}
	}
}

func TestCharsetRefused(t *testing.T) {
	tests := []struct {
		name    string
		content []byte
		opt     Options
		words   []string
	}{
		{"marked UTF-8 with a foreign line", []byte("\xEF\xBB\xBFa,b\n1,2\n3,Caff\xE8\n"), Options{}, []string{"line 3"}},
		{"half a UTF-16 character", []byte("\xFF\xFEa\x00,\x00\n\x00\x3D\xD8b\x00"), Options{}, []string{"line 2", "UTF-16LE"}},
		{"settings name another encoding", encoded(t, charmap.Windows1252, "a,b\nCaffè,Ü\n"), Options{Encoding: "UTF-8"}, []string{"line 2"}},
		{"settings name no encoding", []byte("a,b\n"), Options{Encoding: "klingon"}, []string{`"klingon"`, "settings"}},
		{"no encoding fits", append([]byte("a,b\n"), bytes.Repeat([]byte("\x81\x8d\x8f\x90\x9d,x\n"), 9)...), Options{}, []string{"settings"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantRefused(t, refusalOf(t, write(t, "t.csv", tt.content), tt.opt), CodeEncoding, "t.csv", tt.words...)
		})
	}
}
