package sarif

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

const (
	schemaURI = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	homepage  = "https://github.com/coldsign/coldsign"
)

// Writer writes one log over any number of reports.
type Writer struct {
	w       io.Writer
	version string

	rules   []string
	index   map[string]int
	files   []file
	results int
}

// file is what is kept of a report until the end.
type file struct{ uri, verdict, summary, sha256, failure, hint string }

// New returns a writer; version is that of this program.
func New(w io.Writer, version string) *Writer {
	return &Writer{w: w, version: version, index: map[string]int{}}
}

// Begin writes what stands before the results.
func (w *Writer) Begin() error {
	n := &node{b: []byte{'{'}}
	n.str("$schema", schemaURI)
	n.str("version", "2.1.0")
	n.b = append(n.b, `,"runs":[{`...)
	// report.Finding counts columns in code points.
	n.str("columnKind", "unicodeCodePoints")
	n.b = append(n.b, `,"results":[`...)
	return w.write(n)
}

// Add writes the results of one report; exit is the exit code that it alone gives.
func (w *Writer) Add(r *report.Report, exit int) error {
	f := file{uri: uri(r.File), verdict: r.Verdict.String(), summary: plain(summary(r))}
	for _, d := range r.Digests {
		if d.Name == "payload" {
			f.sha256 = d.SHA256
		}
	}
	refused := r.Verdict == report.Refused
	n := &node{}
	said := false // whether a result says why the file is refused
	seen := map[string]int{}
	for _, x := range report.Sorted(r.Findings) {
		said = said || strings.HasPrefix(r.Summary, x.Code+": ")
		w.result(n, &f, x, refused, seen)
	}
	switch {
	case exit == 0:
	case refused && !said:
		w.result(n, &f, report.Finding{Code: refusedRule, Severity: report.Critical, Message: summary(r), Hint: r.Hint}, true, seen)
	case !refused:
		f.failure, f.hint = plain(summary(r)), plain(r.Hint)
		w.result(n, &f, report.Finding{Code: uncheckedRule, Severity: report.Critical, Message: summary(r), Hint: r.Hint}, true, seen)
	}
	w.files = append(w.files, f)
	return w.write(n)
}

func summary(r *report.Report) string {
	if r.Failure != "" {
		return r.Failure
	}
	if r.Summary == "" {
		return "no reason was given"
	}
	return r.Summary
}

func (w *Writer) result(n *node, f *file, x report.Finding, refused bool, seen map[string]int) {
	id := x.Code
	if x.Declared {
		id += declaredSuffix
	}
	if w.results > 0 {
		n.b = append(n.b, ',')
	}
	n.b = append(n.b, '\n')
	w.results++
	n.in("", func() {
		n.str("ruleId", plain(id))
		n.num("ruleIndex", w.rule(id))
		n.str("level", level(x, refused))
		n.text("message", message(x))
		n.list("locations", func() { n.in("", func() { w.location(n, f, x) }) })
		n.in("partialFingerprints", func() { n.str("coldsignFinding/v1", fingerprint(x, seen)) })
		n.in("properties", func() {
			n.str("severity", x.Severity.String())
			n.str("stage", x.Stage.String())
			n.flag("declared", x.Declared)
		})
	})
}

// location is the value in the file and the call in the tree.
func (w *Writer) location(n *node, f *file, x report.Finding) {
	n.in("physicalLocation", func() {
		n.in("artifactLocation", func() {
			n.str("uri", f.uri)
			n.num("index", len(w.files))
		})
		if x.Line > 0 {
			n.in("region", func() {
				n.num("startLine", x.Line)
				if x.Column > 0 {
					n.num("startColumn", x.Column)
				}
			})
		}
	})
	if x.Where != "" {
		n.list("logicalLocations", func() {
			n.in("", func() {
				n.str("fullyQualifiedName", report.Escape(x.Where))
				n.str("kind", "member")
			})
		})
	}
}

