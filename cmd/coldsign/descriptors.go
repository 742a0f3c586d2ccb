package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"os"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/clearsign"
	"github.com/coldsign/coldsign/verify/report"
)

// maxBundle bounds a bundle in one file; the registry of 2026 has 0.2 MB packed.
const maxBundle = 32 << 20

// descriptors reads the bundle that --descriptors names: a folder, or a zip file of one.
// No link in a folder leads out of it.
func (p *program) descriptors(name string) (*verify.Descriptors, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("the descriptors %s: %w", report.Quote(name), openError(err))
	}
	var files fs.FS
	if info.IsDir() {
		root, err := os.OpenRoot(name)
		if err != nil {
			return nil, fmt.Errorf("the descriptors %s: %w", report.Quote(name), openError(err))
		}
		defer func() { _ = root.Close() }() // everything is read by then
		files = root.FS()
	} else {
		raw, err := p.read(name, maxBundle)
		if err != nil {
			return nil, fmt.Errorf("the descriptors %s %w", report.Quote(name), err)
		}
		if len(raw) > maxBundle {
			return nil, &inputError{fmt.Sprintf("the descriptors %s have more than %d bytes", report.Quote(name), maxBundle), "give the folder"}
		}
		if files, err = zip.NewReader(bytes.NewReader(raw), int64(len(raw))); err != nil {
			return nil, &inputError{"the descriptors " + report.Quote(name) + " are neither a folder nor a zip file: " + err.Error(), "name the folder with the descriptors, or a zip file of it"}
		}
	}
	b, err := clearsign.Load(files)
	if err != nil {
		return nil, &inputError{"the descriptors " + report.Quote(name) + " cannot be used: " + err.Error(), "get the bundle again"}
	}
	return &verify.Descriptors{Name: name, Bundle: b}, nil
}
