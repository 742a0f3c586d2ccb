package intent

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// deployers take a salt and code as calldata, without function: Arachnid's
// deterministic deployment proxy and Safe's singleton factory.
var deployers = map[common.Address]bool{
	common.HexToAddress("0x4e59b44847b379578588920cA78FbF26c0B4956C"): true,
	common.HexToAddress("0x914d7Fec6aaC8cd542e72Bca78B30650d45643d7"): true,
}

// deployment is what a deploy action says.
type deployment struct {
	via          common.Address
	code, salt   []byte
	codeFile     string
	value        *uint256.Int
	delegatecall bool
}

// parseDeploy creates a contract through a published factory: by Safe's CreateCall
// or by a deterministic deployer.
func parseDeploy(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"via"}, []string{"code", "code-file", "salt", "value", "operation"})
	if err != nil {
		return nil, err
	}
	d := deployment{value: zero}
	if d.via, err = h.target(f["via"]); err != nil {
		return nil, err
	}
	if err := d.readCode(a, h, f); err != nil {
		return nil, err
	}
	if n := f["salt"]; n != nil {
		if d.salt, err = n.Hex("bytes32", 32); err != nil {
			return nil, err
		}
	}
	if err := d.readOperation(a, h, f); err != nil {
		return nil, err
	}
	x, err := d.action(a, h)
	if err != nil {
		return nil, err
	}
	x.words = d.words(h)
	x.yaml = func(in *Intent) string { return d.canonical(in, h.native) }
	return x, nil
}

func (d *deployment) readCode(a *at, h header, f fields) (err *Error) {
	switch {
	case (f["code"] == nil) == (f["code-file"] == nil):
		return a.fail(ErrKey, "code is 0x and hex digits, code-file names a file with them", "one of code and code-file is due")
	case f["code"] != nil:
		d.code, err = f["code"].Hex("bytes", -1)
		return err
	}
	n := f["code-file"]
	name, raw, err := h.include(n)
	if err != nil {
		return err
	}
	text, ok := strings.CutPrefix(strings.TrimSpace(string(raw)), "0x")
	code, bad := hex.DecodeString(text)
	if !ok || bad != nil || len(code) == 0 {
		return n.fail(ErrValue, "the file holds 0x and hex digits, and nothing else", "the file %s holds no code", report.Quote(name))
	}
	d.code, d.codeFile = code, name
	return nil
}

// readOperation settles how the factory is reached. A deterministic deployer can
// only be called; with CreateCall a call makes a contract of the library, and a
// delegatecall one of the Safe.
func (d *deployment) readOperation(a *at, h header, f fields) *Error {
	if deployers[d.via] {
		if d.salt == nil {
			return a.fail(ErrKey, "write 0x and 64 hex digits", "the key salt is missing, which this deployer needs")
		}
		return f.without("operation", "value")
	}
	n := f["operation"]
	if n == nil {
		return a.fail(ErrKey, "write call or delegatecall; the contract's creator is another with each", "the key operation is missing")
	}
	s, err := n.text()
	if err != nil {
		return err
	}
	if s != "call" && s != "delegatecall" {
		return n.fail(ErrValue, "write call or delegatecall", "%s is no operation", report.Quote(s))
	}
	d.delegatecall = s == "delegatecall"
	if v := f["value"]; v != nil {
		if !d.delegatecall {
			return v.fail(ErrKey, "remove it: CreateCall that is called can give nothing along", "value beside a call")
		}
		d.value, err = v.nativeAmount(h.native)
	}
	return err
}

func (d *deployment) action(a *at, h header) (*fixed, *Error) {
	want := effect.Effect{Kind: effect.ContractCreated, Target: d.via, From: h.Safe}
	if deployers[d.via] {
		data := append(append([]byte{}, d.salt...), d.code...)
		return &fixed{kind: "deploy", call: safe.InnerCall{To: d.via, Value: zero, Data: data}, wants: []effect.Effect{want}}, nil
	}
	want.Amount = d.value
	function, args := "performCreate(uint256,bytes)", []any{integer(d.value), d.code}
	if d.salt != nil {
		function, args = "performCreate2(uint256,bytes,bytes32)", append(args, d.salt)
	}
	x, err := a.must(calling("deploy", d.via, function, args, want))
	if err == nil && d.delegatecall {
		x.call.Operation = 1
	}
	return x, err
}

func (d *deployment) words(h header) string {
	text := fmt.Sprintf("create a contract from %d bytes of code with keccak256 %s through %s", len(d.code), crypto.Keccak256Hash(d.code).Hex(), h.group(d.via))
	if d.delegatecall {
		text += " by a DELEGATECALL"
	}
	if !d.value.IsZero() {
		text += ", and give it " + sayNative(d.value, h.native)
	}
	if d.salt == nil {
		return text
	}
	creator := d.via
	if d.delegatecall {
		creator = h.Safe
	}
	return text + "; it will stand at " + h.group(crypto.CreateAddress2(creator, [32]byte(d.salt), crypto.Keccak256(d.code)))
}

func (d *deployment) canonical(in *Intent, native unit) string {
	y := in.flow().account("via", d.via)
	if d.codeFile != "" {
		y.quoted("code-file", d.codeFile)
	} else {
		y.quoted("code", "0x"+hex.EncodeToString(d.code))
	}
	if d.salt != nil {
		y.quoted("salt", "0x"+hex.EncodeToString(d.salt))
	}
	if !d.value.IsZero() {
		y.quoted("value", showNative(d.value, native))
	}
	if !deployers[d.via] {
		y.raw("operation", map[bool]string{true: "delegatecall", false: "call"}[d.delegatecall])
	}
	return y.String()
}
