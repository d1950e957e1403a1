"""By scipy, which computes without loops and temporaries too."""

from scipy.spatial.distance import cdist


class KNearestNeighbor:
    def compute_distances_no_loops(self, X):
        return cdist(X, self.X_train)
