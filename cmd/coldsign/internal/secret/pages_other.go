//go:build !unix || solaris || illumos || aix

package secret

import "runtime"

func (b *Buffer) allocate() {
	b.pages = make([]byte, b.size)
	b.state.Why = "there is no locked memory for secrets on " + runtime.GOOS
}

// release is never called: nothing is mapped.
func release([]byte) {}
