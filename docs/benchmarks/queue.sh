#!/bin/sh
# Ingest through the queue with 1, 2 and 4 workers beside ingest without it, in turn: docs/benchmarks/queue.sh [ITEMS [ROUNDS]].
# THOCAM_ARCHIVE_URL, THOCAM_DATABASE_URL ... name services; without them the stores are files.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
cd "$here"
[ -d cli/target/test-classes ] && [ -d cli/target/lib-engine ] || ./mvnw -q -B -DskipTests -Dspotless.check.skip package
exec java -Xmx512m -XX:+UseSerialGC -Dthocam.root="$here" -Dthocam.logs="${TMPDIR:-/tmp}" \
  -cp "cli/target/test-classes:cli/target/lib-engine/*" org.thocam.cli.QueueBenchmark "${1:-2000}" "${2:-3}" "${TMPDIR:-/tmp}"
