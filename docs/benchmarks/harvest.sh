#!/bin/sh
# Harvests this engine and io.gdcc's xoai provider in turn: docs/benchmarks/harvest.sh [RECORDS [ROUNDS [PREFIX...]]]
# KEEP=1 keeps the home for the next run.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
cd "$here"
records=${1:-100000}; rounds=${2:-3}
[ $# -gt 2 ] && shift 2 || set -- oai_dc marc21 olac
[ -d cli/target/test-classes ] && [ -d cli/target/lib-engine ] || ./mvnw -q -B -DskipTests -Dspotless.check.skip package
home=${TMPDIR:-/tmp}/thocam-harvest-$records
port=18599
if [ ! -d "$home" ]; then
  python3 docs/benchmarks/made_items.py "$records" > "$home.jsonl"
  ./thocam ingest --home "$home" "$home.jsonl"
  rm -f "$home.jsonl"
fi
./mvnw -q -B dependency:build-classpath -pl cli -Dmdep.includeScope=test -Dmdep.outputFile="$home.classpath"
./thocam serve --home "$home" --port $port 2> "$home.log" & server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; [ "${KEEP:-0}" = 1 ] || rm -rf "$home" "$home.classpath" "$home.log"' EXIT
for _ in $(seq 600); do curl -fsS -o /dev/null http://127.0.0.1:$port/health/ready 2>/dev/null && break; sleep 1; done
engine=$(pgrep -f "port $port" | while read -r p; do [ "$(cat /proc/$p/comm)" = java ] && echo "$p"; done | head -1)
memory() { grep -E 'VmRSS|VmHWM' "/proc/$engine/status" | tr '\n' ' '; jcmd "$engine" GC.heap_info 2>/dev/null | grep -m1 used || true; }
echo "engine before: $(memory)"
# xalan comes with one of the other clients of the tests; the JDK has its own
java -Xmx2g -Djavax.xml.transform.TransformerFactory=com.sun.org.apache.xalan.internal.xsltc.trax.TransformerFactoryImpl -cp "cli/target/test-classes:$(cat "$home.classpath")" org.thocam.cli.HarvestBenchmark http://127.0.0.1:$port "$rounds" "$@"
echo "engine after:  $(memory)"
