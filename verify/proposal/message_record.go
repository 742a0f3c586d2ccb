package proposal

import (
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// serviceMessage is a message of a Safe as the Transaction Service returns it
// (GET /api/v1/messages/{messageHash}/). Its messageHash is the hash that owners
// sign, not the one of the text.
type serviceMessage struct{}

var serviceMessageKeys = keys("created", "modified", "safe", "messageHash", "message", "proposedBy", "safeAppId", "confirmations",
	"preparedSignature", "preparedSignatureEip1271", "origin", "chainId", "safeTxHash")

func (serviceMessage) name() string { return "service-message" }
func (serviceMessage) offChain()    {}

func (serviceMessage) sniff(in *input) int {
	if hasAll(in.root, "messageHash", "message") && !isGatewayRecord(in.root) {
		return exactMatch
	}
	return noMatch
}

// isGatewayRecord tells the gateway's form from the service's: it counts and dates
// in its own words and does not name the Safe.
func isGatewayRecord(v *strictjson.Value) bool {
	return count(v, "status", "creationTimestamp", "confirmationsSubmitted") > 0 && count(v, "safe", "created") == 0
}

func (serviceMessage) read(r *reader, in *input) (*Proposal, error) {
	o := object{r, in.root, ""}
	return o.messageRecord(serviceMessageKeys), nil
}

// gatewayMessage is the same record of the Client Gateway
// (GET /v1/chains/{chain}/messages/{messageHash}). It names neither Safe nor
// chain.
type gatewayMessage struct{}

var gatewayMessageKeys = keys("messageHash", "status", "logoUri", "name", "message", "creationTimestamp", "modifiedTimestamp", "confirmationsSubmitted",
	"confirmationsRequired", "proposedBy", "confirmations", "preparedSignature", "origin", "type", "safeAppId", "safeTxHash")

func (gatewayMessage) name() string { return "gateway-message" }
func (gatewayMessage) offChain()    {}

func (gatewayMessage) sniff(in *input) int {
	if hasAll(in.root, "messageHash", "message") && isGatewayRecord(in.root) {
		return exactMatch
	}
	return noMatch
}

func (gatewayMessage) read(r *reader, in *input) (*Proposal, error) {
	o := object{r, in.root, ""}
	return o.messageRecord(gatewayMessageKeys), nil
}

// messageRecord reads what both records have in common.
func (o object) messageRecord(own *keySet) *Proposal {
	own.checkRoot(o)
	p := o.r.message(o.field("message").content(&Message{BySafe: true, Beside: o.beside(own)}))
	o.field("safe").safe()
	o.field("chainId").chainID(asToken | asText)
	c := &p.Claims
	o.claimHash(c, "messageHash", HashSafeMessage)
	o.claimHash(c, "safeTxHash", HashSafeTx)
	o.field("confirmations").confirmations(c, messageConfirmation)
	o.preparedSignature(c)
	c.Threshold = o.field("confirmationsRequired").optionalNumber(asToken | asText)
	c.Proposer = o.addressInfo("proposedBy").optionalAddress()
	return p
}

// preparedSignature reads the confirmations in one piece. The service only strings
// them together, so with a contract's signature among them (its dynamic part then
// stands in the middle) they are no blob that a Safe reads.
func (o object) preparedSignature(c *Claims) {
	for _, k := range c.Confirmations {
		if len(k.Signature) != 65 {
			return
		}
	}
	if b := o.field("preparedSignature").signature(); len(b) > 0 {
		c.Signatures = b
	}
}

func messageConfirmation(o object) Confirmation {
	confirmationKeys.check(o)
	return o.field("signature").signed(o.addressInfo("owner"), o.field("signatureType").text())
}

// messagePropose is the body that clients post to make a message
// (POST /api/v1/safes/{safe}/messages/, and the same at the gateway). Neither the
// Safe nor the signer stands in it.
type messagePropose struct{}

var messageProposeKeys = keys("message", "safeAppId", "signature", "origin", "safe", "chainId", "safeTxHash")

func (messagePropose) name() string { return "message-propose" }
func (messagePropose) offChain()    {}

func (messagePropose) sniff(in *input) int {
	if hasAll(in.root, "message", "signature") && count(in.root, "messageHash", "types", "method", "callData") == 0 {
		return exactMatch
	}
	return noMatch
}

func (messagePropose) read(r *reader, in *input) (*Proposal, error) {
	o := object{r, in.root, ""}
	messageProposeKeys.checkRoot(o)
	p := r.message(o.field("message").content(&Message{BySafe: true, Beside: o.beside(messageProposeKeys)}))
	o.field("safe").safe()
	o.field("chainId").chainID(asToken | asText)
	o.claimHash(&p.Claims, "safeTxHash", HashSafeTx)
	f := o.field("signature")
	if b := f.signature(); b != nil {
		p.Claims.Confirmations = append(p.Claims.Confirmations, Confirmation{Where: f.where(), Signature: b})
	}
	return p, nil
}

// content reads the message itself: a text, or typed data as an object.
func (f field) content(m *Message) *Message {
	switch {
	case f.absent():
		f.r.broken = true
	case f.val.Kind == strictjson.String:
		m.Kind, m.Text = MessageText, f.val.Text
		m.Typed = f.r.typedText(f.val, f.where())
	case f.val.Kind == strictjson.Object:
		m.Kind = MessageTyped
		m.Typed = f.r.typed(f.val, f.where())
	default:
		f.wrongKind("FIELD_MISSING", "a text or typed data")
		f.r.broken = true
	}
	return m
}
