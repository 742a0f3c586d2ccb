package sandbox

import "golang.org/x/sys/unix"

const auditArch = unix.AUDIT_ARCH_X86_64

// foreignNumbers is where the calls of the x32 interface begin: the same calls
// under other numbers, with the same architecture (seccomp(2), NOTES).
const foreignNumbers = 0x40000000

// deniedHere are the calls that only this architecture has.
var deniedHere = []uint32{unix.SYS_FORK, unix.SYS_VFORK, unix.SYS_IOPL, unix.SYS_IOPERM}
