package main

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"slices"

	"cspplan/output"
	"cspplan/report"
)

// recall reads what the previous run planned and what kept its rows from Ready.
// A run whose plan cannot be read is none to compare with: the one before it is
// taken, so that rows and exceptions keep the days since when they are known.
func (j *job) recall() {
	j.previous = nil
	for i := len(j.runs) - 1; i >= 0 && j.previous == nil; i-- {
		if r := &j.runs[i]; r.AsOf < j.asOf.String() {
			j.compareWith(r)
		}
	}
}

// compareWith makes a run the previous one if its plan can be read.
func (j *job) compareWith(r *output.Run) {
	before, err := output.ReadPlanned(j.dir, *r)
	if err == nil {
		j.open, err = j.recallExceptions(*r)
	}
	if err != nil {
		j.warn(output.RunWarning{Code: "history-damaged", Text: err.Error()})
		return
	}
	j.previous, j.before = r, before
}

// recallExceptions reads the exceptions of the previous run. Where its record is
// missing or damaged they are those of its plan, and their days come from the
// newest earlier run that has them on record.
func (j *job) recallExceptions(previous output.Run) ([]report.PastException, error) {
	past, err := output.ReadExceptions(j.dir, previous)
	if err == nil {
		return past, nil
	}
	if !errors.Is(err, output.ErrNoAges) {
		j.warn(output.RunWarning{Code: "history-damaged", Text: err.Error()})
	}
	if past, err = output.PlannedExceptions(j.dir, previous); err != nil {
		return nil, err
	}
	for _, r := range slices.Backward(j.runs) {
		if r.AsOf >= previous.AsOf {
			continue
		}
		if record, err := output.ReadExceptions(j.dir, r); err == nil {
			output.Older(past, record)
			return past, nil
		}
	}
	j.ageless = true
	return past, nil
}

// outstandingHash covers the exceptions that this run's are compared with; empty
// without any.
func outstandingHash(past []report.PastException) string {
	if len(past) == 0 {
		return ""
	}
	h := sha256.New()
	line := make([]byte, 0, 16)
	for _, p := range past {
		line = binary.BigEndian.AppendUint64(line[:0], p.Key)
		line = binary.BigEndian.AppendUint32(line, uint32(p.Since))
		line = binary.BigEndian.AppendUint16(line, uint16(p.Rule))
		if p.Accepted {
			line = append(line, 1)
		}
		h.Write(line)
	}
	return hex.EncodeToString(h.Sum(nil))
}
