package verify

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/report"
)

// IntentList is what the author signs of an intent that is made of several files, and
// whose sha256 is the digest of that intent: one line for the intent and one for each
// file that it includes, in the order in which it first names them,
//
//	HEX  -
//	HEX  pay.csv
//
// each closed by LF: the sha256, two blanks, and the name from the folder of the intent,
// as sha256sum writes them, with "-" for the intent itself. One signature over all of
// them: with one for each file, last month's list of payments, which its author signed
// too, would pass as this month's.
//
// A name with a line feed, which could add a line, is written in Go quotes; no other
// name has a backslash.
func IntentList(raw []byte, includes []intent.Include) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%x  -\n", sha256.Sum256(raw))
	for _, f := range includes {
		name := f.Name
		if strings.Contains(name, "\n") {
			name = strconv.QuoteToASCII(name)
		}
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(f.Raw), name)
	}
	return b.Bytes()
}

// declaration is what the author signs and what the digest of the intent is of: the
// file, or the list of the files that it is made of.
func (r *run) declaration() []byte {
	if r.intent == nil || len(r.intent.Includes) == 0 {
		return r.req.Intent
	}
	return IntentList(r.req.Intent, r.intent.Includes)
}

// included adds the digests of the files of an intent. "intent" becomes the digest of
// all of them, because receipts and journal know an intent by that one.
func (r *run) included() {
	if len(r.intent.Includes) == 0 {
		return
	}
	for i, d := range r.rep.Digests {
		if d.Name == "intent" {
			r.rep.Digests[i] = digest("intent", r.declaration())
		}
	}
	r.rep.Digests = append(r.rep.Digests, digest("intent itself", r.req.Intent))
	for _, f := range r.intent.Includes {
		r.rep.Digests = append(r.rep.Digests, digest("intent file "+report.Quote(f.Name), f.Raw))
	}
}

// signedFiles says in words what a signature of the intent covers.
func (r *run) signedFiles() string {
	if r.intent == nil || len(r.intent.Includes) == 0 {
		return "the intent is"
	}
	var names []string
	for _, f := range r.intent.Includes {
		names = append(names, report.Quote(f.Name))
	}
	return "the intent and what it includes (" + strings.Join(names, ", ") + ") are"
}

// howToSign is the hint for the author. The names are not in it: they are untrusted,
// and people paste commands into shells.
func (r *run) howToSign() string {
	if r.intent == nil || len(r.intent.Includes) == 0 {
		return "have the author sign the intent as it stands: ssh-keygen -Y sign -n " + IntentNamespace + " -f KEY INTENT"
	}
	return "have the author sign the list of all its files, the included ones in the order of the digests below: (sha256sum < INTENT; sha256sum FILE...) > LIST; ssh-keygen -Y sign -n " + IntentNamespace + " -f KEY LIST"
}
