package proposal

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// described is the gateway's txInfo beside the transaction that it describes.
// Safe{Wallet} shows it in large letters and nothing binds it to the bytes: a
// transfer to a stranger can be described as a small payment. What it says must
// be true; what it leaves out is no contradiction.
type described struct {
	info    object
	tx      *safe.Tx
	data    object // txData
	decoded field  // its decode of the data, which is compared with the data later
}

const describedHint = "the wallet shows this description, the chain gets the transaction: believe the transaction, and ask who changed the description"

// checkInfo compares txInfo with the transaction.
func (o object) checkInfo(p *Proposal) {
	f := o.field("txInfo")
	if !f.val.Given() || o.r.broken {
		return
	}
	if f.val.Kind != strictjson.Object {
		f.wrongKind("DECODED_HINT_MISMATCH", "a description as an object")
		return
	}
	d := described{o.child("txInfo"), p.Tx, o.child("txData"), o.child("txData").field("dataDecoded")}
	kind := d.info.field("type")
	switch foldKey(kind.text()) {
	case "custom":
		d.custom()
	case "transfer":
		d.transfer()
	case "settingschange":
		d.settingsChange(&p.Claims)
	default:
		o.r.fact("the gateway describes the transaction as %s; such a description is not compared with the data", quote(kind.text()))
	}
}

// lie reports a field of the description that contradicts the transaction.
func (d described) lie(f field, format string, args ...any) {
	d.info.r.find("DECODED_HINT_MISMATCH", f.where(), f.at(), f.where()+" "+fmt.Sprintf(format, args...), describedHint)
}

// address compares an address of the description. A wrong checksum does not
// excuse it from the comparison.
func (d described) address(f field, want common.Address, is string) {
	if !f.val.Given() {
		return
	}
	a, _ := parsePlainAddress(f.text())
	switch {
	case a == nil:
		d.lie(f, "holds no address")
	case *a != want:
		d.lie(f, "says %s, but %s %s", report.Group(*a), is, report.Group(want))
	}
}

// number compares a number of the description.
func (d described) number(f field, want *uint256.Int, is string) {
	if !f.val.Given() {
		return
	}
	n, _ := readNumber(f.val, asToken|asText|asHex)
	switch {
	case n == nil:
		d.lie(f, "holds no number")
	case !n.Eq(want):
		d.lie(f, "says %s, but %s %s", n.Dec(), is, want.Dec())
	}
}

// custom is the description of whatever is no transfer and no change of
// settings.
func (d described) custom() {
	d.address(d.info.addressInfo("to"), d.tx.To, "the transaction goes to")
	d.number(d.info.field("value"), d.tx.Value, "the transaction sends")
	d.number(d.info.field("dataSize"), uint256.NewInt(uint64(len(d.tx.Data))), "the bytes of the data are")
	d.methodName()
	d.cancellation()
}

// methodName is taken by the gateway from dataDecoded, whose signature and
// arguments are compared with the data. A name without that decode is nobody's.
func (d described) methodName() {
	name := d.info.field("methodName")
	if !name.val.Given() {
		return
	}
	method := ""
	if d.decoded.val.Is(strictjson.Object) {
		method = object{d.info.r, d.decoded.val, d.decoded.where()}.field("method").text()
	}
	switch {
	case !name.val.Is(strictjson.String):
		d.lie(name, "holds %s, expected a name", name.val.Kind)
	case method == "" && name.text() != "":
		d.lie(name, "says %s, but %s holds no decode from which the gateway could have it", quote(name.text()), d.decoded.where())
	case name.text() != method:
		d.lie(name, "says %s, but %s says %s", quote(name.text()), d.decoded.where(), quote(method))
	}
}

// cancellation is said of an empty transaction of the Safe to itself, which only
// uses up the nonce.
func (d described) cancellation() {
	f := d.info.field("isCancellation")
	if b := f.boolean(); b == nil || !*b {
		return
	}
	own := d.info.r.safe != nil && *d.info.r.safe == d.tx.To
	if !own || len(d.tx.Data) > 0 || !d.tx.Value.IsZero() || d.tx.Operation != safe.Call {
		d.lie(f, "says that the transaction only cancels another one, but it does something")
	}
}
