package app

import (
	"crypto/x509"
	"fmt"
	"os"
	"path/filepath"
)

// trusted returns the roots whose certificates are trusted in digital signatures: the PEM files in
// trust/ of the data folder; nil where there are none, so that no certificate is checked.
func (h *House) trusted() (*x509.CertPool, error) {
	names, err := filepath.Glob(filepath.Join(h.Config.Data, "trust", "*.pem"))
	if err != nil || len(names) == 0 {
		return nil, err
	}
	roots := x509.NewCertPool()
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if !roots.AppendCertsFromPEM(raw) {
			return nil, fmt.Errorf("%s holds no certificate", name)
		}
	}
	return roots, nil
}
