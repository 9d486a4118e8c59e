package excel

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// lastModifiedBy is who saved a workbook last: a property that programs set
// from their own settings. Empty if it is missing, or still ours.
func lastModifiedBy(path string) (string, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return "", err
	}
	defer z.Close()
	part, err := z.Open("docProps/core.xml")
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("docProps/core.xml: %w", err)
	}
	defer part.Close()
	const most = 1 << 20
	var core struct {
		By string `xml:"http://schemas.openxmlformats.org/package/2006/metadata/core-properties lastModifiedBy"`
	}
	if err := xml.NewDecoder(io.LimitReader(part, most)).Decode(&core); err != nil {
		return "", fmt.Errorf("docProps/core.xml: %w", err)
	}
	if by := strings.TrimSpace(core.By); by != creator {
		return by, nil
	}
	return "", nil
}
