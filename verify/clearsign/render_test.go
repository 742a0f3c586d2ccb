package clearsign

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"
)

func TestFields(t *testing.T) {
	const pair = "f((address token,uint256 amount)[] orders,address[] tokens,uint256[] amounts,uint256 last)"
	orders := func() []any {
		return list(list(list(tokenA, 1000000), list(tokenB, 2000000000000000000)), list(tokenB, tokenA), list(3000000000000000000, 4000000), 5)
	}
	for _, c := range []struct {
		name, fields, want string
		kind               error
	}{
		{"order of the descriptor", `{"path": "last", "label": "L"}, {"path": "orders.[0].amount", "label": "A"}`, "L=5; A=1000000", nil},
		{"an index from the end", `{"path": "amounts.[-1]", "label": "A"}`, "A=4000000", nil},
		{"a slice", `{"path": "amounts.[1:2]", "label": "A"}`, "A=4000000", nil},
		{"all", `{"path": "amounts.[]", "label": "A"}`, "A=3000000000000000000; A=4000000", nil},
		{"a list without brackets", `{"path": "amounts", "label": "A"}`, "A=3000000000000000000; A=4000000", nil},
		{"parameters of the same element", `{"path": "orders.[].amount", "label": "A", "format": "tokenAmount", "params": {"tokenPath": "orders.[].token"}}`, "A=1 AAA; A=2 BBB", nil},
		{"parameters of the same index", `{"path": "amounts.[]", "label": "A", "format": "tokenAmount", "params": {"tokenPath": "tokens.[]"}}`, "A=3 BBB; A=4 AAA", nil},
		{"both lists without brackets", `{"path": "amounts", "label": "A", "format": "tokenAmount", "params": {"tokenPath": "tokens"}}`, "A=3 BBB; A=4 AAA", nil},
		{"one parameter for all", `{"path": "amounts.[]", "label": "A", "format": "tokenAmount", "params": {"tokenPath": "tokens.[1]"}}`, "A=3000000000000 AAA; A=4 AAA", nil},
		{"parameters in another order", `{"path": "amounts.[]", "label": "A", "format": "tokenAmount", "params": {"tokenPath": "orders.[].token"}}`, "A=3000000000000 AAA; A=0.000000000004 BBB", nil},
		{"one value and a list of parameters", `{"path": "last", "label": "A", "format": "tokenAmount", "params": {"tokenPath": "tokens.[]"}}`, "", ErrDoesNotFit},
		{"lists of different length", `{"path": "amounts.[0:1]", "label": "A", "format": "tokenAmount", "params": {"tokenPath": "tokens.[]"}}`, "", ErrDoesNotFit},
		{"slices of the same length", `{"path": "amounts.[0:1]", "label": "A", "format": "tokenAmount", "params": {"tokenPath": "tokens.[1:]"}}`, "A=3000000000000 AAA", nil},
		{"an index that is not there", `{"path": "amounts.[2]", "label": "A"}`, "", ErrDoesNotFit},
		{"a slice that is not there", `{"path": "amounts.[0:3]", "label": "A"}`, "", ErrDoesNotFit},
		{"a value with parts", `{"path": "orders.[0]", "label": "A"}`, "", ErrDoesNotFit},
		{"a separator", `{"path": "amounts.[]", "label": "A", "separator": "{{{index}}} "}`, "{0} A=3000000000000000000; {1} A=4000000", nil},
		{"a group over a list", `{"path": "orders.[]", "fields": [{"path": "token", "label": "T", "format": "tokenTicker"}, {"path": "amount", "label": "A", "format": "tokenAmount", "params": {"tokenPath": "token"}}]}`,
			"T=AAA; A=1 AAA; T=BBB; A=2 BBB", nil},
		{"a sequential group over a list", `{"path": "orders.[]", "iteration": "sequential", "fields": [{"path": "token", "label": "T", "format": "tokenTicker"}, {"path": "amount", "label": "A", "format": "tokenAmount", "params": {"tokenPath": "token"}}]}`,
			"T=AAA; T=BBB; A=1 AAA; A=2 BBB", nil},
		{"a bundled group", `{"iteration": "bundled", "fields": [{"path": "tokens.[]", "label": "T", "format": "tokenTicker"}, {"path": "amounts.[]", "label": "A"}]}`,
			"T=BBB; A=3000000000000000000; T=AAA; A=4000000", nil},
		{"a sequential group", `{"iteration": "sequential", "fields": [{"path": "tokens.[]", "label": "T", "format": "tokenTicker"}, {"path": "amounts.[]", "label": "A"}]}`,
			"T=BBB; T=AAA; A=3000000000000000000; A=4000000", nil},
		{"a bundle of different lengths", `{"iteration": "bundled", "fields": [{"path": "tokens.[]", "label": "T"}, {"path": "amounts.[1:]", "label": "A"}]}`, "", ErrDoesNotFit},
		{"a bundle with an empty list", `{"iteration": "bundled", "fields": [{"path": "tokens.[2:]", "label": "T"}, {"path": "amounts.[]", "label": "A"}]}`, "", ErrDoesNotFit},
		{"a bundle with one value", `{"iteration": "bundled", "fields": [{"path": "amounts.[]", "label": "A"}, {"path": "last", "label": "L"}]}`, "A=3000000000000000000; L=5; A=4000000", nil},
		{"a group in a group", `{"path": "orders", "fields": [{"path": "[]", "fields": [{"path": "amount", "label": "A"}]}]}`, "A=1000000; A=2000000000000000000", nil},
		{"an absolute path in a group", `{"path": "orders.[]", "fields": [{"path": "#.last", "label": "L"}]}`, "L=5; L=5", nil},
		{"a definition", `{"path": "last", "$ref": "$.display.definitions.sum", "label": "Mine", "params": {"tokenPath": "tokens.[0]", "message": "All"}}`, "Mine=0.000000000000000005 BBB", nil},
		{"an empty slice of a list", `{"path": "amounts.[2:]", "label": "A"}`, "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := load(t, file(format(pair, c.fields)))
			r, err := b.Call(call(t, pair, orders()...), known{})
			if !errors.Is(err, c.kind) {
				t.Fatalf("%+v, %v, want %v", r, err, c.kind)
			}
			if err == nil && brief(r.Fields) != c.want {
				t.Errorf("%s\nwant %s", brief(r.Fields), c.want)
			}
		})
	}
}

