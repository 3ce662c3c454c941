#!/usr/bin/env python3
"""A large dictionary through the command line and HTTP, beside SQLite FTS5 and ocfl-java alone, in turn on one machine.

dictionary.py [ENTRIES [QUESTIONS]]      100000 and 200; a home and its server of their own, in $TMPDIR

Prints ratios of two things run in turn, and what the issue's targets ask for. Other programs on the machine make all of it slower.
"""
import http.client, json, os, random, re, socket, sqlite3, subprocess, sys, tempfile, time, urllib.parse
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import made_lexicon

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "../.."))


def run(*arguments):
    return subprocess.run([os.path.join(ROOT, "thocam"), *arguments], check=True, capture_output=True, text=True).stdout


class Server:
    def __init__(self, home):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.home = home
        self.process = subprocess.Popen([os.path.join(ROOT, "thocam"), "serve", "--home", home, "--port", str(self.port)],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(300):
            try:
                if self.get("/health/ready")[0] == 200: return
            except OSError:
                self.connection = None
            time.sleep(0.3)
        sys.exit("the server did not come up")
    connection = None

    def send(self, method, path, body=None, headers={}, fresh=False):
        if self.connection is None: self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError):
            if fresh: raise
            self.connection = None  # the server ends connections that rest
            return self.send(method, path, body, headers, fresh=True)
        return answer.status, answer.read(), answer.headers

    def get(self, path, **parameters):
        return self.send("GET", path + ("?" + urllib.parse.urlencode(parameters) if parameters else ""))

    def pid(self):
        for pid in os.listdir("/proc"):
            try:
                line = open(f"/proc/{pid}/cmdline").read()
            except OSError:
                continue
            if "org.thocam.cli.Main" in line and self.home in line: return pid

    def resident(self):
        return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{self.pid()}/status").read()).group(1)) // 1024

    def heap(self):
        """MiB of the heap in use after a collection."""
        subprocess.run(["jcmd", self.pid(), "GC.run"], check=True, capture_output=True)
        told = subprocess.run(["jcmd", self.pid(), "GC.heap_info"], check=True, capture_output=True, text=True).stdout
        return sum(int(used) for used in re.findall(r"(?:new generation|tenured generation|garbage-first heap)\s+total \d+K, used (\d+)K", told)) // 1024


