package journal

import "bytes"

// Scan checks the bytes of a file, for tests that read very many.
func Scan(raw []byte) (*Journal, error) {
	j, err := scan(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	return j, nil
}
