package dbtest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// cluster starts the binary's own PostgreSQL once and returns its address.
var cluster = sync.OnceValues(startCluster)

// held keeps the pipe whose end tells the cluster's keeper that this process is gone.
var held *os.File

// keeper runs the server until its standard input ends, then stops it and removes its folder.
const keeper = `"$1/postgres" -D "$2" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off \
-c full_page_writes=off -c max_connections=200 -c shared_buffers=32MB >"$2/log" 2>&1 &
pid=$!; read -r _; kill -INT $pid; wait $pid; rm -rf "$2"`

func startCluster() (string, error) {
	bin, err := programs()
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "chonoi-pg")
	if err != nil {
		return "", err
	}
	who, err := plainUser(dir)
	if err != nil {
		return "", err
	}
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", dir, "-U", "chonoi", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	initdb.SysProcAttr = who
	initdb.Dir = dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return "", fmt.Errorf("initdb: %w: %s", err, bytes.TrimSpace(out))
	}
	port, err := freePort()
	if err != nil {
		return "", err
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		return "", err
	}
	held = writer
	server := exec.Command("/bin/sh", "-c", keeper, "sh", bin, dir, strconv.Itoa(port))
	server.SysProcAttr = who
	server.Dir = dir
	server.Stdin = reader
	if err := server.Start(); err != nil {
		return "", err
	}
	address := fmt.Sprintf("postgres://chonoi@127.0.0.1:%d/postgres?sslmode=disable", port)
	return address, await(address, filepath.Join(dir, "log"))
}

func programs() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	sort.Strings(found)
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1]), nil
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		return "", errors.New("no initdb found")
	}
	return filepath.Dir(path), nil
}

// plainUser makes the server run as somebody else than root, which PostgreSQL insists on.
func plainUser(dir string) (*syscall.SysProcAttr, error) {
	own := &syscall.SysProcAttr{Setpgid: true}
	if os.Getuid() != 0 {
		return own, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		who, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, fmt.Errorf("a user to run PostgreSQL as: %w", err)
	}
	uid, _ := strconv.Atoi(who.Uid)
	gid, _ := strconv.Atoi(who.Gid)
	own.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return own, os.Chown(dir, uid, gid)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func await(address, log string) error {
	pool, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	defer pool.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	for {
		if err = pool.PingContext(ctx); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			text, _ := os.ReadFile(log)
			return fmt.Errorf("the server does not answer: %w: %s", err, text)
		case <-time.After(50 * time.Millisecond):
		}
	}
}