def quantiles(times):
    times = sorted(times)
    return 1000 * times[len(times) // 2], 1000 * times[len(times) * 95 // 100]


def timed(f):
    start = time.perf_counter()
    f()
    return time.perf_counter() - start


def main():
    entries, questions = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, int(sys.argv[2]) if len(sys.argv) > 2 else 200
    folder = tempfile.mkdtemp(prefix="dictionary-")
    lift = os.path.join(folder, "big.lift")
    made_lexicon.lexicon(entries, lift, os.path.join(ROOT, "../shared/data/dictionary"))
    text = open(lift, encoding="utf-8").read()
    words = re.findall(r'<form lang="[^"]*"><text>([^<]*)</text>', text)
    ids = re.findall(r' guid="([^"]*)"', text)
    del text
    server = Server(os.path.join(folder, "home"))
    try:
        token = run("token", "create", "--home", server.home, "--role", "admin", "--name", "benchmark").split()[-1]
        print(f"{entries} entries, {os.path.getsize(lift) >> 20} MiB of LIFT; median and 95th percentile of {questions}, ms\n")

        heaps = [server.heap()]
        alone = int(subprocess.run(["java", "-cp", os.path.join(ROOT, "cli/target/lib-engine/*"), os.path.join(HERE, "OcflAlone.java"), folder, "2000"],
                                   check=True, capture_output=True, text=True).stdout.split()[-1])
        took = timed(lambda: run("dictionary", "import", "--home", server.home, "--id", "big", lift))
        print(f"import until every view shows it   {entries / took:7.0f} entries/s; ocfl-java alone, an object an entry {alone}/s; ratio {entries / took / alone:.1f}")
        heaps.append(server.heap())
        out = os.path.join(folder, "out.lift")
        took = timed(lambda: run("dictionary", "export", "--home", server.home, "--id", "big", "--format", "lift", "--output", out))
        print(f"export                             {took:7.1f} s, {'the same bytes' if open(out, 'rb').read() == open(lift, 'rb').read() else 'OTHER BYTES'}")

        fts = sqlite3.connect(os.path.join(folder, "fts.sqlite"))
        fts.execute("CREATE VIRTUAL TABLE t USING fts5(headword, id UNINDEXED, tokenize='unicode61 remove_diacritics 2', prefix='1 2 4')")
        fts.executemany("INSERT INTO t VALUES(?, ?)", zip(words, ids))
        fts.commit()
        random.seed(1)
        address = "/api/v1/dictionaries/big/entries"

        def quoted(word): return '"' + word.replace('"', '""') + '"'

        def escaped(word): return re.sub(r"([\\.\[\]^*+?{}|()])", r"\\\1", word)
        kinds = {
            "exact": (lambda w: dict(q=w, match="exact"), lambda w: f"^ {quoted(w)}"),
            "prefix, 1 letter": (lambda w: dict(q=w[:1], match="prefix"), lambda w: f"^ {quoted(w[:1])} *"),
            "prefix, 2 letters": (lambda w: dict(q=w[:2], match="prefix"), lambda w: f"^ {quoted(w[:2])} *"),
            "prefix, 4 letters": (lambda w: dict(q=w[:4], match="prefix"), lambda w: f"^ {quoted(w[:4])} *"),
            "fuzzy": (lambda w: dict(q=w[:12], match="fuzzy"), None),
            "wildcard a*b": (lambda w: dict(q=re.sub(r"([*?\\])", r"\\\1", w[:2]) + "*" + re.sub(r"([*?\\])", r"\\\1", w[-1:]), match="wildcard"), None),
            "regex (ab|cd).+": (lambda w: dict(q=f"({escaped(w[:2])}|{escaped(w[1:3])}).+", match="regex"), None),
            "all ways (default)": (lambda w: dict(q=w), None),
            "gloss": (lambda w: dict(q="nghĩa " + str(len(w)), by="gloss", match="exact,prefix"), None),
        }
        for n in range(600):  # as in a server that has run for a while
            server.get(address, **random.choice(list(kinds.values()))[0](random.choice(words)))
        for kind, (ours, theirs) in kinds.items():
            mine, other = [], []
            for n in range(questions + 30):
                word = random.choice(words)

                def ask():
                    status, body, _ = server.get(address, **ours(word))
                    if status != 200: print("  ", status, ours(word), body[:120])
                a = timed(ask)
                b = timed(lambda: fts.execute("SELECT id FROM t WHERE t MATCH ? ORDER BY rank LIMIT 20", (theirs(word),)).fetchall()) if theirs else 0
                if n >= 30:
                    mine.append(a)
                    other.append(b)
            p50, p95 = quantiles(mine)
            print(f"{kind:<20} over HTTP      {p50:7.1f} {p95:6.1f}" + (f"   FTS5 in process {quantiles(other)[0]:6.2f} {quantiles(other)[1]:6.2f}, ratio {p50 / quantiles(other)[0]:.1f}" if theirs else ""))

        heaps.append(server.heap())
        headers = {"Authorization": "Bearer " + token, "Content-Type": "application/merge-patch+json"}
        edits, seen = [], []
        for n in range(questions + 100):
            entry = f"{address}/{random.choice(ids)}"
            status, body, answered = server.send("GET", entry, headers=headers)
            change = json.dumps({"citation": {"rad-Latn": f"sửa{n}"}}).encode()
            conditional = {**headers, "If-Match": answered["ETag"]}

            def edit():
                status, body, _ = server.send("PATCH", entry, change, conditional)
                if status != 200: print("  ", status, body[:200])
            took = timed(edit)

            def look():
                status, body, _ = server.send("GET", f"{address}?q=s%E1%BB%ADa{n}&match=exact", headers=headers)
                if f'"sửa{n}"' not in body.decode(): print("   not seen", status, body[:200])
            after = timed(look) if n % 5 == 0 else None
            if n >= 100:
                edits.append(took)
                if after: seen.append(after)
        print(f"edit of one editor, durable        {quantiles(edits)[0]:7.1f} {quantiles(edits)[1]:6.1f}")
        print(f"lookup right after it, edit seen   {quantiles(seen)[0]:7.1f} {quantiles(seen)[1]:6.1f}")

        status, body, answered = server.send("GET", "/api/v1/dictionaries/big/settings", headers=headers)
        settings = json.dumps({"orders": {"nguoc": " ".join(reversed("a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y".split()))}}).encode()

        def order():
            status, body, _ = server.send("PUT", "/api/v1/dictionaries/big/settings", settings, {**headers, "Content-Type": "application/json", "If-Match": answered["ETag"]})
            if status != 200: print("  ", status, body[:200])
            server.get(address, order="nguoc")
        print(f"another order, made and shown      {timed(order):7.1f} s")
        heaps.append(server.heap())
        print(f"engine's heap after a collection   empty, after import, lookups, edits: {', '.join(map(str, heaps))} MiB; resident {server.resident()} MiB")
    finally:
        server.process.terminate()
        server.process.wait()


main()
