package intent

import (
	"encoding/hex"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
)

func parseTransferOwnership(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"of", "to"}, nil)
	if err != nil {
		return nil, err
	}
	of, err := h.target(f["of"])
	if err != nil {
		return nil, err
	}
	to, err := h.target(f["to"])
	if err != nil {
		return nil, err
	}
	x, err := a.must(calling("transfer-ownership", of, "transferOwnership(address)", []any{to},
		effect.Effect{Kind: effect.OwnershipTransferred, Target: of, From: h.Safe, To: to}))
	if err != nil {
		return nil, err
	}
	x.words = "hand the ownership of " + h.group(of) + " to " + h.group(to)
	x.yaml = func(in *Intent) string { return in.flow().account("of", of).account("to", to).String() }
	return x, nil
}

// role reads a role of AccessControl: 32 bytes, or the name of the constant in the
// contract, whose Keccak-256 it is by convention; DEFAULT_ADMIN_ROLE is zero
// (AccessControl.sol).
func (a *at) role() (word [32]byte, name string, err *Error) {
	s, err := a.text()
	if err != nil {
		return word, "", err
	}
	switch {
	case strings.HasPrefix(s, "0x"):
		b, err := a.Hex("bytes32", 32)
		if err != nil {
			return word, "", err
		}
		return [32]byte(b), "", nil
	case s == "DEFAULT_ADMIN_ROLE":
		return word, s, nil
	case strings.IndexFunc(s, func(r rune) bool { return (r < 'A' || r > 'Z') && r != '_' && (r < '0' || r > '9') }) >= 0 || s == "" || s[0] < 'A' || s[0] > 'Z':
		return word, "", a.fail(ErrValue, "write 0x and 64 hex digits, or the constant's name such as MINTER_ROLE", "%s is no role", report.Quote(s))
	}
	return crypto.Keccak256Hash([]byte(s)), s, nil
}

// roleAction is grant-role or revoke-role.
func roleAction(kind, function, verb, preposition string, grants bool) func(*at, header) (Action, *Error) {
	return func(a *at, h header) (Action, *Error) {
		f, err := a.fields([]string{"on", "role", "account"}, nil)
		if err != nil {
			return nil, err
		}
		on, err := h.target(f["on"])
		if err != nil {
			return nil, err
		}
		role, name, err := f["role"].role()
		if err != nil {
			return nil, err
		}
		account, err := h.target(f["account"])
		if err != nil {
			return nil, err
		}
		want := effect.Effect{Kind: effect.RoleGranted, Target: on, From: h.Safe, To: account, ID: new(uint256.Int).SetBytes32(role[:])}
		if !grants {
			want.Kind, want.From, want.To = effect.RoleRevoked, account, common.Address{}
		}
		x, err := a.must(calling(kind, on, function, []any{role[:], account}, want))
		if err != nil {
			return nil, err
		}
		written := "0x" + hex.EncodeToString(role[:])
		x.words = verb + " role " + written + " on " + h.group(on) + " " + preposition + " " + h.group(account)
		if name != "" {
			x.words = verb + " role " + name + " (" + written + ") on " + h.group(on) + " " + preposition + " " + h.group(account)
			written = name
		}
		x.addresses = []common.Address{account}
		x.yaml = func(in *Intent) string {
			return in.flow().account("on", on).quoted("role", written).account("account", account).String()
		}
		return x, nil
	}
}
