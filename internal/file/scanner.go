package file

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"chonoi/internal/fault"
)

// Scanner asks a clamd for viruses, by its INSTREAM command.
// Source: clamd(8), COMMANDS.
type Scanner struct {
	network, address string
	timeout          time.Duration
}

// NewScanner returns the scanner at that address: host:port, or unix:/path/to/socket. Timeout is for
// one file; 0 is a minute.
func NewScanner(address string, timeout time.Duration) *Scanner {
	s := &Scanner{network: "tcp", address: address, timeout: timeout}
	if path, ok := strings.CutPrefix(address, "unix:"); ok {
		s.network, s.address = "unix", path
	}
	if timeout == 0 {
		s.timeout = time.Minute
	}
	return s
}

// Scan returns nil when r is clean, the fault Invalid when something was found in it, TooLarge when
// the scanner takes no file of that size, and Unavailable when it does not answer.
func (s *Scanner) Scan(ctx context.Context, r io.Reader) error {
	answer, err := s.ask(ctx, "zINSTREAM\x00", r)
	switch {
	case strings.HasSuffix(answer, " FOUND"):
		return fault.New(fault.Invalid, "file.infected")
	case strings.Contains(answer, "size limit exceeded"):
		return fault.New(fault.TooLarge, "file.too_large_to_scan")
	case answer == "stream: OK":
		return nil
	case err == nil:
		err = fmt.Errorf("it answered %q", answer)
	}
	return errors.Join(fault.New(fault.Unavailable, "file.scanner_down"), fmt.Errorf("virus scanner: %w", err))
}

// Ready reports whether the scanner answers.
func (s *Scanner) Ready(ctx context.Context) error {
	answer, err := s.ask(ctx, "zPING\x00", nil)
	if answer == "PONG" {
		return nil
	}
	if err == nil {
		err = fmt.Errorf("it answered %q", answer)
	}
	return fmt.Errorf("virus scanner: %w", err)
}

// ask sends a command, and r in chunks behind it; it returns the answer without its end mark. A
// scanner that refuses early closes the way while r is being sent, so the answer counts first.
func (s *Scanner) ask(ctx context.Context, command string, r io.Reader) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, s.network, s.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })()
	_, err = io.WriteString(conn, command)
	if err == nil && r != nil {
		err = stream(conn, r)
	}
	answer, readErr := io.ReadAll(io.LimitReader(conn, 4096))
	return string(bytes.TrimRight(answer, "\x00\n")), errors.Join(err, readErr)
}

func stream(w io.Writer, r io.Reader) error {
	chunk := make([]byte, 4+32<<10)
	for {
		n, err := r.Read(chunk[4:])
		if n > 0 {
			binary.BigEndian.PutUint32(chunk, uint32(n))
			if _, err := w.Write(chunk[:4+n]); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			_, err = w.Write([]byte{0, 0, 0, 0})
			return err
		}
		if err != nil {
			return err
		}
	}
}
