package secret

import "golang.org/x/sys/unix"

// concealed is nothing: the same is asked for by madvise.
const concealed = 0

// advise keeps the pages out of core files (madvise(2)).
func advise(pages []byte) (noDump, forkWipe bool) {
	return unix.Madvise(pages, unix.MADV_NOCORE) == nil, false
}
