package excel

import "bytes"

// A splice puts the packed rows of a sheet into the part that passes through it,
// behind the headings.
type splice struct {
	to    *part
	rows  *packedRows
	head  bytes.Buffer // the sheet up to where the rows belong
	found bool
}

// rowEnd ends a row; text cannot hold it, since there < is escaped.
var rowEnd = []byte("</row>")

func (s *splice) Write(b []byte) (int, error) {
	if s.found {
		return s.to.Write(b)
	}
	s.head.Write(b)
	end := endOfRow(s.head.Bytes(), headRow)
	if end < 0 {
		return len(b), nil
	}
	s.found = true
	if _, err := s.to.Write(s.head.Next(end)); err != nil {
		return 0, err
	}
	if err := s.to.insert(s.rows); err != nil {
		return 0, err
	}
	_, err := s.head.WriteTo(s.to)
	return len(b), err
}

// endOfRow finds where the n-th row ends; -1 if it does not yet.
func endOfRow(b []byte, n int) int {
	end := 0
	for range n {
		i := bytes.Index(b[end:], rowEnd)
		if i < 0 {
			return -1
		}
		end += i + len(rowEnd)
	}
	return end
}
