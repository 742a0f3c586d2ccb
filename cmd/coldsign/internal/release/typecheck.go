package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/licence"
)

// typecheck checks the program's source for each target as the compiler's front end does,
// without writing code: our packages whole, of all others the declarations. It costs
// seconds where a build from nothing costs half a minute, and finds what differs between
// systems: a function, constant or field that is missing on one of them.
func typecheck(targets []string) error {
	var failed []error
	for _, t := range targets {
		packages, err := list(t)
		if err == nil {
			err = check(t, packages)
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", t, err))
			continue
		}
		fmt.Printf("%s: %d packages\n", t, len(packages))
	}
	return errors.Join(failed...)
}

func check(target string, packages []listed) error {
	_, arch, _ := strings.Cut(target, "/")
	done := map[string]*types.Package{"unsafe": types.Unsafe}
	for _, p := range packages {
		if p.ImportPath == "unsafe" {
			continue
		}
		files := token.NewFileSet()
		var syntax []*ast.File
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(files, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			syntax = append(syntax, f)
		}
		ours := p.Module != nil && p.Module.Path == licence.Own
		var problems []error
		config := types.Config{
			IgnoreFuncBodies: !ours,
			FakeImportC:      true,
			Sizes:            types.SizesFor("gc", arch),
			Importer:         lookup{done, p.ImportMap},
			Error:            func(err error) { problems = append(problems, err) },
		}
		pkg, _ := config.Check(p.ImportPath, files, syntax, nil)
		if len(problems) > 0 && ours {
			return errors.Join(problems...)
		}
		done[p.ImportPath] = pkg
	}
	return nil
}

// lookup finds a package that was checked before: go list names dependencies first.
type lookup struct {
	done  map[string]*types.Package
	named map[string]string
}

func (l lookup) Import(path string) (*types.Package, error) {
	if other, ok := l.named[path]; ok {
		path = other
	}
	if p := l.done[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("package %s was not checked before", path)
}
