package main

import (
	"os"
	"path/filepath"
	"runtime"
)

// configFolder is where the user keeps his policy, "" if the system names no place.
func configFolder() string {
	base, err := os.UserConfigDir()
	if err != nil || !filepath.IsAbs(base) {
		return ""
	}
	return filepath.Join(base, "coldsign")
}

// stateFolder is where this machine remembers what it has accepted and signed, ""
// if the system names no place. On Unix it is XDG_STATE_HOME, which is meant for
// just that; elsewhere state and configuration share a folder.
func stateFolder() string {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return configFolder()
	}
	if base := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(base) {
		return filepath.Join(base, "coldsign")
	}
	home, err := os.UserHomeDir()
	if err != nil || !filepath.IsAbs(home) {
		return ""
	}
	return filepath.Join(home, ".local", "state", "coldsign")
}
