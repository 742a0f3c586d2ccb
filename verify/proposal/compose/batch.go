package compose

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/proposal/builder"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// writeBatch writes a batch file of the Transaction Builder.
func writeBatch(in *whole) ([]byte, *Error) {
	if err := in.onlyCalls(); err != nil {
		return nil, err
	}
	calls, err := in.calls()
	if err != nil {
		return nil, err
	}
	entries := make([]strictjson.Value, len(calls))
	for i, c := range calls {
		entries[i] = object(account("to", c.To), decimal("value", c.Value), text("data", hexText(c.Data)), null("contractMethod"), null("contractInputsValues"))
	}
	return in.sealed(list(entries...))
}

// onlyCalls refuses the fields that the app would set to zero, and a date that it
// would round.
func (in *whole) onlyCalls() *Error {
	for _, f := range in.numbers() {
		if f.name != "value" && f.name != "nonce" && !f.n.IsZero() {
			return cannotSay("a batch file has no %s, which is %s, and the Transaction Builder would make it 0", f.name, f.n.Dec())
		}
	}
	for _, f := range []struct {
		name string
		a    common.Address
	}{{"gasToken", in.Tx.GasToken}, {"refundReceiver", in.Tx.RefundReceiver}} {
		if f.a != (common.Address{}) {
			return cannotSay("a batch file has no %s, which is %s, and the Transaction Builder would make it zero", f.name, report.Group(f.a))
		}
	}
	if in.CreatedAt > maxSafeInteger {
		return cannotSay("createdAt is %d, and JavaScript rounds what is above 2^53-1", in.CreatedAt)
	}
	return nil
}

func cannotSay(format string, args ...any) *Error {
	return fail(ErrCannotSay, "write it in another form, such as typed-data", format, args...)
}

// calls are the entries of which the app makes exactly this transaction.
func (in *whole) calls() ([]safe.InnerCall, *Error) {
	t := in.Tx
	if t.Operation == safe.Call {
		return []safe.InnerCall{{To: t.To, Value: t.Value, Data: t.Data}}, nil
	}
	library := in.library()
	if library == (common.Address{}) || t.To != library {
		return nil, cannotSay("a batch file cannot say operation 1, a delegatecall, to %s: the Transaction Builder makes one only to its own library, %s", report.Group(t.To), known(library))
	}
	if !t.Value.IsZero() {
		return nil, cannotSay("a batch file has no value beside those of its calls, and it is %s wei", t.Value.Dec())
	}
	calls, why := batchOf(t.Data)
	if why != "" {
		return nil, cannotSay("a batch file cannot say this delegatecall to MultiSend: %s", why)
	}
	return calls, nil
}

// library is what the app puts around a batch.
func (in *whole) library() common.Address {
	if !in.Chain.IsUint64() {
		return common.Address{}
	}
	a, _ := catalogue.DefaultMultiSendCallOnly(in.Chain.Uint64(), in.Version.String())
	return a
}

func known(library common.Address) string {
	if library == (common.Address{}) {
		return "and none is known for this chain and version"
	}
	return report.Group(library)
}

// multiSendHead is the selector of multiSend(bytes) and the offset of its argument.
var multiSendHead = safe.MultiSendCalldata(nil)[:4+32]

// batchOf opens the calldata of multiSend(bytes), or says why the app would encode
// its calls in another way.
func batchOf(data []byte) ([]safe.InnerCall, string) {
	body, ok := body(data)
	if !ok {
		return nil, "its data is not the canonical encoding of multiSend(bytes)"
	}
	calls, err := safe.UnpackMultiSend(body)
	if err != nil {
		return nil, err.Error()
	}
	if len(calls) < 2 {
		return nil, fmt.Sprintf("it holds %d calls, and the app makes a batch of two or more", len(calls))
	}
	for i, c := range calls {
		if c.Operation != 0 {
			return nil, fmt.Sprintf("call %d has operation %d, and each entry of a batch file is a CALL", i+1, c.Operation)
		}
	}
	return calls, ""
}

// body is the argument of multiSend(bytes), if the data is exactly its encoding.
func body(data []byte) ([]byte, bool) {
	head := len(multiSendHead) + 32
	if len(data) < head || !bytes.HasPrefix(data, multiSendHead) {
		return nil, false
	}
	n := binary.BigEndian.Uint64(data[head-8 : head])
	if n > uint64(len(data)-head) {
		return nil, false
	}
	b := data[head : head+int(n)]
	return b, bytes.Equal(safe.MultiSendCalldata(b), data)
}

// sealed puts the entries into a batch file with its checksum, which covers
// everything else and proves nothing: anybody can compute it.
func (in *whole) sealed(entries strictjson.Value) ([]byte, *Error) {
	owner := ""
	if in.Sender != nil {
		owner = in.Sender.Hex()
	}
	meta := []strictjson.Member{text("name", "Transactions Batch"), text("description", ""), account("createdFromSafeAddress", in.Safe), text("createdFromOwnerAddress", owner)}
	file := func() strictjson.Value {
		return object(text("version", "1.0"), decimal("chainId", in.Chain), token("createdAt", fmt.Sprint(in.CreatedAt)),
			member("meta", object(meta...)), member("transactions", entries))
	}
	open := file()
	sum, err := builder.Checksum(&open)
	if err != nil {
		return nil, fail(ErrUnreadable, "", "the batch file has no checksum: %v", err)
	}
	meta = append(meta, text("checksum", sum.Hex()))
	return line(file()), nil
}
