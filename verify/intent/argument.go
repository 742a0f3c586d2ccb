package intent

import (
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/report"
)

// argument reads one ABI value. A list stands for an array and for a tuple, in
// the order of its components.
func (a *at) argument(h header, t encode.Type) (any, *Error) {
	switch t.Base {
	case "array":
		return a.array(h, t)
	case "tuple":
		return a.arguments(h, t.Components)
	case "uint", "int":
		return a.integer(t)
	case "address":
		return h.address(a)
	case "bool":
		return a.Truth()
	case "bytesN":
		return a.Hex(t.String(), t.Size)
	case "bytes":
		if a.IsMapping() {
			return h.innerCall(a)
		}
		return a.Hex(t.String(), -1)
	case "string":
		return a.Words()
	}
	return nil, a.fail(ErrValue, "", "the type %s cannot be written", report.Quote(t.Base))
}

// arguments reads the values of a function or tuple.
func (a *at) arguments(h header, params []encode.Param) ([]any, *Error) {
	items, err := a.items()
	if err != nil {
		return nil, err
	}
	if len(items) != len(params) {
		return nil, a.fail(ErrValue, "give one value for each type, in order", "%d values where %d are due", len(items), len(params))
	}
	out := make([]any, len(items))
	for i, item := range items {
		v, err := item.argument(h, params[i].Type)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func (a *at) array(h header, t encode.Type) ([]any, *Error) {
	items, err := a.items()
	if err != nil {
		return nil, err
	}
	if t.Elem == nil || t.Size >= 0 && len(items) != t.Size {
		return nil, a.fail(ErrValue, "give exactly as many values as the type says", "%d values where %s is due", len(items), t.String())
	}
	out := make([]any, len(items))
	for i, item := range items {
		v, err := item.argument(h, *t.Elem)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}
