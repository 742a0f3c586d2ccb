package main

import (
	"fmt"
	"path/filepath"
	"sync"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/policy"
	"github.com/coldsign/coldsign/verify/report"
)

// places remembers the policies above the folders that files were taken from last. All
// files of a folder that are looked at one after the other are so judged by one policy as
// it was read once; one that is exchanged meanwhile counts for the next folder. The
// folders come in their order, so few are enough, and the memory that they take is
// bounded.
type places struct {
	mu    sync.Mutex
	above map[string]*place
}

type place struct {
	once  sync.Once
	file  policyFile
	found bool
	err   error
}

const mostPlaces = 8

// policyAbove returns the policy above a file.
func (s *places) policyAbove(p *program, name string) (policyFile, bool, error) {
	at := s.place(filepath.Dir(name))
	at.once.Do(func() { at.file, at.found, at.err = p.policyAbove(name) })
	return at.file, at.found, at.err
}

func (s *places) place(folder string) *place {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.above[folder]
	if !ok {
		if len(s.above) >= mostPlaces || s.above == nil {
			s.above = make(map[string]*place, mostPlaces)
		}
		at = &place{}
		s.above[folder] = at
	}
	return at
}

// policyAbove takes the policy that lies between the folder of a file and the root of
// its git repository: the outermost folder with anything called .git, which in a
// submodule or a worktree is a file. Who unpacks an archive into a repository brings a
// .git of its own with it, and a nearer policy would switch off what the outer one
// denies: so an inner .git ends nothing, and of two policies none is taken. Outside a
// repository none is taken either: who may write above it is not known.
func (p *program) policyAbove(name string) (f policyFile, found bool, err error) {
	all, err := policiesAbove(name)
	switch {
	case err != nil || len(all) == 0:
		return f, false, err
	case len(all) > 1:
		return f, false, &inputError{fmt.Sprintf("%d policies lie above it, the nearest two are %s and %s", len(all), report.Quote(all[0]), report.Quote(all[1])),
			"name the one that counts with --policy; where the file lies must not decide"}
	}
	f = policyFile{name: all[0], origin: verify.FoundAbove}
	if f.raw, err = p.read(f.name, policy.MaxSize); err != nil {
		return f, false, fmt.Errorf("the policy %s %w", report.Quote(f.name), err)
	}
	return f, true, nil
}
