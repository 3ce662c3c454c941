#!/usr/bin/env python3
"""Kills each service under two engines, many times, while records are taken in: nothing acknowledged is lost, and all views agree again by themselves.

outage.py PROJECT [--rounds 20] [--only fedora,solr1,postgres,fuseki,engine] [--writers 3] [--seconds 4] [--seed 1] [--work DIR]

Brings up all real services with `thocam services` (which starts again what ends, as systemd would) and two engines in front of them. Writers send new
records and edits to both engines in turn, and note each acknowledgement in a file. In a round the service's process gets SIGKILL at a random moment;
the round ends when it is back and every writer has had an acknowledgement since. After the rounds of a service both engines have to be ready, `verify`
has to find no fault, and every acknowledged text has to be read back from both engines, found by search, by SPARQL and in the OAI-PMH list.
`--pause` freezes the process (SIGSTOP) for some seconds instead of killing it. `--slow` leaves the process alone and puts a TCP proxy before it, which for
some seconds lets nothing pass, or answers byte by byte, or half, or not at all.
"""
import argparse, json, os, random, shutil, signal, socket, statistics, struct, subprocess, sys, tempfile, threading, time, urllib.error, urllib.parse, urllib.request

WORDS = "ꪀꪱ ꪼꪕ ខ្មែរ ꨌꩌ Êđê ƀuôn Mường lễ hội thổ cẩm khèn cồng chiêng nhà dài".split()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Engine:
    """One engine with a home of its own, in front of the shared stores."""

    def __init__(self, project, home, environment):
        self.project, self.home, self.port = project, home, free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.environment = dict(os.environ, **environment, THOCAM_HOME=home)
        self.process = None

    def start(self):
        log = open(self.home + ".log", "ab")
        self.process = subprocess.Popen([os.path.join(self.project, "thocam"), "serve", "--port", str(self.port)], env=self.environment,
                                        stdout=log, stderr=log, start_new_session=True)

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try: self.process.wait(60)
            except subprocess.TimeoutExpired: self.kill()

    def thocam(self, *arguments):
        done = subprocess.run([os.path.join(self.project, "thocam"), *arguments], env=self.environment, capture_output=True, text=True, timeout=900)
        return done.returncode, done.stdout, done.stderr

    def call(self, method, path, body=None, headers=None, timeout=150):
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        request = urllib.request.Request(self.base + path, data=data, method=method, headers=dict(headers or {}))
        if data is not None: request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as e:
            return e.code, e.read(), e.headers
        except (OSError, ValueError, urllib.error.URLError) as e:
            return 0, str(e).encode(), {}
        except Exception as e:  # half an answer: http.client has a dozen names for it
            return 0, repr(e).encode(), {}

    def ready(self):
        return self.call("GET", "/health/ready", timeout=20)[0] == 200

    def alive(self):
        return self.call("GET", "/health/live", timeout=20)[0] == 200

    def await_ready(self, seconds):
        return self.awaited(self.ready, seconds)

    def await_alive(self, seconds):
        return self.awaited(self.alive, seconds)

    @staticmethod
    def awaited(said, seconds):
        end = time.time() + seconds
        while time.time() < end:
            if said(): return True
            time.sleep(0.3)
        return False


