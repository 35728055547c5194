package app_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"chonoi/internal/app"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/ledger"
)

const (
	fileRows = 3000 // of the file that is imported again and again until it is in
	posters  = 3    // who post at the same time
)

// victim is the real program on one database, killed again and again while people post and a file
// is imported.
type victim struct {
	program, data, database, addr, file string
	browser                             *http.Client
	owner                               string // organisation that the posters belong to
	mu                                  sync.Mutex
	said                                map[string]acknowledged // by the id of the offer
	source                              int                     // how many files came in whole
	killedImports                       int                     // how many did not come to their end
	reporters
	bargainers
	bidders
}

// acknowledged is what the program said to have kept of an offer.
type acknowledged struct {
	title   string
	version int64
}

func TestKilledAtAnyMomentItKeepsEveryAcknowledgedActAndNoHalfOne(t *testing.T) {
	program := buildProgram(t, t.TempDir())
	kills := 50
	if testing.Short() {
		kills = 25
	}
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			v := &victim{program: program, data: t.TempDir(), database: dbtest.Address(t, engine), addr: freeAddress(t), said: map[string]acknowledged{}}
			v.run(t, "demo", "--seed-only")
			v.file = writeFile(t)
			moment := rand.New(rand.NewPCG(2026, 11))
			for n := range kills {
				before := len(v.said)
				v.workAndDie(t, n, 50*time.Millisecond+time.Duration(moment.Int64N(int64(350*time.Millisecond))))
				v.check(t)
				if t.Failed() {
					t.Fatalf("after kill %d, with %d acts acknowledged before it", n+1, len(v.said)-before)
				}
			}
			v.finish(t)
			t.Logf("%d kills: %d offers, %d reports and %d returns, %d acts on a deal, %d bids acknowledged, %d files whole, %d imports broken off", kills, len(v.said), len(v.words), len(v.returned), len(v.written), len(v.bade), v.source, v.killedImports)
			if v.killedImports < kills/2 || len(v.said) < kills || len(v.words) < kills || len(v.returned) < kills/4 || len(v.written) < kills || len(v.bade) < kills/2 {
				t.Errorf("the kills met %d imports, %d offers, %d reports, %d returns, %d acts on a deal, %d bids: they prove little", v.killedImports, len(v.said), len(v.words), len(v.returned), len(v.written), len(v.bade))
			}
		})
	}
}

// buildProgram builds the program that a deployment runs.
func buildProgram(t testing.TB, folder string) string {
	t.Helper()
	program := filepath.Join(folder, "chonoi")
	build := exec.Command("go", "build", "-o", program, "./cmd/chonoi")
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the program: %v\n%s", err, out)
	}
	return program
}

func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// writeFile writes a file of offers to import.
func writeFile(t *testing.T) string {
	t.Helper()
	var rows bytes.Buffer
	for i := range fileRows {
		fmt.Fprintf(&rows, `{"id": "r%d", "title_vi": "Máy bơm nước số %d", "summary_vi": "Bơm %d lít mỗi giây cho ruộng và ao."}`+"\n", i, i, i)
	}
	path := filepath.Join(t.TempDir(), "offers.jsonl")
	if err := os.WriteFile(path, rows.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (v *victim) command(args ...string) *exec.Cmd {
	c := exec.Command(v.program, append(args, "--data", v.data, "--database", v.database)...)
	c.Env = append(os.Environ(), "LANG=vi")
	return c
}

// run runs a command to its end and returns what it printed.
func (v *victim) run(t *testing.T, args ...string) []byte {
	t.Helper()
	var errs bytes.Buffer
	c := v.command(args...)
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		t.Fatalf("chonoi %s: %v\n%s%s", strings.Join(args, " "), err, out, errs.Bytes())
	}
	return out
}

// start starts a command and returns once it has printed its first line.
func start(t testing.TB, c *exec.Cmd) {
	t.Helper()
	var errs bytes.Buffer
	if c.Stderr == nil {
		c.Stderr = &errs
	}
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill() })
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		_ = c.Wait()
		t.Fatalf("%v: %v\n%s", c.Args, err, errs.Bytes())
	}
}

// workAndDie serves, lets people post and a file come in, and kills both processes a while after
// the first offer was acknowledged and the import had begun.
func (v *victim) workAndDie(t *testing.T, n int, moment time.Duration) {
	t.Helper()
	server := v.command("serve", "--addr", v.addr)
	start(t, server)
	v.signIn(t)
	begun := make(chan struct{}, posters)
	var work sync.WaitGroup
	for who := range posters {
		work.Go(func() { v.post(fmt.Sprintf("Máy sấy lúa %d-%d", n, who), begun) })
	}
	v.begin(t, v.addr)
	work.Go(func() { v.report(v.addr, n) })
	work.Go(func() { v.giveBack(v.addr) })
	v.sit(t, v.addr)
	work.Go(func() { v.bargain(v.addr, n) })
	v.bidders.enter(t, v)
	work.Go(func() { v.bid(v.addr) })
	importer := v.command("import", "offers", v.file, "--source", fmt.Sprintf("k%d", v.source))
	start(t, importer)
	select {
	case <-begun:
	case <-time.After(30 * time.Second):
		t.Error("no offer was acknowledged in half a minute")
	}
	time.Sleep(moment)
	_, _ = importer.Process.Kill(), server.Process.Kill()
	work.Wait()
	_ = server.Wait()
	if importer.Wait() == nil {
		v.source++ // it had come to its end
	} else {
		v.killedImports++
	}
}

