package compose

import (
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// Input is one transaction of one Safe. Everything but Sender and CreatedAt is
// required.
type Input struct {
	Chain   *uint256.Int // EIP-155 chain id
	Safe    common.Address
	Version safe.Version // decides the hash rule, and the library of a batch
	Tx      *safe.Tx

	Sender    *common.Address // who proposes; nil if that is still open
	CreatedAt uint64          // of a batch file, in milliseconds since 1970
}

// dialect is one form.
type dialect struct {
	name   string
	write  func(in *whole) ([]byte, *Error)
	lacks  func(era safe.Era) []string
	sender bool // it can name who proposes
}

var dialects = []dialect{
	{"propose", writePropose, always("chain", "version"), true},
	{"gateway-propose", writeGateway, always("chain", "safe", "version"), true},
	{"tx-builder", writeBatch, always("version", "nonce"), true},
	{"typed-data", writeTypedData, typedDataLacks, false},
	{"calldata", writeCalldata, always("chain", "safe", "version", "nonce"), false},
	{"morpho", writeRecord, always(), false},
	{"protocol-kit", writeKit, always("chain", "safe", "version"), false},
	{"op-txverify", writeOpTxVerify, always(), false},
}

func always(fields ...string) func(safe.Era) []string {
	return func(safe.Era) []string { return fields }
}

// Dialects returns the names of all forms that Write knows. Package proposal reads
// each by the same name.
func Dialects() []string {
	names := make([]string, len(dialects))
	for i, d := range dialects {
		names[i] = d.name
	}
	return names
}

// Lacks names what a form does not hold of a transaction of this era: chain, safe,
// version, nonce. Whoever uses the file must give it, and a mistake there makes
// another transaction. It is empty for a form that is not known.
func Lacks(name string, era safe.Era) []string {
	if d := find(name); d != nil {
		return d.lacks(era)
	}
	return nil
}

func find(name string) *dialect {
	for i := range dialects {
		if dialects[i].name == name {
			return &dialects[i]
		}
	}
	return nil
}

// Write returns the transaction in a form. The error is an *Error of the kind
// ErrDialect, ErrIncomplete, ErrCannotSay or ErrUnreadable; then there are no bytes.
func Write(name string, in Input) ([]byte, error) {
	d := find(name)
	if d == nil {
		return nil, fail(ErrDialect, "the forms are "+strings.Join(Dialects(), ", "), "there is no form %s to write", report.Quote(name))
	}
	w, err := in.whole()
	if err != nil {
		return nil, err
	}
	if in.Sender != nil && !d.sender {
		return nil, fail(ErrCannotSay, "leave the sender out, or write it in another form, such as propose", "the form %s has no sender, which is %s", d.name, report.Group(*in.Sender))
	}
	out, err := d.write(w)
	if err != nil {
		return nil, err
	}
	if err := d.readBack(w, out); err != nil {
		return nil, err
	}
	return out, nil
}