func message(x report.Finding) string {
	text := plain(x.Message)
	if x.Declared {
		text = "Declared by the intent: " + text
	}
	if x.Hint != "" {
		text += "; what to do: " + plain(x.Hint)
	}
	return text
}

// fingerprint is the same for the same finding in another version of the file: it rests on
// what is said and not on the line or the number of the call.
func fingerprint(x report.Finding, seen map[string]int) string {
	what := strconv.Quote(x.Code) + strconv.Quote(x.Message)
	seen[what]++
	sum := sha256.Sum256([]byte(what + strconv.Itoa(seen[what])))
	return hex.EncodeToString(sum[:16])
}

// rule returns the index of a rule, which stands in the log once it was used.
func (w *Writer) rule(id string) int {
	i, ok := w.index[id]
	if !ok {
		i = len(w.rules)
		w.index[id], w.rules = i, append(w.rules, id)
	}
	return i
}

// End writes the rest: the files with their verdicts, the rules, and how the run ended.
func (w *Writer) End(exit int) error {
	n := &node{b: []byte("\n]")}
	n.list("artifacts", func() {
		for i := range w.files {
			n.artifact(&w.files[i])
		}
	})
	n.in("tool", func() {
		n.in("driver", func() {
			n.str("name", "coldsign")
			n.str("informationUri", homepage)
			v, semantic := semantic(w.version)
			n.str("version", v)
			if semantic {
				n.str("semanticVersion", v)
			}
			n.list("rules", func() {
				for _, id := range w.rules {
					n.sep()
					n.rule(id)
				}
			})
		})
	})
	n.list("invocations", func() { n.in("", func() { w.invocation(n, exit) }) })
	n.b = append(n.b, "}]}\n"...)
	return w.write(n)
}

func (n *node) artifact(f *file) {
	n.in("", func() {
		n.in("location", func() { n.str("uri", f.uri) })
		if f.sha256 != "" {
			n.in("hashes", func() { n.str("sha-256", f.sha256) })
		}
		n.in("properties", func() {
			n.str("verdict", f.verdict)
			n.str("summary", f.summary)
		})
	})
}

func (w *Writer) invocation(n *node, exit int) {
	unchecked := false
	for _, f := range w.files {
		unchecked = unchecked || f.failure != ""
	}
	n.flag("executionSuccessful", !unchecked && (exit == 0 || exit == 3))
	n.num("exitCode", exit)
	n.str("exitCodeDescription", exitWords(exit))
	n.list("toolExecutionNotifications", func() {
		for i, f := range w.files {
			if f.failure == "" {
				continue
			}
			n.in("", func() {
				n.str("level", "error")
				n.in("descriptor", func() { n.str("id", uncheckedRule) })
				n.text("message", f.failure+ifSome("; what to do: ", f.hint))
				n.list("locations", func() {
					n.in("", func() {
						n.in("physicalLocation", func() {
							n.in("artifactLocation", func() {
								n.str("uri", f.uri)
								n.num("index", i)
							})
						})
					})
				})
			})
		}
	})
}

func ifSome(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

func exitWords(exit int) string {
	switch exit {
	case 0:
		return "no rule refuses"
	case 3:
		return "refused"
	}
	return "could not check"
}

// semantic returns the version without its v, and whether it is one of Semantic Versioning
// 2.0.0. What is built from a folder has none.
func semantic(version string) (string, bool) {
	v, ok := strings.CutPrefix(version, "v")
	core, _, _ := strings.Cut(v, "+")
	core, _, _ = strings.Cut(core, "-")
	parts := strings.Split(core, ".")
	for _, p := range parts {
		ok = ok && p != "" && strings.Trim(p, "0123456789") == ""
	}
	return v, ok && len(parts) == 3
}

func (w *Writer) write(n *node) error {
	_, err := w.w.Write(n.b)
	return err
}

func slashes(name string) string { return filepath.ToSlash(name) }
