#!/usr/bin/env bash
# How far are our words from people's, for the same acts? Realises the outlines of a paired kit and measures both speakers.
#
#   scripts/realism.sh [KIT]        KIT holds schema.json, outlines.jsonl, human.jsonl; default ../shared/realism/paired-dev
#
# Further arguments go to `walktalk realise` (--candidates 1, --words FOLDER, --seed 3). The kit's words are measured with and never shipped.
# Needs python3; numpy and scikit-learn are put into a virtual environment outside the checkout (REALISM_VENV names another).
set -euo pipefail
cd "$(dirname "$0")/.."
kit="${1:-../shared/realism/paired-dev}"
shift || true
venv="${REALISM_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/walktalk-realism}"
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet numpy scikit-learn
fi
cargo build --quiet --release
"${CARGO_TARGET_DIR:-target}/release/walktalk" realise --catalog "$kit/schema.json" --outlines "$kit/outlines.jsonl" "$@" > "$out/ours.jsonl"
for role in user assistant; do
  "$venv/bin/python" "${REALISM:-../shared/realism}/realism.py" --ref "$kit/human.jsonl" --cand "$out/ours.jsonl" --role "$role" -n 1500 --out "$out/$role.json" > "$out/$role.txt"
  "$venv/bin/python" - "$role" "$out/$role.json" <<'P'
import json, sys
report = json.load(open(sys.argv[2]))["main"]
c, d, l, m = report["c2st"], report["diversity"], report["lm"]["form"], report["form_mix"]
print(f"{sys.argv[1]:9} form {c['form']['auc']:.3f}  surface {c['surface']['auc']:.3f}  reverse {l['reverse_ratio']:.2f}  form ppl {l['ppl_ratio']:.2f}"
      f"  skeletons {d['cand']['skeletons_per_1000']:.0f} (people {d['ref']['skeletons_per_1000']:.0f})"
      f"  self-BLEU {d['cand']['self_bleu4_delex']:.3f} ({d['ref']['self_bleu4_delex']:.3f})  types {m['js_types']:.3f}  length {m['js_length']:.3f}")
P
  grep -E '^(overused|missing)' "$out/$role.txt" | head -30
done
