#!/usr/bin/env bash
# What does each control do, and what does it leave alone? 3 × 3 × 3 runs of the built-in catalogs, one line each.
# usage: scripts/controls.sh [SIZE [SEED]]   (needs a release build and Python 3; about 10 minutes with 500 dialogues)
set -euo pipefail
cd "$(dirname "$0")/.."
size=${1:-500} seed=${2:-1}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
echo "quality diversity complexity  true  skeletons  distinct-4  openings  bits  first-try"
for quality in 0 0.5 1; do
  for diversity in 0 0.5 1; do
    for complexity in 0 0.5 1; do
      target/release/walktalk generate --size "$size" --seed "$seed" --quality $quality --diversity $diversity --complexity $complexity \
        --export jsonl --out "$out/set" --json 2>/dev/null >"$out/manifest.json"
      python3 - "$quality" "$diversity" "$complexity" "$out/manifest.json" <<'EOF'
import json
import sys

manifest = json.load(open(sys.argv[4]))
quality, diversity, complexity = manifest["quality"], manifest["diversity"], manifest["complexity"]
print(
    "{:>7} {:>9} {:>10}".format(*sys.argv[1:4]),
    f"{quality['verified_share']:5.2f} {diversity['effective_skeletons']:10.0f} {diversity['distinct_4']:11.3f}"
    f" {diversity['effective_openings']:9.2f} {complexity['decision_bits_mean']:5.1f} {quality['first_try_yield']:10.2f}",
)
EOF
    done
  done
done
