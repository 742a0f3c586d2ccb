//go:build linux && (amd64 || arm64)

package sandbox

import "golang.org/x/sys/unix"

// Offsets in struct seccomp_data (linux/seccomp.h): the call's number, the
// architecture of the caller, and the low halves of the first two arguments on a
// little-endian machine, which both architectures are.
const (
	offsetNumber = 0
	offsetArch   = 4
	offsetArg0   = 16
	offsetArg1   = 24
)

// program returns the filter: another architecture kills the process, because
// the numbers of its calls mean other things; a denied call fails with EPERM;
// everything else is allowed. The list names what must not happen, instead of
// what the Go runtime needs, so that a new runtime does not break the program.
func program() []unix.SockFilter {
	var f filter
	f.load(offsetArch)
	f.skipIfEqual(auditArch, 1)
	f.ret(unix.SECCOMP_RET_KILL_PROCESS)
	f.load(offsetNumber)
	f.killFrom(foreignNumbers)
	for _, n := range denied() {
		f.refuse(n, unix.EPERM)
	}
	// clone3 takes its flags from memory, which a filter cannot read. ENOSYS
	// sends a library back to clone, which is judged by its flags.
	f.refuse(unix.SYS_CLONE3, unix.ENOSYS)
	f.cloneOnlyThreads()
	f.noTyping()
	f.ret(unix.SECCOMP_RET_ALLOW)
	return f.code
}

// denied lists the system calls that fail with EPERM.
func denied() []uint32 {
	common := []uint32{
		// Sockets: to make, and to use one that was inherited.
		unix.SYS_SOCKET, unix.SYS_SOCKETPAIR, unix.SYS_CONNECT, unix.SYS_BIND, unix.SYS_LISTEN, unix.SYS_ACCEPT, unix.SYS_ACCEPT4,
		unix.SYS_SENDTO, unix.SYS_SENDMSG, unix.SYS_SENDMMSG, unix.SYS_RECVFROM, unix.SYS_RECVMSG, unix.SYS_RECVMMSG,
		// A ring takes the same calls from memory, where no filter sees them.
		unix.SYS_IO_URING_SETUP, unix.SYS_IO_URING_ENTER, unix.SYS_IO_URING_REGISTER,
		// Programs.
		unix.SYS_EXECVE, unix.SYS_EXECVEAT,
		// Other processes.
		unix.SYS_PTRACE, unix.SYS_PROCESS_VM_READV, unix.SYS_PROCESS_VM_WRITEV, unix.SYS_PROCESS_MADVISE,
		unix.SYS_PIDFD_OPEN, unix.SYS_PIDFD_GETFD, unix.SYS_PIDFD_SEND_SIGNAL, unix.SYS_KCMP,
		// Kernel surface and keys.
		unix.SYS_BPF, unix.SYS_PERF_EVENT_OPEN, unix.SYS_USERFAULTFD, unix.SYS_KEYCTL, unix.SYS_ADD_KEY, unix.SYS_REQUEST_KEY,
		unix.SYS_INIT_MODULE, unix.SYS_FINIT_MODULE, unix.SYS_DELETE_MODULE, unix.SYS_KEXEC_LOAD, unix.SYS_KEXEC_FILE_LOAD, unix.SYS_REBOOT,
		// Another view of the file system, or another user.
		unix.SYS_UNSHARE, unix.SYS_SETNS, unix.SYS_MOUNT, unix.SYS_UMOUNT2, unix.SYS_PIVOT_ROOT, unix.SYS_CHROOT, unix.SYS_OPEN_BY_HANDLE_AT,
		unix.SYS_MOVE_MOUNT, unix.SYS_OPEN_TREE, unix.SYS_FSOPEN, unix.SYS_FSCONFIG, unix.SYS_FSMOUNT, unix.SYS_FSPICK, unix.SYS_MOUNT_SETATTR,
		unix.SYS_SETUID, unix.SYS_SETGID, unix.SYS_SETREUID, unix.SYS_SETREGID, unix.SYS_SETRESUID, unix.SYS_SETRESGID,
		unix.SYS_SETFSUID, unix.SYS_SETFSGID, unix.SYS_SETGROUPS, unix.SYS_CAPSET,
	}
	return append(common, deniedHere...)
}

// filter is a BPF program under construction. The accumulator holds the number
// of the system call between the methods.
type filter struct{ code []unix.SockFilter }

func (f *filter) add(code uint16, k uint32, jt, jf uint8) {
	f.code = append(f.code, unix.SockFilter{Code: code, K: k, Jt: jt, Jf: jf})
}

func (f *filter) load(offset uint32) { f.add(unix.BPF_LD|unix.BPF_W|unix.BPF_ABS, offset, 0, 0) }

func (f *filter) ret(action uint32) { f.add(unix.BPF_RET|unix.BPF_K, action, 0, 0) }

func (f *filter) skipIfEqual(k uint32, n uint8) {
	f.add(unix.BPF_JMP|unix.BPF_JEQ|unix.BPF_K, k, n, 0)
}

func (f *filter) skipUnlessEqual(k uint32, n uint8) {
	f.add(unix.BPF_JMP|unix.BPF_JEQ|unix.BPF_K, k, 0, n)
}

// refuse answers the call with an error number.
func (f *filter) refuse(number uint32, errno unix.Errno) {
	f.skipUnlessEqual(number, 1)
	f.ret(unix.SECCOMP_RET_ERRNO | uint32(errno))
}

// killFrom kills the process at any call numbered from n on; 0 is none.
func (f *filter) killFrom(n uint32) {
	if n == 0 {
		return
	}
	f.add(unix.BPF_JMP|unix.BPF_JGE|unix.BPF_K, n, 0, 1)
	f.ret(unix.SECCOMP_RET_KILL_PROCESS)
}

// cloneOnlyThreads lets the runtime start threads and refuses new processes.
func (f *filter) cloneOnlyThreads() {
	f.skipUnlessEqual(unix.SYS_CLONE, 4)
	f.load(offsetArg0)
	f.add(unix.BPF_JMP|unix.BPF_JSET|unix.BPF_K, unix.CLONE_THREAD, 1, 0)
	f.ret(unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM))
	f.ret(unix.SECCOMP_RET_ALLOW)
}

// noTyping refuses the two ioctls that put input into a terminal, with which a
// program could leave a command behind for the shell that started it.
func (f *filter) noTyping() {
	const tioclinux = 0x541c // asm-generic/ioctls.h
	f.skipUnlessEqual(unix.SYS_IOCTL, 4)
	f.load(offsetArg1)
	f.skipIfEqual(unix.TIOCSTI, 1)
	f.skipUnlessEqual(tioclinux, 1)
	f.ret(unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM))
}
