package reconcile

import (
	"path"
	"regexp"
	"strings"
)

// What was given to the batch tool is known by name: a result is named for its
// upload. So every name counts under which a file lies there, also that of a
// copy whose rows were not read a second time.

// resultName tells the name of the upload from the name that the batch tool
// gives a result: its own, an underscore and the id of the batch.
var resultName = regexp.MustCompile(`(?i)^(.+)_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.csv$`)

// An upload is a file that was given to the batch tool: results name it.
type upload struct{ name, folder string }

// uploads are the files that results name, with the folders of the results.
func (p *planning) uploads() map[upload]bool {
	found := make(map[upload]bool)
	for i := range p.in.Records {
		rec := &p.in.Records[i]
		if rec.Migration == nil {
			continue
		}
		for _, name := range p.namesOf(rec.Source.File) {
			folder, file := path.Split(name)
			if m := resultName.FindStringSubmatch(file); m != nil {
				found[upload{strings.ToLower(m[1]), folder}] = true
			}
		}
	}
	return found
}

// namesOf are a file's name and those of its copies.
func (p *planning) namesOf(file string) []string {
	return append([]string{file}, p.in.Copies[file]...)
}

// uploadedIDs finds the subscriptions that were given to the batch tool, by
// folded id, and where: in a file under the name that a result carries, beside
// it or in the tool's own folder of inputs. The export that people make uploads
// from has the same name in another folder; rows that they left as they were
// are duplicates and stand in the upload all the same. Rows that are not
// eligible are left out by the tool and have no result.
func (p *planning) uploadedIDs() map[string]Source {
	uploads := p.uploads()
	if len(uploads) == 0 {
		return nil
	}
	given, first := make(map[string]bool), make(map[string]*Record)
	for i := range p.in.Records {
		rec := &p.in.Records[i]
		if !usable(rec) || rec.Role != RoleSubscription || rec.Sub.SubscriptionID == "" || rec.Sub.MigrationEligible != Yes {
			continue
		}
		isUpload, known := given[rec.Source.File]
		if !known {
			isUpload = p.isUpload(rec.Source.File, uploads)
			given[rec.Source.File] = isUpload
		}
		id := foldID(rec.Sub.SubscriptionID)
		if best := first[id]; isUpload && (best == nil || compareRecords(rec, best) < 0) {
			first[id] = rec
		}
	}
	found := make(map[string]Source, len(first))
	for id, rec := range first {
		found[id] = rec.Source
	}
	return found
}

func (p *planning) isUpload(name string, uploads map[upload]bool) bool {
	for _, name := range p.namesOf(name) {
		folder, file := path.Split(name)
		for u := range uploads {
			if strings.EqualFold(file, u.name) && (folder == u.folder || strings.Contains("/"+folder, "/input/")) {
				return true
			}
		}
	}
	return false
}
