package builder

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

func corpus(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Skip("SKIPPED: COLDSIGN_CORPUS is not set, so nothing was compared with what the real app encodes")
	}
	return dir
}

// readLines decodes a file of one JSON object a line.
func readLines[T any](t *testing.T, path string) []T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		rows = append(rows, row)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

// transactions finds the list where real files have it: an array, an object with
// numbered keys, or a text that holds the array.
func transactions(root *strictjson.Value) []*strictjson.Value {
	list := member(root, "transactions")
	if list != nil && list.Kind == strictjson.String {
		list, _ = readJSON([]byte(list.Text))
	}
	if list == nil {
		return nil
	}
	var out []*strictjson.Value
	for i := range list.Items {
		out = append(out, &list.Items[i])
	}
	for i := range list.Members {
		out = append(out, &list.Members[i].Value)
	}
	return out
}

// agree reports whether Encode does what the app did: the same bytes, or an
// error where the app fell back to 0x.
func agree(t *testing.T, method, values *strictjson.Value, data string, fallback bool) (Result, bool) {
	t.Helper()
	got, err := Encode(method, values)
	if fallback {
		pseudo := err == nil && len(got.Data) == 0 && len(got.Notes) > 0
		if errors.Is(err, ErrThrows) || pseudo {
			return got, true
		}
		t.Errorf("got 0x%x, %v, want the fallback to 0x", got.Data, err)
		return got, false
	}
	if err != nil || "0x"+hex.EncodeToString(got.Data) != data {
		t.Errorf("\ngot  0x%x, %v\nwant %s", got.Data, err, data)
		return got, false
	}
	return got, true
}

func TestCorpusEncoded(t *testing.T) {
	dir := corpus(t)
	type row struct {
		File, Data, How string
		I               int
		Sig             *string
	}
	files := map[string][]*strictjson.Value{}
	encoded, fallbacks, given, noted, elsewhere := 0, 0, 0, 0, 0
	rows := readLines[row](t, filepath.Join(dir, "batches", "encoded.jsonl"))
	for _, r := range rows {
		if _, ok := files[r.File]; !ok {
			content, err := os.ReadFile(filepath.Join(dir, r.File))
			if err != nil {
				elsewhere++ // a part of the set is kept in another place
				continue
			}
			root, err := readJSON(content)
			if err != nil {
				t.Errorf("%s: %v", r.File, err)
				continue
			}
			files[r.File] = transactions(root)
		}
		if r.I >= len(files[r.File]) {
			t.Errorf("%s has no transaction %d", r.File, r.I)
			continue
		}
		tx := files[r.File][r.I]
		method, values := member(tx, "contractMethod"), member(tx, "contractInputsValues")
		if strings.HasPrefix(r.How, "data field") {
			given++
			if falsy(member(tx, "data")) && !absent(method) {
				t.Errorf("%s[%d]: the app took the data field, which is not there", r.File, r.I)
			}
			continue
		}
		t.Run(fmt.Sprintf("%s %d", filepath.Base(r.File), r.I), func(t *testing.T) {
			got, ok := agree(t, method, values, r.Data, r.Data == "0x")
			if !ok {
				return
			}
			if r.Data == "0x" {
				fallbacks++
				return
			}
			encoded++
			if r.Sig == nil || *r.Sig != got.Signature {
				t.Errorf("signature: got %s", got.Signature)
			}
			if len(got.Notes) > 0 {
				noted++
				t.Logf("%s[%d]: %q", r.File, r.I, got.Notes)
			}
		})
	}
	t.Logf("%d rows, %d files: %d encoded alike (%d with notes), %d fall back to 0x alike, %d have data, %d are of files that are not here",
		len(rows), len(files), encoded, noted, fallbacks, given, elsewhere)
	if sum := encoded + fallbacks + given + elsewhere; sum != len(rows) {
		t.Errorf("%d of %d rows agree", sum, len(rows))
	}
	if encoded == 0 || fallbacks == 0 {
		t.Error("nothing was compared")
	}
}

func TestCorpusQuirks(t *testing.T) {
	dir := corpus(t)
	type row struct {
		Kind, Type           string
		Data                 string
		FallbackTo0x         bool
		Value                json.RawMessage
		ContractMethod       json.RawMessage
		ContractInputsValues json.RawMessage
	}
	encoded, fallbacks := 0, 0
	rows := readLines[row](t, filepath.Join(dir, "batches", "txbuilder_quirks.jsonl"))
	for _, r := range rows {
		name := r.Kind + " " + r.Type + " " + string(r.Value)
		t.Run(name, func(t *testing.T) {
			var method, values *strictjson.Value
			if r.Kind == "single" {
				method = mustJSON(t, `{"name":"f","payable":false,"inputs":[{"name":"x","type":"`+r.Type+`"}]}`)
				values = mustJSON(t, `{"x":`+string(r.Value)+`}`)
			} else {
				method = mustJSON(t, string(r.ContractMethod))
				values = mustJSON(t, string(r.ContractInputsValues))
			}
			got, ok := agree(t, method, values, r.Data, r.FallbackTo0x)
			if !ok {
				return
			}
			if r.FallbackTo0x {
				fallbacks++
			} else {
				encoded++
			}
			t.Logf("%q", got.Notes)
		})
	}
	t.Logf("%d rows: %d encoded alike, %d fall back to 0x alike", len(rows), encoded, fallbacks)
	if encoded+fallbacks != len(rows) || encoded == 0 || fallbacks == 0 {
		t.Errorf("%d of %d rows agree", encoded+fallbacks, len(rows))
	}
}

func TestCorpusChecksum(t *testing.T) {
	dir := corpus(t)
	type row struct {
		File               string
		ChecksumPublished  *string
		ChecksumVerifies   *bool
		ChecksumRecomputed *string
	}
	same, none, right, wrong := 0, 0, 0, 0
	for _, r := range readLines[row](t, filepath.Join(dir, "batches", "index.jsonl")) {
		content, err := os.ReadFile(filepath.Join(dir, r.File))
		if err != nil {
			continue
		}
		root, err := readJSON(bytes.TrimSpace(content))
		if err != nil || r.ChecksumRecomputed == nil {
			none++
			continue
		}
		sum, err := Checksum(root)
		if err != nil || sum.Hex() != *r.ChecksumRecomputed {
			t.Errorf("%s: got %s, %v, want %s", r.File, sum, err, *r.ChecksumRecomputed)
			continue
		}
		same++
		if r.ChecksumVerifies == nil {
			continue
		}
		if (sum.Hex() == *r.ChecksumPublished) != *r.ChecksumVerifies {
			t.Errorf("%s: published %s, computed %s, want verifies=%t", r.File, *r.ChecksumPublished, sum, *r.ChecksumVerifies)
		}
		if *r.ChecksumVerifies {
			right++
		} else {
			wrong++
		}
	}
	t.Logf("%d checksums computed alike (%d published ones right, %d wrong), %d files have none", same, right, wrong, none)
	if same == 0 || right == 0 {
		t.Error("nothing was compared")
	}
}
