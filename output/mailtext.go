package output

import (
	"path/filepath"
	"strings"

	"cspplan/input/sheet"
	"cspplan/report"
)

// mailName is the mail text in a run's folder: the subject, an empty line, the
// body.
const mailName = "mail.txt"

// writeMail writes the mail text of a run once its other files stand in the work
// folder.
func (job *Job) writeMail(work string) error {
	names, err := planFiles(work)
	if err != nil {
		return err
	}
	subject, body := job.Report.Mail(job.mailFiles(names))
	return writeText(work, subject+"\n\n"+body)
}

// writeText writes a mail text. Strangers have named what it speaks of, and it
// is read in terminals, too.
func writeText(folder, text string) error {
	return writeFile(filepath.Join(folder, mailName), sheet.PlainText([]byte(text)))
}

// mailFiles says where people find the reports: at the current copies, or in the
// run's folder where these stay what they were.
func (job *Job) mailFiles(names []string) report.MailFiles {
	var files report.MailFiles
	older := job.Run.AsOf < job.Newest
	at := func(name string) string {
		if older || job.leavesAlone(name) {
			return job.reached(job.Run.ID, name)
		}
		return job.reached(name)
	}
	files.Workbook, files.PDF = at(workbookName), at(pdfName)
	for _, name := range names {
		if strings.HasPrefix(name, partPrefix) && strings.HasSuffix(name, ".xlsx") {
			files.Parts++
		}
		if !older && job.leavesAlone(name) {
			files.Left = append(files.Left, name)
		}
	}
	files.PartsAt = job.reached(partPrefix + "*.xlsx")
	if older {
		files.PartsAt = job.reached(job.Run.ID, partPrefix+"*.xlsx")
	}
	if len(files.Left) > maxLeft {
		files.Left = append(files.Left[:maxLeft:maxLeft], "…")
	}
	return files
}

// maxLeft keeps the mail on one screen where many workbooks are open.
const maxLeft = 3

// reached is a path below the folder of the plans as readers of the mail know
// it: \\srv\csp\plans, https://…, or the folder's own name.
func (job *Job) reached(names ...string) string {
	folder, between := job.MailFolder, "/"
	switch {
	case folder == "":
		return filepath.Join(append([]string{job.Dir}, names...)...)
	case strings.Contains(folder, `\`):
		between = `\`
	}
	return strings.TrimRight(folder, between) + between + strings.Join(names, between)
}
