package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
	"github.com/coldsign/coldsign/cmd/coldsign/internal/sandbox"
)

// The flags that name files, by what is done with them. Those that are read can name
// further files in their folder: what an intent includes, the lists of a policy, the
// signature beside a receipt.
var (
	readFlags  = []string{"address-book", "list", "signature", "signatures", "keys", "approval", "intent-signature", "key-file", "import", "safe-info"}
	rootFlags  = []string{"intent", "policy"}
	writeFlags = []string{"receipt", "export", "output"}
)

// confine gives up every file that the command line does not name, before the first of
// them is read. What the command line says is the user's own word; what stands in the
// files is not.
func (p *program) confine(name string, o *options, args []string) error {
	if p.world.confine == nil || name == "selftest" { // which does it when it has tried what takes a folder
		return nil
	}
	return p.giveUp(p.paths(name, o, args))
}

// giveUp takes the rights. Where the system has no such means the program goes on, and
// says so in version and selftest; where it has, and does not keep its word, nothing is
// read.
func (p *program) giveUp(paths sandbox.Paths) error {
	p.world.files = p.world.confine(paths)
	if p.world.files.Status == measure.Failed {
		return &inputError{"the system was asked to refuse all other files, and does not: " + p.world.files.Detail, "nothing was read; find out what is wrong with this machine"}
	}
	return nil
}

func (p *program) paths(name string, o *options, args []string) sandbox.Paths {
	var s sandbox.Paths
	for _, f := range readFlags {
		for _, file := range o.texts(f) {
			s.ReadFiles = append(s.ReadFiles, file, file+".sig")
		}
	}
	for _, f := range rootFlags {
		if file := o.text(f); file != "" && file != "-" {
			s.ReadBelow = append(s.ReadBelow, filepath.Dir(file))
			s.ReadFiles = append(s.ReadFiles, file)
		}
	}
	for _, text := range o.texts("abi") {
		if _, file, ok := strings.Cut(text, "="); ok {
			s.ReadFiles = append(s.ReadFiles, file)
		} else {
			s.ReadBelow = append(s.ReadBelow, text)
		}
	}
	if name := o.text("descriptors"); name != "" {
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			s.ReadBelow = append(s.ReadBelow, name)
		} else {
			s.ReadFiles = append(s.ReadFiles, name)
		}
	}
	for _, f := range writeFlags {
		if file := o.text(f); file != "" {
			s.WriteIn = append(s.WriteIn, filepath.Dir(file))
		}
	}
	if name == "check" {
		p.manyPaths(&s, args)
	} else {
		fewPaths(&s, name, args)
	}
	p.ownPaths(&s, name, o)
	s.ReadFiles, s.ReadBelow = fewer(s.ReadFiles), fewer(s.ReadBelow)
	return s
}

// fewPaths are those of the commands that take a few files.
func fewPaths(s *sandbox.Paths, name string, args []string) {
	for _, file := range args {
		s.ReadFiles = append(s.ReadFiles, file, file+".sig")
		switch info, err := os.Stat(file); {
		case err == nil && info.IsDir():
			s.ReadBelow = append(s.ReadBelow, file)
		case strings.HasPrefix(name, "intent") || strings.HasPrefix(name, "policy"):
			s.ReadBelow = append(s.ReadBelow, filepath.Dir(file))
		}
	}
}

// manyPaths are those of check: the folders of the files, whose intents lie beside them,
// and of the policies above. Ten thousand files of a folder take one right; a file takes
// one of its own only where its name is a link, which may lead out of the folder.
func (p *program) manyPaths(s *sandbox.Paths, args []string) {
	seen := map[string]bool{}
	for _, arg := range args {
		folder := filepath.Dir(arg)
		switch info, err := os.Lstat(arg); {
		case arg == "-":
			continue
		case isPattern(arg):
			folder = patternRoot(arg)
		case err != nil || info.Mode().IsRegular():
		case info.IsDir():
			folder = arg
		default:
			s.ReadFiles = append(s.ReadFiles, arg)
			if to, err := os.Stat(arg); err == nil && to.IsDir() {
				folder = arg
			}
		}
		if seen[folder] {
			continue
		}
		seen[folder] = true
		s.ReadBelow = append(s.ReadBelow, folder)
		found, err := policiesAbove(filepath.Join(folder, "x"))
		if err != nil {
			continue // check says so
		}
		for _, f := range found {
			s.ReadBelow = append(s.ReadBelow, filepath.Dir(f))
		}
	}
}

// ownPaths are the user's own policy and what this machine remembers.
func (p *program) ownPaths(s *sandbox.Paths, name string, o *options) {
	if p.world.config != "" {
		s.ReadBelow = append(s.ReadBelow, p.world.config)
	}
	if p.world.state != "" {
		s.WriteIn = append(s.WriteIn, p.world.state)
		if name == "journal init" || name == "policy trust" || name == "policy distrust" {
			s.MakeFolders = append(s.MakeFolders, p.world.state)
		}
	}
	if file := o.text("journal"); file != "" {
		s.WriteIn = append(s.WriteIn, filepath.Dir(file))
		if name == "journal init" {
			s.MakeFolders = append(s.MakeFolders, filepath.Dir(file))
		}
	}
}

// fewer drops what stands twice.
func fewer(names []string) []string {
	seen := map[string]bool{}
	out := names[:0]
	for _, n := range names {
		if n != "-" && !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}
