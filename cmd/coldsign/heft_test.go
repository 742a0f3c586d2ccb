package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/report"
)

// TestHeft: whatever makes a report large counts at least half of what the report takes as a
// line of JSON, so that reports that wait for a document are as bounded as lines that wait.
func TestHeft(t *testing.T) {
	const many = 2000
	long := strings.Repeat("x", 5000)
	call := report.Call{Path: "data.multiSend[7]", Operation: "CALL", To: "0x" + strings.Repeat("a", 40), Status: "decoded", Args: []report.Arg{{Path: "arg[0]", Type: "bytes", Value: "0x00"}}}
	effect := report.Effect{Kind: "transfer", Text: strings.Repeat("y", 200), Fields: []report.Field{{Name: "to", Value: "0x" + strings.Repeat("b", 40)}}}
	for name, r := range map[string]*report.Report{
		"calls":     {Tree: repeat(call, many)},
		"data":      {Tree: []report.Call{{Data: long}}},
		"arguments": {Tree: []report.Call{{Args: repeat(report.Arg{Path: "arg[0]", Type: "address", Value: "0x" + strings.Repeat("a", 40)}, many)}}},
		"effects":   {Effects: repeat(effect, many)},
		"findings":  {Findings: repeat(report.Finding{Code: "X", Message: strings.Repeat("m", 300), Hint: strings.Repeat("h", 100)}, many)},
		"parties":   {Parties: repeat(report.Party{Address: "0x" + strings.Repeat("c", 40), Effects: 1}, many)},
		"rights":    {Parties: []report.Party{{Also: repeat(strings.Repeat("r", 200), many)}}},
		"words":     {Described: []report.Described{{Fields: repeat(report.Field{Name: "a", Value: strings.Repeat("w", 100)}, many), Hidden: repeat(report.Field{Name: "b"}, many)}}},
		"calldata":  {Tx: &report.Tx{Data: long}},
		"a message": {Message: &report.Message{Content: repeat(report.Field{Name: "text", Value: strings.Repeat("z", 100)}, many)}},
	} {
		var line bytes.Buffer
		if err := report.JSON(&line, r); err != nil {
			t.Fatal(err)
		}
		if got := heft(r); got < int64(line.Len()/2) {
			t.Errorf("%s: %d for a line of %d bytes", name, got, line.Len())
		}
	}
	if heft(&report.Report{}) <= 0 {
		t.Error("an empty report weighs nothing")
	}
}

func repeat[T any](one T, n int) []T {
	out := make([]T, n)
	for i := range out {
		out[i] = one
	}
	return out
}
