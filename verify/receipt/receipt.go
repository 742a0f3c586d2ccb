package receipt

// Schema is the id of the format.
const Schema = "coldsign/receipt/v1"

// Namespace is what a receipt's signature is for: ssh-keygen -Y sign -n.
const Namespace = "coldsign-receipt"

// Width is the width of the text in a receipt, in columns: the same on every
// machine, however wide its terminal is.
const Width = 100

// MaxSize is the most bytes of a receipt.
const MaxSize = 16 << 20

// Receipt is what one run checked. The fields are as the package comment says; the
// zero value is a receipt that Parse refuses.
type Receipt struct {
	Program  Program   `json:"program"`
	Time     string    `json:"time"`
	Command  string    `json:"command"`
	Verdict  string    `json:"verdict"`
	ExitCode int       `json:"exitCode"`
	Summary  string    `json:"summary"`
	File     string    `json:"file"`
	Dialect  string    `json:"dialect"`
	Safe     Value     `json:"safe"`
	Chain    Value     `json:"chain"`
	Version  Value     `json:"version"`
	Nonce    Value     `json:"nonce"`
	Hashes   Hashes    `json:"hashes"`
	Intent   Intent    `json:"intent"`
	Digests  []Digest  `json:"digests"`
	Journal  *Journal  `json:"journal"`
	Findings []Finding `json:"findings"`
	Effects  []string  `json:"effects"`
	Totals   []string  `json:"totals"`
	Shown    Shown     `json:"shown"`
}

// Program is the program that ran. Module is the Go module that it was built from,
// "" if the build does not say.
type Program struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Module  string `json:"module"`
}

// Value is a value with its provenance.
type Value struct {
	Value string `json:"value"`
	From  string `json:"from"`
}

// Hashes are what a device shows.
type Hashes struct {
	Domain   string `json:"domain"`
	Message  string `json:"message"`
	SafeTx   string `json:"safeTx"`
	Signed   string `json:"signed"`
	SignedAs string `json:"signedAs"`
}

// Intent is what a person declared, and whether the transaction is that.
type Intent struct {
	Origin   string   `json:"origin"`
	Matched  bool     `json:"matched"`
	Declared []string `json:"declared"`
}

// Digest is the sha256 of an input.
type Digest struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// Journal says how far the journal of signatures was at that time (decision 22).
type Journal struct {
	Length   uint64 `json:"length"`
	Head     string `json:"head"`
	Identity string `json:"identity"`
}

// Finding is what a rule found.
type Finding struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Where    string `json:"where"`
	Declared bool   `json:"declared"`
}

// Shown is the text that was shown.
type Shown struct {
	SHA256 string   `json:"sha256"`
	Lines  []string `json:"lines"`
}

// Digest returns the digest of an input, "" if the receipt has none of that name.
func (r *Receipt) Digest(name string) string {
	for _, d := range r.Digests {
		if d.Name == name {
			return d.SHA256
		}
	}
	return ""
}
