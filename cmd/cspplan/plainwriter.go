package main

import (
	"bytes"
	"io"
	"os"
	"unicode/utf8"

	"cspplan/input/sheet"
)

// A plainWriter passes on text without what commands a terminal: file names,
// headings and cells are written by strangers. A control character, or one that
// turns the reading direction, is written as \u001b, which inside JSON means the
// same character. What the program prints itself holds none.
type plainWriter struct {
	w    io.Writer
	part []byte // of a character whose bytes come in two writes
}

func (p *plainWriter) Write(b []byte) (int, error) {
	text := b
	if len(p.part) > 0 {
		text = append(p.part, b...)
		p.part = nil
	}
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if tail := text[len(text)-n:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) {
				p.part = bytes.Clone(tail)
				text = text[:len(text)-n]
			}
			break
		}
	}
	if _, err := p.w.Write(sheet.PlainText(text)); err != nil {
		return 0, err
	}
	return len(b), nil
}

// flush writes the rest of a text that ends inside a character.
func (p *plainWriter) flush() {
	p.w.Write(sheet.PlainText(p.part))
	p.part = nil
}

// plain makes both outputs of a terminal plain.
func (t terminal) plain() (terminal, func()) {
	out, err := &plainWriter{w: t.Out}, &plainWriter{w: t.Err}
	t.Out, t.Err = out, err
	return t, func() { out.flush(); err.flush() }
}

// screen tells whether an output is one that a person looks at.
func screen(w io.Writer) bool { return terminalFile(w) != nil }

// terminalFile is the terminal under an output, nil if there is none. What is
// written to it goes past the plainWriter.
func terminalFile(w io.Writer) *os.File {
	if p, ok := w.(*plainWriter); ok {
		w = p.w
	}
	if file, ok := w.(*os.File); ok && isTerminal(file) {
		return file
	}
	return nil
}
