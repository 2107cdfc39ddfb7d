"""From the closed form to the goal itself: the cosine.

The ridge fit explains lengths of vectors that a cosine never sees, and a sum of rows cannot say that two words together mean
something else. Both are mended here by gradient descent from the ridge solution: the loss is the squared distance of *unit*
vectors, and behind the sum stands one small correcting layer,

    u = unit(sum of rows)        v = unit(u + W2 relu(W1 u + b1) + b2)

which starts at zero. `relu`, because it is exact on every machine. Adam, by hand: a row is touched only when a text has its piece.
"""

import numpy as np

import asset


class Adam:
    def __init__(self, value: np.ndarray):
        self.value, self.m, self.v, self.t = value, np.zeros_like(value), np.zeros_like(value), 0

    def step(self, grad, rate, rows=slice(None)):
        """Rows that are left out keep their momentum: they wait, they do not decay."""
        self.t += 1
        m = self.m[rows] = 0.9 * self.m[rows] + 0.1 * grad
        v = self.v[rows] = 0.999 * self.v[rows] + 0.001 * grad * grad
        scale = rate * np.sqrt(1 - 0.999**self.t) / (1 - 0.9**self.t)
        self.value[rows] -= (scale * m / (np.sqrt(v) + 1e-8)).astype(np.float32)


def unit(x):
    norm = np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)
    return x / norm, norm


def back_through_unit(grad, out, norm):
    return (grad - (grad * out).sum(1, keepdims=True) * out) / norm


class Refiner:
    """`table` has folded rows of about unit length; `counts` is texts by pieces."""

    def __init__(self, table, counts, targets, hidden, seed):
        draw = np.random.default_rng(seed)
        dims = table.shape[1]
        self.counts, self.targets, self.draw = counts, targets, draw
        self.table = Adam(table.astype(np.float32).copy())
        self.w1 = Adam(draw.standard_normal((hidden, dims)).astype(np.float32))
        self.b1 = Adam(np.zeros(hidden, np.float32))
        self.w2 = Adam(np.zeros((dims, hidden), np.float32))
        self.b2 = Adam(np.zeros(dims, np.float32))
        self.levels = None

    def layer(self) -> asset.Layer:
        """The correcting layer, as it will be read back when rounding is on."""
        w1, w2 = self.w1.value, self.w2.value
        if self.levels is not None:
            w1, w2 = asset.rounded8(w1), asset.rounded8(w2)
        return asset.Layer(w1, self.b1.value, w2, self.b2.value)

    def step(self, chosen, rate):
        batch = self.counts[chosen]
        rows = np.unique(batch.indices)
        batch = batch[:, rows]
        table = self.table.value[rows]
        if self.levels is not None:
            # Rounded on the way forth, as if not rounded on the way back: rows settle where rounding hurts least.
            table = asset.rounded4(table, self.levels)
        layer = self.layer()
        u, n = unit(batch @ table)
        h = u @ layer.w1.T + layer.b1
        g = np.maximum(h, 0)
        v, k = unit(u + g @ layer.w2.T + layer.b2)
        y = self.targets[chosen]
        loss = float(((v - y) ** 2).sum(1).mean())
        dv = back_through_unit(2 * (v - y) / len(chosen), v, k)
        dh = (dv @ layer.w2) * (h > 0)
        du = dv + dh @ layer.w1
        # W1 sees values of about 0.09, the others of about 1: rates that move the output alike.
        self.w1.step(dh.T @ u, 3 * rate)
        for part, grad in ((self.b1, dh.sum(0)), (self.w2, dv.T @ g), (self.b2, dv.sum(0))):
            part.step(grad, rate / 3)
        self.table.step(batch.T @ back_through_unit(du, u, n), rate, rows)
        return loss

    def run(self, epochs, rate, batch=256, rounded_epochs=3):
        """Rate falls in a straight line to zero; the last epochs see rounded values."""
        size = self.counts.shape[0]
        steps, done = epochs * (size // batch), 0
        if epochs <= rounded_epochs:
            self.levels = asset.gaussian_levels(self.table.value)
        for epoch in range(epochs):
            if epoch == epochs - rounded_epochs:
                self.levels = asset.gaussian_levels(self.table.value)
            order, losses = self.draw.permutation(size), []
            for start in range(0, size - batch + 1, batch):
                losses.append(self.step(order[start : start + batch], rate * (1 - done / steps)))
                done += 1
            print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}", flush=True)
