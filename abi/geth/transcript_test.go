package geth

import (
	"fmt"
	"reflect"
	"testing"
)

// oneOfEach returns trees that have every status, kind of value and container
// part between them.
func oneOfEach(t testing.TB) map[string]*Call {
	lookup := book{
		"00000001": {"f((uint8 a,string[2] b)[] c,bytes4 d)", "g(bool)"},
		"00000002": {"f(bool)"},
		"8d80ff0a": {"multiSend(bytes)"},
		"e9ae5c53": {"execute(bytes32,bytes)"},
	}.lookup
	args := enc("40", "<aabbccdd", "1", "20", "7", "40", "40", "80", "1", "<61", "0")
	decoded := join(unhex("00000001"), args)
	packed := join(packedEntry(0, "aaaa", "7", "2", 1, 2), packedEntry(5, "bbbb", "0", "0"), []byte{1})
	datas := map[string][]byte{
		"empty":        nil,
		"short":        {1, 2},
		"unknown":      {9, 9, 9, 9, 9},
		"decoded":      decoded,
		"trailing":     join(decoded, []byte{0xff}),
		"noncanonical": join(unhex("00000002"), enc("2")),
		"container":    join(unhex("8d80ff0a"), enc("20"), encodeContent(packed)),
		"account":      join(unhex("e9ae5c53"), accountArgs(batchesMode, batchesOf(opBatchData, join(batchData, []byte{5})))),
	}
	trees := make(map[string]*Call)
	for name, data := range datas {
		trees[name] = mustDecode(t, Input{Operation: 1, To: testTarget, Value: [32]byte{31: 9}, Data: data}, lookup)
		if s := trees[name].Status; name != "container" && name != "account" && s != name {
			t.Fatalf("the tree for %s is %s", name, s)
		}
	}
	guessed, err := DecodeGuessing(Input{To: testTarget, Data: join(unhex("00000003"), enc("20"), encodeContent(decoded[:4]))},
		book{"00000003": {"h(bytes)"}}.lookup, book{"00000001": {"f()"}}.lookup, wide)
	if err != nil || len(guessed.Maybe) != 1 {
		t.Fatalf("%v, %v, want one possible call", guessed, err)
	}
	trees["possible"] = guessed
	trees["program"] = mustDecode(t, Input{To: testTarget, Data: routerData()}, book{"24856bc3": {"execute(bytes,bytes[])"}}.lookup)
	return trees
}

// TestEveryFieldIsInTheTranscript changes every field of every node, and wants
// another transcript: a field that is not in it is one on which the decoders
// could differ unseen. Depth follows from where the node is.
func TestEveryFieldIsInTheTranscript(t *testing.T) {
	for name, tree := range oneOfEach(t) {
		before := text(tree.Transcript())
		changed := 0
		changeEach(reflect.ValueOf(tree).Elem(), name, func(where string) {
			changed++
			if text(tree.Transcript()) == before {
				t.Errorf("%s can change without the transcript", where)
			}
		})
		if text(tree.Transcript()) != before {
			t.Fatalf("%s: the test did not restore the tree", name)
		}
		if min := reflect.TypeFor[Call]().NumField() - 1; changed < min {
			t.Errorf("%s: %d changes, want at least %d", name, changed, min)
		}
	}
}

// changeEach changes each field below v in turn, calls check and restores it.
func changeEach(v reflect.Value, where string, check func(string)) {
	for i := range v.NumField() {
		f, name := v.Field(i), where+"."+v.Type().Field(i).Name
		if v.Type().Field(i).Name == "Depth" {
			continue
		}
		old := reflect.New(f.Type()).Elem()
		old.Set(f)
		for n, changed := range changes(f) {
			f.Set(changed)
			check(fmt.Sprintf("%s (%d)", name, n))
			f.Set(old)
		}
		if f.Kind() != reflect.Slice || f.Type().Elem().Kind() == reflect.Uint8 {
			continue
		}
		for j := range f.Len() {
			if e := reflect.Indirect(f.Index(j)); e.Kind() == reflect.Struct {
				changeEach(e, fmt.Sprintf("%s[%d]", name, j), check)
			}
		}
	}
}

// changes returns other values for a field: for a slice one longer and one
// shorter.
func changes(f reflect.Value) []reflect.Value {
	switch f.Kind() {
	case reflect.String:
		return []reflect.Value{reflect.ValueOf(f.String() + "x")}
	case reflect.Uint8:
		return []reflect.Value{reflect.ValueOf(byte(f.Uint() + 1))}
	case reflect.Array:
		first, last := reflect.New(f.Type()).Elem(), reflect.New(f.Type()).Elem()
		first.Set(f)
		last.Set(f)
		first.Index(0).SetUint(f.Index(0).Uint() ^ 0x80)
		last.Index(f.Len() - 1).SetUint(f.Index(f.Len()-1).Uint() ^ 1)
		return []reflect.Value{first, last}
	case reflect.Slice:
		extra := reflect.New(f.Type().Elem()).Elem()
		if extra.Kind() == reflect.Pointer {
			extra.Set(reflect.New(extra.Type().Elem()))
		}
		out := []reflect.Value{reflect.Append(f.Slice3(0, f.Len(), f.Len()), extra)}
		if f.Len() > 0 {
			out = append(out, f.Slice(0, f.Len()-1))
		}
		return out
	}
	panic("no change for " + f.Type().String())
}

func TestTranscriptIsPrintable(t *testing.T) {
	for name, tree := range oneOfEach(t) {
		checkPrintable(t, name, tree.Transcript())
	}
}

func checkPrintable(t testing.TB, name string, lines []string) {
	t.Helper()
	for _, l := range lines {
		for i := range len(l) {
			if l[i] < 0x20 || l[i] > 0x7e {
				t.Fatalf("%s: a line holds the byte %#x: %q", name, l[i], l)
			}
		}
	}
}
