// Command release makes the parts of a release that need more than the compiler. .ci/release
// runs it; it is not part of the program that is released.
//
//	release sbom PROGRAM                            CycloneDX list of what it is made of
//	release licences VERSION OS/ARCH...             texts of all linked modules' licences
//	release source PREFIX SECONDS FOLDER            a tar.gz of the folder
//	release typecheck OS/ARCH...                    whether our code compiles there
//
// Each writes to standard output.
package main

import (
	"debug/buildinfo"
	"errors"
	"fmt"
	"os"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/licence"
	"github.com/coldsign/coldsign/cmd/coldsign/internal/sbom"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 2 {
		return errors.New("usage: release sbom|licences|source|typecheck ARGUMENTS")
	}
	switch word, args := args[0], args[1:]; word {
	case "sbom":
		return writeSBOM(args[0])
	case "licences":
		return licences(args[0], args[1:])
	case "source":
		if len(args) != 3 {
			return errors.New("usage: release source PREFIX SECONDS FOLDER")
		}
		return source(os.Stdout, args[0], args[1], args[2])
	case "typecheck":
		return typecheck(args)
	}
	return fmt.Errorf("there is no %q", args[0])
}

func writeSBOM(name string) error {
	program, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	info, err := buildinfo.ReadFile(name)
	if err != nil {
		return err
	}
	list, err := sbom.Make(program, info, licence.Of)
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(list)
	return err
}

// licences writes the texts for what is linked on any of the targets.
func licences(version string, targets []string) error {
	var all []licence.Package
	for _, t := range targets {
		packages, err := list(t)
		if err != nil {
			return err
		}
		for _, p := range packages {
			all = append(all, p.licence())
		}
	}
	texts, err := licence.Collect(all)
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(licence.Report(version, texts))
	return err
}
