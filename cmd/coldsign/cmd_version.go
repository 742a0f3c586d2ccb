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

Prints the version. --verbose adds how the program was built, whether the
operating system has taken sockets and new programs from it, and the dates of the
lists of addresses that it warns of.
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
	return b.String()
}
