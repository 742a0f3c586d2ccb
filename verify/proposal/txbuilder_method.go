package proposal

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/coldsign/coldsign/verify/proposal/builder"
	"github.com/coldsign/coldsign/verify/report"
)

// batchData is the calldata that the builder sends: data if it is not empty,
// otherwise what it makes of the method. If its encoder fails it sends empty
// calldata without a word; the call is shown so, and refused.
func (r *reader) batchData(o object) []byte {
	data, ok := o.field("data").bytes(true)
	r.broken = r.broken || !ok
	if !ok {
		return nil
	}
	method, values := o.field("contractMethod"), o.field("contractInputsValues")
	written := o.field("data").text() != ""
	if !method.val.Given() {
		return data
	}
	if !r.affordable(method, values) {
		return data
	}
	encoded, err := builder.Encode(method.val, values.val)
	if written {
		r.compareMethod(method, data, encoded, err)
		return data
	}
	if err != nil {
		method.bad(&problem{"METHOD_NOT_ENCODABLE", err.Error() + notEncoded(err), "write the argument as the builder takes it, or give the calldata as data"})
		return nil
	}
	for _, note := range encoded.Notes {
		r.surprise(o.path, o.v.Offset, note)
	}
	return encoded.Data
}

// notEncoded says what becomes of a method that has no calldata.
func notEncoded(err error) string {
	if errors.Is(err, builder.ErrThrows) {
		return "; the Transaction Builder would send empty calldata instead"
	}
	return "; what the Transaction Builder would send is not known"
}

// surprise is a reading of the builder that a person would not expect, such as
// 1e18 as the hexadecimal number 7704. It is what will be sent, so it is read and
// said, and does not refuse (decisions 8 and 9).
func (r *reader) surprise(path string, at int, note string) {
	before := len(r.findings)
	r.find("AMBIGUOUS_NUMBER", path, at, "the Transaction Builder reads an argument in its own way: "+note, "compare the decoded argument with what was meant")
	if len(r.findings) > before {
		r.findings[before].Severity = report.Notice
	}
}

// maxMethodWork bounds what all methods of one file may cost, in bytes of
// arguments read. Parameters of one name share one text, so that a short file
// can ask for hundreds of megabytes of calldata.
const maxMethodWork = 32 << 20

// affordable counts the arguments of one method as if each parameter read all of
// the texts.
func (r *reader) affordable(method, values field) bool {
	n := int64(0)
	if values.val != nil {
		for i := range values.val.Members {
			n += 32 + int64(len(values.val.Members[i].Value.Text))
		}
	}
	if inputs := method.val.Get("inputs"); inputs != nil {
		n *= max(1, int64(len(inputs.Items)))
	}
	before := r.methodWork
	r.methodWork += n
	if r.methodWork <= maxMethodWork {
		return true
	}
	r.broken = true
	if before <= maxMethodWork {
		method.bad(&problem{"INPUT_LIMIT", fmt.Sprintf("the methods of the file read more than %d bytes of arguments", maxMethodWork), "no chain takes such a batch"})
	}
	return false
}

// compareMethod compares a method with the data beside it, which the builder
// sends without looking at the method.
func (r *reader) compareMethod(method field, data []byte, encoded builder.Result, err error) {
	name := quote(scalar(method.val.Get("name")))
	switch {
	case err != nil:
		r.fact("%s: the leftover method %s cannot be encoded; the builder sends data and ignores it", method.where(), name)
	case bytes.Equal(encoded.Data, data):
		r.fact("%s: the method %s encodes to exactly the data", method.where(), name)
	default:
		method.bad(&problem{"DECODED_HINT_MISMATCH", fmt.Sprintf("the method %s encodes to %d bytes beginning with 0x%x, but data is %d bytes beginning with 0x%x, and the builder sends data", name, len(encoded.Data), head(encoded.Data), len(data), head(data)), "the screen shows the method, the chain gets the data: ask who changed which"})
	}
}

func head(b []byte) []byte { return b[:min(len(b), 4)] }

// claimedMethod is the method's name as a claim about the data.
func (o object) claimedMethod() *ClaimedCall {
	m := o.child("contractMethod")
	if name := m.field("name").text(); name != "" {
		return &ClaimedCall{Where: m.path, Method: name}
	}
	return nil
}
