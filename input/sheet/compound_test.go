package sheet

import (
	"bytes"
	"encoding/binary"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// compound makes the smallest OLE container that holds empty streams of these
// names: a header, one sector of the allocation table, one of the directory.
func compound(streams ...string) []byte {
	const end, fat, free, none = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF, 0xFFFFFFFF
	file := make([]byte, 3*512)
	le := binary.LittleEndian
	copy(file, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	le.PutUint16(file[24:], 0x3E)
	le.PutUint16(file[26:], 3)
	le.PutUint16(file[28:], 0xFFFE)
	le.PutUint16(file[30:], 9)
	le.PutUint16(file[32:], 6)
	le.PutUint32(file[44:], 1)
	le.PutUint32(file[48:], 1)
	le.PutUint32(file[56:], 4096)
	le.PutUint32(file[60:], end)
	le.PutUint32(file[68:], end)
	for i := range 109 {
		le.PutUint32(file[76+4*i:], free)
	}
	le.PutUint32(file[76:], 0)
	table := file[512:1024]
	for i := range 128 {
		le.PutUint32(table[4*i:], free)
	}
	le.PutUint32(table, fat)
	le.PutUint32(table[4:], end)
	entry := func(i int, name string, kind byte, right, child uint32) {
		e := file[1024+128*i:]
		units := utf16.Encode([]rune(name + "\x00"))
		for j, u := range units {
			le.PutUint16(e[2*j:], u)
		}
		le.PutUint16(e[64:], uint16(2*len(units)))
		e[66], e[67] = kind, 1
		le.PutUint32(e[68:], none)
		le.PutUint32(e[72:], right)
		le.PutUint32(e[76:], child)
		le.PutUint32(e[116:], end)
	}
	entry(0, "Root Entry", 5, none, 1)
	for i, name := range streams {
		right := uint32(none)
		if i+1 < len(streams) {
			right = uint32(i + 2)
		}
		entry(i+1, name, 2, right, none)
	}
	return file
}

func TestCompound(t *testing.T) {
	tests := []struct {
		name    string
		content []byte
		code    string
		word    string
	}{
		{"Excel 97", compound("Workbook", "\x05SummaryInformation"), CodeOldXLS, ".xlsx"},
		{"Excel 5", compound("Book"), CodeOldXLS, ".xlsx"},
		{"password", compound("EncryptionInfo", "EncryptedPackage"), CodePasswordProtected, "password"},
		{"Word", compound("WordDocument"), CodeNotASpreadsheet, "Word"},
		{"mail", compound("__properties_version1.0"), CodeNotASpreadsheet, "without a workbook"},
		{"cut", compound("Workbook")[:700], CodeOldXLS, "damaged"},
		{"only its first bytes", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), CodeOldXLS, "damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantRefused(t, refusalOf(t, write(t, "t.xlsx", tt.content), Options{}), tt.code, "t.xlsx", tt.word)
		})
	}
}

func TestExcelizeWithPassword(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	var buf bytes.Buffer
	if err := f.Write(&buf, excelize.Options{Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	r := refusalOf(t, write(t, "t.xlsx", buf.Bytes()), Options{})
	wantRefused(t, r, CodePasswordProtected, "t.xlsx", "remove the password")
}
