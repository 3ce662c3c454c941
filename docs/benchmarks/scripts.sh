#!/bin/sh
# Analysis and search beside Lucene's StandardAnalyzer, its ICU chains, and a schema of three fields (exact ICU, folded ICU, 2-3-grams), each run
# in turn: docs/benchmarks/scripts.sh [speed|processor|size|latency|all [ITEMS [ROUNDS [DATA]]]]; DATA is a retrieval set such as shared/data/scripts
# (docs.jsonl, legacy_docs.jsonl, translit.jsonl, dict_bdq.jsonl), without it the fixtures' texts alone are used. Prints ratios and the load.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
cd "$here"
what=${1:-all} items=${2:-100000} rounds=${3:-5} data=${4:-}
[ -z "$data" ] || [ -f "$data/docs.jsonl" ] || { echo "$data: want a folder with docs.jsonl" >&2; exit 2; }

# The project's own ICU4J is newer than Lucene's ICU module can work with: both go where no class path of ours finds them.
chain=index/analysis/target/icu-chain
for jar in org.apache.lucene:lucene-core:9.12.3 org.apache.lucene:lucene-analysis-common:9.12.3 \
  org.apache.lucene:lucene-analysis-icu:9.12.3 com.ibm.icu:icu4j:74.2; do
  file=$(echo "$jar" | cut -d: -f2,3 | tr : -).jar
  [ -f "$chain/$file" ] || ./mvnw -q -B -N dependency:copy -Dartifact="$jar" -DoutputDirectory="$here/$chain"
done
./mvnw -q -B install -DskipTests -Dspotless.check.skip -pl .,ontology,index/analysis,index/node,index/search
for module in analysis search; do
  ./mvnw -q -B -pl index/$module dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$here/index/$module/target/test.cp"
done

analysis() {
  java -Xmx2g -XX:+UseSerialGC -Djmh.ignoreLock=true -Dthocam.root="$here" -Dthocam.data="$data" -Dthocam.icu.chain="$here/$chain" \
    -cp "index/analysis/target/test-classes:index/analysis/target/classes:$(cat index/analysis/target/test.cp)" \
    org.thocam.index.analysis.speed.AnalysisBenchmark "$@"
}

case $what in speed | all) analysis speed "$rounds" ;; esac
case $what in processor | all) analysis processor "$rounds" ;; esac
case $what in size | all) analysis size "$items" ;; esac
case $what in
latency | all)
  work=$(mktemp -d "${TMPDIR:-/tmp}/thocam-latency-XXXXXX")
  trap 'rm -rf "$work"' EXIT
  analysis mix "$items" "$work" 300
  java -Xmx1g -XX:+UseSerialGC -Dthocam.solr.lib="$here/index/node/target/lib-solr" \
    -cp "index/search/target/test-classes:index/search/target/classes:$(cat index/search/target/test.cp)" \
    org.thocam.index.search.SearchLatency "$work" "$rounds"
  ;;
esac
