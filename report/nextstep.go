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

// A stepSentence is a label cut at its placeholders.
type stepSentence []stepPart

// A stepPart is words, and the name of what stands behind them; empty: nothing.
type stepPart struct{ words, fill string }

// stepFills are the placeholders of next steps.
var stepFills = []string{"date", "n", "a", "who", "sheet", "offer"}

// nextSteps cuts the labels next.CODE and next.CODE_undated, by code.
func (t *Texts) nextSteps() map[string]nextStep {
	steps := make(map[string]nextStep)
	for key, label := range t.labels {
		code, isStep := strings.CutPrefix(key, "next.")
		if !isStep || label == "" {
			continue
		}
		code, undated := strings.CutSuffix(code, "_undated")
		step := steps[code]
		if undated {
			step.undated = cutSentence(label)
		} else {
			step.dated = cutSentence(label)
		}
		steps[code] = step
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

// Next is the next step as one imperative sentence of at most 90 characters;
// the offer's name is shortened so that it fits.
func (t *Texts) Next(n reconcile.Next) string {
	if s := t.sentenceOf(n); len(s) == 1 {
		return s[0].words // nothing to fill in, as for most of what has expired
	}
	var space [4 * nextLimit]byte
	return string(t.appendNext(space[:0], n, false))
}

// appendNext appends the next step, with dates as people read them or in ISO form,
// as plan.csv has them. No function writes them that it is given: dst would have to
// be memory of its own then, for every row.
func (t *Texts) appendNext(dst []byte, n reconcile.Next, iso bool) []byte {
	from, offerAt := len(dst), -1
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
			if strings.TrimPrefix(n.Code, "next.") == "more_assigned" { // N are assigned, of Of licences
				number = n.Of
			}
			dst = append(dst, t.Count(int64(number))...)
		case "a":
			dst = append(dst, t.Count(int64(n.N))...)
		case "who":
			dst = append(dst, Shorten(first(n.Who, "–"), whoLimit)...)
		case "sheet":
			dst = append(dst, t.labels["sheet.unmatched"]...)
		case "offer":
			offerAt = len(dst)
		}
	}
	if offerAt < 0 {
		return dst
	}
	offer := n.Offer
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
	code := strings.TrimPrefix(n.Code, "next.")
	step, ok := t.steps[code]
	switch {
	case !n.Date.Known() && step.undated != nil:
		return step.undated
	case ok && step.dated != nil:
		return step.dated
	}
	return stepSentence{{words: "next." + code}}
}
