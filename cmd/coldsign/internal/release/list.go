package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/licence"
)

const program = licence.Own + "/cmd/coldsign"

// listed is a package as go list describes it.
type listed struct {
	Dir, ImportPath, Name string
	GoFiles               []string
	Imports               []string
	ImportMap             map[string]string
	Standard              bool
	Module                *struct{ Path, Version, Dir string }
	Error                 *struct{ Err string }
}

// list lists what the program is made of on a system, dependencies first.
func list(target string) ([]listed, error) {
	system, arch, ok := strings.Cut(target, "/")
	if !ok {
		return nil, fmt.Errorf("%q is no OS/ARCH", target)
	}
	cmd := exec.Command("go", "list", "-deps", "-json=Dir,ImportPath,Name,GoFiles,Imports,ImportMap,Standard,Module,Error", program)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off", "GOOS="+system, "GOARCH="+arch)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list for %s: %w", target, err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if p.Error != nil {
			return nil, fmt.Errorf("%s: %s", p.ImportPath, p.Error.Err)
		}
		all = append(all, p)
	}
	if len(all) < 100 {
		return nil, fmt.Errorf("go list names %d packages for %s", len(all), target)
	}
	return all, nil
}

// licence says where the package's licence is to be looked for.
func (p listed) licence() licence.Package {
	if p.Module == nil {
		root, dir := filepath.Clean(goroot()), filepath.Clean(p.Dir)
		return licence.Package{Module: licence.Std, Version: goversion(), Root: root, Dir: dir}
	}
	return licence.Package{Module: p.Module.Path, Version: p.Module.Version, Root: filepath.Clean(p.Module.Dir), Dir: filepath.Clean(p.Dir)}
}

var cached = map[string]string{}

func goenv(name string) string {
	if v, ok := cached[name]; ok {
		return v
	}
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		panic(fmt.Sprintf("go env %s: %v", name, err))
	}
	cached[name] = strings.TrimSpace(string(out))
	return cached[name]
}

func goroot() string    { return goenv("GOROOT") }
func goversion() string { return goenv("GOVERSION") }
