package proposal

import (
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// userOperation is a user operation of ERC-4337 as bundlers take it (0.6, 0.7 and
// 0.7 packed), as the Transaction Service returns it, with or without its
// safeOperation, and as clients post it.
type userOperation struct{}

var (
	operationKeys = keys("sender", "nonce", "initCode", "callData", "callGasLimit", "verificationGasLimit", "preVerificationGas", "maxFeePerGas",
		"maxPriorityFeePerGas", "paymasterAndData", "signature", "factory", "factoryData", "paymaster", "paymasterData", "paymasterVerificationGasLimit",
		"paymasterPostOpGasLimit", "accountGasLimits", "gasFees", "entryPoint", "chainId", "ethereumTxHash", "userOperationHash", "safeOperation",
		"validAfter", "validUntil", "moduleAddress", "eip7702Auth")
	operationRecordKeys = keys("created", "modified", "safeOperationHash", "validAfter", "validUntil", "moduleAddress", "confirmations", "preparedSignature",
		"userOperation", "safe", "chainId", "options", "signatures", "entryPoint")
)

const operationForm = asToken | asText | asHex

func (userOperation) name() string { return "user-operation" }
func (userOperation) offChain()    {}

func (userOperation) sniff(in *input) int {
	if isUserOperation(in.root) {
		return exactMatch
	}
	return noMatch
}

// isUserOperation is generous: an operation without its call must be called one to
// be refused.
func isUserOperation(v *strictjson.Value) bool {
	who := count(v, "sender", "moduleAddress", "entryPoint")
	what := count(v, "callData", "callGasLimit", "verificationGasLimit", "preVerificationGas", "accountGasLimits")
	return who > 0 && what > 0 || v.Has("safeOperationHash") || v.Has("userOperationHash") || v.Get("userOperation").Is(strictjson.Object)
}

func (userOperation) read(r *reader, in *input) (*Proposal, error) {
	o := object{r, in.root, ""}
	op, record := o, o.child("safeOperation")
	own := operationKeys
	if in.root.Has("userOperation") || in.root.Has("safeOperationHash") {
		op, record, own = o.child("userOperation"), o, operationRecordKeys
		operationKeys.check(op)
	} else {
		operationRecordKeys.check(record)
	}
	own.checkRoot(o)
	m := &Message{Kind: MessageOperation, Operation: op.operation(), Beside: o.beside(own)}
	p := r.message(m)
	record.operationRecord(m.Operation, p)
	op.field("validAfter").momentInto(&m.Operation.ValidAfter)
	op.field("validUntil").momentInto(&m.Operation.ValidUntil)
	op.field("moduleAddress").addressInto(&m.Operation.Module)
	if record.v != nil || op.field("moduleAddress").val.Given() {
		zeroIfUnknown(&m.Operation.ValidAfter) // the service writes null for no bound
		zeroIfUnknown(&m.Operation.ValidUntil)
	} else {
		op.prefixOfSignature(m.Operation)
	}
	o.field("chainId").chainID(asToken | asText | asHex)
	r.sayOperation(m.Operation)
	if auth := op.child("eip7702Auth"); auth.v != nil {
		m.Authorizations = []Authorization{auth.authorization()}
	}
	return p, nil
}

// operation reads the fields of the operation itself. What is not there stays
// unknown: then there is no hash, but its call is judged all the same.
func (o object) operation() *Operation {
	op := &Operation{}
	o.field("sender").addressInto(&op.Safe)
	o.field("entryPoint").addressInto(&op.EntryPoint)
	op.Nonce = o.mustOptional("nonce")
	op.CallGas, op.VerificationGas = o.mustOptional("callGasLimit"), o.mustOptional("verificationGasLimit")
	op.PreVerificationGas = o.mustOptional("preVerificationGas")
	op.MaxFee, op.MaxPriorityFee = o.mustOptional("maxFeePerGas"), o.mustOptional("maxPriorityFeePerGas")
	if f := o.field("callData"); f.val == nil {
		o.r.broken = f.absent() || o.r.broken // nobody knows what it does
	}
	op.CallData = o.mustBytes("callData")
	if op.InitCode = o.mustBytes("initCode"); o.field("factory").val.Given() {
		op.InitCode = append(o.mustBytes("factory"), o.mustBytes("factoryData")...)
	}
	if op.Paymaster = o.mustBytes("paymasterAndData"); o.field("paymaster").val.Given() {
		op.Paymaster = o.paymaster()
	}
	o.packedGas("accountGasLimits", &op.VerificationGas, &op.CallGas)
	o.packedGas("gasFees", &op.MaxPriorityFee, &op.MaxFee)
	return op
}

// paymaster joins the parts that the service and bundlers of 0.7 keep apart. The
// service leaves the two gas limits inside paymasterData.
func (o object) paymaster() []byte {
	b := o.mustBytes("paymaster")
	for _, key := range []string{"paymasterVerificationGasLimit", "paymasterPostOpGasLimit"} {
		if n := o.mustOptional(key); n != nil {
			w := n.Bytes32()
			b = append(b, w[16:]...)
		}
	}
	return append(b, o.mustBytes("paymasterData")...)
}

// packedGas splits a word of two numbers of 16 bytes (EntryPoint 0.7).
func (o object) packedGas(key string, high, low **uint256.Int) {
	f := o.field(key)
	if !f.val.Given() {
		return
	}
	b, ok := f.bytes(false)
	if !ok || len(b) != 32 {
		f.bad(&problem{"INVALID_HEX", "expected 32 bytes: two numbers of 16 bytes each", "the file is damaged"})
		o.r.broken = true
		return
	}
	*high, *low = new(uint256.Int).SetBytes(b[:16]), new(uint256.Int).SetBytes(b[16:])
}

func (o object) mustBytes(key string) []byte {
	b, ok := o.field(key).bytes(true)
	o.r.broken = o.r.broken || !ok
	return b
}

// mustOptional reads a number that may be absent, but not one that is not exact.
func (o object) mustOptional(key string) *uint256.Int {
	f := o.field(key)
	if !f.val.Given() {
		return nil
	}
	return o.r.mustNumber(f.number(operationForm))
}

func (f field) addressInto(a *common.Address) {
	if f.val.Given() {
		*a = f.r.must(f.address())
	}
}

// operationRecord reads what the service keeps of Safe's part of an operation.
func (o object) operationRecord(op *Operation, p *Proposal) {
	if o.v == nil {
		return
	}
	o.field("moduleAddress").addressInto(&op.Module)
	o.field("validAfter").momentInto(&op.ValidAfter)
	o.field("validUntil").momentInto(&op.ValidUntil)
	o.claimHash(&p.Claims, "safeOperationHash", HashSafeOperation)
	o.field("confirmations").confirmations(&p.Claims, serviceConfirmation)
	o.preparedSignature(&p.Claims)
}

// momentInto reads seconds since 1970 as a number, or a date as the service
// writes it.
func (f field) momentInto(n **uint256.Int) {
	if !f.val.Given() {
		return
	}
	if t, err := time.Parse(time.RFC3339, f.text()); err == nil && t.Unix() >= 0 {
		*n = uint256.NewInt(uint64(t.Unix()))
		return
	}
	*n = f.r.mustNumber(f.number(operationForm))
}

func zeroIfUnknown(n **uint256.Int) {
	if *n == nil {
		*n = new(uint256.Int)
	}
}

// prefixOfSignature takes the bounds of validity from the signature that bundlers
// get, which for Safe4337Module begins with validAfter and validUntil in 6 bytes
// each. The service keeps signatures without it.
func (o object) prefixOfSignature(op *Operation) {
	const prefix, one = 12, 65
	b := o.field("signature").signature()
	if op.ValidUntil != nil || op.ValidAfter != nil || len(b) < prefix+one {
		return
	}
	op.ValidAfter, op.ValidUntil = new(uint256.Int).SetBytes(b[:6]), new(uint256.Int).SetBytes(b[6:prefix])
}
