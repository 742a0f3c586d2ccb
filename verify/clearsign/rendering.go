package clearsign

// Rendering is what a descriptor says about one call or message. Every text in it
// comes from the descriptor, the data or the Source and is untrusted: it may hold
// any character and must be escaped and marked as the descriptor's words before a
// person sees it.
type Rendering struct {
	File     string // of the descriptor, in the bundle
	Key      string // of its format
	Intent   string
	Parts    []Part // of an intent with parts, which Intent writes in one line
	Owner    string // metadata.owner: what the descriptor calls its contract's owner
	Contract string // metadata.contractName

	// InterpolatedIntent is the one-sentence form, "" where there is none or where
	// it does not work out; Intent stands then (ERC-7730, "Value interpolation").
	InterpolatedIntent string

	Fields []Field // what the descriptor shows, in its order
	Hidden []Field // every other part of the data; see Reason

	// Suffix is the calldata after the arguments, which the descriptor says
	// nothing about.
	Suffix  []byte
	Notices []string // in our words: what is not as the standard has it
}

// Part is one part of an intent.
type Part struct{ Label, Text string }

// Reason says why a field is in Hidden. The zero value is a shown field.
type Reason uint8

// The reasons.
const (
	Shown         Reason = iota
	ByNever              // the descriptor hides it always
	ByIfNotIn            // the value is one that the descriptor does not show
	ByMustMatch          // the value is one that the descriptor demands
	ByNotMentions        // no field of the descriptor shows the whole of it
)

var reasons = [...]string{"shown", "hidden by the descriptor", "hidden for this value", "hidden because it is as demanded", "not mentioned"}

// String writes the reason for a report.
func (r Reason) String() string {
	if int(r) < len(reasons) {
		return reasons[r]
	}
	return "hidden"
}

// Field is one value in words.
type Field struct {
	Label     string
	Value     string     // "" if Nested is there
	Nested    *Rendering // of embedded calldata that a descriptor describes
	Path      string     // where the value is: "#.orders.[2].amount", "@.value"; "" for a constant
	Format    string     // of the standard; "" for what the descriptor does not mention
	Raw       string     // the value without words; what Value stands for
	Group     string     // label of the group
	Separator string     // what stands before an element of a list
	Reason    Reason
}
