"""How far each step of the course climbs: `python -m benchmarks.ladder [--dataset NAME]`.

Every step learns from 5,000 training images, is tuned on the next 1,000 and then measured
once on 1,000 test images. The last lines are kNN's counts, the facts of notebook 01.
"""

import argparse
import os
import time
import warnings
from collections.abc import Callable

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier

from cs231n.data_utils import load_dataset
from cs231n.features import extract_features
from instructor.solutions.features import color_histogram_hsv, hog_feature

try:
    import torch
    from torch import nn
except ImportError:
    torch = None

FEATURES = [hog_feature, color_histogram_hsv]  # those of notebook 07, by the key
Splits = dict[str, np.ndarray]  # "train", "val", "test" -> rows, images or labels
Result = tuple[float, float, str]  # validation accuracy, test accuracy, setting


def main() -> None:
    """Climb the ladder and print a line for each step."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dataset", choices=["shapes10", "cifar10"], default="shapes10")
    os.environ["CS231N_DATASET"] = parser.parse_args().dataset
    warnings.simplefilter("ignore", ConvergenceWarning)  # so many epochs and no more: meant
    data = load_dataset(5000, 1000, 1000)
    images = {"train": data.X_train, "val": data.X_val, "test": data.X_test}
    y = {"train": data.y_train, "val": data.y_val, "test": data.y_test}
    raw = {split: X.reshape(len(X), -1).astype(np.float32) for split, X in images.items()}
    described = {split: extract_features(X, FEATURES) for split, X in images.items()}
    pixels = standardized(raw, np.float32(64))
    described = standardized(described, described["train"].std(axis=0) + 1e-3)

    print("\n| step | validation | test | setting | seconds |\n|---|---|---|---|---|")
    neighbours = {f"k={k}": KNeighborsClassifier(k) for k in (1, 3, 5, 8, 10, 12, 15, 20)}
    report("kNN, pixels", tune, neighbours, raw, y)
    report("linear, pixels", tune, linear(1e-4, 1e-3, 1e-2), pixels, y)
    report("two-layer net, pixels", tune, nets(1, 10, 100), pixels, y)
    report("linear, features", tune, linear(1e-3, 1e-2, 1e-1), described, y)
    report("two-layer net, features", tune, nets(0.1, 1, 10), described, y)
    if torch:
        report("ConvNet, one 7x7 layer", convnet, one_stage, 1.5e-3, images, y)
        report("ConvNet, two 3x3 layers", convnet, two_stages, 3e-3, images, y)
    else:
        print("The ConvNets are skipped: PyTorch is not installed.")

    print("\nkNN, first 5,000 training and first 500 test images:")
    for k in (1, 5, 10):
        guesses = neighbours[f"k={k}"].predict(raw["test"][:500])
        print(f"k={k}: {np.count_nonzero(guesses == y['test'][:500])}/500")


def report(step: str, climb: Callable[..., Result], *args: object) -> None:
    """Run a step and print its line of the table."""
    start = time.perf_counter()
    val, test, setting = climb(*args)
    seconds = time.perf_counter() - start
    print(f"| {step} | {val:.3f} | {test:.3f} | {setting} | {seconds:.0f} |", flush=True)


def tune(candidates: dict[str, object], X: Splits, y: Splits) -> Result:
    """Fit every candidate, keep the best on validation."""
    vals = {}
    for setting, model in candidates.items():
        vals[setting] = model.fit(X["train"], y["train"]).score(X["val"], y["val"])
    best = max(vals, key=vals.get)
    return vals[best], candidates[best].score(X["test"], y["test"]), best


def linear(*strengths: float) -> dict[str, object]:
    return {f"C={C:g}": LogisticRegression(C=C, max_iter=100) for C in strengths}


def nets(*penalties: float) -> dict[str, object]:
    fixed = {"hidden_layer_sizes": (100,), "max_iter": 30, "random_state": 0}
    return {f"alpha={alpha:g}": MLPClassifier(alpha=alpha, **fixed) for alpha in penalties}


def standardized(X: Splits, spread: np.ndarray) -> Splits:
    """The rows less the mean of the training rows, over a spread."""
    mean = X["train"].mean(axis=0)
    return {split: (rows - mean) / spread for split, rows in X.items()}


def convnet(build: Callable, rate: float, images: Splits, y: Splits, epochs: int = 14) -> Result:
    """Train with AdamW, the rate rising to its peak and falling to zero."""
    scaled = {split: X.transpose(0, 3, 1, 2) / np.float32(64) - 2 for split, X in images.items()}
    X = {split: torch.from_numpy(planes) for split, planes in scaled.items()}
    labels = torch.from_numpy(y["train"].astype(np.int64))
    torch.manual_seed(0)
    model = build()
    optimizer = torch.optim.AdamW(model.parameters(), weight_decay=0.1)
    steps = epochs * len(labels) // 100
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, steps, pct_start=0.1)
    for _ in range(epochs):
        for rows in torch.randperm(len(labels)).split(100):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(X["train"][rows]), labels[rows]).backward()
            optimizer.step()
            schedule.step()
    with torch.no_grad():
        guesses = {split: model(X[split]).argmax(1).numpy() for split in ("val", "test")}
    val, test = ((guesses[split] == y[split]).mean() for split in ("val", "test"))
    return val, test, f"{epochs} epochs"


def one_stage() -> "nn.Module":
    """The net of notebook 12: conv - relu - pool - affine - relu - affine."""
    stage = nn.Conv2d(3, 32, 7, padding=3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()
    return nn.Sequential(*stage, nn.Linear(32 * 256, 100), nn.ReLU(), nn.Linear(100, 10))


def two_stages() -> "nn.Module":
    first = nn.Conv2d(3, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)
    second = nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()
    head = nn.Linear(32 * 64, 100), nn.ReLU(), nn.Linear(100, 10)
    return nn.Sequential(*first, *second, *head)


if __name__ == "__main__":
    main()
