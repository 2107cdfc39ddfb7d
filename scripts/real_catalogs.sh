#!/usr/bin/env bash
# real_catalogs.sh OUT [SIZE]: dialogues from every catalog of ../shared/real-data, proved again by `verify` and read by LLaMA-Factory's own loader.
# Prints a row a catalog: tools loaded and left out, dialogues, tools used, share of candidates that hold, rows that the loader accepts.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
out=${1:?usage: $0 OUT [SIZE]}; size=${2:-200}
data=${WALKTALK_REAL_DATA:-$here/../shared/real-data}
program=${WALKTALK:-${CARGO_TARGET_DIR:-$here/target}/release/walktalk}
kit=${WALKTALK_CONFORMANCE:-$here/../shared/conformance}
envs=${WALKTALK_CACHE:-$HOME/.cache/walktalk}/conformance
mkdir -p "$out"
printf '%-34s %6s %5s %6s %6s %7s %7s %s\n' catalog tools left rows used yield proved accepted
for catalog in bfcl/multi_turn_func_doc bfcl/BFCL_v4_simple_python.json bfcl/BFCL_v4_multiple.json bfcl/BFCL_v4_live_simple.json taskbench seal-tools/tool.jsonl nestful toolalpaca tau2-bench \
  api-bank/DERIVED-tools.json tooltalk/DERIVED-tools.json github-mcp-server mcp-tools-list openapi-museum openapi-learn openapi-openai openapi-slack openapi-spotify-restgpt toolbench star sgd-CC-BY-SA; do
  [ -e "$data/$catalog" ] || { echo "$catalog: not there, skipped"; continue; }
  to="$out/$(echo "$catalog" | tr '/' '_')"
  "$program" generate --catalog "$data/$catalog" --size "$size" --seed 3 --out "$to" --json >"$to.json" 2>"$to.err" || { printf '%-34s failed: %s\n' "$catalog" "$(grep -m1 -v '^$' "$to.err" | cut -c1-120)"; continue; }
  proved=$("$program" verify "$to" | tail -n 1 | cut -d' ' -f1) || true
  "$envs/lf/bin/python" "$kit/conformance.py" "$to" --only llamafactory --json "$to.lf.json" >/dev/null 2>&1 || true
  python3 - "$to.json" "$to.lf.json" "$catalog" "$proved" <<'P'
import json, sys
m, checks = json.load(open(sys.argv[1])), json.load(open(sys.argv[2]))
refused = {c["id"] for c in checks if not c["ok"] and not ("glm4" in c["consumer"])}
rows = m["targets"]["sharegpt"]["rows_out"]
print(f'{sys.argv[3]:34} {m["tools"]["loaded"]:6} {len(m["tools"]["skipped"]):5} {m["stages"]["accepted"]:6} {m["tools"]["used"]:6} {m["quality"]["pass_rate_of_candidates"]:7.3f} {sys.argv[4]:>7} {rows - len(refused)}/{rows}')
P
done
