#!/usr/bin/env python3
"""Fits the weights of choices and the weights of the selection on development outlines.

  fit.py weights STUDY HUMAN OLD_WEIGHTS NEW_WEIGHTS   one step: each choice's weight times how human its candidates look
  fit.py theta   CAND  HUMAN OLD_THETA   NEW_THETA     one step: weights of n-grams of forms, added to the old ones

STUDY is what `cargo run --example words_study` writes; CAND what `walktalk realise` or the study writes; HUMAN the same turns in
people's words. What is written holds function words, shapes and numbers: no topic, no sentence. REALISM names the folder of realism.py
(its masking is the one that the program repeats).
"""
import collections, json, math, os, sys
import numpy as np

sys.path.insert(0, os.environ.get("REALISM", "../shared/realism"))
import realism
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

LENGTHS = (1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25, 35, 50)
ROLES = ("user", "assistant")


def forms(row):
    return realism.form(realism.delex(row)).split()


def length_bin(text):
    n = len(realism.words(text))
    return next((i for i, bound in enumerate(LENGTHS) if n <= bound), len(LENGTHS))


def grams(row, profile=None):
    f = ["<s>"] + forms(row) + ["</s>"]
    out = {" ".join(f[i:i + n]) for n in (1, 2, 3) for i in range(len(f) - n + 1)}
    out.add(f"#len {length_bin(row['text'])}")
    if profile:
        own = {" ".join(f[i:i + n]) for n in (1, 2) for i in range(len(f) - n + 1)}
        out |= {f"{profile}::{g}" for g in own} | {f"{profile}::#len {length_bin(row['text'])}"}
    return out


def matrix(sets, least):
    count = collections.Counter(g for s in sets for g in s)
    names = sorted(g for g, n in count.items() if n >= least)
    place = {g: i for i, g in enumerate(names)}
    rows, cols = [], []
    for i, s in enumerate(sets):
        for g in s:
            if g in place:
                rows.append(i)
                cols.append(place[g])
    return csr_matrix((np.ones(len(rows)), (rows, cols)), shape=(len(sets), len(names))), names


def read(path):
    return [json.loads(line) for line in open(path, encoding="utf8") if line.strip()]


def profiles_of(study):
    return {row["at"]: row["profile"] for row in study}


def fold(dialogue):
    return sum(map(ord, dialogue)) % 2


def weights(study_path, human_path, old_path, new_path, power=0.8):
    lines = read(study_path)
    keys, cand = lines[0], lines[1:]
    human = read(human_path)
    only = os.environ.get("ONLY")
    keep = set(open(only).read().split()) if only else None
    profile = profiles_of(cand)
    factor = collections.defaultdict(lambda: 1.0)
    for line in open(old_path):
        who, key, value = line.rstrip("\n").split("\t")
        factor[who, key] = float(value)
    import xxhash
    name = [format(xxhash.xxh3_64_intdigest(key.encode()) & 0xFFFFFFFF, "08x") for key in keys]
    for role in ROLES:
        H = [(i, h) for i, h in enumerate(human) if h["role"] == role and i in profile and (not keep or h["dialogue"] in keep)]
        C = [c for c in cand if human[c["at"]]["role"] == role and (not keep or human[c["at"]]["dialogue"] in keep)]
        for c in C:
            c["dialogue"] = human[c["at"]]["dialogue"]
        sets = [grams(h, profile[i]) for i, h in H] + [grams(c, c["profile"]) for c in C]
        X, _ = matrix(sets, 4)
        y = np.r_[np.ones(len(H)), np.zeros(len(C))]
        sample = np.r_[np.ones(len(H)), np.full(len(C), len(H) / len(C))]
        folds = np.array([fold(h["dialogue"]) for _, h in H] + [fold(c["dialogue"]) for c in C])
        logit = np.zeros(len(y))
        for side in (0, 1):
            model = LogisticRegression(C=0.25, max_iter=300, solver="liblinear").fit(X[folds != side], y[folds != side], sample[folds != side])
            logit[folds == side] = model.decision_function(X[folds == side])
        from sklearn.metrics import roc_auc_score
        print(role, "auc of candidates", round(roc_auc_score(y, logit), 4), "turns", len(H), "candidates", len(C))
        ratio = np.exp(np.clip(logit[len(H):], -2.5, 2.5))
        by = collections.defaultdict(list)
        for c, r in zip(C, ratio):
            by[c["profile"]].append(r)
        mean = {p: np.mean(v) for p, v in by.items()}
        all_r, all_n = np.zeros(len(keys)), np.zeros(len(keys))
        own_r, own_n = collections.Counter(), collections.Counter()
        for c, r in zip(C, ratio):
            r /= mean[c["profile"]]
            for t in set(c["trace"]):
                all_r[t] += r
                all_n[t] += 1
                own_r[c["profile"], t] += r
                own_n[c["profile"], t] += 1
        common = {}
        for t in np.nonzero(all_n)[0]:
            common[t] = (all_r[t] + 20) / (all_n[t] + 20)
            factor["*", name[t]] *= common[t] ** power
        for (p, t), n in own_n.items():
            own = (own_r[p, t] + 60 * common[t]) / (n + 60) / common[t]
            factor[p, name[t]] *= own ** power
    known = set(name)
    with open(new_path, "w") as out:
        for (who, key), value in sorted(factor.items()):
            value = min(max(value, 0.02), 30)
            if key in known and abs(math.log(value)) > 0.03:
                out.write(f"{who}\t{key}\t{value:.3g}\n")


def theta(cand_path, human_path, old_path, new_path):
    cand = read(cand_path)
    human = read(human_path)
    only = os.environ.get("ONLY")
    keep = set(open(only).read().split()) if only else None
    profile = json.load(open(os.environ["PROFILES"]))
    if isinstance(cand[0], list):
        cand = cand[1:]
    else:
        place = {(h["dialogue"], h["turn"]): i for i, h in enumerate(human)}
        for c in cand:
            c["at"] = place[c["dialogue"], c["turn"]]
    total = collections.defaultdict(float)
    for line in open(old_path):
        value, gram = line.rstrip("\n").split("\t")
        total[gram] = float(value)
    for role in ROLES:
        H = [(i, h) for i, h in enumerate(human) if h["role"] == role and (not keep or h["dialogue"] in keep)]
        C = [c for c in cand if human[c["at"]]["role"] == role and (not keep or human[c["at"]]["dialogue"] in keep)]
        sets = [grams(h, profile.get(str(i))) for i, h in H] + [grams(c, profile.get(str(c["at"]))) for c in C]
        X, names = matrix(sets, 8)
        y = np.r_[np.ones(len(H)), np.zeros(len(C))]
        sample = np.r_[np.ones(len(H)), np.full(len(C), len(H) / len(C))]
        strength = float(os.environ.get("C", "0.3"))
        model = LogisticRegression(C=strength, max_iter=300, solver="liblinear").fit(X, y, sample)
        rate = float(os.environ.get("RATE", "1"))
        for gram, weight in zip(names, model.coef_[0]):
            # One number for both speakers would mix them: everything but the profile's own grams is kept apart.
            total[gram if "::" in gram else f"{role[0]}.::{gram}"] += rate * weight
    with open(new_path, "w") as out:
        for gram, weight in sorted(total.items()):
            if abs(weight) >= 0.02:
                out.write(f"{weight:.3f}\t{gram}\n")
    print(len(total), "grams")


if __name__ == "__main__":
    {"weights": weights, "theta": theta}[sys.argv[1]](*sys.argv[2:6])
