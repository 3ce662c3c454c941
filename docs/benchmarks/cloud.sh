#!/bin/sh
# The engine's own Solr node beside a SolrCloud of two nodes (2 shards, 2 replicas), in turn: docs/benchmarks/cloud.sh [ITEMS [BATCH [ROUNDS]]].
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
cd "$here"
[ -d index/search/target/test-classes ] && [ -d cli/target/lib-engine ] || ./mvnw -q -B -DskipTests -Dspotless.check.skip package
cd index/search
exec java -Xmx512m -XX:+UseSerialGC -Dthocam.root="$here" -cp "target/test-classes:$here/cli/target/lib-engine/*" \
  org.thocam.index.search.CloudSpeed "${1:-4000}" "${2:-500}" "${3:-30}"
