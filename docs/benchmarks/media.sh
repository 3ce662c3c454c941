#!/bin/sh
# Small pictures through description and thumbnail, beside the same done plainly in one thread, in turn: docs/benchmarks/media.sh [PICTURES [ROUNDS]]
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
cd "$here"
./mvnw -q -B install -DskipTests -Dspotless.check.skip -pl .,ontology,ingest/media
./mvnw -q -B -pl ingest/media test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$here/ingest/media/target/test.cp"
java -Xmx512m -XX:+UseSerialGC -Dthocam.root="$here" -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
  -cp "ingest/media/target/test-classes:ingest/media/target/classes:$(cat ingest/media/target/test.cp)" \
  org.thocam.ingest.media.PictureBenchmark "$@"
