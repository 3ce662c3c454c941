#!/bin/sh
# Ingest and rebuild against their raw parts run alone, in turn: docs/benchmarks/spine.sh [ITEMS [ROUNDS]]; ROUNDS 0: memory.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
cd "$here"
[ -d cli/target/test-classes ] && [ -d cli/target/lib-engine ] || ./mvnw -q -B -DskipTests -Dspotless.check.skip package
exec java -Xmx512m -XX:+UseSerialGC -Dthocam.root="$here" -Dthocam.logs="${TMPDIR:-/tmp}" \
  -cp "cli/target/test-classes:cli/target/lib-engine/*" org.thocam.cli.SpineBenchmark "${1:-5000}" "${2:-3}" "${TMPDIR:-/tmp}"
