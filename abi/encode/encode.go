// Package encode writes canonical ABI calldata from declared types and values
// (Contract ABI Specification, "Formal Specification of the Encoding"). The
// intent and the batch builder use it to build the bytes that a person's words
// mean; it never reads calldata.
//
// Untrusted are the declaration text and the values. Refused are a declaration
// outside the grammar of package abi, a value of another Go type than its ABI
// type asks for, an integer outside its range, an array of another length, a
// string that is not UTF-8. Nothing is converted, cut or filled up: a value
// either has exactly one encoding, or gives a *ValueError.
//
// Most callers need ParseDeclaration and Call.
//
// # Values
//
//	uintN, intN      *big.Int
//	address          common.Address or [20]byte
//	bool             bool
//	bytesN, bytes    []byte, for bytesN of exactly N bytes
//	string           string, UTF-8
//	array            []any, one for each element
//	tuple            []any, one for each component, in the order of the declaration
package encode

// Type is one ABI type. Exactly one of the groups of fields applies.
type Type struct {
	Base       string // "uint", "int", "address", "bool", "bytesN", "bytes", "string", "tuple", "array"
	Size       int    // bits for uint and int, bytes for bytesN; fixed length or -1 (dynamic) for array
	Elem       *Type  // array
	Components []Param
}

// Param is a type with its declared name, which may be empty.
type Param struct {
	Name string
	Type Type
}

// Declaration is a parsed function declaration (grammar: package abi).
type Declaration struct {
	Name   string
	Inputs []Param
}
