package verify_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
)

// mostBlind is the share of calls, in percent, that may stay blind.
const mostBlind = 10

// TestCoverage measures how much of what real multisigs sign is read in full from
// coldsign's own knowledge, without an intent, a policy or a claim of the file. A call
// is blind if no trusted declaration (published, interface, given) is known for its
// selector, or if its bytes are not exactly the encoding of the arguments.
//
// A folder of any origin can be measured if it has the shape of the corpus: batches and
// service with one JSON file a proposal in sub-folders, hashes.jsonl, exec.jsonl.
// Each part may be absent.
//
//	COLDSIGN_CORPUS=FOLDER go test -run TestCoverage -v ./verify
//
// Where a batch says in words what it calls, our reading of the bytes must be the same:
// name, types and every value. These words come from who wrote the file; against them
// stands only what decoding says.
func TestCoverage(t *testing.T) {
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Skip("SKIPPED: COLDSIGN_CORPUS is not set, so it was NOT measured which calls of real batches are read")
	}
	total := newCensus("all")
	for _, part := range []string{"batches", "service"} {
		c := newCensus(part)
		c.folder(t, filepath.Join(dir, part))
		c.log(t)
		total.merge(c)
	}
	for _, part := range []string{"hashes", "exec"} {
		c := newCensus(part)
		c.rows(t, filepath.Join(dir, part+".jsonl"))
		c.log(t)
		total.merge(c)
	}
	total.log(t)
	total.logBlind(t)
	if total.withData == 0 {
		t.Fatal("no call was read: the folder does not have the shape of the corpus")
	}
	for _, w := range total.wrong {
		t.Errorf("read otherwise than the file says: %s", w)
	}
	if share := total.blindShare(); share > mostBlind {
		t.Errorf("blind: got %.1f%% of the calls, want at most %d%%", share, mostBlind)
	}
}

// census counts calls.
type census struct {
	name              string
	payloads, empty   int
	withData          int
	grades            map[string]int // calls with data by who vouches for their reading
	reasons           map[string]int // blind calls by what is missing
	blind             map[blindCall]int
	unread            map[string]int // files that give no call, by reason
	compared, values  int            // calls whose words were compared, and their values
	methodIsOf        int            // calls whose words describe other bytes: a leftover of the builder
	wrong             []string
	incomparableWords int
}

// blindCall is one function that could not be read at one target.
type blindCall struct {
	selector, to, chain, why string
}

func newCensus(name string) *census {
	return &census{name: name, grades: map[string]int{}, reasons: map[string]int{}, blind: map[blindCall]int{}, unread: map[string]int{}}
}

func (c *census) merge(o *census) {
	c.payloads, c.empty, c.withData = c.payloads+o.payloads, c.empty+o.empty, c.withData+o.withData
	c.compared, c.values, c.methodIsOf = c.compared+o.compared, c.values+o.values, c.methodIsOf+o.methodIsOf
	c.incomparableWords += o.incomparableWords
	c.wrong = append(c.wrong, o.wrong...)
	addCounts(c.grades, o.grades)
	addCounts(c.reasons, o.reasons)
	addCounts(c.blind, o.blind)
	addCounts(c.unread, o.unread)
}

func addCounts[K comparable](into, from map[K]int) {
	for k, n := range from {
		into[k] += n
	}
}

func (c *census) blindCalls() (n int) {
	for _, k := range c.reasons {
		n += k
	}
	return n
}

func (c *census) blindShare() float64 {
	return 100 * float64(c.blindCalls()) / float64(max(c.withData, 1))
}

func (c *census) log(t *testing.T) {
	t.Logf("%s: %d payloads, %d calls with data, %d without; by grade %v; BLIND %d (%.1f%%) by reason %v; not read %v",
		c.name, c.payloads, c.withData, c.empty, c.grades, c.blindCalls(), c.blindShare(), c.reasons, c.unread)
	if c.compared > 0 {
		t.Logf("%s: words of %d calls with %d values compared, %d contradicted; words not comparable %d, words of other bytes %d",
			c.name, c.compared, c.values, len(c.wrong), c.incomparableWords, c.methodIsOf)
	}
}

func (c *census) logBlind(t *testing.T) {
	const most = 40
	bySelector := map[string]int{}
	for k, n := range c.blind {
		bySelector[k.selector] += n
	}
	rows := slices.SortedFunc(maps.Keys(c.blind), func(a, b blindCall) int {
		return cmp.Or(cmp.Compare(c.blind[b], c.blind[a]), strings.Compare(fmt.Sprint(a), fmt.Sprint(b)))
	})
	t.Logf("%d selectors are blind at %d targets; the most frequent:", len(bySelector), len(rows))
	for i, k := range rows {
		if i == most {
			break
		}
		t.Logf("%5d  %s at %s on chain %s: %s", c.blind[k], k.selector, k.to, k.chain, k.why)
	}
}

