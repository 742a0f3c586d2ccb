package proposal

import (
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/proposal/eip712"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/safe"
)

// isTyped reports typed data, also with a part left out: it must be called by its
// name to be refused.
func isTyped(v *strictjson.Value) bool {
	return hasAll(v, "types", "primaryType") || hasAll(v, "types", "message")
}

// resemblesType reports typed data that has, or pretends to have, a type.
func resemblesType(v *strictjson.Value, folded string) bool {
	if p := v.Get("primaryType"); p.Is(strictjson.String) && foldKey(p.Text) == folded {
		return true
	}
	types := v.Get("types")
	if !types.Is(strictjson.Object) {
		return false
	}
	for i := range types.Members {
		if foldKey(types.Members[i].Key) == folded {
			return true
		}
	}
	return false
}

// typedMessage is typed data of any type but those that Safe's own contracts
// check: permits, orders, votes, delegations. One account signs it itself.
type typedMessage struct{}

func (typedMessage) name() string { return "typed-message" }
func (typedMessage) offChain()    {}

func (typedMessage) sniff(in *input) int {
	v := in.root
	if isTyped(v) && !resemblesSafeTx(v) && !resemblesType(v, "safemessage") && !resemblesType(v, "safeop") {
		return exactMatch
	}
	return noMatch
}

func (typedMessage) read(r *reader, in *input) (*Proposal, error) {
	o := object{r, in.root, ""}
	typedKeys.checkRoot(o)
	m := &Message{Kind: MessageTyped, Typed: r.typed(in.root, ""), Beside: o.beside(typedKeys)}
	if m.Typed != nil {
		r.typedChain(m.Typed)
	}
	return r.message(m), nil
}

// typedChain takes the chain from a domain that names one.
func (r *reader) typedChain(d *eip712.Data) {
	if n, ok := d.Domain.Get("chainId").Uint(); ok && !n.IsZero() {
		r.sayChain("domain.chainId", -1, n)
	}
}

// typed reads typed data at a path and reports what is not exact.
func (r *reader) typed(v *strictjson.Value, path string) *eip712.Data {
	d, problems := eip712.Read(v, path)
	for _, p := range problems {
		r.refuse(p.Code, p.Path, p.Offset, p.Message, "signers differ about such typed data: have it made again by another tool")
	}
	if d != nil && d.Guessed {
		r.fact("the typed data declares no EIP712Domain; its type was taken from the domain's fields, as ethers does, and a signer that takes it as empty signs something else")
	}
	if d != nil && len(d.Unused) > 0 {
		r.fact("types that nothing refers to, which signers pass over: %s", strings.Join(d.Unused[:min(len(d.Unused), 8)], ", "))
	}
	return d
}

// typedText reads a text that is typed data in JSON, nil for any other. The text
// is what is signed, but a person, and some wallets, take it for the typed data.
func (r *reader) typedText(v *strictjson.Value, path string) *eip712.Data {
	text := strings.Trim(v.Text, " \t\r\n")
	if !looksLikeJSON([]byte(text)) {
		return nil
	}
	r.scanOrigin(v, path)
	inner, err := strictjson.Parse([]byte(text), strictjson.Limits{})
	if err != nil || !isTyped(inner) {
		return nil
	}
	rebase(inner, v.Offset)
	return r.typed(inner, path)
}

// rebase puts every place inside a document that came as a text at that text.
func rebase(v *strictjson.Value, at int) {
	v.Offset = at
	for i := range v.Items {
		rebase(&v.Items[i], at)
	}
	for i := range v.Members {
		v.Members[i].Offset = at
		rebase(&v.Members[i].Value, at)
	}
}

// safeMessage is the typed data that owners of a Safe sign for a message: the type
// SafeMessage(bytes message) in the domain of the Safe. What the bytes stand for
// is not in it: 32 bytes are the hash of something, and 66 bytes 0x1901… the
// pre-image of something, such as the transaction of another Safe.
type safeMessage struct{}

var safeMessageType = []typeField{{"bytes", "message"}}

func (safeMessage) name() string { return "safe-message" }
func (safeMessage) offChain()    {}

func (safeMessage) sniff(in *input) int {
	if isTyped(in.root) && resemblesType(in.root, "safemessage") && !resemblesSafeTx(in.root) {
		return exactMatch
	}
	return noMatch
}

