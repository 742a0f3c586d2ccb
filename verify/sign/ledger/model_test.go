package ledger_test

import (
	"crypto/ecdsa"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/common/math"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"
)

// model is a device that reads commands by itself, hashes typed data with apitypes, and
// signs with a test key. spoil changes what it answers to the n-th command, from 0 on.
type model struct {
	key     *ecdsa.PrivateKey
	path    []uint32
	version [3]byte
	flags   byte
	raw     bool // "Raw messages" is on
	spoil   func(n int, reply []byte) ([]byte, error)

	commands  [][]byte
	types     apitypes.Types
	order     []string
	defining  string
	filling   string
	next      int    // field of filling that comes next
	pending   []byte // of a value that is not complete
	remaining int
	values    map[string]map[string]any
	signed    common.Hash // what it signed
}

var errModel = errors.New("6a80")

func newModel(t testing.TB) *model {
	t.Helper()
	key, err := crypto.HexToECDSA("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318")
	if err != nil {
		t.Fatal(err)
	}
	return &model{key: key, path: []uint32{0x8000002c, 0x8000003c, 0x80000000, 0, 0}, version: [3]byte{1, 22, 0}, flags: 0x03, raw: true,
		types: apitypes.Types{}, values: map[string]map[string]any{}}
}

func (m *model) address() common.Address { return crypto.PubkeyToAddress(m.key.PublicKey) }

func (m *model) Exchange(apdu []byte) ([]byte, error) {
	n := len(m.commands)
	m.commands = append(m.commands, append([]byte(nil), apdu...))
	data, err := m.answer(apdu)
	reply := append(data, 0x90, 0x00)
	if err != nil {
		reply = []byte{0x6a, 0x80}
	}
	if m.spoil != nil {
		return m.spoil(n, reply)
	}
	return reply, nil
}

func (m *model) answer(apdu []byte) ([]byte, error) {
	if len(apdu) < 5 || len(apdu) > 260 || apdu[0] != 0xe0 || int(apdu[4]) != len(apdu)-5 {
		return nil, fmt.Errorf("%w: no APDU: %x", errModel, apdu)
	}
	p1, p2, data := apdu[2], apdu[3], apdu[5:]
	switch apdu[1] {
	case 0x06:
		return append([]byte{m.flags}, m.version[:]...), nil
	case 0x02:
		if p1 != 0 || p2 != 0 {
			return nil, errModel
		}
		return m.account(data)
	case 0x1a:
		return nil, m.define(p1, p2, data)
	case 0x1c:
		return nil, m.fill(p1, p2, data)
	case 0x0c:
		return m.sign(p1, p2, data)
	}
	return nil, errModel
}

func (m *model) takePath(data []byte) ([]byte, error) {
	if len(data) == 0 || int(data[0]) != len(m.path) || len(data) < 1+4*len(m.path) {
		return nil, errModel
	}
	for i, want := range m.path {
		if binary.BigEndian.Uint32(data[1+4*i:]) != want {
			return nil, errModel
		}
	}
	return data[1+4*len(m.path):], nil
}

func (m *model) account(data []byte) ([]byte, error) {
	if rest, err := m.takePath(data); err != nil || len(rest) != 0 {
		return nil, errModel
	}
	out := append([]byte{65}, crypto.FromECDSAPub(&m.key.PublicKey)...)
	return append(append(out, 40), m.address().Hex()[2:]...), nil
}

func (m *model) define(p1, p2 byte, data []byte) error {
	switch {
	case p1 != 0:
		return errModel
	case p2 == 0x00:
		m.defining = string(data)
		m.order = append(m.order, m.defining)
		m.types[m.defining] = []apitypes.Type{}
		return nil
	case p2 != 0xff || m.defining == "" || len(data) < 2:
		return errModel
	}
	kind, data := data[0], data[1:]
	name := ""
	switch {
	case kind == 0x42:
		name, data = fmt.Sprintf("uint%d", 8*int(data[0])), data[1:]
	case kind == 0x03:
		name = "address"
	case kind == 0x05:
		name = "string"
	case kind == 0x07:
		name = "bytes"
	default:
		return errModel
	}
	if len(data) < 1 || int(data[0]) != len(data)-1 {
		return errModel
	}
	m.types[m.defining] = append(m.types[m.defining], apitypes.Type{Name: string(data[1:]), Type: name})
	return nil
}

