#!/bin/sh
# Makes an installation, and a tar of it, from a checkout that was built: installation.sh [FOLDER]
# It has the launcher, the four class paths and the fixtures; a machine that runs it needs a Java runtime 17 or newer and nothing else.
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
out=${1:-$root/target}
ls "$root"/cli/target/lib-engine/thocam-cli-*.jar > /dev/null 2>&1 || {
  echo "installation.sh: nothing is built; run './mvnw -DskipTests package' in $root" >&2
  exit 3
}
version=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' "$root/pom.xml" | head -n 1)
name=thocam-$version
rm -rf "${out:?}/$name"
mkdir -p "$out/$name/lib" "$out/$name/fixtures"
cp "$root/thocam" "$root/LICENSE" "$root/README.md" "$out/$name/"
cp -R "$root/cli/target/lib-engine" "$out/$name/lib/engine"
cp -R "$root/index/node/target/lib-solr" "$out/$name/lib/solr"
cp -R "$root/ingest/tika/target/lib-tika" "$out/$name/lib/tika"
cp -R "$root/ingest/media/target/lib-media" "$out/$name/lib/media"
# what goes into the folder lib of an administrator's own Solr nodes
cp -R "$root/index/node/target/solr-plugin" "$out/$name/lib/solr-plugin"
for part in collection reference lexicons; do cp -R "$root/fixtures/$part" "$out/$name/fixtures/"; done
# the same input gives the same bytes
tar -C "$out" --sort=name --owner=0 --group=0 --numeric-owner --mtime='@0' -cf - "$name" | gzip -n > "$out/$name.tar.gz"
echo "$out/$name.tar.gz"
