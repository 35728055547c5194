package file

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chonoi/internal/fault"
)

// clamd speaks the scanner's side of the protocol: it finds the word "EICAR", takes at most a
// megabyte, and answers "strange" to what begins so.
func clamd(t *testing.T, network, address string) string {
	t.Helper()
	listener, err := net.Listen(network, address)
	check(t, err)
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go answer(conn)
		}
	}()
	if network == "unix" {
		return "unix:" + address
	}
	return listener.Addr().String()
}

func answer(conn net.Conn) {
	defer conn.Close()
	r := bufio.NewReader(conn)
	command, err := r.ReadString(0)
	if err != nil {
		return
	}
	if command == "zPING\x00" {
		io.WriteString(conn, "PONG\x00")
		return
	}
	var all bytes.Buffer
	for {
		var n uint32
		if binary.Read(r, binary.BigEndian, &n) != nil || n > 1<<20 {
			return
		}
		if n == 0 {
			break
		}
		if _, err := io.CopyN(&all, r, int64(n)); err != nil {
			return
		}
		if all.Len() > 1<<20 {
			io.WriteString(conn, "INSTREAM size limit exceeded. ERROR\x00")
			return
		}
	}
	switch {
	case strings.Contains(all.String(), "EICAR"):
		io.WriteString(conn, "stream: Win.Test.EICAR_HDB-1 FOUND\x00")
	case strings.HasPrefix(all.String(), "strange"):
		io.WriteString(conn, "UNKNOWN COMMAND\x00")
	default:
		io.WriteString(conn, "stream: OK\x00")
	}
}

func TestAFileIsScannedBeforeItIsKept(t *testing.T) {
	for network, address := range map[string]string{"tcp": "127.0.0.1:0", "unix": filepath.Join(t.TempDir(), "clamd.sock")} {
		t.Run(network, func(t *testing.T) {
			s, err := InFolder(t.TempDir())
			check(t, err)
			s.Scanned(NewScanner(clamd(t, network, address), 5*time.Second))
			check(t, s.Ready(t.Context()))
			for _, c := range []struct {
				name, content string
				kind          fault.Kind
			}{
				{"clean", "Kính gửi Quý vị", 0},
				{"clean, in several chunks", strings.Repeat("cá tra ", 60_000), 0},
				{"infected", strings.Repeat("cá tra ", 9_000) + "EICAR", fault.Invalid},
				{"larger than the scanner takes", strings.Repeat("a", 3<<20), fault.TooLarge},
				{"an answer that is none", "strange", fault.Unavailable},
			} {
				t.Run(c.name, func(t *testing.T) {
					stored, err := s.Put(t.Context(), strings.NewReader(c.content), PutOptions{})
					if fault.KindOf(err) != c.kind || (err == nil) != (stored.SHA256 != "") {
						t.Errorf("%+v, %v", stored, err)
					}
				})
			}
		})
	}
}

func TestNothingIsKeptWhileTheScannerIsDownOrSilent(t *testing.T) {
	s, err := InFolder(t.TempDir())
	check(t, err)
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes the call and never answers
	check(t, err)
	defer silent.Close()
	for _, address := range []string{"127.0.0.1:1", silent.Addr().String()} {
		s.Scanned(NewScanner(address, 100*time.Millisecond))
		if _, err := s.Put(t.Context(), strings.NewReader("Xin chào"), PutOptions{}); fault.KindOf(err) != fault.Unavailable {
			t.Errorf("%s: %v", address, err)
		}
		if s.Ready(t.Context()) == nil {
			t.Errorf("%s is said to be ready", address)
		}
	}
}
