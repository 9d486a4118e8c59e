package report

import (
	"slices"
	"strings"
	"unicode/utf8"

	"cspplan/reconcile"
)

// nextLimit is how long "Do next" may be, in characters: one line of the Plan
// sheet at its width, and of a phone's mail preview.
const nextLimit = 90

// whoLimit is how much of a person's name a step shows.
const whoLimit = 20

// A nextStep is the sentence of a next step, with a date and without. Each row of a
// plan says one, in several files, with a number, a day and an offer that few others
// share: the sentences are cut at their placeholders once.
type nextStep struct{ dated, undated stepSentence }

// nextSteps are the sentences by code.
type nextSteps [reconcile.NextCodes]nextStep

// A stepSentence is a label cut at its placeholders.
type stepSentence []stepPart

// A stepPart is words, and the name of what stands behind them; empty: nothing.
type stepPart struct{ words, fill string }

// stepFills are the placeholders of next steps.
var stepFills = []string{"date", "n", "a", "who", "sheet", "offer"}

// nextSteps cuts the labels next.CODE and next.CODE_undated.
func (t *Texts) nextSteps() (steps nextSteps) {
	for key, label := range t.labels {
		word, isStep := strings.CutPrefix(key, "next.")
		if !isStep || label == "" {
			continue
		}
		word, undated := strings.CutSuffix(word, "_undated")
		switch code, known := reconcile.ParseNextCode(word); {
		case !known: // a test keeps that from happening
		case undated:
			steps[code].undated = cutSentence(label)
		default:
			steps[code].dated = cutSentence(label)
		}
	}
	return steps
}

func cutSentence(label string) stepSentence {
	var s stepSentence
	words := ""
	for {
		before, rest, more := strings.Cut(label, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !more {
			return append(s, stepPart{words: words + before})
		}
		if !closed || !slices.Contains(stepFills, name) {
			words, label = words+before+"{", rest
			continue
		}
		s = append(s, stepPart{words + before, name})
		words, label = "", after
	}
}

// Next is the next step of a row as one imperative sentence of at most 90
// characters; the offer's name is shortened so that it fits.
func (t *Texts) Next(r *reconcile.Row) string {
	if s := t.sentenceOf(r.Next); len(s) == 1 {
		return s[0].words // nothing to fill in, as for most of what has expired
	}
	var space [4 * nextLimit]byte
	return string(t.appendNext(space[:0], r, false))
}

// appendNext appends the next step, with dates as people read them or in ISO form,
// as plan.csv has them. No function writes them that it is given: dst would have to
// be memory of its own then, for every row.
func (t *Texts) appendNext(dst []byte, r *reconcile.Row, iso bool) []byte {
	n, from, offerAt := r.Next, len(dst), -1
	for _, part := range t.sentenceOf(n) {
		dst = append(dst, part.words...)
		switch part.fill {
		case "date":
			if iso {
				dst = n.Date.Append(dst)
			} else {
				dst = t.appendDay(dst, n.Date)
			}
		case "n":
			number := n.N
			if n.Code == reconcile.NextMoreAssigned { // N are assigned, of Of licences
				number = n.Of
			}
			dst = append(dst, t.Count(int64(number))...)
		case "a":
			dst = append(dst, t.Count(int64(n.N))...)
		case "who":
			dst = append(dst, Shorten(first(r.Accepted().By, "–"), whoLimit)...)
		case "sheet":
			dst = append(dst, t.labels["sheet.unmatched"]...)
		case "offer":
			offerAt = len(dst)
		}
	}
	if offerAt < 0 {
		return dst
	}
	offer := targetOf(r).Name
	if blank(offer) {
		offer = t.Label("match.to_choose")
	}
	offer = Shorten(offer, nextLimit-utf8.RuneCount(dst[from:]))
	dst = append(dst, offer...)
	copy(dst[offerAt+len(offer):], dst[offerAt:])
	copy(dst[offerAt:], offer)
	return dst
}

// sentenceOf is the sentence of a step. A code without one is a fault of ours and
// shows as itself, as with Label.
func (t *Texts) sentenceOf(n reconcile.Next) stepSentence {
	if int(n.Code) >= len(t.steps) {
		n.Code = reconcile.NextUnknown
	}
	switch step := &t.steps[n.Code]; {
	case !n.Date.Known() && step.undated != nil:
		return step.undated
	case step.dated != nil:
		return step.dated
	}
	return stepSentence{{words: "next." + n.Code.String()}}
}