func TestVisibility(t *testing.T) {
	const text = "f(uint256 a,bool b,address c,string d)"
	for _, c := range []struct{ name, path, rule, want string }{
		{"always", "a", `"always"`, "shown"},
		{"optional", "a", `"optional"`, "shown"},
		{"never", "a", `"never"`, "hidden by the descriptor"},
		{"ifNotIn, other", "a", `{"ifNotIn": [0, 1]}`, "shown"},
		{"ifNotIn, listed", "a", `{"ifNotIn": [0, 7]}`, "hidden for this value"},
		{"ifNotIn, listed as text", "a", `{"ifNotIn": ["7"]}`, "hidden for this value"},
		{"ifNotIn, listed in hex", "a", `{"ifNotIn": ["0x07"]}`, "hidden for this value"},
		{"ifNotIn, a fraction is no number", "a", `{"ifNotIn": [7.0]}`, "shown"},
		{"ifNotIn, null", "a", `{"ifNotIn": [null]}`, "shown"},
		{"mustMatch, listed", "a", `{"mustMatch": [6, 7]}`, "hidden because it is as demanded"},
		{"mustMatch, other", "a", `{"mustMatch": [6, 8]}`, "error"},
		{"mustMatch, null", "a", `{"mustMatch": [null]}`, "error"},
		{"mustMatch, truth", "b", `{"mustMatch": [true]}`, "hidden because it is as demanded"},
		{"mustMatch, falsehood", "b", `{"mustMatch": [false]}`, "error"},
		{"mustMatch, address in any case", "c", `{"mustMatch": ["0x` + strings.ToUpper(alice[2:]) + `"]}`, "hidden because it is as demanded"},
		{"mustMatch, constant", "c", `{"mustMatch": ["$.metadata.constants.native"]}`, "error"},
		{"mustMatch, another address", "c", `{"mustMatch": ["` + bob + `"]}`, "error"},
		{"mustMatch, text", "d", `{"mustMatch": ["text"]}`, "hidden because it is as demanded"},
		{"mustMatch, text in another case", "d", `{"mustMatch": ["Text"]}`, "error"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := load(t, file(format(text, `{"path": "`+c.path+`", "label": "L", "format": "raw", "visible": `+c.rule+`}`)))
			r, err := b.Call(call(t, text, 7, true, alice, "text"), known{})
			if c.want == "error" {
				if !errors.Is(err, ErrMustMatch) || r != nil {
					t.Fatalf("%+v, %v, want ErrMustMatch", r, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if c.want == "shown" {
				if len(r.Fields) != 1 || len(r.Hidden) != 3 {
					t.Errorf("%s, hidden %s", brief(r.Fields), briefHidden(r.Hidden))
				}
				return
			}
			if len(r.Fields) != 0 || len(r.Hidden) != 4 || r.Hidden[0].Reason.String() != c.want || r.Hidden[0].Label != "L" {
				t.Errorf("%s, hidden %s, want %s", brief(r.Fields), briefHidden(r.Hidden), c.want)
			}
		})
	}
}

// TestHidden: everything that the descriptor does not show whole is listed.
func TestHidden(t *testing.T) {
	const text = "f(address token,uint256 amount,bytes data,(uint256 x,uint256 y)[] p,uint256,bytes32 e,uint256 w)"
	b := load(t, file(format(text, `
		{"path": "amount", "label": "A", "format": "tokenAmount", "params": {"tokenPath": "token"}},
		{"path": "data.[0:2]", "label": "D", "format": "raw"},
		{"path": "p.[].x", "label": "X", "format": "raw"},
		{"path": "p", "visible": "never"},
		{"path": "e", "label": "E", "format": "amount", "visible": "never", "encryption": {"scheme": "fhevm"}},
		{"path": "w", "label": "W", "format": "addressName", "visible": "never"}`)))
	c := call(t, text, tokenA, 5, []byte{1, 2, 3}, list(list(1, 2), list(3, 4)), 6, make([]byte, 32), new(big.Int).Lsh(big.NewInt(1), 255))
	c.Value = big.NewInt(9)
	r, err := b.Call(c, known{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := brief(r.Fields), "A=0.000005 AAA; D=0x0102; X=1; X=3"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	e := "0x" + strings.Repeat("00", 32)
	want := "#.e=[Encrypted] (hidden by the descriptor); #.w=" + new(big.Int).Lsh(big.NewInt(1), 255).String() + " (hidden by the descriptor); " +
		"#.token=" + address(tokenA).Hex() + " (not mentioned); #.data=0x010203 (not mentioned); #.p.[0].y=2 (not mentioned); #.p.[1].y=4 (not mentioned); " +
		"#.(4)=6 (not mentioned); @.value=9 (not mentioned)"
	if got := briefHidden(r.Hidden); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if r.Hidden[0].Raw != e {
		t.Errorf("raw %s", r.Hidden[0].Raw)
	}
}

func TestInterpolation(t *testing.T) {
	const text = "f(address to,uint256 amount,uint256[] n,uint256 h)"
	fields := `{"path": "to", "label": "To", "format": "addressName"}, {"path": "#.amount", "label": "A", "format": "amount"}, {"path": "n.[]", "label": "N"},
		{"path": "@.value", "label": "V", "format": "amount"}, {"path": "$.metadata.constants.note", "label": "C"}, {"path": "h", "label": "H", "visible": {"ifNotIn": [0]}}`
	for template, want := range map[string]string{
		"Send {amount} to {to}":                  "Send 0.5 ETH to Alice",
		"{#.amount}{#.to}":                       "0.5 ETHAlice",
		"{n.[]}":                                 "1, 2",
		"{@.value}, {$.metadata.constants.note}": "0 ETH, as is",
		"{{to}} {to} }}{{":                       "{to} Alice }{",
		"{{{to}}}":                               "{Alice}",
		"plain":                                  "plain",
		"{missing}":                              "",
		"{h}":                                    "", // not always visible
		"{n}":                                    "", // no field has this path
		"{n.[0]}":                                "",
		"{ to }":                                 "",
		"{to":                                    "",
		"a}to}":                                  "",
		"to}":                                    "",
		"{}":                                     "",
		"{to}}":                                  "",
		"{@.from}":                               "",
		"{$.metadata.constants.seven}":           "",
	} {
		b := load(t, file(`"`+text+`": {"intent": "Do", "interpolatedIntent": "`+template+`", "fields": [`+fields+`]}`))
		r, err := b.Call(call(t, text, alice, 500000000000000000, list(1, 2), 3), known{})
		if err != nil {
			t.Fatal(err)
		}
		if r.InterpolatedIntent != want || r.Intent != "Do" || (want == "") != (len(r.Notices) == 1) {
			t.Errorf("%s: %q with %q, want %q", template, r.InterpolatedIntent, r.Notices, want)
		}
	}
}

func TestNested(t *testing.T) {
	const outer = "exec(address to,uint256 value,bytes data)"
	const inner = "pay(address who,uint256 amount)"
	innerFile := fileAt(other, format(inner, `{"path": "who", "label": "Who", "format": "addressName"}, {"path": "@.value", "label": "V", "format": "amount"},
		{"path": "@.from", "label": "From", "format": "addressName"}, {"path": "amount", "label": "A", "visible": {"mustMatch": [5]}}`))
	innerCall := func(amount int) []byte { return call(t, inner, bob, amount).Data }
	for _, c := range []struct {
		name, params string
		to           string
		data         []byte
		want         string
		kind         error
	}{
		{"by path", `{"calleePath": "to"}`, other, innerCall(5), "C={Do: Who=bob.eth; V=0 ETH; From=Alice}", nil},
		{"amount and spender", `{"calleePath": "to", "amountPath": "value", "spenderPath": "@.to"}`, other, innerCall(5), "C={Do: Who=bob.eth; V=0.25 ETH; From=" + address(target).Hex() + "}", nil},
		{"constants", `{"callee": "` + other + `", "amount": 1000000000000000000, "spender": "` + bob + `"}`, tokenA, innerCall(5), "C={Do: Who=bob.eth; V=1 ETH; From=bob.eth}", nil},
		{"selector apart", `{"calleePath": "to", "selector": "0x` + fmt.Sprintf("%x", innerCall(5)[:4]) + `"}`, other, innerCall(5)[4:], "C={Do: Who=bob.eth; V=0 ETH; From=Alice}", nil},
		{"another chain", `{"calleePath": "to", "chainId": 10}`, other, innerCall(5), "C=0x" + fmt.Sprintf("%x", innerCall(5)), nil},
		{"no descriptor", `{"calleePath": "to"}`, tokenA, innerCall(5), "C=0x" + fmt.Sprintf("%x", innerCall(5)), nil},
		{"no bytes", `{"calleePath": "to"}`, other, []byte{}, "C=0x", nil},
		{"another function", `{"calleePath": "to"}`, other, []byte{1, 2, 3, 4}, "C=0x01020304", nil},
		{"broken arguments", `{"calleePath": "to"}`, other, innerCall(5)[:40], "C=0x" + fmt.Sprintf("%x", innerCall(5)[:40]), nil},
		{"demanded otherwise", `{"calleePath": "to"}`, other, innerCall(6), "", ErrMustMatch},
		{"a selector that is none", `{"calleePath": "to", "selector": "0x0102"}`, other, innerCall(5), "", ErrDoesNotFit},
		{"an amount that is none", `{"calleePath": "to", "amount": "x"}`, other, innerCall(5), "", ErrDoesNotFit},
		{"a callee that is none", `{"callee": "0x01"}`, other, innerCall(5), "", ErrDoesNotFit},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := load(t, file(format(outer, `{"path": "data", "label": "C", "format": "calldata", "params": `+c.params+`}`)), innerFile)
			r, err := b.Call(call(t, outer, c.to, 250000000000000000, c.data), known{})
			if !errors.Is(err, c.kind) {
				t.Fatalf("%+v, %v, want %v", r, err, c.kind)
			}
			if err == nil && brief(r.Fields) != c.want {
				t.Errorf("%s\nwant %s", brief(r.Fields), c.want)
			}
		})
	}
}

// TestNestedBound: calldata that holds itself, to any depth, ends.
func TestNestedBound(t *testing.T) {
	const text = "again(bytes data)"
	b := load(t, file(format(text, `{"path": "data", "label": "C", "format": "calldata", "params": {"calleePath": "@.to"}}`)))
	depth := func(n int) Call {
		c := call(t, text, []byte{})
		for range n - 1 {
			c = call(t, text, c.Data)
		}
		return c
	}
	if _, err := b.Call(depth(maxNested), known{}); err != nil {
		t.Errorf("%d deep: %v", maxNested, err)
	}
	if r, err := b.Call(depth(maxNested+2), known{}); !errors.Is(err, ErrTooLong) {
		t.Errorf("%d deep: %+v, %v", maxNested+2, r, err)
	}
}

// TestBudget: a descriptor that shows one long value very often, or calls very
// often, is cut off.
func TestBudget(t *testing.T) {
	field := `{"path": "data", "label": "D", "format": "raw"}`
	nested := `{"path": "data", "label": "D", "format": "calldata", "params": {"callee": "` + other + `"}}`
	const text, inner = "f(bytes data)", "g(uint256[] n)"
	long := make([]byte, 500_000)
	numbers := make([]any, 5000)
	for i := range numbers {
		numbers[i] = big.NewInt(int64(i))
	}
	for _, c := range []struct {
		name   string
		fields string
		data   []byte
	}{
		{"text", strings.Repeat(field+",", 300) + field, long},
		{"calls", strings.Repeat(nested+",", 300) + nested, call(t, inner, numbers).Data},
	} {
		b := load(t, file(format(text, c.fields)), fileAt(other, format(inner, `{"path": "n.[0]", "label": "N"}`)))
		if r, err := b.Call(call(t, text, c.data), known{}); !errors.Is(err, ErrTooLong) || r != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	b := load(t, fileAt(target, format(inner, `{"path": "n.[0]", "label": "N"}`)))
	if _, err := b.Call(call(t, inner, numbers), known{}); !errors.Is(err, ErrTooLong) {
		t.Errorf("5000 values that are not mentioned: %v", err)
	}
	if _, err := b.Call(Call{Chain: 1, To: address(target), Data: append(call(t, inner, list(1)).Data, make([]byte, maxCalldata)...)}, known{}); !errors.Is(err, ErrTooLong) {
		t.Errorf("long calldata: %v", err)
	}
}

// TestSteps: groups without fields cost time and show nothing.
func TestSteps(t *testing.T) {
	const text = "g(uint256[] n)"
	numbers := make([]any, 4000)
	for i := range numbers {
		numbers[i] = big.NewInt(0)
	}
	group := `{"path": "n.[]", "fields": []}`
	for n, want := range map[int]error{5: nil, 100: ErrTooLong} {
		b := load(t, file(format(text, strings.Repeat(group+",", n-1)+group)))
		if _, err := b.Call(call(t, text, numbers), known{}); !errors.Is(err, want) {
			t.Errorf("%d groups: %v, want %v", n, err, want)
		}
	}
}

// TestSlicedValue: a part of the value that is sent does not stand for the whole.
func TestSlicedValue(t *testing.T) {
	const text = "f(uint256 a)"
	b := load(t, file(format(text, `{"path": "a", "label": "A"}, {"path": "@.value.[31:32]", "label": "V"}`)))
	c := call(t, text, 5)
	c.Value = big.NewInt(0x0102)
	r, err := b.Call(c, known{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := brief(r.Fields)+" | "+briefHidden(r.Hidden), "A=5; V=0x02 | @.value=258 (not mentioned)"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestDeploymentTwice: one descriptor that lists a place twice is still one.
func TestDeploymentTwice(t *testing.T) {
	const text = "f(uint256 a)"
	at := `{"chainId": 1, "address": "` + target + `"}`
	b := load(t, strings.Replace(file(format(text, `{"path": "a", "label": "A"}`)), at, at+", "+at, 1))
	if _, err := b.Call(call(t, text, 5), known{}); err != nil {
		t.Error(err)
	}
}

func TestMatch(t *testing.T) {
	const text = "f(uint256 a)"
	b := load(t, file(format(text, `{"path": "a", "label": "A"}`)), fileAt(other, format(text, `{"path": "a", "label": "B"}`)), fileAt(other, format(text, `{"path": "a", "label": "C"}`)))
	good := call(t, text, 5)
	with := func(f func(*Call)) Call { c := good; f(&c); return c }
	for _, c := range []struct {
		name string
		call Call
		kind error
	}{
		{"the deployment", good, nil},
		{"a proxy of it", with(func(c *Call) { c.To = address(bob) }), nil},
		{"another chain", with(func(c *Call) { c.Chain = 10 }), ErrNoDescriptor},
		{"another address", with(func(c *Call) { c.To = address(tokenA) }), ErrNoDescriptor},
		{"two descriptors", with(func(c *Call) { c.To = address(other) }), ErrAmbiguous},
		{"another function", with(func(c *Call) { c.Data = []byte{1, 2, 3, 4} }), ErrNoFormat},
		{"no selector", with(func(c *Call) { c.Data = []byte{1, 2, 3} }), ErrNoFormat},
		{"no data", with(func(c *Call) { c.Data = nil }), ErrNoFormat},
		{"too few bytes", with(func(c *Call) { c.Data = c.Data[:35] }), ErrNotCanonical},
	} {
		r, err := b.Call(c.call, known{})
		if !errors.Is(err, c.kind) || (err == nil) != (r != nil) {
			t.Errorf("%s: %+v, %v, want %v", c.name, r, err, c.kind)
		}
	}
	r, err := b.Call(with(func(c *Call) { c.Data = append(c.Data[:len(c.Data):len(c.Data)], 0xab) }), known{})
	if err != nil || fmt.Sprintf("%x", r.Suffix) != "ab" || r.File != "0.json" || r.Owner != "Owner" || r.Contract != "Contract" {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestSenderUnknown: a descriptor that needs the sender has no words without one.
func TestSenderUnknown(t *testing.T) {
	const text = "f(uint256 a)"
	b := load(t, file(format(text, `{"path": "@.from", "label": "From", "format": "addressName"}`)))
	c := call(t, text, 5)
	c.From = nil
	if r, err := b.Call(c, known{}); !errors.Is(err, ErrDoesNotFit) {
		t.Errorf("%+v, %v", r, err)
	}
}
