#!/usr/bin/env bash
# The same made records taken in with the archive in OCFL and in a real Fedora, in turn: fedora.sh [RECORDS] [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
records=${1:-400} rounds=${2:-3}
work=$(mktemp -d)
services=
trap 'kill $services 2>/dev/null || true; wait $services 2>/dev/null || true; rm -rf "$work"' EXIT
python3 docs/benchmarks/made_items.py "$records" > "$work/made.jsonl"
./thocam services --only fedora --folder "$work/services" > "$work/environment" 2> "$work/services.log" & services=$!
for _ in $(seq 600); do grep -q ARCHIVE_URL "$work/environment" && break; sleep 0.5; done
cat > "$work/rate.py" <<'P'
"""From the first acknowledgement to the last: opening a home and its views is in neither."""
import json, os, subprocess, sys, time
home, source = sys.argv[1:]
child = subprocess.Popen(["./thocam", "ingest", "--ndjson", source], env=dict(os.environ, THOCAM_HOME=home), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
times = [time.time() for line in child.stdout if json.loads(line).get("id")]
child.wait()
print(len(times), (len(times) - 1) / (times[-1] - times[0]))
P
echo "load $(cut -d' ' -f1-3 /proc/loadavg), $records records"
for round in $(seq "$rounds"); do
  read -r n ocfl < <(python3 "$work/rate.py" "$work/ocfl$round" "$work/made.jsonl")
  # ids of their own: the same records again would be no change
  sed "s/\"id\": \"/\"id\": \"r$round-/" "$work/made.jsonl" > "$work/round.jsonl"
  read -r m fedora < <(. "$work/environment"; python3 "$work/rate.py" "$work/fedora$round" "$work/round.jsonl")
  python3 -c "print(f'round $round: OCFL {$ocfl:.0f} items/s ($n), Fedora {$fedora:.1f} items/s ($m), ratio {$fedora/$ocfl:.3f}')"
done
files=$(find "$work/services" -path '*ocfl-root*' -type f \( -path '*/content/item.json' -o -path '*/content/text/*' -o -path '*/content/files/*' \) 2>/dev/null | wc -l)
echo "files of ours in Fedora's OCFL root: $files"
du -sb "$work"/services/fedora 2>/dev/null | awk -v n=$((records * rounds)) '{printf "bytes on disk of an item in Fedora, its index with it: %.0f\n", $1 / n}'
