package safe

// Handler is what answers isValidSignature (ERC-1271) for a Safe where its own code
// does not: the contract in its fallback handler slot, whose version need not be
// the Safe's. The code answers itself below 1.3.0, if asked by bytes. The zero value
// is unknown.
type Handler uint8

// The handlers whose behaviour is known, each by the release that brought it.
const (
	HandlerUnknown       Handler = iota
	HandlerCore                  // the Safe's own code alone: no handler is set, or one without ERC-1271
	Handler130                   // CompatibilityFallbackHandler of 1.3.0
	Handler141                   // CompatibilityFallbackHandler of 1.4.0 and 1.4.1
	Handler150                   // CompatibilityFallbackHandler of 1.5.0
	HandlerExtensible150         // ExtensibleFallbackHandler of 1.5.0, where no verifier is set for a domain
)

// String names the handler as a message to a person does.
func (h Handler) String() string {
	switch h {
	case HandlerCore:
		return "no handler for ERC-1271"
	case Handler130:
		return "CompatibilityFallbackHandler 1.3.0"
	case Handler141:
		return "CompatibilityFallbackHandler 1.4.1"
	case Handler150:
		return "CompatibilityFallbackHandler 1.5.0"
	case HandlerExtensible150:
		return "ExtensibleFallbackHandler 1.5.0"
	}
	return "an unknown fallback handler"
}

// CompatibilityHandler returns the CompatibilityFallbackHandler of a release, and
// HandlerUnknown if it had none. It is about a handler whose release is known by
// its address; it must not be used to guess a handler from the version of a Safe.
func CompatibilityHandler(release Version) Handler {
	switch release {
	case Version{1, 3, 0}:
		return Handler130
	case Version{1, 4, 0}, Version{1, 4, 1}:
		return Handler141
	case Version{1, 5, 0}:
		return Handler150
	}
	return HandlerUnknown
}
