package sandbox

import "golang.org/x/sys/unix"

const auditArch = unix.AUDIT_ARCH_AARCH64

// foreignNumbers is 0: this architecture has no second table of numbers.
const foreignNumbers = 0

// deniedHere are the calls that only this architecture has.
var deniedHere []uint32
