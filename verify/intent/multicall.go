package intent

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// Multicall names the contract around the actions that most governance batches go
// through in place of a MultiSend: Multicall3, reached by delegatecall.
type Multicall struct {
	Library  common.Address
	Function string // one of multicalls
}

// multicalls are the functions of Multicall3 that can carry a batch. In those that
// ask, no call may fail.
var multicalls = map[string]string{
	"aggregate":       "aggregate((address,bytes)[])",
	"aggregate3":      "aggregate3((address,bool,bytes)[])",
	"aggregate3Value": "aggregate3Value((address,bool,uint256,bytes)[])",
}

func (h header) multicall(n *at) (*Multicall, *Error) {
	f, err := n.fields([]string{"library", "function"}, nil)
	if err != nil {
		return nil, err
	}
	library, err := h.target(f["library"])
	if err != nil {
		return nil, err
	}
	function, err := f["function"].text()
	if err != nil {
		return nil, err
	}
	if multicalls[function] == "" {
		return nil, f["function"].fail(ErrValue, "write aggregate, aggregate3 or aggregate3Value", "%s carries no batch", report.Quote(function))
	}
	return &Multicall{library, function}, nil
}

// encode packs the calls of a batch. Whether they are calls or delegatecalls is a
// property of the contract and stands nowhere in the bytes; the leaves are compared
// with it.
func (m *Multicall) encode(calls []safe.InnerCall) ([]byte, error) {
	d, err := encode.ParseDeclaration(multicalls[m.Function])
	if err != nil {
		return nil, err
	}
	list := make([]any, len(calls))
	for i, c := range calls {
		if m.Function != "aggregate3Value" && !c.Value.IsZero() {
			return nil, fmt.Errorf("%w: actions[%d] sends value, which only aggregate3Value does", ErrIncomplete, i)
		}
		data := c.Data
		if data == nil {
			data = []byte{}
		}
		switch m.Function {
		case "aggregate":
			list[i] = []any{c.To, data}
		case "aggregate3":
			list[i] = []any{c.To, false, data}
		default:
			list[i] = []any{c.To, false, new(big.Int).Set(c.Value.ToBig()), data}
		}
	}
	return encode.Call(d, []any{list})
}

func (m *Multicall) canonical(in *Intent) string {
	return in.flow().account("library", m.Library).raw("function", m.Function).String()
}