class Proxy:
    """Between the engines and one service: all passes, until it is told to misbehave."""
    FAULTS = ["hangs", "trickles", "halves", "refuses"]

    def __init__(self, to):
        self.to, self.fault, self.open = to, None, set()
        self.door = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.door.accept()
            if self.fault == "refuses":
                self.reset(client)
                continue
            try: server = socket.create_connection(("127.0.0.1", self.to), timeout=10)
            except OSError:
                self.reset(client)
                continue
            server.settimeout(None)
            pair = (client, server)
            self.open.add(pair)
            threading.Thread(target=self.pass_on, args=(client, server, pair, False), daemon=True).start()
            threading.Thread(target=self.pass_on, args=(server, client, pair, True), daemon=True).start()

    @staticmethod
    def reset(one):
        try:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            one.close()
        except OSError: pass

    def pass_on(self, source, target, pair, answers):
        try:
            while data := source.recv(1 << 16):
                while self.fault == "hangs": time.sleep(0.05)
                if answers and self.fault == "halves":
                    target.sendall(data[:len(data) // 2])
                    break
                sent = 0
                while answers and self.fault == "trickles" and sent < len(data):
                    target.sendall(data[sent:sent + 1])
                    sent += 1
                    time.sleep(0.02)
                target.sendall(data[sent:])
        except OSError: pass
        self.open.discard(pair)
        for one in pair: self.reset(one)

    def does(self, fault):
        self.fault = fault
        if fault == "refuses":
            for pair in list(self.open):
                for one in pair: self.reset(one)


class Writer(threading.Thread):
    """Sends one record after the other until it is told to stop; remembers the last acknowledged text of each."""

    def __init__(self, number, engines, token, seed, acknowledged):
        super().__init__(daemon=True)
        self.number, self.engines, self.rng = number, engines, random.Random(f"{seed} {number}")
        self.headers = {"Authorization": "Bearer " + token}
        self.acknowledged, self.going, self.count, self.last, self.longest, self.odd = acknowledged, True, 0, 0.0, 0.0, []
        self.own = []

    def run(self):
        while self.going:
            engine = self.engines[self.rng.randrange(len(self.engines))]
            if self.own and self.rng.random() < 0.3: self.send(engine, self.rng.choice(self.own), True)
            else: self.send(engine, f"outage-{self.number}-{len(self.own):05d}", False)

    def send(self, engine, identifier, edit):
        mark = f"v{self.number}x{self.count}"
        text = f"outagemark {mark} " + " ".join(self.rng.choices(WORDS, k=20))
        record = {"id": identifier, "title": f"Outage title {identifier}", "type": "Text", "language": "vi", "text": text}
        begun, unsure = time.time(), False
        while self.going or unsure:
            if edit:
                status, body, headers = engine.call("GET", f"/api/v1/items/{identifier}", headers=self.headers)
                if status == 200 and unsure and self.text(engine, identifier) == text: break
                if status == 200:
                    status, body, _ = engine.call("PUT", f"/api/v1/items/{identifier}", record, dict(self.headers, **{"If-Match": headers.get("ETag", "")}))
            else:
                status, body, _ = engine.call("POST", "/api/v1/items", record, self.headers)
                if status == 409 and unsure and self.text(engine, identifier) == text: break
            if status in (200, 201): break
            if status not in (0, 503, 412, 507): self.odd.append(f"{identifier}: {status} {body[:200]!r}")
            unsure = unsure or status in (0, 500, 502, 503)
            if time.time() - begun > 600:
                self.odd.append(f"{identifier}: no acknowledgement in 600 s, last {status} {body[:120]!r}")
                return
            engine = self.engines[self.rng.randrange(len(self.engines))]
            time.sleep(0.1)
        else:
            return
        self.count += 1
        self.last = time.time()
        self.longest = max(self.longest, self.last - begun)
        if not edit: self.own.append(identifier)
        self.acknowledged(identifier, text, mark)

    def text(self, engine, identifier):
        status, body, _ = engine.call("GET", f"/api/v1/items/{identifier}/text", headers=self.headers)
        return body.decode() if status == 200 else None


class Services:
    def __init__(self, project, folder):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)
        self.log = open(folder + ".log", "wb")
        self.process = subprocess.Popen([os.path.join(project, "thocam"), "services", "--folder", folder, "--restart"], stdout=self.log, stderr=self.log,
                                        start_new_session=True)
        self.file = os.path.join(folder, "services.json")

    def told(self):
        try:
            with open(self.file, encoding="utf-8") as f: return json.load(f)
        except (OSError, ValueError): return {}

    def await_up(self, seconds=300):
        end = time.time() + seconds
        while time.time() < end:
            told = self.told()
            if told.get("services") and all(s["up"] for s in told["services"]): return told
            if self.process.poll() is not None: sys.exit(f"thocam services ended; see {self.log.name}")
            time.sleep(0.2)
        sys.exit(f"the services did not come up in {seconds} s; see {self.log.name}")

    def of(self, name):
        return next((s for s in self.told().get("services", []) if s["name"] == name), None)

    def back(self, name, pid):
        one = self.of(name)
        return one is not None and one["up"] and one.get("pid", pid) != pid

    def names(self):
        return [s["name"] for s in self.told()["services"]]

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try: self.process.wait(90)
            except subprocess.TimeoutExpired: os.killpg(self.process.pid, signal.SIGKILL)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("project"); p.add_argument("--rounds", type=int, default=20); p.add_argument("--only", default="")
    p.add_argument("--writers", type=int, default=3); p.add_argument("--seconds", type=float, default=4.0, help="from the start of a round to the kill, at most")
    p.add_argument("--seed", type=int, default=1); p.add_argument("--work", default=""); p.add_argument("--pause", type=float, default=0)
    p.add_argument("--slow", type=float, default=0, help="seconds that a proxy before the service misbehaves")
    a = p.parse_args()
    print(f"seed {a.seed}", flush=True)
    rng = random.Random(a.seed)
    project = os.path.abspath(a.project)
    work = a.work or tempfile.mkdtemp(prefix="outage-")
    services = Services(project, os.path.join(work, "services"))
    engines, faults, writers = [], [], []
    try:
        told = services.await_up()
        environment, proxies = dict(told["environment"]), {}
        if a.slow:
            for one in told["services"]:
                proxies[one["name"]] = Proxy(one["port"])
                environment = {k: v.replace(f"127.0.0.1:{one['port']}", f"127.0.0.1:{proxies[one['name']].port}") for k, v in environment.items()}
        engines = [Engine(project, os.path.join(work, f"engine{n}"), environment) for n in (1, 2)]
        for engine in engines:
            engine.start()
            if not engine.await_ready(240): sys.exit(f"an engine did not come up; see {engine.home}.log")
        code, out, err = engines[0].thocam("token", "create", "--role", "admin", "--name", "outage")
        if code: sys.exit("token: " + err)
        token = out.strip().splitlines()[-1]
        held, lock = {}, threading.Lock()
        note = open(os.path.join(work, "acknowledged"), "a", encoding="utf-8")

        def acknowledged(identifier, text, mark):
            with lock:
                held[identifier] = text
                note.write(f"{identifier}\t{mark}\n"); note.flush(); os.fsync(note.fileno())

        wanted = [w for w in a.only.split(",") if w] or [n for n in services.names() if not a.slow or n != "zookeeper"] + ([] if a.slow else ["engine"])
        print(f"{'down':10} {'rounds':>6} {'acked':>6} {'lost':>4} {'median back s':>13} {'longest wait s':>14} {'agree after s':>13}", flush=True)
        for name in wanted:
            before, backs = len(held), []
            writers = [Writer(f"{name}{n}", engines, token, a.seed, acknowledged) for n in range(a.writers)]
            for w in writers: w.start()
            for number in range(a.rounds):
                time.sleep(rng.uniform(0.2, a.seconds))
                at = time.time()
                if name == "engine":
                    engine = engines[number % 2]
                    engine.kill(); engine.start()
                    # alive: ready it is when all views have caught up, and the writers do not stop
                    if not engine.await_alive(300): faults.append(f"{name} round {number}: the engine did not answer in 300 s")
                else:
                    pid = services.of(name)["pid"]
                    if a.slow:
                        proxies[name].does(Proxy.FAULTS[number % len(Proxy.FAULTS)]); time.sleep(a.slow); proxies[name].does(None)
                    elif a.pause:
                        os.kill(pid, signal.SIGSTOP); time.sleep(a.pause); os.kill(pid, signal.SIGCONT)
                    else:
                        os.kill(pid, signal.SIGKILL)
                        end = time.time() + 300
                        while time.time() < end and not services.back(name, pid): time.sleep(0.1)
                back = time.time()
                end = back + 300
                while time.time() < end and any(w.last < back for w in writers): time.sleep(0.05)
                if any(w.last < back for w in writers): faults.append(f"{name} round {number}: a writer had no acknowledgement within 300 s")
                backs.append(time.time() - at)
            for w in writers: w.going = False
            for w in writers: w.join(300)
            settled = time.time()
            for engine in engines:
                if not engine.await_ready(600): faults.append(f"{name}: {engine.home} was not ready within 600 s: {engine.call('GET', '/health/ready')[1][:300]!r}")
            agree = time.time() - settled
            lost = look(engines, token, held, faults, name)
            for w in writers: faults += [f"{name}: {odd}" for odd in w.odd[:3]]
            print(f"{name:10} {a.rounds:6} {len(held) - before:6} {lost:4} {statistics.median(backs):13.1f} {max(w.longest for w in writers):14.1f} {agree:13.1f}", flush=True)
    finally:
        for w in writers: w.going = False
        for engine in engines: engine.stop()
        services.stop()
    for fault in faults[:40]: print("FAULT " + fault)
    if faults:
        print(f"{len(faults)} faults; kept {work}")
        sys.exit(1)
    if not a.work: shutil.rmtree(work, ignore_errors=True)
    print("0 lost, all views agree")


def look(engines, token, held, faults, name):
    """Every acknowledged text is read back from both engines, and every view has what the archive has."""
    lost = 0
    headers = {"Authorization": "Bearer " + token}
    for number, engine in enumerate(engines):
        for identifier, text in held.items():
            status, body, _ = engine.call("GET", f"/api/v1/items/{identifier}/text", headers=headers)
            if status != 200 or body.decode() != text:
                lost += 1
                faults.append(f"{name}: engine {number + 1} has {identifier} as {status} {body[:80]!r}")
        code, out, err = engine.thocam("verify", "--json")
        if code: faults.append(f"{name}: verify of engine {number + 1}: exit {code} {(out + err)[-400:]}")
        status, body, _ = engine.call("GET", "/api/v1/search?q=outagemark&size=1")
        total = json.loads(body)["total"] if status == 200 else body[:80]
        if total != len(held): faults.append(f"{name}: engine {number + 1} finds {total} of {len(held)}")
        query = 'SELECT (COUNT(DISTINCT ?t) AS ?n) { ?i ?p ?t FILTER(STRSTARTS(STR(?t), "Outage title ")) }'
        status, body, _ = engine.call("GET", "/sparql?" + urllib.parse.urlencode({"query": query}), headers={"Accept": "application/sparql-results+json"})
        counted = int(json.loads(body)["results"]["bindings"][0]["n"]["value"]) if status == 200 else body[:80]
        if counted != len(held): faults.append(f"{name}: the graph of engine {number + 1} has {counted} of {len(held)}")
    return lost


if __name__ == "__main__":
    main()
