"""The key's compute_distances_no_loops beside a bare matrix product, scipy and scikit-learn."""

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.metrics import pairwise_distances

from benchmarks.measure import print_table, ratio_rows, time_side_by_side
from instructor.solutions.classifiers.k_nearest_neighbor import KNearestNeighbor


def rows():
    """The ratios to the matrix product, for each type."""
    for dtype in (np.float32, np.float64):
        random = np.random.RandomState(0)
        X = random.randint(0, 256, size=(500, 3072)).astype(dtype)
        X_train = random.randint(0, 256, size=(5000, 3072)).astype(dtype)
        knn = KNearestNeighbor()
        knn.train(X_train, np.zeros(5000, dtype=int))
        contenders = {
            "matrix product alone": lambda X=X, X_train=X_train: X @ X_train.T,
            "compute_distances_no_loops (key)": lambda knn=knn, X=X: knn.compute_distances_no_loops(
                X
            ),
            "sklearn.pairwise_distances": lambda X=X, X_train=X_train: pairwise_distances(
                X, X_train
            ),
            "scipy cdist": lambda X=X, X_train=X_train: cdist(X, X_train),
        }
        yield from ratio_rows(
            f"L2 distances, 500 x 5,000 x 3,072, {np.dtype(dtype).name}",
            time_side_by_side(contenders),
            "matrix product alone",
            {"compute_distances_no_loops (key)": 1.25},
        )


if __name__ == "__main__":
    print_table(rows())
