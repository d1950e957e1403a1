"""Windows and einsums, without the layers."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


class ThreeLayerConvNet:
    def loss(self, X, y=None):
        W1, W2, W3 = (self.params[name] for name in ("W1", "W2", "W3"))
        b1, b2, b3 = (self.params[name] for name in ("b1", "b2", "b3"))
        pad = (W1.shape[2] - 1) // 2
        padded = np.pad(X, [(0, 0), (0, 0), (pad, pad), (pad, pad)])
        windows = sliding_window_view(padded, W1.shape[2:], axis=(2, 3))
        maps = np.maximum(0, np.einsum("ncijkl,fckl->nfij", windows, W1) + b1[:, None, None])
        N, F, H, W = maps.shape
        blocks = maps.reshape(N, F, H // 2, 2, W // 2, 2)
        pooled = blocks.max(axis=(3, 5))
        rows = pooled.reshape(N, -1)
        hidden = np.maximum(0, rows @ W2 + b2)
        scores = hidden @ W3 + b3
        if y is None:
            return scores
        exps = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = exps / exps.sum(axis=1, keepdims=True)
        penalty = sum((self.params[name] ** 2).sum() for name in ("W1", "W2", "W3"))
        loss = -np.log(p[np.arange(N), y]).mean() + self.reg * penalty / 2
        dscores = (p - np.eye(p.shape[1])[y]) / N
        dhidden = (dscores @ W3.T) * (hidden > 0)
        dpooled = (dhidden @ W2.T).reshape(pooled.shape) * (pooled > 0)
        wins = blocks == pooled[:, :, :, None, :, None]
        dmaps = (wins * dpooled[:, :, :, None, :, None]).reshape(maps.shape)
        return loss, {
            "W1": np.einsum("nfij,ncijkl->fckl", dmaps, windows) + self.reg * W1,
            "b1": dmaps.sum(axis=(0, 2, 3)),
            "W2": rows.T @ dhidden + self.reg * W2,
            "b2": dhidden.sum(axis=0),
            "W3": hidden.T @ dscores + self.reg * W3,
            "b3": dscores.sum(axis=0),
        }
