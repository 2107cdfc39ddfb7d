#!/usr/bin/env bash
# conformance.sh OUTPUT_DIR...: runs the trainers' own loaders over exports of walktalk and fails unless every row of every target is accepted.
# Needs ../shared/conformance (or WALKTALK_CONFORMANCE) and Python 3.11; the environments are made once, outside the checkout.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
kit=${WALKTALK_CONFORMANCE:-$here/../shared/conformance}
envs=${WALKTALK_CACHE:-$HOME/.cache/walktalk}/conformance
[ $# -gt 0 ] || { echo "usage: $0 OUTPUT_DIR..." >&2; exit 2; }
[ -d "$kit" ] || { echo "the conformance kit is not at $kit" >&2; exit 2; }
bash "$kit/setup.sh" "$envs"
report=$(mktemp -d)
trap 'rm -rf "$report"' EXIT
for out in "$@"; do
  echo "-- $out"
  "$envs/lf/bin/python" "$kit/conformance.py" "$out" --only llamafactory --json "$report/lf.json" >"$report/lf.log" 2>&1 || true
  "$envs/main/bin/python" "$kit/conformance.py" "$out" --vocab "$kit/vocab" --json "$report/main.json" >"$report/main.log" 2>&1 || true
  python3 "$here/scripts/conformance_verdict.py" "$out" "$report/lf.json" "$report/main.json" || { tail -n 5 "$report"/*.log; exit 1; }
  # The configurations that lie beside the rows, by the trainers' own readers of them.
  for env in lf main; do "$envs/$env/bin/python" "$here/scripts/conformance_recipes.py" "$kit" "$out"; done
  # Every configuration that the card names, by the loader of Hugging Face. The older one of the two cannot hold the record's free fields.
  [ ! -f "$out/README.md" ] || "$envs/main/bin/python" "$here/scripts/conformance_card.py" "$out"
  # Parquet, where there is some (a feature of the program).
  "$envs/main/bin/python" "$here/scripts/conformance_parquet.py" "$out"
  # Chat templates of TRL and Axolotl, byte for byte beside transformers, over the first rows.
  if [ -n "${WALKTALK:-}" ] && [ -f "$out/chat/data.jsonl" ]; then
    head -n 8 "$out/chat/data.jsonl" >"$report/rows.jsonl"
    "$envs/main/bin/python" "$here/scripts/render_beside.py" "$WALKTALK" "$report/rows.jsonl" | tail -n 1
  fi
  # Preference pairs, where there are some.
  if [ -d "$out/dpo" ] || [ -d "$out/kto" ]; then
    for env in lf main; do "$envs/$env/bin/python" "$here/scripts/conformance_preference.py" "$kit" "$out"; done
  fi
  rm -f "$report"/*
done
