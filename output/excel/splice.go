package excel

import (
	"bytes"
	"fmt"
)

// A splice puts the packed rows of a sheet into the part that passes through it,
// behind the headings, and their links, if there are any, behind the first.
type splice struct {
	to    *part
	rows  *packedRows
	held  bytes.Buffer // what has come since the last piece that was put in
	stage spliceStage
}

// spliceStage is what of a splice is done.
type spliceStage uint8

const (
	spliceNothing spliceStage = iota
	spliceRows
	spliceAll
)

var (
	// rowEnd ends a row; text cannot hold it, since there < is escaped.
	rowEnd = []byte("</row>")
	// linksEnd ends the links of a sheet.
	linksEnd = []byte("</hyperlinks>")
)

func (s *splice) Write(b []byte) (int, error) {
	if s.stage == spliceAll {
		return s.to.Write(b)
	}
	s.held.Write(b)
	if s.stage == spliceNothing {
		if err := s.putRows(); err != nil {
			return 0, err
		}
	}
	if s.stage == spliceRows {
		if err := s.putLinks(); err != nil {
			return 0, err
		}
	}
	return len(b), nil
}

// putRows puts the rows in if their place has come.
func (s *splice) putRows() error {
	end := endOfRow(s.held.Bytes(), headRow)
	if end < 0 {
		return nil
	}
	if _, err := s.to.Write(s.held.Next(end)); err != nil {
		return err
	}
	s.stage = spliceRows
	return s.to.insert(s.rows)
}

// putLinks puts the links in if their place has come, and hands on what follows.
func (s *splice) putLinks() error {
	if len(s.rows.links) > 0 {
		end := bytes.Index(s.held.Bytes(), linksEnd)
		if end < 0 {
			return nil
		}
		for _, piece := range [][]byte{s.held.Next(end), s.rows.links} {
			if _, err := s.to.Write(piece); err != nil {
				return err
			}
		}
	}
	s.stage = spliceAll
	_, err := s.held.WriteTo(s.to)
	return err
}

// done tells whether everything has found its place.
func (s *splice) done() error {
	switch s.stage {
	case spliceNothing:
		return fmt.Errorf("writing part %s: it has no place for its rows", s.to.name)
	case spliceRows:
		return fmt.Errorf("writing part %s: it has no place for its links", s.to.name)
	}
	return nil
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