func (safeMessage) read(r *reader, in *input) (*Proposal, error) {
	o := object{r, in.root, ""}
	typedKeys.checkRoot(o)
	domain, message := o.child("domain"), o.child("message")
	if p := o.field("primaryType"); p.text() != "SafeMessage" {
		p.notCanonical("the primary type is %s, expected \"SafeMessage\"", quote(p.text()))
	}
	m := &Message{Kind: MessageBytes, BySafe: true, Beside: o.beside(typedKeys)}
	p := r.message(m)
	p.Era = o.child("types").eraOfSafeMessage()
	if p.Era != safe.EraUnknown {
		domain.exactKeys(domainKeys(p.Era))
		message.exactKeys([]string{"message"})
		r.safeDomain(domain, p.Era)
	}
	b, ok := message.field("message").bytes(false)
	m.Bytes = b
	r.broken = r.broken || !ok
	return p, nil
}

// safeDomain reads the domain of a Safe in its exact form.
func (r *reader) safeDomain(domain object, era safe.Era) {
	contract := domain.field("verifyingContract")
	a := contract.address()
	r.must(a)
	r.saySafe(contract.where(), contract.at(), a)
	if era.ChainBound() {
		c := domain.field("chainId")
		r.broken = c.absent() || r.broken
		c.chainID(asToken | asText | asHex | script)
	}
}

// eraOfSafeMessage matches the two type lists. Below 1.3.0 the domain has no
// chain; the type of the message is the same in all versions.
func (o object) eraOfSafeMessage() safe.Era {
	domain, message := o.field("EIP712Domain"), o.field("SafeMessage")
	if o.v == nil {
		message.notCanonical("there are no types")
		return safe.EraUnknown
	}
	for i := range o.v.Members {
		if k := o.v.Members[i].Key; k != "EIP712Domain" && k != "SafeMessage" {
			o.field(k).notCanonical("the types hold another type, which signers use only if something refers to it")
		}
	}
	if !message.isType(safeMessageType) {
		message.notCanonical("the type is not SafeMessage(bytes message)")
		return safe.EraUnknown
	}
	switch {
	case domain.isType(domainTypeChain):
		return safe.EraChainID
	case domain.isType(domainType):
		return safe.EraBaseGas
	}
	domain.notCanonical("the domain's type is neither (address verifyingContract) nor (uint256 chainId, address verifyingContract)")
	return safe.EraUnknown
}

// safeOperation is the typed data that owners of a Safe sign for a user operation:
// the type SafeOp of Safe4337Module in the module's domain.
type safeOperation struct{}

const moduleDomain = "EIP712Domain(uint256 chainId,address verifyingContract)"

func (safeOperation) name() string { return "safe-operation" }
func (safeOperation) offChain()    {}

func (safeOperation) sniff(in *input) int {
	if isTyped(in.root) && resemblesType(in.root, "safeop") && !resemblesSafeTx(in.root) {
		return exactMatch
	}
	return noMatch
}

func (safeOperation) read(r *reader, in *input) (*Proposal, error) {
	o := object{r, in.root, ""}
	typedKeys.checkRoot(o)
	m := &Message{Kind: MessageOperation, Typed: r.typed(in.root, ""), Operation: &Operation{}, Beside: o.beside(typedKeys)}
	if d := m.Typed; d != nil {
		canonical := (d.Type == safe.SafeOpType06 || d.Type == safe.SafeOpType07) && d.DomainType == moduleDomain
		if d.Hashes != nil && !canonical {
			o.field("types").notCanonical("the types are not those of SafeOp in Safe4337Module 0.2.0 or 0.3.0: a field is missing, added, renamed, of another type or in another place")
		}
		r.typedChain(d)
		m.Operation.fromTyped(d)
	}
	r.sayOperation(m.Operation)
	return r.message(m), nil
}

// fromTyped copies what the typed data holds exactly.
func (op *Operation) fromTyped(d *eip712.Data) {
	get := d.Message.Get
	op.Safe, _ = get("safe").Address()
	op.EntryPoint, _ = get("entryPoint").Address()
	op.Module, _ = d.Domain.Get("verifyingContract").Address()
	op.InitCode, _ = get("initCode").Data()
	op.CallData, _ = get("callData").Data()
	op.Paymaster, _ = get("paymasterAndData").Data()
	op.Nonce, _ = get("nonce").Uint()
	op.CallGas, _ = get("callGasLimit").Uint()
	op.VerificationGas, _ = get("verificationGasLimit").Uint()
	op.PreVerificationGas, _ = get("preVerificationGas").Uint()
	op.MaxFee, _ = get("maxFeePerGas").Uint()
	op.MaxPriorityFee, _ = get("maxPriorityFeePerGas").Uint()
	op.ValidAfter, _ = get("validAfter").Uint()
	op.ValidUntil, _ = get("validUntil").Uint()
}

// sayOperation notes whose operation it is.
func (r *reader) sayOperation(op *Operation) {
	if op.Safe != (common.Address{}) {
		a := op.Safe
		r.saySafe("safe", -1, &a)
	}
}
