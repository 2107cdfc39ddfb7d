#!/usr/bin/env bash
# acceptance.sh OUT [SIZE] [ROWS]: SIZE dialogues (2000) from our own catalogs and from every catalog of ../shared/real-data, written to all targets;
# then the trainers' own loaders over them: those that vanish or are refused without a template over every row, and every consumer of the
# conformance kit, with all of its templates and tokenizers, over ROWS rows (40) of each target, evenly spread.
# Leaves OUT/<catalog>.json; `acceptance_table.py OUT > docs/acceptance.md` makes the page of them. Catalogs that are done are not done again.
# ONLY="name name" runs some of them.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
out=${1:?usage: $0 OUT [SIZE] [ROWS]}; size=${2:-2000}; rows=${3:-40}
data=${WALKTALK_REAL_DATA:-$here/../shared/real-data}
program=${WALKTALK:-${CARGO_TARGET_DIR:-$here/target}/release/walktalk}
kit=${WALKTALK_CONFORMANCE:-$here/../shared/conformance}
envs=${WALKTALK_CACHE:-$HOME/.cache/walktalk}/conformance
mkdir -p "$out"
bash "$kit/setup.sh" "$envs"

# name and path; none is our own.
catalogs=(
  "own" "tau2-bench:tau2-bench" "nestful:nestful" "tooltalk:tooltalk/DERIVED-tools.json" "api-bank:api-bank/DERIVED-tools.json" "github-mcp-server:github-mcp-server"
  "mcp-tools-list:mcp-tools-list" "taskbench:taskbench" "toolalpaca:toolalpaca" "openapi-museum:openapi-museum" "openapi-learn:openapi-learn" "star:star"
  "sgd:sgd-CC-BY-SA" "bfcl-multi-turn:bfcl/multi_turn_func_doc" "openapi-spotify:openapi-spotify-restgpt" "openapi-slack:openapi-slack" "openapi-openai:openapi-openai"
  "bfcl-simple:bfcl/BFCL_v4_simple_python.json" "bfcl-multiple:bfcl/BFCL_v4_multiple.json" "bfcl-live:bfcl/BFCL_v4_live_simple.json" "toolbench:toolbench" "seal-tools:seal-tools/tool.jsonl"
)
for entry in "${catalogs[@]}"; do
  name=${entry%%:*}; path=${entry#*:}
  [ -z "${ONLY:-}" ] || [[ " $ONLY " == *" $name "* ]] || continue
  [ ! -s "$out/$name.json" ] || continue
  arguments=(--size "$size" --seed 7 --export all)
  if [ "$name" != own ]; then
    [ -e "$data/$path" ] || { echo "$name: not there, skipped"; continue; }
    arguments+=(--catalog "$data/$path")
  fi
  to="$out/$name"
  rm -rf "$to" "$to.some"
  "$program" generate "${arguments[@]}" --out "$to" --json >"$to.manifest" 2>"$to.err" || { echo "$name: $(grep -m1 -v '^$' "$to.err" | cut -c1-160)"; [ -s "$to.manifest" ] || continue; }
  python3 "$here/scripts/acceptance_some.py" "$to" "$to.some" "$rows"
  "$envs/lf/bin/python" "$here/scripts/acceptance_all.py" "$kit" "$to" "$to.all-lf" >/dev/null 2>&1
  "$envs/main/bin/python" "$here/scripts/acceptance_all.py" "$kit" "$to" "$to.all-main" >/dev/null 2>&1
  "$envs/lf/bin/python" "$kit/conformance.py" "$to.some" --only llamafactory --json "$to.some-lf" >/dev/null 2>&1 || true
  "$envs/main/bin/python" "$kit/conformance.py" "$to.some" --vocab "$kit/vocab" --json "$to.some-main" >/dev/null 2>&1 || true
  python3 "$here/scripts/acceptance_count.py" "$to" >"$to.json.part"
  mv "$to.json.part" "$to.json"
  rm -rf "$to" "$to.some" "$to".{manifest,err,all-lf,all-main,some-lf,some-main}
  echo "$name: done"
done
