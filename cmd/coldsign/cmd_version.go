package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/coldsign/coldsign/verify/lists"
	"github.com/coldsign/coldsign/verify/report"
)

// versionCommand says which program this is and, with --verbose, what protects
// the process it runs in.
var versionCommand = command{name: "version", help: versionHelp, do: doVersion, flags: []string{"verbose"}}

const versionHelp = `Usage: coldsign version [--verbose]

Prints the version. --verbose adds how the program was built, from which commit, and
from which modules with their hashes (those of go.sum, to compare with a colleague's);
whether the operating system has taken sockets and new programs from it; and the dates
of the lists of addresses that it warns of. It says what the program says of itself:
a false one can say anything, so compare its SHA-256 as well.
`

// buildVersion is set by the linker for release archives; a build by go install
// has its version from the module.
var buildVersion string

func doVersion(p *program, o *options, args []string) error {
	if len(args) > 0 {
		return usagef("", "version takes no argument, and %s is given", report.Quote(args[0]))
	}
	text := "coldsign " + version() + "\n"
	if o.given("verbose") {
		text += p.details()
	}
	return p.paragraphs(text)
}

func version() string {
	if buildVersion != "" {
		return buildVersion
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

func (p *program) details() string {
	var b strings.Builder
	fmt.Fprintf(&b, "go:      %s %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	fmt.Fprintf(&b, "report:  %s\n", report.Schema)
	fmt.Fprintf(&b, "sandbox: %s\n", p.world.sandbox)
	fmt.Fprintf(&b, "files:   %s\n", p.world.files)
	for _, l := range lists.Snapshots() {
		fmt.Fprintf(&b, "list:    %s, %s\n", l.Date, l.Title)
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b.String() + "build:   unknown; the program holds no build information\n"
	}
	return b.String() + buildDetails(info)
}

// buildDetails says what a build says of itself: the commit, the settings, and each
// linked module with the hash by which go.sum knows it.
func buildDetails(info *debug.BuildInfo) string {
	var b strings.Builder
	settings := map[string]string{}
	var others []string
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
		if !strings.HasPrefix(s.Key, "vcs") {
			others = append(others, s.Key+"="+s.Value)
		}
	}
	fmt.Fprintf(&b, "commit:  %s\n", commitOf(settings))
	fmt.Fprintf(&b, "build:   %s\n", strings.Join(others, " "))
	fmt.Fprintf(&b, "module:  %s (this program)\n", moduleLine(&info.Main))
	for _, m := range info.Deps {
		fmt.Fprintf(&b, "module:  %s\n", moduleLine(m))
	}
	return b.String()
}

// commitOf says from which commit, and whether the files were as the commit has them.
func commitOf(settings map[string]string) string {
	revision := settings["vcs.revision"]
	if revision == "" {
		return "unknown; built from an archive, a module, or without the stamp of version control"
	}
	state := "of unknown state"
	switch settings["vcs.modified"] {
	case "false":
		state = "unmodified"
	case "true":
		state = "MODIFIED: this is not what the commit holds"
	}
	return fmt.Sprintf("%s, %s, %s", revision, settings["vcs.time"], state)
}

// moduleLine names a module, its version and its hash, and what stands in its place.
func moduleLine(m *debug.Module) string {
	text := m.Path + " " + m.Version
	if m.Sum != "" {
		text += " " + m.Sum
	}
	if m.Replace != nil {
		text += " REPLACED BY " + moduleLine(m.Replace)
	}
	return text
}
