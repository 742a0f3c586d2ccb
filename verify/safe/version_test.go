package safe_test

import (
	"errors"
	"testing"

	"github.com/coldsign/coldsign/verify/safe"
)

func TestParseVersion(t *testing.T) {
	tests := []struct {
		text string
		want string
		era  safe.Era
	}{
		{"0.1.0", "0.1.0", safe.EraDataGas},
		{"1.0.0", "1.0.0", safe.EraBaseGas},
		{"1.1.0", "1.1.0", safe.EraBaseGas},
		{"1.1.1", "1.1.1", safe.EraBaseGas},
		{"1.2.0", "1.2.0", safe.EraBaseGas},
		{"1.3.0", "1.3.0", safe.EraChainID},
		{"1.3.0+L2", "1.3.0", safe.EraChainID},
		{"1.4.0", "1.4.0", safe.EraChainID},
		{"1.4.1", "1.4.1", safe.EraChainID},
		{"1.5.0+L2", "1.5.0", safe.EraChainID},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			v, err := safe.ParseVersion(tt.text)
			if err != nil || v.String() != tt.want || v.Era() != tt.era {
				t.Errorf("got %s of era %s, error %v; want %s of era %s", v, v.Era(), err, tt.want, tt.era)
			}
		})
	}
}

func TestParseVersionRefuses(t *testing.T) {
	for _, text := range []string{"", "0.0.2", "1.3", "1.3.1", "1.5.1", "1.6.0", "2.0.0", "v1.3.0", " 1.3.0", "1.3.0-rc1", "01.3.0", "unknown", "1.3.0\n"} {
		v, err := safe.ParseVersion(text)
		var kind *safe.ErrUnsupportedVersion
		if !errors.As(err, &kind) || !v.IsZero() || v.Era() != safe.EraUnknown {
			t.Errorf("%q: got %s, era %s, error %v", text, v, v.Era(), err)
		}
	}
}
