// Package sbom writes the list of what a program is made of (CycloneDX 1.6, JSON) from
// what the Go linker wrote into it. It is part of making a release, not of the program.
//
// The list is that of the linked program, not of go.mod: a module of which nothing is
// linked is not in it. Made twice from the same program it is the same to the byte: the
// serial number follows from the program's digest, the time from its commit.
package sbom

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"runtime/debug"
	"strings"
)

// Schema is the schema that the list follows.
const Schema = "http://cyclonedx.org/schema/bom-1.6.schema.json"

type bom struct {
	Schema       string       `json:"$schema"`
	Format       string       `json:"bomFormat"`
	Spec         string       `json:"specVersion"`
	Serial       string       `json:"serialNumber"`
	Version      int          `json:"version"`
	Metadata     metadata     `json:"metadata"`
	Components   []component  `json:"components"`
	Dependencies []dependency `json:"dependencies"`
}

type metadata struct {
	Timestamp string    `json:"timestamp,omitempty"`
	Component component `json:"component"`
}

type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref"`
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	Purl       string     `json:"purl"`
	Hashes     []hash     `json:"hashes,omitempty"`
	Licenses   []choice   `json:"licenses"`
	Properties []property `json:"properties,omitempty"`
}

type hash struct {
	Alg     string `json:"alg"`
	Content string `json:"content"`
}

type choice struct {
	License struct {
		ID string `json:"id"`
	} `json:"license"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type dependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn,omitempty"`
}

// Make writes the list for a program. licence gives the SPDX identifier of a module; the
// standard library is asked for as "std".
func Make(program []byte, info *debug.BuildInfo, licence func(module string) (string, error)) ([]byte, error) {
	if info.Main.Path == "" || info.Main.Version == "" {
		return nil, errors.New("the program does not say which module and version it is")
	}
	digest := sha256.Sum256(program)
	b := bom{Schema: Schema, Format: "CycloneDX", Spec: "1.6", Version: 1, Serial: serial(digest)}
	var err error
	if b.Metadata.Component, err = library(&info.Main, licence); err != nil {
		return nil, err
	}
	main := &b.Metadata.Component
	main.Type = "application"
	main.Hashes = []hash{{"SHA-256", hex.EncodeToString(digest[:])}}
	for _, s := range info.Settings {
		if s.Key == "vcs.time" {
			b.Metadata.Timestamp = s.Value
		}
		main.Properties = append(main.Properties, property{"go:build:" + s.Key, s.Value})
	}
	std, err := library(&debug.Module{Path: "std", Version: strings.TrimPrefix(info.GoVersion, "go")}, licence)
	if err != nil {
		return nil, err
	}
	b.Components = append(b.Components, std)
	for _, m := range info.Deps {
		if m.Replace != nil {
			return nil, fmt.Errorf("%s is replaced by %s: a release holds what go.sum names", m.Path, m.Replace.Path)
		}
		if m.Sum == "" {
			return nil, fmt.Errorf("%s %s has no hash", m.Path, m.Version)
		}
		c, err := library(m, licence)
		if err != nil {
			return nil, err
		}
		b.Components = append(b.Components, c)
	}
	top := dependency{Ref: main.Ref}
	for _, c := range b.Components {
		top.DependsOn = append(top.DependsOn, c.Ref)
		b.Dependencies = append(b.Dependencies, dependency{Ref: c.Ref})
	}
	b.Dependencies = append([]dependency{top}, b.Dependencies...)
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err = e.Encode(b)
	return out.Bytes(), err
}

// library describes one module. The hash of go.sum is one over names and hashes of all
// files of the module, and not of any one file: it stands among the properties, where
// nobody takes it for a SHA-256 of an archive.
func library(m *debug.Module, licence func(string) (string, error)) (component, error) {
	id, err := licence(m.Path)
	if err != nil {
		return component{}, err
	}
	c := component{Type: "library", Name: m.Path, Version: m.Version, Purl: purl(m), Licenses: make([]choice, 1)}
	c.Ref = c.Purl
	c.Licenses[0].License.ID = id
	if m.Sum != "" {
		c.Properties = []property{{"go:sum", m.Sum}}
	}
	return c, nil
}

// purl is the package URL: in type golang, names are in lower case.
func purl(m *debug.Module) string {
	var parts []string
	for _, p := range strings.Split(strings.ToLower(m.Path), "/") {
		parts = append(parts, url.PathEscape(p))
	}
	return "pkg:golang/" + strings.Join(parts, "/") + "@" + strings.ReplaceAll(url.PathEscape(m.Version), "+", "%2B")
}

// serial is a UUID of version 8 (RFC 9562), whose bits are the program's digest.
func serial(digest [32]byte) string {
	u := digest[:16]
	u = bytes.Clone(u)
	u[6] = u[6]&0x0f | 0x80
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}
