package proposal

import (
	"strings"
	"unicode/utf8"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// signRequest is the JSON-RPC request by which a site asks a wallet for a
// signature, and the message by which a Safe App asks Safe{Wallet} for one. It is
// opened: a SafeTx inside is read as a SafeTx.
type signRequest struct{}

var requestKeys = keys("id", "jsonrpc", "method", "params", "chainId", "origin", "topic", "version", "env", "sdkVersion")

// signMethods are the methods that are read, and how their parameters are.
var signMethods = map[string]func(*reader, object, string) (*Proposal, error){
	"personal_sign":         (*reader).personalSign,
	"eth_sign":              (*reader).ethSign,
	"eth_signTypedData":     (*reader).signTyped,
	"eth_signTypedData_v1":  (*reader).signTyped,
	"eth_signTypedData_v3":  (*reader).signTyped,
	"eth_signTypedData_v4":  (*reader).signTyped,
	"eth_sendUserOperation": (*reader).sendOperation,
	"eth_sendTransaction":   (*reader).sendType4,
	"eth_signTransaction":   (*reader).sendType4,
	"signMessage":           (*reader).appMessage,
	"signTypedMessage":      (*reader).appTyped,
}

func (signRequest) name() string { return "sign-request" }
func (signRequest) offChain()    {}

func (signRequest) sniff(in *input) int {
	v, _ := requestOf(in.root)
	method := scalar(v.Get("method"))
	switch {
	case v == nil || signMethods[method] == nil || !v.Has("params"):
		return noMatch
	case strings.HasSuffix(method, "Transaction") && !carriesAuthorizations(v):
		return noMatch // a plain transaction of one account
	}
	return exactMatch
}

// requestOf returns the request itself, which WalletConnect wraps as
// {params: {request}} and its path.
func requestOf(v *strictjson.Value) (*strictjson.Value, string) {
	if inner := v.Get("request"); inner.Is(strictjson.Object) {
		return inner, "request"
	}
	if inner := v.Get("params").Get("request"); inner.Is(strictjson.Object) {
		return inner, "params.request"
	}
	if !v.Is(strictjson.Object) {
		return nil, ""
	}
	return v, ""
}

func carriesAuthorizations(request *strictjson.Value) bool {
	params := request.Get("params")
	return params.Is(strictjson.Array) && len(params.Items) > 0 && isType4(&params.Items[0])
}

func (signRequest) read(r *reader, in *input) (*Proposal, error) {
	v, path := requestOf(in.root)
	root, o := object{r, in.root, ""}, object{r, v, path}
	requestKeysAround.checkRoot(root)
	if path != "" {
		requestKeys.checkRoot(o)
		r.oneRequest(root, path)
	}
	method := scalar(v.Get("method"))
	p, err := signMethods[method](r, o, method)
	o.moreParams()
	if err != nil || p == nil {
		return p, err
	}
	if p.Message != nil {
		p.Message.Request = method
		p.Message.Beside = append(p.Message.Beside, root.beside(requestKeysAround)...)
	}
	r.fact("the file is a request for a signature: %s", method)
	return p, nil
}

// oneRequest refuses a wrapped request beside which another one stands: a wallet
// would take the outer one.
func (r *reader) oneRequest(root object, path string) {
	outer := root.field("method")
	if signMethods[outer.text()] != nil {
		r.secondTransaction(outer.where(), outer.at(), "sign-request")
	}
	params := root.field("params")
	if path == "request" && params.val.Given() {
		r.secondTransaction(params.where(), params.at(), "sign-request")
		return
	}
	wrapperKeys.checkRoot(root.child("params"))
}

// wrapperKeys are the keys of WalletConnect around a request.
var wrapperKeys = keys("request", "chainId")

// moreParams looks at what stands behind the two parameters that are read.
func (o object) moreParams() {
	list := o.field("params")
	if !list.val.Is(strictjson.Array) {
		return
	}
	for i := 2; i < len(list.val.Items); i++ {
		v, at := &list.val.Items[i], strictjson.JoinIndex(list.where(), i)
		if form := formOf(v); form != "" {
			o.r.secondTransaction(at, v.Offset, form)
			continue
		}
		o.r.unknownKey(at, v.Offset)
	}
}

// requestKeysAround are the keys of the document; the wrapped form has its own.
var requestKeysAround = keys("id", "jsonrpc", "method", "params", "chainId", "origin", "topic", "version", "env", "sdkVersion", "request", "verifyContext", "expiryTimestamp")

// param is the i-th parameter of a request.
func (o object) param(i int) field {
	list := o.field("params")
	if !list.val.Is(strictjson.Array) || i >= len(list.val.Items) {
		return field{object: object{o.r, nil, strictjson.JoinIndex(list.where(), i)}}
	}
	return list.item(i, &list.val.Items[i])
}

// twoParams are the content and the account that is asked, in whatever order:
// wallets swap them if only one looks like an address.
func (o object) twoParams(contentFirst bool) (content, account field) {
	a, b := o.param(0), o.param(1)
	first := contentFirst
	if x, y := looksLikeAddress(a.val), looksLikeAddress(b.val); x != y {
		first = y
	}
	if first {
		return a, b
	}
	return b, a
}

func looksLikeAddress(v *strictjson.Value) bool {
	return v.Is(strictjson.String) && len(hexDigits(v.Text)) == 40
}

// personalSign reads [content, account]: 0x and hex are bytes, anything else is a
// text. Both are hashed with the prefix of EIP-191.
func (r *reader) personalSign(o object, _ string) (*Proposal, error) {
	content, account := o.twoParams(true)
	m := &Message{Account: account.optionalAddress()}
	p := r.message(m)
	if content.absent() || content.val.Kind != strictjson.String {
		r.broken = true
		return p, nil
	}
	text := content.val.Text
	b, bad := parseHex(text)
	switch {
	case bad == nil:
		r.signedBytes(m, content, b)
	case strings.HasPrefix(text, "0x") || strings.HasPrefix(text, "0X") || text != "" && allHex(text):
		content.bad(bad) // wallets differ: some complete it, some sign it as a text
		r.broken = true
		m.Kind, m.Text = MessageText, text
	default:
		m.Kind, m.Text, m.Bytes = MessageText, text, []byte(text)
		m.Typed = r.typedText(content.val, content.where())
	}
	return p, nil
}

// signedBytes shows bytes as the text that they are, if they are one.
func (r *reader) signedBytes(m *Message, f field, b []byte) {
	m.Bytes = b
	if m.Kind = MessageBytes; len(b) == 32 || !utf8.Valid(b) {
		return
	}
	m.Kind, m.Text = MessageText, string(b)
	r.scanText(m.Text, f.where(), f.at(), false)
	m.Typed = r.typedText(&strictjson.Value{Kind: strictjson.String, Text: m.Text, Offset: f.at()}, f.where())
}

func allHex(s string) bool {
	for i := 0; i < len(s); i++ {
		if _, ok := nibble(s[i]); !ok {
			return false
		}
	}
	return true
}

// ethSign reads [account, content]: wallets sign the 32 bytes as they are, nodes
// with the prefix of EIP-191.
func (r *reader) ethSign(o object, _ string) (*Proposal, error) {
	content, account := o.twoParams(false)
	m := &Message{Kind: MessageBytes, Account: account.optionalAddress()}
	b, ok := content.bytes(false)
	m.Bytes = b
	r.broken = r.broken || !ok
	return r.message(m), nil
}

// signTyped reads [account, typed data], the latter as an object or as a text.
func (r *reader) signTyped(o object, _ string) (*Proposal, error) {
	account, content := o.param(0), o.param(1)
	if content.val.Is(strictjson.String) && looksLikeAddress(content.val) {
		account, content = content, account // the first version has them the other way round
	}
	p, err := r.typedParam(content)
	if p != nil && p.Message != nil {
		p.Message.Account = account.optionalAddress()
	}
	return p, err
}

// typedParam reads typed data with the dialect that it has.
func (r *reader) typedParam(content field) (*Proposal, error) {
	v := content.val
	if v.Is(strictjson.String) {
		r.scanOrigin(v, content.where())
		inner, err := strictjson.Parse([]byte(v.Text), strictjson.Limits{})
		if err != nil {
			content.notCanonical("the typed data is not valid JSON: %s", quote(err.Error()))
			return r.message(&Message{Kind: MessageTyped}), nil
		}
		rebase(inner, v.Offset)
		v = inner
	}
	in := &input{root: v}
	for _, d := range []dialect{typedData{}, safeMessage{}, safeOperation{}, typedMessage{}} {
		if v != nil && d.sniff(in) != noMatch {
			r.dialect = d.name()
			return d.read(r, in)
		}
	}
	content.notCanonical("this is no typed data with types and a primary type")
	return r.message(&Message{Kind: MessageTyped}), nil
}

// sendOperation reads [operation, entry point].
func (r *reader) sendOperation(o object, _ string) (*Proposal, error) {
	op := o.param(0)
	if !op.val.Is(strictjson.Object) {
		op.wrongKind("FIELD_MISSING", "a user operation")
		r.broken = true
		return r.message(&Message{Kind: MessageOperation, Operation: &Operation{}}), nil
	}
	p, err := userOperation{}.read(r, &input{root: op.val})
	if err == nil && p != nil {
		o.param(1).addressInto(&p.Message.Operation.EntryPoint)
	}
	return p, err
}

// sendType4 reads [transaction] that carries delegations.
func (r *reader) sendType4(o object, _ string) (*Proposal, error) {
	return authorization{}.read(r, &input{root: o.param(0).val})
}

// appMessage reads {message} of a Safe App: the Safe signs.
func (r *reader) appMessage(o object, _ string) (*Proposal, error) {
	return r.message(o.child("params").field("message").content(&Message{BySafe: true})), nil
}

// appTyped reads {typedData} of a Safe App.
func (r *reader) appTyped(o object, _ string) (*Proposal, error) {
	return r.message(o.child("params").field("typedData").content(&Message{BySafe: true})), nil
}