// count adds one call. data is nil where only its status is known to matter.
func (c *census) count(chain uint64, to common.Address, status, selector, function string, unbound bool) {
	if status == abi.StatusEmpty.String() {
		c.empty++
		return
	}
	c.withData++
	sel := [4]byte(append(common.FromHex(selector), 0, 0, 0, 0)[:4])
	grade := catalogue.GradeUnknown
	if status == abi.StatusDecoded.String() || status == abi.StatusTrailing.String() {
		grade = catalogue.FunctionGrade(chain, to, sel, function)
	}
	c.grades[grade.String()]++
	why := ""
	switch {
	case status != abi.StatusDecoded.String():
		why = status
	case grade <= catalogue.GradeDatabase:
		why = "guess"
	default:
		return
	}
	c.reasons[why]++
	at := to.Hex()
	if unbound {
		at = "a batch"
	}
	c.blind[blindCall{selector, at, strconv.FormatUint(chain, 10), why}]++
}

// folder reads the proposals of a folder as the program does.
func (c *census) folder(t *testing.T, dir string) {
	t.Helper()
	if _, err := os.Stat(dir); err != nil {
		t.Logf("%s is absent: NOT measured", dir)
		return
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Dir(path) == dir {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		c.file(t, path, raw)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (c *census) file(t *testing.T, path string, raw []byte) {
	rep := answer(t, verify.Request{Mode: verify.ModeCheck, File: path, Input: raw})
	if len(rep.Tree) == 0 {
		c.unread[cmp.Or(unreadBecause(severe(rep)), "no proposal")]++
		return
	}
	c.payloads++
	chain, _ := strconv.ParseUint(rep.Safe.Chain, 10, 64)
	for _, k := range rep.Tree {
		c.count(chain, common.HexToAddress(k.To), k.Status, k.Selector, k.Function, k.To == "")
	}
	c.compareWords(path, raw, readTree(rep.Tree))
}

func unreadBecause(codes []string) string {
	return strings.Join(slices.Compact(slices.Sorted(slices.Values(codes))), " ")
}

// rows decodes what JSON lines hold: the fields of a SafeTx, the SafeTx that another
// one approves, or calldata that was executed.
func (c *census) rows(t *testing.T, file string) {
	t.Helper()
	if _, err := os.Stat(file); err != nil {
		t.Logf("%s is absent: NOT measured", file)
		return
	}
	lines(t, file, func(row map[string]any) {
		c.row(t, row)
		if nested, ok := row["nestedRoot"].(map[string]any); ok {
			if text(nested, "chainId") == "" {
				nested["chainId"] = row["chainId"]
			}
			c.row(t, nested)
		}
	})
}

func (c *census) row(t *testing.T, row map[string]any) {
	chain, _ := strconv.ParseUint(text(row, "chainId"), 10, 64)
	root := abi.Root{To: common.HexToAddress(text(row, "to"))}
	switch {
	case common.IsHexAddress(text(row, "to")) && row["data"] != nil:
		root.Data = common.FromHex(text(row, "data"))
		root.Operation = byte(len(strings.TrimLeft(text(row, "operation"), "0")))
	case text(row, "calldata") != "":
		root.Data = common.FromHex(text(row, "calldata"))
		root.To = common.HexToAddress(cmp.Or(text(row, "safe"), text(row, "multiSendContract")))
	default:
		c.unread["no transaction: "+text(row, "kind")+text(row, "form")]++
		return
	}
	root.Value, _ = uint256.FromDecimal(cmp.Or(text(row, "value"), "0"))
	tree, err := abi.Decode(root, func(to common.Address, sel [4]byte) []string { return catalogue.Lookup(chain, to, sel) })
	if err != nil {
		t.Errorf("%s: %v", text(row, "id"), err)
		return
	}
	c.payloads++
	tree.Root.Walk(func(k *abi.Call) {
		selector := ""
		if len(k.Data) >= 4 {
			selector = fmt.Sprintf("0x%x", k.Selector)
		}
		c.count(chain, k.To, k.Status.String(), selector, k.Function, false)
	})
}

// reading is one call as decoded, with its values in order.
type reading struct {
	function, status, selector string
	values                     []string
}

// readTree returns the calls of a report by their path. Only leaves of the arguments
// are kept: what an array or a tuple holds, not its length, which follows.
func readTree(tree []report.Call) map[string]reading {
	out := map[string]reading{}
	for _, k := range tree {
		r := reading{function: k.Function, status: k.Status, selector: k.Selector}
		for _, a := range k.Args {
			if a.Type == "may be a call" { // what follows reads bytes a second time
				break
			}
			if strings.HasSuffix(a.Type, "]") || strings.HasPrefix(a.Type, "(") {
				continue
			}
			r.values = append(r.values, strings.ToLower(a.Value))
		}
		out[k.Path] = r
	}
	return out
}

// compareWords holds what a batch says in words against what its bytes say.
func (c *census) compareWords(path string, raw []byte, tree map[string]reading) {
	var b batchFile
	if json.Unmarshal(raw, &b) != nil {
		return
	}
	for i, whole := range b.Transactions {
		var tx batchTx
		if json.Unmarshal(whole, &tx) != nil || tx.Method == nil {
			continue
		}
		at := fmt.Sprintf("data.multiSend[%d]", i)
		if len(b.Transactions) == 1 {
			at = ""
		}
		got, there := tree[at]
		if !there || got.status == abi.StatusEmpty.String() {
			c.incomparableWords++
			continue
		}
		c.compareCall(fmt.Sprintf("%s transaction %d", filepath.Base(path), i), &tx, got)
	}
}

func (c *census) compareCall(at string, tx *batchTx, got reading) {
	said := tx.Method.Name + "(" + canonicals(tx.Method.Inputs) + ")"
	d, err := encode.ParseDeclaration(said)
	if err != nil {
		c.incomparableWords++
		return
	}
	if sel := d.Selector(); fmt.Sprintf("0x%x", sel) != got.selector {
		c.methodIsOf++ // calldata wins over a method that was left beside it
		return
	}
	if got.function == "" {
		return // blind, and counted as such
	}
	c.compared++
	if got.function != said {
		c.wrong = append(c.wrong, fmt.Sprintf("%s: %s, the file says %s", at, got.function, said))
		return
	}
	if tx.Data != nil && len(*tx.Data) > 2 {
		return // the values in words need not be those of the calldata
	}
	want, err := tx.saidValues()
	if err != nil {
		c.incomparableWords++
		return
	}
	c.values += len(want)
	if !slices.EqualFunc(got.values, want, sameValue) {
		c.wrong = append(c.wrong, fmt.Sprintf("%s: %s: values %.300q, the file says %.300q", at, said, got.values, want))
	}
}

// sameValue compares a value that was read with one in words. Bytes whose content
// follows as calls are rendered there.
func sameValue(got, said string) bool {
	if length, opened := strings.CutPrefix(got, "opened "); opened {
		return length == strconv.Itoa(len(common.FromHex(said)))
	}
	return got == said
}

// saidValues returns the values in words, as a reading has them.
func (tx *batchTx) saidValues() (out []string, err error) {
	for i, p := range tx.Method.Inputs {
		raw, ok := tx.Inputs[cmp.Or(p.Name, strconv.Itoa(i))]
		if !ok {
			return nil, fmt.Errorf("no value for %s", p.Name)
		}
		v, err := p.value(raw)
		if err != nil {
			return nil, err
		}
		if out, err = p.leaves(out, v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (p parameter) leaves(out []string, v any) ([]string, error) {
	list, isList := v.([]any)
	kinds := p.Components
	if e, _, ok := p.element(); ok {
		kinds = slices.Repeat([]parameter{e}, len(list))
	}
	if kinds == nil && !isList && !strings.HasSuffix(p.Type, "]") && p.Type != "tuple" {
		s, err := p.leaf(v)
		return append(out, s), err
	}
	if !isList || len(kinds) != len(list) {
		return nil, fmt.Errorf("%v is no %s", v, p.Type)
	}
	for i, e := range kinds {
		var err error
		if out, err = e.leaves(out, list[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (p parameter) leaf(v any) (string, error) {
	s, ok := v.(string)
	if !ok {
		return "", fmt.Errorf("%v is no %s", v, p.Type)
	}
	switch {
	case strings.HasPrefix(p.Type, "uint") || strings.HasPrefix(p.Type, "int"):
		n, ok := new(big.Int).SetString(strings.TrimSpace(s), 0)
		if !ok {
			return "", fmt.Errorf("%q is no number", s)
		}
		return n.String(), nil
	case p.Type == "string":
		return strings.ToLower(strconv.QuoteToASCII(s)), nil
	case p.Type == "bytes" && s == "":
		return "0x", nil
	}
	return strings.ToLower(strings.TrimSpace(s)), nil
}
