//go:build unix && !linux && !freebsd && !openbsd && !solaris && !illumos && !aix

package secret

const concealed = 0

// advise does nothing: these systems have no such advice.
func advise([]byte) (noDump, forkWipe bool) { return false, false }
