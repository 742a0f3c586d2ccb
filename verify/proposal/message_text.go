package proposal

// messageText is a file that holds nothing but the text of a message for a Safe,
// as it is passed around for comparing hashes. Any text could be one, so a person
// must say that it is (--dialect message-text).
type messageText struct{}

func (messageText) name() string { return "message-text" }
func (messageText) offChain()    {}

func (messageText) sniff(*input) int { return noMatch }

// takes reports what may be read if the person forces the dialect.
func (messageText) takes(in *input) bool { return in.root == nil }

func (messageText) read(r *reader, in *input) (*Proposal, error) {
	r.scanText(in.text, "", -1, false)
	if len(in.text) != len(r.raw) {
		r.fact("%d bytes of blanks and line ends around the text were left out", len(r.raw)-len(in.text))
	}
	return r.message(&Message{Kind: MessageText, BySafe: true, Text: in.text}), nil
}
