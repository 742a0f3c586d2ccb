package safe_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

type corpusRow struct {
	ID, Kind                 string
	ChainID                  *uint64
	Safe, SafeVersion        string
	Expect                   corpusHashes
	Recomputed               *bool
	Message                  json.RawMessage
	Computed                 corpusHashes
	SignatureCheck           []string
	Signatures               string
	Nonce                    string
	Inner, NestedRoot        json.RawMessage
	RecoveredSigners         []string
	Calldata                 string
	CanonicalEncoding        bool
	To, Value, Data          string
	Operation                uint8
	SafeTxGas, BaseGas       string
	GasPrice                 string
	GasToken, RefundReceiver string
}

type corpusHashes struct {
	DomainHash, MessageHash, SafeTxHash, SafeMessageHash, RawMessageHash string
}

// corpus reads one JSON Lines file of the folder that COLDSIGN_CORPUS names.
func corpus(t *testing.T, name string) []corpusRow {
	t.Helper()
	root := os.Getenv("COLDSIGN_CORPUS")
	if root == "" {
		t.Skip("SKIPPED: COLDSIGN_CORPUS is not set, so that nothing was compared with real published hashes")
	}
	f, err := os.Open(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []corpusRow
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var row corpusRow
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatalf("%s, line %d: %v", name, len(rows)+1, err)
		}
		rows = append(rows, row)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

func (row *corpusRow) tx(t *testing.T) *safe.Tx {
	return &safe.Tx{
		To: addr(row.To), Value: number(t, row.Value), Data: unhex(t, row.Data), Operation: safe.OperationFromWire(row.Operation),
		SafeTxGas: numberOr0(t, row.SafeTxGas), BaseGas: numberOr0(t, row.BaseGas), GasPrice: numberOr0(t, row.GasPrice),
		GasToken: addr(row.GasToken), RefundReceiver: addr(row.RefundReceiver), Nonce: number(t, row.Nonce),
	}
}

func numberOr0(t *testing.T, s string) *uint256.Int {
	if s == "" {
		return u(0)
	}
	return number(t, s)
}

func (row *corpusRow) domain(t *testing.T) safe.Domain {
	t.Helper()
	d := safe.Domain{Safe: addr(row.Safe)}
	if row.ChainID != nil {
		d.ChainID = u(*row.ChainID)
	}
	v, err := safe.ParseVersion(row.SafeVersion)
	if err != nil {
		t.Fatalf("%s: %v", row.ID, err)
	}
	d.Era = v.Era()
	return d
}

// check compares every hash that the row publishes and returns how many it had.
func (h corpusHashes) check(t *testing.T, id string, got safe.Hashes) int {
	t.Helper()
	n := 0
	for _, c := range [...]struct {
		name, want string
		got        common.Hash
	}{{"domain", h.DomainHash, got.Domain}, {"message", h.MessageHash, got.Message}, {"safeTx", h.SafeTxHash, got.SafeTx}} {
		if c.want == "" {
			continue
		}
		n++
		if !strings.EqualFold(strings.TrimPrefix(c.want, "0x"), c.got.Hex()[2:]) {
			t.Errorf("%s: %s hash %s, published %s", id, c.name, c.got, c.want)
		}
	}
	return n
}

func TestCorpusHashes(t *testing.T) {
	rows, hashes, nested, create, wrong := 0, 0, 0, 0, 0
	for _, row := range corpus(t, "hashes.jsonl") {
		if row.Kind != "safeTx" {
			continue
		}
		if row.Recomputed == nil || !*row.Recomputed {
			wrong += checkDoesNotReproduce(t, &row)
			continue
		}
		if row.Operation == 2 {
			create++ // CREATE of 0.1.0 and 1.0.0: no Operation, so no hash
			if _, err := row.tx(t).MessageHash(row.domain(t).Era); err == nil {
				t.Errorf("%s: operation 2 was hashed", row.ID)
			}
			continue
		}
		got, err := row.tx(t).Hash(row.domain(t))
		if err != nil {
			t.Errorf("%s: %v", row.ID, err)
			continue
		}
		n := row.Expect.check(t, row.ID, got)
		if n == 0 {
			t.Errorf("%s: the row publishes no hash", row.ID)
		}
		rows, hashes = rows+1, hashes+n
		nested += checkNestedRoot(t, &row)
	}
	if rows == 0 {
		t.Fatal("no row was compared")
	}
	t.Logf("%d transactions reproduce %d published hashes; %d nested roots; %d with operation 2 refused; %d do not reproduce, as recorded",
		rows, hashes, nested, create, wrong)
}

// checkNestedRoot: the row approves the root's safeTxHash, so its data must hold it.
func checkNestedRoot(t *testing.T, row *corpusRow) int {
	if len(row.NestedRoot) == 0 {
		return 0
	}
	var root corpusRow
	if err := json.Unmarshal(row.NestedRoot, &root); err != nil {
		t.Fatalf("%s: %v", row.ID, err)
	}
	d := root.domainOf(row, t)
	got, err := root.tx(t).Hash(d)
	if err != nil {
		t.Errorf("%s: root: %v", row.ID, err)
		return 0
	}
	root.Computed.check(t, row.ID+" root", got)
	if approve := common.Bytes2Hex(safe.ApproveHashCalldata(got.SafeTx)); !strings.Contains(row.Data, approve) {
		t.Errorf("%s: the data does not approve the root %s", row.ID, got.SafeTx)
	}
	return 1
}

// domainOf: nested roots carry no version; all are of 1.3.0 or later.
func (row *corpusRow) domainOf(child *corpusRow, t *testing.T) safe.Domain {
	row.SafeVersion, row.ID = "1.3.0", child.ID
	return row.domain(t)
}

// checkDoesNotReproduce: these rows are kept because their hash fits no rule.
func checkDoesNotReproduce(t *testing.T, row *corpusRow) int {
	var chain *uint256.Int
	if row.ChainID != nil {
		chain = u(*row.ChainID)
	}
	if matches, _ := safe.InferEra(row.tx(t), addr(row.Safe), chain, hash(row.Expect.SafeTxHash)); len(matches) != 0 {
		t.Errorf("%s is recorded as not reproducible, but fits %v", row.ID, matches)
	}
	return 1
}

func TestCorpusDomains(t *testing.T) {
	n := 0
	for _, row := range corpus(t, "hashes.jsonl") {
		if row.Kind != "domain" {
			continue
		}
		got, err := row.domain(t).Hash()
		if err != nil {
			t.Errorf("%s: %v", row.ID, err)
		}
		n += row.Expect.check(t, row.ID, safe.Hashes{Domain: got})
	}
	if n == 0 {
		t.Fatal("no row was compared")
	}
	t.Logf("%d domain hashes", n)
}

func TestCorpusMessages(t *testing.T) {
	n, texts := 0, 0
	for _, row := range corpus(t, "messages.jsonl") {
		raw := hash(row.Computed.RawMessageHash)
		var text string
		if json.Unmarshal(row.Message, &text) == nil {
			texts++
			if safe.TextHash([]byte(text)) != raw {
				t.Errorf("%s: text hash %s, want %s", row.ID, safe.TextHash([]byte(text)), raw)
			}
		}
		got, err := row.domain(t).HashMessage(raw[:])
		if err != nil {
			t.Errorf("%s: %v", row.ID, err)
			continue
		}
		if got.SafeMessage != hash(row.Expect.SafeMessageHash) {
			t.Errorf("%s: got %s, published %s", row.ID, got.SafeMessage, row.Expect.SafeMessageHash)
		}
		row.Expect.check(t, row.ID, safe.Hashes{Domain: got.Domain, Message: got.Message})
		n++
	}
	if n == 0 || texts == 0 {
		t.Fatal("no message was compared")
	}
	t.Logf("%d messages, %d of them texts", n, texts)
}

func TestCorpusSignatures(t *testing.T) {
	blobs, signatures, signers, encoded := 0, 0, 0, 0
	for _, row := range corpus(t, "exec.jsonl") {
		if len(row.Signatures) <= 2 {
			continue
		}
		blob := unhex(t, row.Signatures)
		b, err := safe.ParseBlob(blob, 0)
		if err != nil {
			t.Errorf("%s: %v", row.ID, err)
			continue
		}
		for i := range b.Faults {
			if b.Faults[i].Malformed() {
				t.Logf("%s: %s", row.ID, b.Faults[i].Message)
			}
		}
		blobs, signatures = blobs+1, signatures+len(b.Signatures)
		encoded += checkExecCalldata(t, &row, blob)
		signers += checkExecSigners(t, &row, &b)
	}
	if signers == 0 || encoded == 0 {
		t.Fatal("no signer or no calldata was compared")
	}
	t.Logf("%d blobs, %d signatures, %d recovered as recorded, %d calldatas encoded again", blobs, signatures, signers, encoded)
}

func (row *corpusRow) innerTx(t *testing.T, nonce string) *safe.Tx {
	var inner corpusRow
	if err := json.Unmarshal(row.Inner, &inner); err != nil {
		t.Fatalf("%s: %v", row.ID, err)
	}
	inner.Nonce = nonce
	return inner.tx(t)
}

func checkExecCalldata(t *testing.T, row *corpusRow, blob []byte) int {
	got, err := safe.ExecTransactionCalldata(row.innerTx(t, "0"), blob)
	if err != nil {
		t.Errorf("%s: %v", row.ID, err)
		return 0
	}
	same := strings.EqualFold(common.Bytes2Hex(got), strings.TrimPrefix(row.Calldata, "0x"))
	if same != row.CanonicalEncoding {
		t.Errorf("%s: encoded again it is the same: %v, recorded as canonical: %v", row.ID, same, row.CanonicalEncoding)
	}
	return 1
}

func checkExecSigners(t *testing.T, row *corpusRow, b *safe.Blob) int {
	if len(row.RecoveredSigners) == 0 {
		return 0
	}
	d := row.domain(t)
	h, err := row.innerTx(t, row.Nonce).Hash(d)
	if err != nil {
		t.Errorf("%s: %v", row.ID, err)
		return 0
	}
	got, faults := b.Recover(h.SafeTx, safe.Version{})
	if b.Malformed() || len(faults) != 0 || len(got) != len(row.RecoveredSigners) {
		t.Errorf("%s: %d signers, faults %v", row.ID, len(got), faults)
		return 0
	}
	for i, want := range row.RecoveredSigners {
		if !got[i].Proven || got[i].Owner != addr(want) {
			t.Errorf("%s: signer %d is %s, recorded %s", row.ID, i, got[i].Owner, want)
		}
	}
	return len(got)
}
