package input

import (
	"context"
	"os"
	"time"

	"cspplan/input/sheet"
)

// look finds what a file is, before any file is read: its bytes, its hash, and,
// if it is a zip archive, the files in it, each of which has a result of its own
// behind that of the archive.
func look(ctx context.Context, file File, opt Options) []fileResult {
	top := fileResult{file: file, rule: ruleFor(opt.Rules, file.Name), report: FileReport{Name: file.Name}}
	if top.rule.Ignore {
		top.report.Kind = ignored
		return []fileResult{top}
	}
	size := int64(0)
	if info, err := os.Lstat(file.Path); err == nil {
		size = info.Size()
	}
	looked, late := inTime(ctx, file.Name, opt.Limits.SecondsFor(size), func(ctx context.Context) []fileResult {
		return lookInside(ctx, top, opt)
	})
	if late != nil {
		top.refuse(late)
		return []fileResult{top}
	}
	return looked
}

func lookInside(ctx context.Context, top fileResult, opt Options) (looked []fileResult) {
	defer func() {
		if recover() != nil {
			top.refuse(sheet.Stumbled(top.report.Name))
			looked = []fileResult{top}
		}
	}()
	f, err := sheet.OpenFile(ctx, top.file.Path, top.file.Name, opt.Limits)
	if err != nil {
		top.refuse(refusalOf(top.report.Name, err))
		return []fileResult{top}
	}
	defer f.Close()
	if err := f.Settled(); err != nil {
		top.refuse(refusalOf(top.report.Name, err))
		return []fileResult{top}
	}
	top.note(f)
	if !opt.alone || !f.Text() {
		top.fingerprint(f)
	}
	if top.report.Refused != nil {
		return []fileResult{top}
	}
	files, archive, err := f.Files()
	if !archive || err != nil {
		if err != nil {
			top.refuse(refusalOf(top.report.Name, err))
		}
		top.context = fileContext(top.rule, top.file.Folder)
		return []fileResult{top}
	}
	return lookAtArchive(top, files, opt)
}

// note takes down what the system says of the file.
func (r *fileResult) note(f *sheet.File) {
	r.seen = f
	r.report.Bytes, r.report.Modified = f.Bytes(), f.Modified()
}

// fingerprint takes down what tells the file apart and proves to an auditor
// what was read. Of a text that is read alone it is taken while its rows are read
// (readUnknown): there is no other that it could be a copy of.
func (r *fileResult) fingerprint(f *sheet.File) { r.digested(f.Digest()) }

func (r *fileResult) digested(digest sheet.Digest, err error) {
	r.report.SHA256, r.content = digest.SHA256, digest.Content
	if err != nil {
		r.refuse(refusalOf(r.report.Name, err))
	}
}

// graceSeconds is how long a file that ran out of time may take to notice it. One
// that hangs inside the system, on a share that went away, is left behind.
const graceSeconds = 5

// inTime does the work on a file, and gives it up when it takes longer than is
// allowed: late is the refusal then.
func inTime[T any](ctx context.Context, name string, seconds int, work func(context.Context) T) (result T, late *sheet.Refusal) {
	slow := sheet.TooSlow(name, seconds)
	ctx, cancel := context.WithTimeoutCause(ctx, time.Duration(seconds)*time.Second, slow)
	defer cancel()
	done := make(chan T, 1)
	go func() { done <- work(ctx) }()
	select {
	case result = <-done:
		return result, nil
	case <-ctx.Done():
	}
	select {
	case result = <-done:
		return result, nil
	case <-time.After(graceSeconds * time.Second):
		return result, slow
	}
}
