//go:build unix && !solaris && !illumos && !aix

package secret

import "golang.org/x/sys/unix"

// allocate maps whole pages, so that the lock and the advice are about nothing
// else. The heap is the last resort: a signature is worth more than the lock.
func (b *Buffer) allocate() {
	page := unix.Getpagesize()
	pages, err := unix.Mmap(-1, 0, (b.size+page-1)/page*page, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE|concealed)
	if err != nil {
		b.pages = make([]byte, b.size)
		b.state.Why = "the system gives no pages: " + err.Error()
		return
	}
	b.pages, b.mapped, b.state.Mapped = pages, true, true
	if err := unix.Mlock(pages); err != nil {
		b.state.Why = "the system refuses the lock: " + err.Error()
	} else {
		b.state.Locked = true
	}
	b.state.NoDump, b.state.ForkWipe = advise(pages)
}

// release unmaps the cleared pages. Unmapping unlocks them too (mlock(2)); a
// failure leaves cleared pages behind, which tell nothing.
func release(pages []byte) { _ = unix.Munmap(pages) }
