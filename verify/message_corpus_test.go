package verify_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// messageRow is one row of the corpus' table of messages.
type messageRow struct {
	ID      string
	ChainID uint64 `json:"chainId"`
	Safe    common.Address
	Message json.RawMessage
	Expect  struct {
		SafeMessageHash common.Hash `json:"safeMessageHash"`
		DomainHash      string      `json:"domainHash"`
		MessageHash     string      `json:"messageHash"`
	}
}

func messageRows(t *testing.T, dir string) []messageRow {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "messages.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var out []messageRow
	s := bufio.NewScanner(bytes.NewReader(raw))
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		var row messageRow
		if err := json.Unmarshal(s.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		out = append(out, row)
	}
	return out
}

func messageCorpus(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Skip("COLDSIGN_CORPUS is not set: the real messages were NOT run")
	}
	return dir
}

// Every published message hash follows from its content, without being told chain
// or version; texts pass, typed data does not.
func TestCorpusMessageHashes(t *testing.T) {
	dir := messageCorpus(t)
	equal, texts := 0, 0
	for _, row := range messageRows(t, dir) {
		raw := fmt.Sprintf(`{"safe":%q,"messageHash":%q,"message":%s}`, row.Safe.Hex(), row.Expect.SafeMessageHash.Hex(), row.Message)
		rep := check(t, raw, nil)
		if rep.Hashes == nil || rep.Hashes.Signed != row.Expect.SafeMessageHash.Hex() || rep.Safe.Chain != fmt.Sprint(row.ChainID) {
			t.Errorf("%s: %s: hashes %+v on chain %s", row.ID, rep.Summary, rep.Hashes, rep.Safe.Chain)
			continue
		}
		if want := row.Expect.DomainHash; want != "" && (!strings.EqualFold(want, rep.Hashes.Domain) || !strings.EqualFold(row.Expect.MessageHash, rep.Hashes.Message)) {
			t.Errorf("%s: hashes %+v", row.ID, rep.Hashes)
		}
		equal++
		if row.Message[0] != '"' {
			if rep.Verdict != report.Refused || !slices.Contains(codesOf(rep), "OPAQUE_MESSAGE") {
				t.Errorf("%s: typed data gives %s %v", row.ID, rep.Verdict, codesOf(rep))
			}
			continue
		}
		if texts++; rep.Verdict != report.NoObjection || len(severe(rep)) > 0 {
			t.Errorf("%s: a text gives %s: %s", row.ID, rep.Verdict, rep.Summary)
		}
	}
	t.Logf("%d published message hashes recomputed, %d of them of plain texts", equal, texts)
	if equal < 5 {
		t.Errorf("%d messages, want at least 5", equal)
	}
}

// messageObjects lists the records of messages in a JSON document.
func messageObjects(v any, out *[]map[string]any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			messageObjects(e, out)
		}
	case map[string]any:
		if _, ok := v["messageHash"]; ok && v["message"] != nil {
			*out = append(*out, v)
			return
		}
		for _, e := range v {
			messageObjects(e, out)
		}
	}
}

