// Package descriptor reads the files of an ERC-7730 bundle and turns each
// descriptor into what rendering needs: bindings, and formats whose every path,
// reference and parameter has been checked against the layout that their key
// declares. It decides nothing about a transaction.
//
// The files are untrusted. A descriptor is refused, whole, for: JSON that two
// readers could read differently; a key that the schema of version 2 does not
// have; an include that is missing, circular, deeper than 8 files or outside the
// bundle; a reference ("$ref", "$.") to nothing; a path that the types of the key
// do not have; a format or parameter that the standard does not define, or of
// another type; two keys with one type signature; text longer than its bound.
//
// Beside the schema these are read, because the text of the standard has them:
// metadata.maps and map references, chainId and chainIdPath of format calldata,
// threshold and message of format amount (2.1.0).
package descriptor

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/clearsign/key"
	"github.com/coldsign/coldsign/verify/clearsign/path"
)

// Kind is what a descriptor describes; the zero value binds to nothing.
type Kind uint8

// The kinds.
const (
	Fragment Kind = iota // only to be included
	Calldata
	Message
)

// Deployment is one place where a contract stands.
type Deployment struct {
	Chain   uint64
	Address common.Address
}

// Pair is a key and a text, in the order of the file.
type Pair struct{ Key, Text string }

// Token is metadata.token.
type Token struct {
	Name, Ticker string
	Decimals     int
}

// Descriptor is one descriptor after its includes.
type Descriptor struct {
	File         string
	Kind         Kind
	Deployments  []Deployment // nil if there is no such constraint
	Factory      bool         // bound to a factory's events, which nobody can check offline
	Domain       []Pair       // EIP-712: values that the domain must have
	Separator    *common.Hash // EIP-712: what the domain must hash to
	Owner        string
	ContractName string
	Token        *Token
	Formats      []*Format
}

// Format describes one function or message.
type Format struct {
	Key         string
	Function    encode.Declaration // Calldata
	Declaration string             // Calldata: the key in the grammar of package abi
	Selector    [4]byte            // Calldata
	Message     key.MessageType    // Message
	Intent      string             // an intent with parts is written "key: text, key: text"
	IntentParts []Pair
	Template    string // interpolatedIntent, "" if there is none
	Nodes       []Node
}

// Iteration is how a group goes through lists; the zero value is the default.
type Iteration uint8

// The modes.
const (
	Unset Iteration = iota
	Sequential
	Bundled
)

// Node is a field, or a group of nodes.
type Node struct {
	Field     *Field    // nil for a group
	Path      path.Path // group: absolute, the prefix of its children
	Label     string    // group
	Iteration Iteration // group
	Children  []Node    // group
}

// Visibility is when a field is shown; the zero value is always.
type Visibility uint8

// The rules.
const (
	Always Visibility = iota
	Never
	Optional
	IfNotIn
	MustMatch
)

// Field describes one value, or each value of a list.
type Field struct {
	Path      path.Path // absolute under "#" or "@"; Invalid for a literal
	Literal   string    // the constant that stands instead
	Key       string    // the path as a template names it, also under "$"; "" for a literal
	Label     string
	Format    string // "" only for a field that is hidden without one
	Params    Params
	Visible   Visibility
	List      []string // IfNotIn, MustMatch: scalars as written
	Separator string
	Encrypted string // the text that stands for an encrypted value; "" if it is not
}

// Param is a parameter that is a constant, a path or a map reference. The zero
// value is absent.
type Param struct {
	Given  bool
	Text   string    // constant
	Path   path.Path // Invalid for a constant; the key of a map
	Values []Pair    // map
}

// Params are the parameters of all formats; those of others are zero.
type Params struct {
	Token, Chain, Collection          Param
	Callee, Selector, Amount, Spender Param
	Native                            []common.Address // nativeCurrencyAddress
	Threshold                         *big.Int
	Message                           string
	Encoding                          string
	Base                              string
	Decimals                          int
	Prefix                            bool
	Enum                              []Pair
	Types, Sources                    []string
	Sender                            []common.Address
}
