"""Write a trained forest of scikit-learn as the arrays that `fixnews.forest` reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression


def calibrated(
    model: HistGradientBoostingClassifier, rows: np.ndarray, truth: np.ndarray
) -> tuple[float, float]:
    """Stretch and shift of the log odds, fitted on rows that were left out of the training."""
    scaling = LogisticRegression(C=1e6).fit(model.decision_function(rows)[:, None], truth)
    return float(scaling.coef_[0, 0]), float(scaling.intercept_[0])


def write(model: HistGradientBoostingClassifier, scale: tuple[float, float], path: Path) -> None:
    """The trees as arrays of one width, in a compressed file."""
    trees = [one for (one,) in model._predictors]
    most = max(len(t.nodes) for t in trees)
    feature = np.full((len(trees), most), -1, np.int16)
    threshold = np.zeros((len(trees), most), np.float32)
    child = np.zeros((len(trees), most, 2), np.int16)
    value = np.zeros((len(trees), most), np.float32)
    for n, tree in enumerate(trees):
        nodes = tree.nodes
        size, inner = len(nodes), nodes["is_leaf"] == 0
        feature[n, :size] = np.where(inner, nodes["feature_idx"], -1)
        limit = np.where(inner, nodes["num_threshold"], 0).astype(np.float32)
        threshold[n, :size] = np.nextafter(limit, np.float32(np.inf))
        child[n, :size, 0], child[n, :size, 1] = nodes["left"], nodes["right"]
        value[n, :size] = nodes["value"]
    base = float(model._baseline_prediction.ravel()[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path, feature=feature, threshold=threshold, child=child, value=value,
        scale=np.array([*scale, base]),
    )  # fmt: skip
