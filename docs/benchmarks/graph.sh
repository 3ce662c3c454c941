#!/bin/sh
# The graph beside raw TDB2 in process and Fuseki alone on the same store: docs/benchmarks/graph.sh [ITEMS [ROUNDS]]
# KEEP=1 keeps the stores for the next run.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
cd "$here"
items=${1:-100000}; rounds=${2:-3}
[ -d api/target/test-classes ] || ./mvnw -q -B -DskipTests -Dspotless.check.skip install
work=${TMPDIR:-/tmp}/thocam-graph-$items
trap '[ "${KEEP:-0}" = 1 ] || rm -rf "$work"' EXIT
mkdir -p "$work"
[ -f "$work/items.jsonl" ] || python3 docs/benchmarks/made_items.py "$items" > "$work/items.jsonl"
./mvnw -q -B dependency:build-classpath -pl api -Dmdep.includeScope=test -Dmdep.outputFile="$work/classpath"
java -Xmx1g -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "api/target/test-classes:api/target/classes:$(cat "$work/classpath")" org.thocam.api.sparql.GraphBenchmark "$work/items.jsonl" "$work" "$rounds"
