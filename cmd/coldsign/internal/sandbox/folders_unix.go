//go:build unix

package sandbox

import (
	"errors"
	"os"
)

func syncFolder(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
