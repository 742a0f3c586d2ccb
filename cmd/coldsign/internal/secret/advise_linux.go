package secret

import "golang.org/x/sys/unix"

// concealed is nothing: the same is asked for by madvise.
const concealed = 0

// advise keeps the pages out of core files, and clears them in a forked process
// (madvise(2)).
func advise(pages []byte) (noDump, forkWipe bool) {
	noDump = unix.Madvise(pages, unix.MADV_DONTDUMP) == nil
	forkWipe = unix.Madvise(pages, unix.MADV_WIPEONFORK) == nil
	return noDump, forkWipe
}
