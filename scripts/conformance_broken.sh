#!/usr/bin/env bash
# conformance_broken.sh: the conformance kit still refuses what is broken. Its own samples, good and bad, go through every consumer: every good row
# is accepted (but for templates that have no parallel calls), and every bad one is refused, or seen damaged, by one consumer at least.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
kit=${WALKTALK_CONFORMANCE:-$here/../shared/conformance}
envs=${WALKTALK_CACHE:-$HOME/.cache/walktalk}/conformance
bash "$kit/setup.sh" "$envs"
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
python3 "$kit/make_samples.py" "$home/samples" >/dev/null
for set in good bad; do
  "$envs/main/bin/python" "$kit/conformance.py" "$home/samples/$set" --vocab "$kit/vocab" --json "$home/$set-main.json" >/dev/null 2>&1 || true
  "$envs/lf/bin/python" "$kit/conformance.py" "$home/samples/$set" --only llamafactory --json "$home/$set-lf.json" >/dev/null 2>&1 || true
done
python3 - "$home" <<'P'
import collections, json, sys
home = sys.argv[1]
checks = {name: [check for env in ("main", "lf") for check in json.load(open(f"{home}/{name}-{env}.json"))] for name in ("good", "bad")}
excused = lambda check: any(name in check["consumer"].lower() for name in ("glm4", "gptoss")) and "parallel" in check["id"]
refused_good = [check for check in checks["good"] if not check["ok"] and not excused(check)]
seen = collections.defaultdict(set)
for check in checks["bad"]:
    seen[(check["file"], check["row"], check["id"])] |= set() if check["ok"] else {check["consumer"]}
# One of the rows is there to show that a row without tools is well.
accepted_bad = [row for row, consumers in seen.items() if not consumers and row[2] != "g-notool"]
print(f"good samples: {len(checks['good'])} checks, {len(refused_good)} refused; broken samples: {len(seen)} rows, {len(accepted_bad)} refused by nobody")
for one in refused_good + accepted_bad:
    print("  ", one)
sys.exit(1 if refused_good or accepted_bad or not seen else 0)
P
