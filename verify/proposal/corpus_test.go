package proposal

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// corpus returns the folder of real files that are not part of the project.
func corpus(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Skip("COLDSIGN_CORPUS is not set: nothing is tested on real files of other people's repositories")
	}
	return dir
}

// lines calls f for each row of a table of the corpus.
func lines(t *testing.T, dir, table string, f func(row map[string]any)) {
	t.Helper()
	file, err := os.Open(filepath.Join(dir, table))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	s := bufio.NewScanner(file)
	s.Buffer(nil, 1<<23)
	for s.Scan() {
		var row map[string]any
		d := json.NewDecoder(bytes.NewReader(s.Bytes()))
		d.UseNumber()
		if err := d.Decode(&row); err != nil {
			t.Fatal(err)
		}
		f(row)
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
}

// files calls f for each row of an index whose file is there; parts of the
// corpus are kept elsewhere.
func files(t *testing.T, dir, index string, f func(row map[string]any, raw []byte)) {
	t.Helper()
	lines(t, dir, index, func(row map[string]any) {
		raw, err := os.ReadFile(filepath.Join(dir, text(row, "file")))
		if errors.Is(err, os.ErrNotExist) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		f(row, raw)
	})
}

func text(row map[string]any, key string) string {
	switch v := row[key].(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// class says in few words what became of a file.
func class(res Result, err error) string {
	switch {
	case errors.Is(err, ErrNotProposal):
		return "no proposal"
	case err != nil:
		return "error"
	case res.Proposal == nil:
		return "refused"
	}
	for _, f := range res.Findings {
		if f.Severity == report.Critical {
			return "read, critical"
		}
	}
	return "read"
}

// serviceClass is the class that a file of service/ must have, by its kind; two
// where the kind does not decide.
func serviceClass(row map[string]any) string {
	kind, name := text(row, "kind"), text(row, "file")
	switch {
	case strings.Contains(name, "two_results"):
		return "refused" // two transactions with one nonce
	case strings.Contains(name, "balances--get.json"), strings.Contains(name, "v1-tokens--get.json"):
		return "refused" // they hold comments
	case strings.Contains(name, "dataDecoded"), strings.Contains(name, "localstorage"):
		return "no proposal"
	case strings.HasPrefix(name, "service/safe-docs/") && strings.Contains(name, "transactions"), kind == "client-gateway TransactionDetails":
		return "read, refused, no proposal" // some examples hold comments, some an operation "CALL"
	case strings.HasPrefix(kind, "tx-service"), strings.HasSuffix(name, "message_snapshot_vote.json"), strings.HasPrefix(name, "service/messages/eip712_"),
		strings.HasSuffix(name, "-v1-user-operations-{user_operation_hash}--get.json"):
		return "read"
	}
	return "no proposal"
}

func TestCorpusService(t *testing.T) {
	dir := corpus(t)
	count := map[string]int{}
	files(t, dir, "service/index.jsonl", func(row map[string]any, raw []byte) {
		res, err := Parse(raw, Options{})
		got, want := class(res, err), serviceClass(row)
		count[got]++
		if !strings.Contains(want, got) {
			t.Errorf("%s: %s, want %s: %v %v", row["file"], got, want, codes(res), err)
		}
		if got == "read" && want == got && len(res.Findings) > 0 {
			t.Errorf("%s: an honest file gets %v", row["file"], res.Findings)
		}
		if err != nil && (!printable(err.Error()) || err.Error() == ErrNotProposal.Error()) {
			t.Errorf("%s: %q", row["file"], err)
		}
	})
	t.Logf("service files: %v", count)
	if count["read"] == 0 || count["no proposal"] == 0 || count["refused"] == 0 {
		t.Error("a class is empty: the corpus is not what it was")
	}
}

// chains tries the chains of the corpus, for forms that do not name theirs.
var chains = []uint64{1, 4, 5, 10, 46, 100, 137, 324, 8453, 31337, 42161, 11155111}

// reproduces reports whether some version and chain give a claimed hash.
func reproduces(p *Proposal) bool {
	for _, c := range p.Claims.Hashes {
		if c.Kind != HashSafeTx || p.Safe == nil {
			continue
		}
		for _, era := range safe.Eras() {
			for _, id := range chains {
				h, err := p.Tx.Hash(safe.Domain{Era: era, ChainID: uint256.NewInt(id), Safe: *p.Safe})
				if err == nil && h.SafeTx == c.Hash {
					return true
				}
			}
		}
	}
	return false
}

func TestCorpusHashes(t *testing.T) {
	dir := corpus(t)
	good, bad := 0, []string{}
	check := func(name string, p *Proposal) {
		if reproduces(p) {
			good++
			return
		}
		bad = append(bad, name)
	}
	files(t, dir, "service/index.jsonl", func(row map[string]any, raw []byte) {
		name := filepath.Base(text(row, "file"))
		res, err := Parse(raw, Options{})
		if err != nil {
			return
		}
		for _, c := range res.Candidates {
			h := common.HexToHash(c.SafeTxHash)
			one, err := Parse(raw, Options{SelectHash: &h})
			if err != nil || one.Proposal == nil {
				t.Errorf("%s: %v %v", name, codes(one), err)
				continue
			}
			check(name+" "+c.SafeTxHash[:10], one.Proposal)
		}
		if res.Proposal != nil && res.Proposal.Safe != nil && res.Proposal.Tx != nil {
			check(name, res.Proposal)
		}
	})
	t.Logf("hashes of service files: %d recomputed, not: %v", good, bad)
	// Its data was taken out by the repository that holds it.
	if len(bad) != 1 || !strings.Contains(bad[0], "jarvis") || good == 0 {
		t.Errorf("not recomputed: %v", bad)
	}
}

// batchClass is the class that a batch file must have, by what the real app and
// the scan of the corpus say about it.
func batchClass(row map[string]any, raw []byte) string {
	v, err := strictjson.Parse(raw, strictjson.Limits{})
	var e *strictjson.Error
	switch {
	case errors.As(err, &e) && e.Code == strictjson.CodeSyntax:
		return "no proposal"
	case err != nil:
		return "refused"
	}
	list := v.Get("transactions")
	if !list.Is(strictjson.Array) || len(list.Items) == 0 {
		return "refused"
	}
	class := "read"
	if n := text(row, "encodeFailures"); n != "" && n != "0" {
		class = "read, critical"
	}
	for i := range list.Items {
		item := &list.Items[i]
		if len(scalar(item.Get("to"))) != 42 || scalar(item.Get("value")) == "" || strings.Contains(scalar(item.Get("data")), "w") {
			class = "refused"
		}
	}
	return class
}

func TestCorpusBatches(t *testing.T) {
	dir := corpus(t)
	count, total := map[string]int{}, 0
	files(t, dir, "batches/index.jsonl", func(row map[string]any, raw []byte) {
		res, err := Parse(raw, Options{})
		got := class(res, err)
		count[got]++
		if want := batchClass(row, raw); got != want {
			t.Errorf("%s: %s, want %s: %v %v", row["file"], got, want, codes(res), err)
		}
		p := res.Proposal
		if p == nil {
			return
		}
		n := len(p.Batch)
		if p.Tx != nil {
			n = 1
		}
		total += n
		if text(row, "nTx") != fmt.Sprint(n) {
			t.Errorf("%s: %d transactions, want %s", row["file"], n, text(row, "nTx"))
		}
		if want := text(row, "chainId"); want != "" && (p.Chain == nil || p.Chain.Dec() != want) {
			t.Errorf("%s: chain %v, want %s", row["file"], p.Chain, want)
		}
		if want := text(row, "createdFromSafe"); want != "" && (p.Safe == nil || *p.Safe != common.HexToAddress(want)) {
			t.Errorf("%s: safe %v, want %s", row["file"], p.Safe, want)
		}
		if want, ok := row["checksumVerifies"].(bool); ok && strings.Contains(strings.Join(p.Facts, " "), "checksum of the batch is valid") != want {
			t.Errorf("%s: checksum, want it valid: %v; facts %q", row["file"], want, p.Facts)
		}
		notices := 0
		for _, f := range res.Findings {
			if f.Severity == report.Notice {
				notices++
			}
		}
		if notices > 1 {
			t.Errorf("%s: %d notices, want at most one", row["file"], notices)
		}
	})
	t.Logf("batch files: %v, %d transactions", count, total)
	if count["read"] == 0 || count["refused"] == 0 || count["read, critical"] == 0 || count["no proposal"] == 0 {
		t.Error("a class is empty: the corpus is not what it was")
	}
}

// What the real app encodes for each transaction is what is read.
func TestCorpusEncoded(t *testing.T) {
	dir := corpus(t)
	type call struct{ to, value, data string }
	read := map[string][]call{}
	files(t, dir, "batches/index.jsonl", func(row map[string]any, raw []byte) {
		res, err := Parse(raw, Options{})
		if err != nil || res.Proposal == nil {
			return
		}
		batch := res.Proposal.Batch
		if tx := res.Proposal.Tx; tx != nil {
			batch = []safe.InnerCall{{To: tx.To, Value: tx.Value, Data: tx.Data}}
		}
		for _, c := range batch {
			read[text(row, "file")] = append(read[text(row, "file")], call{c.To.Hex(), c.Value.Dec(), "0x" + common.Bytes2Hex(c.Data)})
		}
	})
	same := 0
	lines(t, dir, "batches/encoded.jsonl", func(row map[string]any) {
		calls := read[text(row, "file")]
		i := int(must(row["i"].(json.Number).Int64()))
		if i >= len(calls) {
			return
		}
		want := call{common.HexToAddress(text(row, "to")).Hex(), text(row, "value"), strings.ToLower(text(row, "data"))}
		if calls[i] != want {
			t.Errorf("%s[%d]: got %v, want %v", row["file"], i, calls[i], want)
			return
		}
		same++
	})
	t.Logf("transactions equal to what the app encodes: %d", same)
	if same == 0 {
		t.Error("nothing was compared")
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Rows with all fields and a published hash, written as every flat form.
func TestCorpusFields(t *testing.T) {
	dir := corpus(t)
	read, refused := 0, 0
	lines(t, dir, "hashes.jsonl", func(row map[string]any) {
		expect, _ := row["expect"].(map[string]any)
		if text(row, "kind") != "safeTx" || row["recomputed"] != true {
			return
		}
		chain := text(row, "chainId")
		if chain == "" {
			chain = "1" // below 1.3.0 it does not enter the hash
		}
		raw := fmt.Sprintf(`{"safe":%q,"chainId":%s,"safeVersion":%q,"to":%q,"value":%q,"data":%q,"operation":%s,"safeTxGas":%q,"baseGas":%q,"gasPrice":%q,"gasToken":%q,"refundReceiver":%q,"nonce":%q}`,
			text(row, "safe"), chain, text(row, "safeVersion"), text(row, "to"), text(row, "value"), text(row, "data"), text(row, "operation"),
			text(row, "safeTxGas"), text(row, "baseGas"), text(row, "gasPrice"), text(row, "gasToken"), text(row, "refundReceiver"), text(row, "nonce"))
		res, err := Parse([]byte(raw), Options{})
		if text(row, "operation") == "2" {
			refused++
			if err != nil || res.Proposal != nil || codes(res)[0] != "NUMBER_OUT_OF_RANGE" {
				t.Errorf("%s: CREATE gives %v, %v", row["id"], codes(res), err)
			}
			return
		}
		if err != nil || res.Proposal == nil || res.Proposal.Dialect != "morpho" {
			t.Errorf("%s: %v, %v", row["id"], res.Findings, err)
			return
		}
		p := res.Proposal
		v, err := safe.ParseVersion(p.Version)
		if err != nil {
			t.Errorf("%s: %v", row["id"], err)
			return
		}
		h, err := p.Tx.Hash(safe.Domain{Era: v.Era(), ChainID: p.Chain, Safe: *p.Safe})
		if want := text(expect, "safeTxHash"); err != nil || want != "" && h.SafeTx != common.HexToHash(want) {
			t.Errorf("%s: hash %v, %v; want %s", row["id"], h.SafeTx, err, want)
			return
		}
		if want := text(expect, "messageHash"); want != "" && h.Message != common.HexToHash(want) {
			t.Errorf("%s: message hash %v, want %s", row["id"], h.Message, want)
			return
		}
		read++
	})
	t.Logf("rows with fields: %d hash to what was published, %d refused as CREATE", read, refused)
	if read == 0 {
		t.Error("nothing was read")
	}
}

// Calldata and raw transactions that were really sent, and those of the ERC-7730
// registry.
func TestCorpusExec(t *testing.T) {
	dir := corpus(t)
	count := map[string]int{}
	lines(t, dir, "exec.jsonl", func(row map[string]any) {
		inner, _ := row["inner"].(map[string]any)
		for _, form := range []string{"calldata", "rawTx"} {
			raw := text(row, form)
			if raw == "" || form == "calldata" && inner == nil {
				continue
			}
			res, err := Parse([]byte(raw), Options{})
			if inner == nil {
				if !errors.Is(err, ErrNotProposal) {
					t.Errorf("%s %s: %v, %v", row["id"], form, codes(res), err)
				}
				count[form+" of another call"]++
				continue
			}
			canonical, said := row["canonicalEncoding"].(bool)
			if said && !canonical {
				if len(res.Findings) == 0 {
					t.Errorf("%s %s: not canonical, and nobody is told", row["id"], form)
				}
				count[form+" not canonical"]++
				continue
			}
			if err != nil || res.Proposal == nil || len(res.Findings) > 0 {
				t.Errorf("%s %s: %v, %v", row["id"], form, res.Findings, err)
				continue
			}
			tx := res.Proposal.Tx
			if tx.To != common.HexToAddress(text(inner, "to")) || tx.Value.Dec() != text(inner, "value") || !bytes.Equal(tx.Data, common.FromHex(text(inner, "data"))) {
				t.Errorf("%s %s: got %+v, want %v", row["id"], form, tx, inner)
			}
			if !bytes.Equal(res.Proposal.Claims.Signatures, common.FromHex(text(row, "signatures"))) {
				t.Errorf("%s %s: signatures %x", row["id"], form, res.Proposal.Claims.Signatures)
			}
			count[form]++
		}
	})
	t.Logf("execTransaction: %v", count)
	if count["calldata"] == 0 || count["rawTx"] == 0 {
		t.Error("nothing was read")
	}
}

// The typed data of the ERC-7730 registry's tests.
func TestCorpusTypedData(t *testing.T) {
	dir := corpus(t)
	names, err := filepath.Glob(filepath.Join(dir, "service", "erc7730", "eip712-*.json"))
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var file struct {
			Tests []struct{ Data json.RawMessage }
		}
		if err := json.Unmarshal(raw, &file); err != nil {
			t.Fatal(err)
		}
		for i, test := range file.Tests {
			res, err := Parse(test.Data, Options{})
			if err != nil || res.Proposal == nil || len(res.Findings) > 0 || res.Proposal.Era != safe.EraChainID {
				t.Errorf("%s[%d]: %v, %v", filepath.Base(name), i, res.Findings, err)
				continue
			}
			read++
		}
	}
	t.Logf("typed data read: %d", read)
	if read == 0 {
		t.Error("nothing was read")
	}
}

// The vectors of the attack techniques are transactions that must be read
// exactly, whatever they do.
func TestCorpusTechniques(t *testing.T) {
	dir := corpus(t)
	raw, err := os.ReadFile(filepath.Join(dir, "techniques.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Techniques []struct {
			ID     string
			Vector json.RawMessage
		}
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, x := range file.Techniques {
		var want struct{ ExpectedSafeTxHash string }
		if json.Unmarshal(x.Vector, &want) != nil || want.ExpectedSafeTxHash == "" {
			continue
		}
		res, err := Parse(x.Vector, Options{})
		if err != nil || res.Proposal == nil {
			t.Errorf("%s: %v, %v", x.ID, res.Findings, err)
			continue
		}
		p := res.Proposal
		h, err := p.Tx.Hash(safe.Domain{Era: must(safe.ParseVersion(p.Version)).Era(), ChainID: p.Chain, Safe: *p.Safe})
		if err != nil || h.SafeTx != common.HexToHash(want.ExpectedSafeTxHash) {
			t.Errorf("%s: %v, %v, want %s", x.ID, h.SafeTx, err, want.ExpectedSafeTxHash)
		}
		read++
	}
	t.Logf("vectors of techniques: %d read", read)
	if read == 0 {
		t.Error("nothing was read")
	}
}
