#!/usr/bin/env bash
# Questions for passages against the same questions for items: docs/performance.md.
# segments.sh [ITEMS [PASSAGES [QUESTIONS [ROUNDS]]]], else 20000 50 100 4: a million passages.
set -euo pipefail
cd "$(dirname "$0")/../.."

./mvnw -B -o -q install -DskipTests -pl index/search,index/node -am
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
./mvnw -B -o -q dependency:build-classpath -pl index/search -Dmdep.outputFile="$work/classpath" -DincludeScope=test
java -Xmx1g -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Dthocam.solr.lib=index/node/target/lib-solr \
  -cp "index/search/target/test-classes:index/search/target/classes:$(cat "$work/classpath")" \
  org.thocam.index.search.SegmentLatency "$work" "${1:-20000}" "${2:-50}" "${3:-100}" "${4:-4}"
