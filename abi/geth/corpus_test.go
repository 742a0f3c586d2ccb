package geth

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

// corpus opens a file of the corpus of real payloads, which is not part of the
// project.
func corpus(t *testing.T, name string) *bufio.Scanner {
	t.Helper()
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Skip("SKIPPED: COLDSIGN_CORPUS is not set, so NO real payload was decoded by this test")
	}
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	s := bufio.NewScanner(f)
	s.Buffer(nil, 64<<20)
	return s
}

// TestCorpusBatches decodes what Safe's own encoder wrote for each method call:
// honest calldata must be canonical.
func TestCorpusBatches(t *testing.T) {
	rows := corpus(t, "batches/encoded.jsonl")
	decoded := 0
	for rows.Scan() {
		var row struct{ File, Sig, Data, How string }
		if err := json.Unmarshal(rows.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(row.How, "encoded from") {
			continue
		}
		sel := unhex(row.Data)[:4]
		c := mustDecode(t, Input{Data: unhex(row.Data)}, book{hex.EncodeToString(sel): {row.Sig}}.lookup)
		if c.Status != Decoded {
			t.Errorf("%s: %s is %q", row.File, row.Sig, c.Status)
			continue
		}
		decoded++
		if canReencode(c.Args) {
			checkReencoding(t, c)
		}
	}
	if decoded == 0 {
		t.Error("no row was decoded")
	}
	t.Logf("%d rows decoded", decoded)
}

// userDefined matches internal functions of libraries, whose types have names of
// their own; no calldata has such a signature.
var userDefined = regexp.MustCompile(`[(,][A-Z]`)

// TestCorpusSignatures asks of each known function that its smallest arguments,
// encoded by another encoder, are read back.
func TestCorpusSignatures(t *testing.T) {
	rows := corpus(t, "knowledge/signatures.tsv")
	read := 0
	for rows.Scan() {
		if strings.HasPrefix(rows.Text(), "#") {
			continue
		}
		signature, _, _ := strings.Cut(rows.Text(), "\t")
		_, fields, ok := parseDeclaration(signature)
		if !ok {
			if !userDefined.MatchString(signature) {
				t.Errorf("%q is outside the grammar", signature)
			}
			continue
		}
		c := decodeArgs(t, encodeFields(fields, smallest(fields)), signature)
		if c.Status != Decoded || c.Function != signature {
			t.Errorf("%s is %q as %q", signature, c.Status, c.Function)
		}
		if canReencode(c.Args) && !bytes.Equal(encodeFields(fields, c.Args), c.Data[4:]) {
			t.Errorf("%s: what is shown encodes to other bytes", signature)
		}
		read++
	}
	if read == 0 {
		t.Error("no signature was read")
	}
	t.Logf("%d signatures read", read)
}

// TestCorpusExecutions decodes calldata that was sent to the chain or published
// as such.
func TestCorpusExecutions(t *testing.T) {
	rows := corpus(t, "exec.jsonl")
	status := make(map[string]int)
	for rows.Scan() {
		var row struct{ ID, Form, Calldata string }
		if err := json.Unmarshal(rows.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		if row.Calldata == "" {
			continue
		}
		c := mustDecode(t, Input{To: common.Address{1}, Data: unhex(row.Calldata)}, published.lookup)
		status[c.Status]++
		t.Logf("%s: %d bytes are %s %s, %d calls inside, faults %q", row.ID, len(c.Data), c.Status, c.Function, len(c.Children), c.Faults)
		checkPrintable(t, row.ID, c.Transcript())
	}
	if status[Decoded] == 0 {
		t.Error("nothing was decoded")
	}
	t.Logf("%v", status)
}