// signIn opens the door once; the session must outlive every kill.
func (v *victim) signIn(t *testing.T) {
	t.Helper()
	if v.browser == nil {
		jar, _ := cookiejar.New(nil)
		stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		v.browser = &http.Client{Jar: jar, CheckRedirect: stay, Timeout: 30 * time.Second}
		if _, _, err := v.send("/sign-in", url.Values{"email": {"thanhvien@song-hau.example"}, "password": {app.DemoPassword}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{"/readyz", "/", "/offers/new"} {
		status, _, body, err := v.fetch(path, nil)
		if err != nil || status != http.StatusOK {
			t.Fatalf("%s: status %d, %v", path, status, err)
		}
		if owner := regexp.MustCompile(`name="owner" value="([^"]+)"`).FindSubmatch(body); owner != nil {
			v.owner = string(owner[1])
		}
	}
	if v.owner == "" {
		t.Fatal("the page for a new offer names no organisation")
	}
}

// fetch gets a page, or posts a form when there is one, and reads the answer to its end.
func (v *victim) fetch(path string, form url.Values) (status int, location string, body []byte, err error) {
	return fetchAs(v.browser, v.addr, path, form)
}

func fetchAs(c *http.Client, addr, path string, form url.Values) (status int, location string, body []byte, err error) {
	var answer *http.Response
	if form == nil {
		answer, err = c.Get("http://" + addr + path)
	} else {
		answer, err = c.PostForm("http://"+addr+path, form)
	}
	if err != nil {
		return 0, "", nil, err
	}
	defer answer.Body.Close()
	body, err = io.ReadAll(answer.Body)
	return answer.StatusCode, answer.Header.Get("Location"), body, err
}

// send posts a form and returns where the program leads on; no error means that it acknowledged.
func (v *victim) send(path string, form url.Values) (status int, location string, err error) {
	status, location, _, err = v.fetch(path, form)
	if err == nil && status != http.StatusSeeOther {
		err = fmt.Errorf("%s: status %d", path, status)
	}
	return status, location, err
}

var offerOf = regexp.MustCompile(`^/offers/([0-9a-f-]{36})/`)

// post begins an offer and gives it another title, again and again, until the program is gone. It
// remembers what was acknowledged, and tells once that something was.
func (v *victim) post(title string, begun chan<- struct{}) {
	for i := 0; ; i++ {
		first := fmt.Sprintf("%s-%d", title, i)
		_, location, err := v.send("/offers", url.Values{"owner": {v.owner}, "title_vi": {first}})
		if err != nil {
			return
		}
		id := offerOf.FindStringSubmatch(location)[1]
		v.remember(id, acknowledged{first, 1})
		if i == 0 {
			begun <- struct{}{}
		}
		second := first + " có tủ điện"
		if _, _, err := v.send("/offers/"+id, url.Values{"version": {"1"}, "step": {"1"}, "title_vi": {second}}); err != nil {
			return
		}
		v.remember(id, acknowledged{second, 2})
	}
}

func (v *victim) remember(id string, a acknowledged) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.said[id] = a
}

// finish lets the import that was broken off come to its end, sees that it only added what was
// missing, and that the program serves after the last kill too.
func (v *victim) finish(t *testing.T) {
	t.Helper()
	kept := v.imported(t)[fmt.Sprintf("k%d", v.source)]
	var report []struct{ New, Changed, Same, Bad int }
	out := v.run(t, "import", "offers", v.file, "--source", fmt.Sprintf("k%d", v.source), "--json")
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if r := report[0]; r.New != fileRows-kept || r.Same != kept || r.Changed+r.Bad != 0 {
		t.Errorf("the last import goes on from %d rows with %+v", kept, r)
	}
	v.check(t)
	server := v.command("serve", "--addr", v.addr)
	start(t, server)
	v.signIn(t)
	_ = server.Process.Kill()
	_ = server.Wait()
}

// verify runs chonoi verify.
func (v *victim) verify(t *testing.T) {
	t.Helper()
	var report ledger.Report
	out := v.run(t, "verify", "--json")
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !report.Whole() || report.Erased > 0 || report.Entries == 0 {
		t.Errorf("the chain: %+v", report)
	}
}
