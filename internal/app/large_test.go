package app_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

const gigabyte = 1 << 30

// flood sends a body of a gigabyte over a connection of its own and returns the answer's status
// and how much of the body was taken.
func flood(t *testing.T, address, path, token, kind, begin string, chunked bool) (status int, taken int64) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	length := fmt.Sprintf("Content-Length: %d", gigabyte+len(begin))
	if chunked {
		length = "Transfer-Encoding: chunked"
	}
	fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nSec-Fetch-Site: same-origin\r\nCookie: chonoi=%s\r\nContent-Type: %s\r\n%s\r\n\r\n", path, address, token, kind, length)
	var sent atomic.Int64
	go func() {
		piece := []byte(strings.Repeat("x", 1<<16))
		head := func(n int) {
			if chunked {
				fmt.Fprintf(conn, "%x\r\n", n)
			}
		}
		tail := map[bool]string{true: "\r\n"}[chunked]
		head(len(begin))
		if _, err := io.WriteString(conn, begin+tail); err != nil {
			return
		}
		for sent.Load() < gigabyte {
			head(len(piece))
			n, err := conn.Write(piece)
			sent.Add(int64(n))
			if err != nil {
				return
			}
			if _, err := io.WriteString(conn, tail); err != nil {
				return
			}
		}
	}()
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("%s: no answer after %d bytes: %v", path, sent.Load(), err)
	}
	answer.Body.Close()
	return answer.StatusCode, sent.Load()
}

// peak is how much memory the body of a test held at most, beyond what was held before.
func peak(body func()) int64 {
	var now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&now)
	before, most := int64(now.HeapAlloc), int64(0)
	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
				runtime.ReadMemStats(&now)
				most = max(most, int64(now.HeapAlloc)-before)
			}
		}
	}()
	body()
	close(stop)
	<-stopped
	return most
}

func TestABodyOfAGigabyteIsRefusedInLittleMemory(t *testing.T) {
	s := city(t, "sqlite")
	server := httptest.NewServer(s.Web.Handler())
	defer server.Close()
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	token := enter(t, s, "muahang@ben-nuoc.example")
	officer := enter(t, s, "canbo@so-khcn.example")
	draft, _ := begun(t, s, "muahang@ben-nuoc.example")
	form, paper := "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.4\n"
	for _, one := range []struct {
		name, path, token, kind, begin string
		status                         int
		most                           int64 // bytes of the body that may be taken
	}{
		{"a form of one's own", "/offers", token, formKind, "title_vi=", 413, 16 << 20},
		{"a form of many parts", "/offers", token, form, "--b\r\nContent-Disposition: form-data; name=\"title_vi\"\r\n\r\n", 413, 16 << 20},
		{"a form of nobody's", "/sign-in", "", formKind, "email=", 422, 16 << 20},
		{"what no form is", "/theme", "", "text/plain", "x", 303, 16 << 20},
		{"a file for a listing", "/offers/" + draft + "/files", token, form, paper, 303, 64 << 20},
		{"a file for another's listing", "/offers/" + firstOf(s, "offer") + "/files", token, form, paper, 404, 16 << 20},
		{"a file of a visitor", "/offers/" + draft + "/files", "", form, paper, 401, 16 << 20},
		{"a file to import", "/desk/imports", officer, form, paper, 413, 256 << 20},
	} {
		for _, chunked := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, chunked %v", one.name, chunked), func(t *testing.T) {
				var status int
				var taken int64
				held := peak(func() {
					status, taken = flood(t, server.Listener.Addr().String(), one.path, one.token, one.kind, one.begin, chunked)
				})
				t.Logf("status %d, %d MiB taken, %d MiB held", status, taken>>20, held>>20)
				if status != one.status || taken > one.most || held > 48<<20 {
					t.Errorf("status %d, want %d; %d bytes taken, at most %d; %d held", status, one.status, taken, one.most, held)
				}
			})
		}
	}
	server.Close()
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("%d files are left, %v", len(left), err)
	}
}
