package strictjson

// Limits bound what a document may cost. A zero field means the default.
type Limits struct {
	Bytes int // length of the document
	Depth int // nesting of lists and objects
	Items int // values of any kind
}

// The defaults. The largest real files known hold some tens of thousands of
// values. A value costs about 100 bytes here, and lists grow by copying: a
// document of 250,000 values stays near 100 MB.
const (
	DefaultBytes = 8 << 20
	DefaultDepth = 64
	DefaultItems = 250_000
)

func (l Limits) orDefault() Limits {
	if l.Bytes <= 0 {
		l.Bytes = DefaultBytes
	}
	if l.Depth <= 0 {
		l.Depth = DefaultDepth
	}
	if l.Items <= 0 {
		l.Items = DefaultItems
	}
	return l
}
