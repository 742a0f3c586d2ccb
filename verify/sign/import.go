package sign

import (
	"fmt"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sigtext"
)

// MaxSignatureFile bounds a file with a signature; one byte more is refused.
const MaxSignatureFile = sigtext.MaxInput

// Import takes a signature that a device or another program made, as untrusted text or
// bytes (package sigtext), for what was approved and confirmed.
func Import(a *verify.Approval, raw []byte) (Result, error) {
	what, digest, err := built(a)
	if err != nil {
		return Result{}, err
	}
	brought, err := sigtext.Read(raw)
	if err != nil {
		return Result{}, fmt.Errorf("%w: %w", ErrSignature, err)
	}
	found, err := brought.Attribute(digest, what.Version, what.Owners)
	if err != nil {
		return Result{}, fmt.Errorf("%w: %w", ErrSignature, err)
	}
	r := Result{Owner: found.Owner, Signature: found.Signature}
	for _, n := range found.Notes {
		r.Notes = append(r.Notes, n.Message)
	}
	if found.Signature.Kind == safe.KindECDSA || found.Signature.Kind == safe.KindEthSign {
		return complete(a, r)
	}
	return Result{}, fmt.Errorf("%w: it is of kind %s", ErrSignature, found.Signature.Kind)
}
