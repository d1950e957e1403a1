"""The scores are returned.

Says: one axis too many
"""


class LinearClassifier:
    def predict(self, X):
        return X @ self.W