func (m *model) fill(p1, p2 byte, data []byte) error {
	if !m.raw && m.flags&1 == 0 {
		return errModel
	}
	if p2 == 0x00 {
		if _, ok := m.types[string(data)]; !ok || p1 != 0 || m.remaining != 0 || m.values[string(data)] != nil {
			return errModel
		}
		m.filling, m.next = string(data), 0
		m.values[m.filling] = map[string]any{}
		return nil
	}
	if p2 != 0xff || p1 > 1 || m.next >= len(m.types[m.filling]) {
		return errModel
	}
	if m.pending == nil {
		if len(data) < 2 {
			return errModel
		}
		m.remaining, data, m.pending = int(binary.BigEndian.Uint16(data)), data[2:], []byte{}
	}
	if len(data) > m.remaining {
		return errModel
	}
	m.pending = append(m.pending, data...)
	if m.remaining -= len(data); (m.remaining == 0) != (p1 == 0) {
		return errModel
	}
	if m.remaining > 0 {
		return nil
	}
	value, err := decode(m.types[m.filling][m.next].Type, m.pending)
	if err != nil {
		return err
	}
	m.values[m.filling][m.types[m.filling][m.next].Name] = value
	m.next, m.pending = m.next+1, nil
	return nil
}

func decode(kind string, b []byte) (any, error) {
	switch kind {
	case "address":
		if len(b) != 20 {
			return nil, errModel
		}
		return hexutil.Encode(b), nil
	case "bytes":
		return hexutil.Encode(b), nil
	case "string":
		return string(b), nil
	}
	var bits int
	if _, err := fmt.Sscanf(kind, "uint%d", &bits); err != nil || len(b) == 0 || 8*len(b) > bits {
		return nil, errModel
	}
	return new(big.Int).SetBytes(b).String(), nil
}

func (m *model) sign(p1, p2 byte, data []byte) ([]byte, error) {
	rest, err := m.takePath(data)
	if err != nil || p1 != 0 {
		return nil, errModel
	}
	switch {
	case p2 == 0x00 && len(rest) == 64 && m.flags&1 != 0:
		m.signed = crypto.Keccak256Hash([]byte{0x19, 0x01}, rest)
	case p2 == 0x01 && len(rest) == 0:
		if m.signed, err = m.hash(); err != nil {
			return nil, err
		}
	default:
		return nil, errModel
	}
	return m.signature(m.signed), nil
}

// signature is v ‖ r ‖ s.
func (m *model) signature(digest common.Hash) []byte {
	s, err := crypto.Sign(digest[:], m.key)
	if err != nil {
		panic(err)
	}
	return append([]byte{27 + s[64]}, s[:64]...)
}

// hash has apitypes hash what was sent.
func (m *model) hash() (common.Hash, error) {
	if len(m.order) != 2 || m.order[0] != "EIP712Domain" || m.filling != m.order[1] || m.next != len(m.types[m.filling]) || m.pending != nil {
		return common.Hash{}, errModel
	}
	domain := m.values["EIP712Domain"]
	if len(domain) != len(m.types["EIP712Domain"]) {
		return common.Hash{}, errModel
	}
	td := apitypes.TypedData{Types: m.types, PrimaryType: m.filling, Message: m.values[m.filling]}
	td.Domain.Name, _ = domain["name"].(string)
	td.Domain.Version, _ = domain["version"].(string)
	td.Domain.VerifyingContract, _ = domain["verifyingContract"].(string)
	if id, ok := domain["chainId"].(string); ok {
		n, _ := new(big.Int).SetString(id, 10)
		td.Domain.ChainId = (*math.HexOrDecimal256)(n)
	}
	h, _, err := apitypes.TypedDataAndHash(td)
	if err != nil {
		return common.Hash{}, fmt.Errorf("%w: %v", errModel, err)
	}
	return common.BytesToHash(h), nil
}

func unhex(t testing.TB, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
