//go:build darwin || freebsd || netbsd || openbsd || dragonfly

package sandbox

func (s *State) noDump() { s.noCore() }
