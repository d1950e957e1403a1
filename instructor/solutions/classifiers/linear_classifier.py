"""Answers to the training exercises of 02_svm."""

from itertools import product

import numpy as np
from tqdm.auto import trange

from cs231n.classifiers import linear_classifier as given
from cs231n.course.training.parallel import in_parallel


class LinearClassifier(given.LinearClassifier):
    def train(
        self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False
    ):
        if self.W is None:
            self.W = (0.001 * np.random.randn(X.shape[1], np.max(y) + 1)).astype(X.dtype)
        losses = []
        for _ in trange(num_iters, disable=not verbose, desc="training"):
            batch = np.random.choice(len(X), batch_size)
            loss, dW = self.loss(X[batch], y[batch], reg)
            losses.append(loss)
            self.W -= learning_rate * dW
        return losses

    def predict(self, X):
        return np.argmax(X @ self.W, axis=1)


def tune(make_classifier, data, learning_rates, regs, num_iters=500, n_jobs=1):
    def train_and_measure(learning_rate, reg):
        classifier = make_classifier()
        classifier.train(
            data["X_train"],
            data["y_train"],
            learning_rate=learning_rate,
            reg=reg,
            num_iters=num_iters,
        )
        accuracies = tuple(
            float(np.mean(classifier.predict(data[f"X_{split}"]) == data[f"y_{split}"]))
            for split in ("train", "val")
        )
        return classifier, accuracies

    settings = list(product(learning_rates, regs))
    runs = in_parallel(train_and_measure, settings, n_jobs)
    best, _ = max(runs, key=lambda run: run[1][1])
    return {setting: run[1] for setting, run in zip(settings, runs, strict=True)}, best