// Every record of a message that a service gave: its hash recomputes, and each
// confirmation is by the owner it is filed under. The gateway does not name the
// Safe; it is that of the table.
func TestCorpusMessageRecords(t *testing.T) {
	dir := messageCorpus(t)
	safes := map[string]common.Address{}
	for _, row := range messageRows(t, dir) {
		safes[row.Expect.SafeMessageHash.Hex()] = row.Safe
	}
	records, confirmed := 0, 0
	err := filepath.WalkDir(filepath.Join(dir, "service"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".json" {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var doc any
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.UseNumber()
		if dec.Decode(&doc) != nil {
			return nil // some examples hold comments
		}
		var found []map[string]any
		messageObjects(doc, &found)
		for _, record := range found {
			hash, _ := record["messageHash"].(string)
			one, err := json.Marshal(record)
			if err != nil {
				return err
			}
			a, known := safes[hash]
			if !known && record["safe"] == nil {
				a, known = common.HexToAddress("0xc2F3645bfd395516d1a18CA6ad9298299d328C01"), true // the fixtures of messages_messages.json are all of this Safe
			}
			rep := check(t, string(one), func(r *verify.Request) {
				if known {
					r.Given.Safe = &a
				}
			})
			records++
			if rep.Hashes == nil || rep.Hashes.Signed != hash {
				t.Errorf("%s %s: %s: %+v", filepath.Base(path), hash, rep.Summary, rep.Hashes)
				continue
			}
			for _, s := range rep.Signatures {
				if !s.Counts {
					t.Errorf("%s %s: %+v", filepath.Base(path), hash, s)
					continue
				}
				confirmed++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d records of messages: every hash recomputed, %d confirmations recovered to their owner", records, confirmed)
	if records < 4 || confirmed < 4 {
		t.Errorf("%d records and %d confirmations, want at least 4 of each", records, confirmed)
	}
}

// The files of messages alone: texts are read if a person says what they are, and
// typed data is named. Published digests recompute.
func TestCorpusMessageFiles(t *testing.T) {
	dir := messageCorpus(t)
	entries, err := os.ReadDir(filepath.Join(dir, "service", "messages"))
	if err != nil {
		t.Fatal(err)
	}
	a := common.HexToAddress("0x657ff0D4eC65D82b2bC1247b0a558bcd2f80A0f1")
	texts, typed, digests := 0, 0, 0
	for _, e := range entries {
		raw, err := os.ReadFile(filepath.Join(dir, "service", "messages", e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case filepath.Ext(e.Name()) == ".txt":
			rep := check(t, string(raw), func(r *verify.Request) {
				r.Dialect = "message-text"
				r.Given = verify.Given{Safe: &a, Chain: uint256.NewInt(11155111), Version: safe.Version{Major: 1, Minor: 3}}
			})
			if rep.Verdict != report.NoObjection || rep.Hashes.Signed == "" {
				t.Errorf("%s: %s: %s", e.Name(), rep.Verdict, rep.Summary)
			}
			if want := "0x1866b559f56261ada63528391b93a1fe8e2e33baf7cace94fc6b42202d16ea08"; strings.Contains(e.Name(), "opensea") && rep.Hashes.Signed != want {
				t.Errorf("%s: %s, want %s", e.Name(), rep.Hashes.Signed, want)
			}
			texts++
		case strings.HasPrefix(e.Name(), "eip712_"):
			rep := check(t, string(raw), nil)
			if rep.Verdict != report.Refused || rep.Hashes.Signed == "" || !slices.Contains(codesOf(rep), "OPAQUE_MESSAGE") {
				t.Errorf("%s: %s: %s %v", e.Name(), rep.Verdict, rep.Summary, codesOf(rep))
			}
			typed++
		default:
			digests += publishedDigests(t, raw)
		}
	}
	t.Logf("%d texts read, %d files of typed data named, %d published digests recomputed", texts, typed, digests)
	if texts == 0 || typed == 0 || digests == 0 {
		t.Error("a kind of file is missing: the corpus is not what it was")
	}
}

// publishedDigests compares the typed data of a table of vectors with the digests
// that another tool computed.
func publishedDigests(t *testing.T, raw []byte) (equal int) {
	t.Helper()
	var file struct {
		Vectors []struct {
			Label, Digest           string
			Doc                     json.RawMessage
			DomainHash, MessageHash string
		} `json:"eip712"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	for _, v := range file.Vectors {
		rep := check(t, string(v.Doc), nil)
		if h := rep.Hashes; h == nil || h.Signed != v.Digest || h.Domain != v.DomainHash || h.Message != v.MessageHash {
			t.Errorf("%s: hashes %+v, want %s, %s, %s (%s)", v.Label, h, v.DomainHash, v.MessageHash, v.Digest, rep.Summary)
			continue
		}
		equal++
	}
	return equal
}

// The payloads of the attack catalogue that are no SafeTx, by the codes that it
// expects.
func TestCorpusMessageTechniques(t *testing.T) {
	dir := messageCorpus(t)
	raw, err := os.ReadFile(filepath.Join(dir, "techniques.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Techniques []struct {
			ID    string
			Flags []string `json:"expected_flags"`
			Raw   struct {
				CallData string `json:"callData"`
			}
		}
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	// The other techniques have no payload there; the vectors hold theirs.
	vectors := map[string]string{"D07": "risk_message_permit", "E16": "risk_message_login_hash", "E17": "risk_message_safeop", "E18": "risk_message_authorization"}
	ran := 0
	for _, k := range file.Techniques {
		id, _, _ := strings.Cut(k.ID, "-")
		name, ok := vectors[id]
		if !ok {
			continue
		}
		ran++
		var reps []*report.Report
		for _, v := range messageVectors(t) {
			if v.Name == name {
				reps = append(reps, answer(t, vectorRequest(t, v)))
			}
		}
		if k.Raw.CallData != "" {
			reps = append(reps, check(t, fmt.Sprintf(`{"sender":%q,"nonce":"0x0","callData":%q,"chainId":1}`, anvil0, k.Raw.CallData), nil))
		}
		for _, rep := range reps {
			for _, want := range k.Flags {
				if !slices.Contains(codesOf(rep), want) {
					t.Errorf("%s: %s is missing among %v", k.ID, want, codesOf(rep))
				}
			}
			t.Logf("%s: %s %v", k.ID, rep.Verdict, slices.Compact(slices.Sorted(slices.Values(codesOf(rep)))))
		}
	}
	if ran != len(vectors) {
		t.Errorf("%d of %d techniques were found", ran, len(vectors))
	}
}
