#!/usr/bin/env python3
"""Golden values of the marginal likelihood of trust, by the C library's lgamma and a plain search.

    scripts/trust/golden.py > fixtures/trust/golden.json

Independent of the Rust code: the formula is written down once more, and the maximum is found on a fine grid that is refined by bisection
of its slope. Needs nothing but python3.
"""
import json
import math
import random

ALPHA, DROP = 0.5, 1.92


def log_marginal(cells, lam):
    a = sum(ALPHA + lam * s for s, _ in cells)
    n = sum(r for _, r in cells)
    if n == 0:
        return 0.0
    total = math.lgamma(a) - math.lgamma(a + n)
    for s, r in cells:
        total += math.lgamma(ALPHA + lam * s + r) - math.lgamma(ALPHA + lam * s)
    return total


def peak(columns):
    def log(lam):
        return sum(log_marginal(cells, lam) for cells in columns)

    grid = [0.0] + [10 ** (-6 + step / 200) for step in range(0, 1201)]
    values = [log(lam) for lam in grid]
    top = max(range(len(grid)), key=lambda at: values[at])
    low, high = grid[max(top - 1, 0)], grid[min(top + 1, len(grid) - 1)]
    for _ in range(200):
        one, two = low + (high - low) / 3, high - (high - low) / 3
        if log(one) < log(two):
            low = one
        else:
            high = two
    lam = (low + high) / 2
    floor = log(lam) - DROP

    def crossing(outside, inside):
        for _ in range(200):
            middle = (outside + inside) / 2
            if log(middle) < floor:
                outside = middle
            else:
                inside = middle
        return inside

    left = 0.0 if log(0.0) >= floor else crossing(0.0, lam)
    right = 1.0 if log(1.0) >= floor else crossing(1.0, lam)
    return lam, left, right


def main():
    rng = random.Random(20260)
    cases = []
    for synthetic, real, noise in [(2000, 200, 0.0), (2000, 200, 0.3), (500, 50, 1.0), (5000, 1000, 0.1), (100, 200, 2.0), (2000, 200, 4.0)]:
        columns = []
        for size in (6, 40):
            shares = [rng.gammavariate(0.7, 1) for _ in range(size)]
            other = [share * math.exp(noise * rng.gauss(0, 1)) for share in shares]
            cells = [[0, 0] for _ in range(size)]
            for place in rng.choices(range(size), other, k=synthetic):
                cells[place][0] += 1
            for place in rng.choices(range(size), shares, k=real):
                cells[place][1] += 1
            columns.append(cells)
        lam, low, high = peak(columns)
        logs = [[at, sum(log_marginal(cells, at) for cells in columns)] for at in (0.0, 1e-4, 0.01, 0.3, 1.0)]
        cases.append({"columns": columns, "log_marginal": logs, "lambda": lam, "low": low, "high": high})
    print(json.dumps(cases, separators=(",", ":")))


main()
